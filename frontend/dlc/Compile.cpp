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

class ArgumentCollector : public Visitor {
public:
  /// Without `named` the leaves' names stay empty.
  ArgumentCollector(Traces::Arguments &all, std::string prefix,
                    bool named = true)
      : all(all), prefix(std::move(prefix)), named(named) {}

  void mode(std::string_view, int64_t value) override {
    all.modes.push_back(value);
  }

private:
  void leaf(Tensor &tensor) override {
    if (!named) {
      all.leaves.push_back({&tensor, {}, isBuffer()});
      return;
    }
    std::string name = path();
    if (!prefix.empty())
      name = name.empty() ? prefix : prefix + "." + name;
    all.leaves.push_back({&tensor, std::move(name), isBuffer()});
  }

  Traces::Arguments &all;
  std::string prefix;
  bool named;
};

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
};

struct Watched {
  Ref node;
  uint64_t departures;

  bool hasMoved() const { return node->departures != departures; }
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

void collect(Traces::Arguments &arguments, TreeRef tree) {
  std::string name = "argument" + std::to_string(arguments.treeCount++);
  ArgumentCollector collector(arguments, name);
  tree.visit(collector);
}

struct Traces::Impl {
  Impl(CompileConfig config, Loc where)
      : config(std::move(config)), where(where),
        device(this->config.device.empty()
                   ? defaultDevice(where)
                   : findDevice("compile", this->config.device, where)) {}

  /// Names are for what is traced: a call that is not does without.
  Arguments collectState(bool named = false) const {
    Arguments all{typeid(void), {}, {}, 0};
    all.leaves.reserve(stateCount);
    for (const TreeRef &tree : config.state) {
      std::string name = config.state.size() > 1
                             ? "state" + std::to_string(all.treeCount)
                             : "";
      ++all.treeCount;
      ArgumentCollector collector(all, name, named);
      tree.visit(collector);
    }
    stateCount = all.leaves.size();
    return all;
  }

  std::shared_ptr<Trace> find(const Arguments &arguments,
                              const Arguments &state, const Record &record,
                              Loc where);
  std::shared_ptr<Trace> trace(const Arguments &arguments,
                               const Arguments &state, const Record &record,
                               Loc where);
  void warnOfShapes(Loc where) const;

