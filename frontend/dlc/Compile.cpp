// compile: records a callable once for each signature, then runs programs.
//
// What a trace depends on, and how a change is noticed:
//  * shapes, element types and modes of arguments and state: the key;
//  * values of arguments and state: inputs of the program;
//  * values of captured tensors: inputs, read from the nodes that the captured
//    handles named while recording. A node counts how often a handle has ceased
//    to name it; when that count has moved since the recording, some handle may
//    name another tensor now, so the callable is recorded again. That errs on
//    the safe side (a destroyed copy counts, too) and costs microseconds an op:
//    what is recorded compiles to a program that is in the cache;
//  * settings (Mode) that it has read: compared at each call.

#include "dlc/Transforms.h"

#include "detail/Restore.h"
#include "detail/Session.h"

#include <algorithm>
#include <iostream>
#include <mutex>
#include <set>
#include <unordered_map>

namespace dlc::detail {

namespace {

/// Tensors and modes of trees, without names: those are for what is traced.
struct Leaves {
  runtime::SmallVector<Tensor *, 16> tensors;
  runtime::SmallVector<int64_t, 8> modes;

  size_t size() const { return tensors.size(); }
  Node *node(size_t i) const { return tensors[i]->get(); }
};

Leaves leavesOf(std::span<const TreeRef> trees) {
  struct Collector : Visitor {
    void mode(std::string_view, int64_t value) override {
      all.modes.push_back(value);
    }
    void leaf(Tensor &tensor) override { all.tensors.push_back(&tensor); }
    Leaves all;
  } collector;
  for (const TreeRef &tree : trees)
    tree.visit(collector);
  return std::move(collector.all);
}

/// The names begin with `prefix` and the tree's number, if there is a prefix.
std::vector<Leaf> namedLeavesOf(std::span<const TreeRef> trees,
                                const std::string &prefix) {
  std::vector<Leaf> all;
  for (size_t i = 0; i < trees.size(); ++i)
    for (Leaf &leaf : leaves(trees[i])) {
      if (!prefix.empty())
        leaf.name = prefix + std::to_string(i) +
                    (leaf.name.empty() ? "" : "." + leaf.name);
      all.push_back(std::move(leaf));
    }
  return all;
}

/// Where an input of a program, or a result that is not computed, comes from.
struct Source {
  enum class Kind { argument, state, captured };
  Kind kind;
  size_t index;
};

/// A result or a new state: computed by the program, or one of its inputs.
struct Output {
  std::optional<Source> source;
  size_t index = 0;
  /// Nothing after it is the same computed value.
  bool isLast = true;
};

struct Watched {
  Ref node;
  uint32_t departures;

  bool hasMoved() const { return node->departures() != departures; }
};

struct Trace {
  std::vector<Type> argumentTypes;
  size_t stateCount = 0;
  std::vector<Ref> captured;
  std::vector<Watched> watched;
  std::vector<std::pair<std::shared_ptr<const int64_t>, int64_t>> modes;

  Region region;
  std::vector<ArgumentInfo> info;
  std::vector<Source> inputs;
  std::vector<Output> results;
  /// By state leaf: what it becomes, if it changes.
  std::vector<std::optional<Output>> states;
  /// The types of what the program computes, and where it was recorded.
  std::vector<std::pair<Type, Loc>> computed;
  std::shared_ptr<const void> object;
  std::shared_ptr<runtime::Execution> program;

  bool isStale() const {
    return states.size() != stateCount ||
           std::any_of(watched.begin(), watched.end(),
                       [](const Watched &w) { return w.hasMoved(); }) ||
           std::any_of(modes.begin(), modes.end(),
                       [](const auto &m) { return *m.first != m.second; });
  }
};

} // namespace

struct Traces::Impl {
  Impl(CompileConfig config, Loc where)
      : config(std::move(config)), where(where),
        device(this->config.device.empty()
                   ? defaultDevice(where)
                   : findDevice("compile", this->config.device, where)) {}