  const CompileConfig config;
  const Loc where;
  runtime::Device &device;
  std::mutex mutex;
  std::unordered_map<std::string, std::shared_ptr<Trace>> traces;
  std::atomic<int64_t> traceCount{0};
  /// How many tensors the state had last.
  mutable std::atomic<size_t> stateCount{0};
};

namespace {

std::string keyOf(const Traces::Arguments &arguments,
                  const Traces::Arguments &state) {
  std::string key = arguments.signature.name();
  auto number = [&](int64_t n) {
    key.append(reinterpret_cast<const char *>(&n), sizeof n);
  };
  for (const Traces::Arguments *part : {&arguments, &state}) {
    number(part->leaves.size());
    for (const Leaf &leaf : part->leaves) {
      if (!leaf.tensor->defined()) {
        number(-1);
        continue;
      }
      const Node &node = *leaf.tensor->get();
      number(int64_t(node.type.element) * 2 + node.weak);
      number(node.type.shape.size());
      for (int64_t size : node.type.shape)
        number(size);
    }
    number(part->modes.size());
    for (int64_t mode : part->modes)
      number(mode);
  }
  return key;
}

void checkDefined(const Traces::Arguments &arguments, Loc where) {
  for (const Leaf &leaf : arguments.leaves)
    if (!leaf.tensor->defined())
      fail("compile", leaf.name + " is an empty tensor", where);
}

/// Computes what has no value yet.
void computeLeaves(const Traces::Arguments &arguments,
                   const Traces::Arguments &state, Loc where) {
  std::vector<Ref> nodes;
  for (const Traces::Arguments *part : {&arguments, &state})
    for (const Leaf &leaf : part->leaves)
      if (Node *node = leaf.tensor->get(); node && !node->data)
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
        return Output{sourceOf(node), 0};
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

  /// Which results may be written over which arguments.
  void donate(const Traces::Arguments &arguments,
              const Traces::Arguments &state) {
    std::set<size_t> taken;
    for (size_t i = 0; i < trace.inputs.size(); ++i) {
      auto [kind, index] = trace.inputs[i];
      ArgumentInfo info;
      if (kind == Source::Kind::captured)
        info.name = "captured" + std::to_string(index);
      else
        info.name = (kind == Source::Kind::state ? state : arguments)
                        .leaves[index]
                        .name;
      if (kind == Source::Kind::state && trace.states[index] &&
          !trace.states[index]->source) {
        size_t result = trace.states[index]->index;
        if (trace.region.arguments[i]->type == trace.computed[result].first &&
            taken.insert(result).second)
          info.donatedTo = result;
      }
      trace.info.push_back(std::move(info));
    }
  }

private:
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

std::shared_ptr<Trace> Traces::Impl::trace(const Arguments &arguments,
                                           const Arguments &state,
                                           const Record &record, Loc where) {
  auto result = std::make_shared<Trace>();
  Trace &trace = *result;
  trace.stateCount = state.leaves.size();
  {
    Recording recording;
    TraceBuilder builder(trace, recording, where);
    std::vector<Ref> results;
    std::vector<std::pair<Ref, bool>> states;
    {
      // Whatever happens, arguments and state get their values back.
      Restore argumentsBack(arguments.leaves), stateBack(state.leaves);
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
      for (size_t i = 0; i < arguments.leaves.size(); ++i) {
        trace.argumentTypes.push_back(arguments.leaves[i].tensor->get()->type);
        bind(arguments.leaves[i], {Source::Kind::argument, i});
      }
      for (size_t i = 0; i < state.leaves.size(); ++i)
        stateSymbols.push_back(bind(state.leaves[i], {Source::Kind::state, i}));

      Recorded recorded = record();
      for (const Leaf &leaf : recorded.leaves) {
        results.push_back(nodeOf(*leaf.tensor, "compile", where));
        *leaf.tensor = Tensor();
      }
      trace.object = std::move(recorded.object);

      Arguments after = collectState();
      for (size_t i = 0; i < after.leaves.size(); ++i) {
        Tensor &tensor = *after.leaves[i].tensor;
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
    builder.donate(arguments, state);
    for (const std::vector<Ref> *nodes : {&trace.captured, &recording.read})
      for (const Ref &node : *nodes)
        trace.watched.push_back({node, node->departures});
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

std::shared_ptr<Trace> Traces::Impl::find(const Arguments &arguments,
                                          const Arguments &state,
                                          const Record &record, Loc where) {
  std::lock_guard lock(mutex);
  std::shared_ptr<Trace> &entry = traces[keyOf(arguments, state)];
  if (entry && !entry->isStale())
    return entry;
  bool isNew = !entry;
  try {
    entry = trace(arguments, collectState(/*named=*/true), record, where);
    Loading loading =
        loadLater(entry->region, entry->info,
                  {&device, config.fast, config.precision == Precision::tf32,
                   config.tapeLimit, config.memoryLimit},
                  where);
    // Meanwhile: what the program will read may need programs of its own.
    computeLeaves(arguments, state, where);
    // Captured tensors are read at each call, so they need values.
    evaluate(entry->captured, where);
    entry->program = loading();
    // What was recorded is not needed any more.
    entry->region = {};
  } catch (...) {
    traces.erase(keyOf(arguments, state));
    throw;
  }
  constexpr size_t manyShapes = 9;
  if (isNew && traces.size() == manyShapes)
    warnOfShapes(where);
  return entry;
}

Traces::Traces(CompileConfig config, Loc where)
    : impl(std::make_unique<Impl>(std::move(config), where)) {}

Traces::~Traces() = default;

int64_t Traces::count() const { return impl->traceCount; }

std::string Traces::text(Arguments arguments, const Record &record, Loc where) {
  Arguments state = impl->collectState(/*named=*/true);
  checkDefined(arguments, where);
  std::shared_ptr<Trace> trace = impl->trace(arguments, state, record, where);
  return write(trace->region, trace->info, /*asKey=*/false);
}

Traces::Results Traces::run(Arguments arguments, const Record &record,
                            Loc where) {
  Arguments state = impl->collectState();
  checkDefined(arguments, where);
  std::shared_ptr<Trace> held = impl->find(arguments, state, record, where);
  computeLeaves(arguments, state, where);
  const Trace &trace = *held;
  if (trace.states.size() != state.leaves.size())
    state = impl->collectState();

  auto nodeAt = [&](Source source) -> Node * {
    switch (source.kind) {
    case Source::Kind::argument:
      return arguments.leaves[source.index].tensor->get();
    case Source::Kind::state:
      return state.leaves[source.index].tensor->get();
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
  std::vector<Tensor> passedResults, passedStates;
  passedResults.reserve(trace.results.size());
  passedStates.reserve(trace.states.size());
  for (const Output &output : trace.results)
    passedResults.push_back(passed(output));
  for (const std::optional<Output> &output : trace.states)
    passedStates.push_back(passed(output));

  // What lies in host memory is copied to the card that the program runs on.
  runtime::Device &device = impl->device;
  std::vector<runtime::BufferRef> buffers;
  std::vector<std::pair<size_t, runtime::BufferRef>> givenAway;
  buffers.reserve(trace.inputs.size());
  givenAway.reserve(trace.inputs.size());
  for (size_t i = 0; i < trace.inputs.size(); ++i) {
    Node *node = nodeAt(trace.inputs[i]);
    if (node->place && node->place != &device && !node->data->isOnHost())
      failOnPlace("compile", *node, device, where);
    // A state that nobody else names gives its buffer away, so that the runtime
    // finds the only reference to it.
    if (trace.info[i].donatedTo >= 0 && node->references == 1) {
      buffers.push_back(moveTo(device, node->data, where));
      givenAway.emplace_back(i, buffers.back() == node->data ? nullptr
                                                             : node->data);
    } else {
      buffers.push_back(node->dataOn(device, where));
    }
  }
  for (auto &[i, original] : givenAway)
    nodeAt(trace.inputs[i])->dropData();

  std::vector<runtime::BufferRef> outputs;
  try {
    outputs = detail::run(*trace.program, buffers, where);
  } catch (...) {
    for (auto &[i, original] : givenAway)
      nodeAt(trace.inputs[i])->data = original ? original : buffers[i];
    throw;
  }

  std::vector<Tensor> computed;
  computed.reserve(outputs.size());
  for (size_t i = 0; i < outputs.size(); ++i)
    computed.push_back(
        tensorOf(given(trace.computed[i].first, std::move(outputs[i]),
                       trace.computed[i].second)));
  Results results{trace.object, {}};
  for (size_t i = 0; i < trace.results.size(); ++i)
    results.tensors.push_back(trace.results[i].source
                                  ? passedResults[i]
                                  : computed[trace.results[i].index]);
  for (size_t i = 0; i < trace.states.size(); ++i)
    if (const std::optional<Output> &output = trace.states[i])
      *state.leaves[i].tensor =
          output->source ? passedStates[i] : computed[output->index];
  return results;
}

} // namespace dlc::detail