  std::vector<Leaf> namedState() const {
    return namedLeavesOf(config.state, config.state.size() > 1 ? "state" : "");
  }

  std::shared_ptr<Trace> find(const Arguments &call, const Leaves &arguments,
                              const Leaves &state, const Record &record,
                              Loc where);
  std::shared_ptr<Trace> trace(const std::vector<Leaf> &arguments,
                               const std::vector<Leaf> &state,
                               const Record &record, Loc where);
  void warnOfShapes(Loc where) const;

  const CompileConfig config;
  const Loc where;
  runtime::Device &device;
  std::mutex mutex;
  /// So that a view of a key can be looked up.
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, std::shared_ptr<Trace>, Hash, std::equal_to<>>
      traces;
  std::atomic<int64_t> traceCount{0};
};

namespace {

using Key = runtime::SmallVector<char, 512>;

/// Shapes, element types and modes.
Key keyOf(std::type_index signature, const Leaves &arguments,
          const Leaves &state) {
  Key key;
  auto number = [&](int64_t n) {
    auto bytes = reinterpret_cast<const char *>(&n);
    key.append(bytes, bytes + sizeof n);
  };
  std::string_view name = signature.name();
  key.append(name.begin(), name.end());
  for (const Leaves *part : {&arguments, &state}) {
    number(part->size());
    for (const Tensor *tensor : part->tensors) {
      if (!tensor->defined()) {
        number(-1);
        continue;
      }
      const Type &type = tensor->get()->type;
      number(int64_t(type.shape.size() * 2 + tensor->get()->weak) * 256 +
             int64_t(type.element));
      for (int64_t size : type.shape)
        number(size);
    }
    number(part->modes.size());
    for (int64_t mode : part->modes)
      number(mode);
  }
  return key;
}

void checkDefined(const Traces::Arguments &call, const Leaves &arguments,
                  Loc where) {
  for (size_t i = 0; i < arguments.size(); ++i)
    if (!arguments.tensors[i]->defined())
      fail("compile",
           namedLeavesOf(call.trees, "argument")[i].name +
               " is an empty tensor",
           where);
}

/// Computes what has no value yet.
void computeLeaves(const Leaves &arguments, const Leaves &state, Loc where) {
  std::vector<Ref> nodes;
  for (const Leaves *part : {&arguments, &state})
    for (const Tensor *tensor : part->tensors)
      if (Node *node = tensor->get(); node && !node->data)
        nodes.push_back(node);
  if (!nodes.empty())
    evaluate(nodes, where);
}

/// Builds a trace from what was recorded.
class TraceBuilder {
public:
  TraceBuilder(Trace &trace, const Recording &recording, Loc where)
      : trace(trace), recording(recording), where(where) {}

  void symbol(const Ref &node, Source source) { sources[node.get()] = source; }

  void build(const std::vector<Ref> &results,
             const std::vector<std::pair<Ref, bool>> &states) {
    std::vector<Ref> computed;
    auto output = [&](const Ref &node) {
      if (node->isGiven() || !recording.owns(*node))
        return Output{sourceOf(node)};
      auto [it, isNew] = positions.try_emplace(node.get(), computed.size());
      if (isNew) {
        computed.push_back(node);
        trace.computed.emplace_back(node->type, node->where);
      }
      return Output{std::nullopt, it->second};
    };
    for (const Ref &node : results)
      trace.results.push_back(output(node));
    for (const auto &[node, changed] : states)
      trace.states.push_back(changed ? std::optional(output(node))
                                     : std::nullopt);
    markLast(computed.size());

    trace.region = collect(std::move(computed), [&](const Node &node) {
      return node.isGiven() || !recording.owns(node);
    });
    // In the order in which the user named them.
    std::vector<std::pair<Source, Ref>> inputs;
    for (Ref &argument : trace.region.arguments)
      inputs.emplace_back(sourceOf(argument), argument);
    std::sort(inputs.begin(), inputs.end(), [](const auto &a, const auto &b) {
      return std::pair(a.first.kind, a.first.index) <
             std::pair(b.first.kind, b.first.index);
    });
    trace.region.arguments.clear();
    for (auto &[source, argument] : inputs) {
      trace.inputs.push_back(source);
      trace.region.arguments.push_back(std::move(argument));
    }
  }

  /// Which results may be written over which arguments, and which arguments
  /// stay from call to call: captured ones, and the state of an evaluation.
  /// What a training step leaves as it is may be a rate that changes with each
  /// step.
  void describeInputs(const std::vector<Leaf> &arguments,
                      const std::vector<Leaf> &state) {
    std::set<size_t> taken;
    bool evaluates = std::none_of(trace.states.begin(), trace.states.end(),
                                  [](const auto &s) { return s.has_value(); });
    for (size_t i = 0; i < trace.inputs.size(); ++i) {
      auto [kind, index] = trace.inputs[i];
      ArgumentInfo info;
      if (kind == Source::Kind::captured)
        info.name = "captured" + std::to_string(index);
      else
        info.name =
            (kind == Source::Kind::state ? state : arguments)[index].name;
      if (kind == Source::Kind::state && trace.states[index] &&
          !trace.states[index]->source) {
        size_t result = trace.states[index]->index;
        if (trace.region.arguments[i]->type == trace.computed[result].first &&
            taken.insert(result).second)
          info.donatedTo = result;
      }
      info.isInvariant = kind == Source::Kind::captured ||
                         (kind == Source::Kind::state && evaluates);
      trace.info.push_back(std::move(info));
    }
  }

private:
  /// Each computed value is taken by the last of its outputs.
  void markLast(size_t computed) {
    std::vector<bool> isTaken(computed);
    auto mark = [&](Output &output) {
      if (!output.source) {
        output.isLast = !isTaken[output.index];
        isTaken[output.index] = true;
      }
    };
    for (auto state = trace.states.rbegin(); state != trace.states.rend();
         ++state)
      if (*state)
        mark(**state);
    for (auto result = trace.results.rbegin(); result != trace.results.rend();
         ++result)
      mark(*result);
  }

  Source sourceOf(const Ref &node) {
    if (auto it = sources.find(node.get()); it != sources.end())
      return it->second;
    if (node->symbolic)
      fail("compile",
           "a value of another recording is used: " + describe(*node), where);
    trace.captured.push_back(node);
    return sources[node.get()] = {Source::Kind::captured,
                                  trace.captured.size() - 1};
  }

  Trace &trace;
  const Recording &recording;
  Loc where;
  std::unordered_map<const Node *, Source> sources;
  std::unordered_map<const Node *, size_t> positions;
};

} // namespace

std::shared_ptr<Trace> Traces::Impl::trace(const std::vector<Leaf> &arguments,
                                           const std::vector<Leaf> &state,
                                           const Record &record, Loc where) {
  auto result = std::make_shared<Trace>();
  Trace &trace = *result;
  trace.stateCount = state.size();
  {
    Recording recording;
    TraceBuilder builder(trace, recording, where);
    std::vector<Ref> results;
    std::vector<std::pair<Ref, bool>> states;
    {
      // Whatever happens, arguments and state get their values back.
      Restore argumentsBack(arguments), stateBack(state);
      std::vector<Ref> stateSymbols;
      auto bind = [&](const Leaf &leaf, Source source) -> Ref {
        if (!leaf.tensor->defined())
          return {};
        Ref node = leaf.tensor->get();
        Ref symbol = recording.argument(node->type, node->weak, node->where);
        *leaf.tensor = tensorOf(symbol);
        builder.symbol(symbol, source);
        return symbol;
      };
      for (size_t i = 0; i < arguments.size(); ++i) {
        trace.argumentTypes.push_back(arguments[i].tensor->get()->type);
        bind(arguments[i], {Source::Kind::argument, i});
      }
      for (size_t i = 0; i < state.size(); ++i)
        stateSymbols.push_back(bind(state[i], {Source::Kind::state, i}));

      Recorded recorded = record();
      for (const Leaf &leaf : recorded.leaves) {
        results.push_back(nodeOf(*leaf.tensor, "compile", where));
        *leaf.tensor = Tensor();
      }
      trace.object = std::move(recorded.object);

      Leaves after = leavesOf(config.state);
      for (size_t i = 0; i < after.size(); ++i) {
        Tensor &tensor = *after.tensors[i];
        Node *before =
            i < stateSymbols.size() ? stateSymbols[i].get() : nullptr;
        states.emplace_back(tensor.get(),
                            tensor.get() && tensor.get() != before);
        if (i >= stateSymbols.size())
          tensor = Tensor();
      }
    }
    recording.checkNothingEscaped("compile",
                                  "return it, or name the tensor in .state");
    builder.build(results, states);
    builder.describeInputs(arguments, state);
    for (const std::vector<Ref> *nodes : {&trace.captured, &recording.read})
      for (const Ref &node : *nodes)
        trace.watched.push_back({node, node->departures()});
    trace.modes = std::move(recording.modes);
  }
  ++traceCount;
  return result;
}

void Traces::Impl::warnOfShapes(Loc where) const {
  // The sizes of each dimension of each argument, over all traces.
  std::map<std::pair<size_t, size_t>, std::set<int64_t>> sizes;
  for (const auto &[key, trace] : traces)
    for (size_t i = 0; i < trace->argumentTypes.size(); ++i)
      for (size_t d = 0; d < trace->argumentTypes[i].shape.size(); ++d)
        sizes[{i, d}].insert(trace->argumentTypes[i].shape[d]);
  std::string text;
  for (const auto &[place, seen] : sizes) {
    if (seen.size() < 2)
      continue;
    text += text.empty() ? "" : "; ";
    text += "dimension " + std::to_string(place.second) + " of argument " +
            std::to_string(place.first) + " varies:";
    for (int64_t size : seen)
      text += " " + std::to_string(size);
  }
  if (!text.empty())
    std::cerr << str(where) << ": [compile] each shape is compiled anew, and "
              << "this is number " << traces.size() << ": " << text << "\n";
}

std::shared_ptr<Trace> Traces::Impl::find(const Arguments &call,
                                          const Leaves &arguments,
                                          const Leaves &state,
                                          const Record &record, Loc where) {
  std::lock_guard lock(mutex);
  Key bytes = keyOf(call.signature, arguments, state);
  std::string_view key(bytes.data(), bytes.size());
  auto known = traces.find(key);
  if (known != traces.end() && !known->second->isStale())
    return known->second;
  bool isNew = known == traces.end();
  std::shared_ptr<Trace> made;
  try {
    made = trace(namedLeavesOf(call.trees, "argument"), namedState(), record,
                 where);
    Loading loading =
        loadLater(made->region, made->info,
                  {&device, config.fast, config.precision == Precision::tf32,
                   config.tapeLimit, config.memoryLimit},
                  where);
    // Meanwhile: what the program will read may need programs of its own.
    computeLeaves(arguments, state, where);
    // Captured tensors are read at each call, so they need values.
    evaluate(made->captured, where);
    made->program = loading();
    // What was recorded is not needed any more.
    made->region = {};
  } catch (...) {
    if (!isNew)
      traces.erase(known);
    throw;
  }
  traces.insert_or_assign(std::string(key), made);
  constexpr size_t manyShapes = 9;
  if (isNew && traces.size() == manyShapes)
    warnOfShapes(where);
  return made;
}

Traces::Traces(CompileConfig config, Loc where)
    : impl(std::make_unique<Impl>(std::move(config), where)) {}

Traces::~Traces() = default;

int64_t Traces::count() const { return impl->traceCount; }

std::string Traces::text(const Arguments &call, const Record &record,
                         Loc where) {
  checkDefined(call, leavesOf(call.trees), where);
  std::shared_ptr<Trace> trace = impl->trace(
      namedLeavesOf(call.trees, "argument"), impl->namedState(), record, where);
  return write(trace->region, trace->info, /*asKey=*/false);
}

Traces::Results Traces::run(const Arguments &call, const Record &record,
                            Loc where) {
  Leaves arguments = leavesOf(call.trees), state = leavesOf(impl->config.state);
  checkDefined(call, arguments, where);
  std::shared_ptr<Trace> held =
      impl->find(call, arguments, state, record, where);
  computeLeaves(arguments, state, where);
  const Trace &trace = *held;
  if (trace.states.size() != state.size())
    state = leavesOf(impl->config.state);

  auto nodeAt = [&](Source source) -> Node * {
    switch (source.kind) {
    case Source::Kind::argument:
      return arguments.node(source.index);
    case Source::Kind::state:
      return state.node(source.index);
    case Source::Kind::captured:
      break;
    }
    return trace.captured[source.index].get();
  };
  // Results that are inputs: holding them here keeps their bits.
  auto passed = [&](const std::optional<Output> &output) {
    if (!output || !output->source)
      return Tensor();
    Node *node = nodeAt(*output->source);
    return tensorOf(given(node->type, node->data, node->where));
  };
  using Tensors = runtime::SmallVector<Tensor, 8>;
  Tensors passedResults, passedStates;
  for (const Output &output : trace.results)
    passedResults.push_back(passed(output));
  for (const std::optional<Output> &output : trace.states)
    passedStates.push_back(passed(output));

  // What lies in host memory is copied to the card that the program runs on.
  runtime::Device &device = impl->device;
  using Buffers = runtime::SmallVector<runtime::BufferRef, 16>;
  Buffers buffers;
  runtime::SmallVector<std::pair<size_t, runtime::BufferRef>, 8> givenAway;
  for (size_t i = 0; i < trace.inputs.size(); ++i) {
    Node *node = nodeAt(trace.inputs[i]);
    if (node->place && node->place != &device && !node->data->isOnHost())
      failOnPlace("compile", *node, device, where);
    // A state that nobody else names gives its buffer away, so that the runtime
    // finds the only reference to it.
    if (trace.info[i].donatedTo >= 0 && node->isSole()) {
      buffers.push_back(moveTo(device, node->data, where));
      givenAway.emplace_back(i, buffers.back() == node->data ? nullptr
                                                             : node->data);
    } else {
      buffers.push_back(node->dataOn(device, where));
    }
  }
  for (auto &[i, original] : givenAway)
    nodeAt(trace.inputs[i])->dropData();

  Buffers outputs(trace.computed.size());
  try {
    detail::run(*trace.program, buffers, outputs, where);
  } catch (...) {
    for (auto &[i, original] : givenAway)
      nodeAt(trace.inputs[i])->data = original ? original : buffers[i];
    throw;
  }

  Tensors computed;
  for (size_t i = 0; i < outputs.size(); ++i)
    computed.push_back(
        tensorOf(given(trace.computed[i].first, std::move(outputs[i]),
                       trace.computed[i].second)));
  auto take = [&](const Output &output, Tensor &passed) {
    if (output.source)
      return std::move(passed);
    Tensor &tensor = computed[output.index];
    return output.isLast ? std::move(tensor) : tensor;
  };
  Results results{trace.object, {}};
  results.tensors.reserve(trace.results.size());
  for (size_t i = 0; i < trace.results.size(); ++i)
    results.tensors.push_back(take(trace.results[i], passedResults[i]));
  for (size_t i = 0; i < trace.states.size(); ++i)
    if (const std::optional<Output> &output = trace.states[i])
      *state.tensors[i] = take(*output, passedStates[i]);
  return results;
}

} // namespace dlc::detail
