// grad and scan. compile stands in Compile.cpp.

#include "dlc/Transforms.h"

#include "detail/Graph.h"
#include "detail/Restore.h"

#include "dlc/Ops.h"

namespace dlc::detail {

Tensor weakScalar(Scalar value, Loc where) {
  DType type = value.isReal   ? DType::f64
               : value.isBool ? DType::boolean
                              : DType::i64;
  Type scalar{type, {}};
  runtime::BufferRef data = allocate(scalar.bytes(), where);
  fillSplat(scalar, value, data->data());
  Ref node = given(scalar, std::move(data), where);
  node->weak = !value.isBool;
  return tensorOf(node);
}

bool isRecording() {
  return Recording::current() || differentiationDepth() > 0;
}

void fill(TreeRef tree, const std::vector<Tensor> &tensors) {
  size_t i = 0;
  for (const Leaf &leaf : leaves(tree))
    *leaf.tensor = tensors[i++];
}

//===-- grad
//---------------------------------------------------------------===//

struct Differentiation::Impl {
  Impl(std::vector<Leaf> leaves, Loc where)
      : where(where), leaves(std::move(leaves)) {}

  /// Ends the part in which derivatives are taken through what is computed.
  void leave() {
    if (tree) {
      tree.reset();
      --differentiationDepth();
    }
  }

  Loc where;
  std::vector<Leaf> leaves;
  std::vector<Ref> variables;
  std::optional<Restore> tree;
};

Differentiation::Differentiation(TreeRef tree, Loc where)
    : impl(std::make_unique<Impl>(parameters(tree), where)) {
  if (impl->leaves.empty())
    fail("grad", "the argument holds no float tensor", where);
  int level = differentiationDepth();
  if (level == 63)
    fail("grad", "more than 63 nested derivatives", where);
  impl->tree.emplace(impl->leaves);
  ++differentiationDepth();
  for (const Leaf &leaf : impl->leaves) {
    Ref value = leaf.tensor->get();
    Ref variable = make("variable", value->type, {value}, {}, where);
    variable->where = value->where;
    variable->variables |= uint64_t(1) << level;
    *leaf.tensor = tensorOf(variable);
    impl->variables.push_back(std::move(variable));
  }
}

Differentiation::~Differentiation() { impl->leave(); }

NamedTensors Differentiation::gradients(TreeRef value) {
  std::vector<Leaf> values = leaves(value);
  if (values.empty())
    fail("grad", "the function returns no tensor", impl->where);
  Ref output = nodeOf(*values[0].tensor, "grad", impl->where);
  if (!isFloat(output->type.element) || output->type.count() != 1)
    fail("grad",
         "the function must return a float scalar, got " + describe(*output),
         impl->where);
  impl->leave();

  const size_t level = differentiationDepth(), count = impl->variables.size();
  std::vector<Ref> operands{output, splat(output->type, 1, impl->where)};
  operands.insert(operands.end(), impl->variables.begin(),
                  impl->variables.end());
  Ref gradient =
      make("grad", {}, std::move(operands),
           {{"operandSegmentSizes", Segments{{1, 1, count}}}}, impl->where);
  gradient->index = level;
  gradient->weak = false;
  gradient->variables &= ~(uint64_t(1) << level);
  for (const Ref &variable : impl->variables)
    gradient->types.push_back(variable->type);
  gradient->pinHistory();

  NamedTensors named;
  for (size_t i = 0; i < count; ++i)
    named.add(impl->leaves[i].name, tensorOf(project(gradient, i)));
  return named;
}

void fillGradients(TreeRef tree, const NamedTensors &gradients, Loc where) {
  auto next = gradients.begin();
  for (const Leaf &leaf : leaves(tree)) {
    if (leaf.isParameter())
      *leaf.tensor = (next++)->second;
    else if (leaf.tensor->defined())
      *leaf.tensor = zerosLike(*leaf.tensor, where);
  }
}

//===-- scan
//---------------------------------------------------------------===//

namespace {

int64_t tripCount(const std::vector<Leaf> &sequences,
                  const ScanOptions &options, Loc where) {
  std::optional<int64_t> trips = options.length;
  if (trips && *trips < 0)
    fail("scan", "a length of " + std::to_string(*trips), where);
  for (const Leaf &leaf : sequences) {
    Ref node = nodeOf(*leaf.tensor, "scan", where);
    if (node->type.shape.empty())
      fail("scan", "cannot scan over a scalar: " + describe(*node), where);
    int64_t length = node->type.shape[0];
    if (trips && *trips != length)
      fail("scan",
           "lengths differ: " + std::to_string(*trips) + " vs " +
               std::to_string(length) + " of " + describe(*node),
           where);
    trips = length;
  }
  if (!trips)
    fail("scan", "needs something to scan over, or a length", where);
  return *trips;
}

/// The nodes of trees that are about to die.
std::vector<Ref> take(const std::vector<Leaf> &leaves, Loc where) {
  std::vector<Ref> nodes;
  for (const Leaf &leaf : leaves)
    nodes.push_back(nodeOf(*leaf.tensor, "scan", where));
  for (const Leaf &leaf : leaves)
    *leaf.tensor = Tensor();
  return nodes;
}

void checkCarries(const std::vector<Ref> &inits, const std::vector<Ref> &next,
                  Loc where) {
  if (inits.size() != next.size())
    fail("scan",
         "the body returns " + std::to_string(next.size()) +
             " carried tensors, expected " + std::to_string(inits.size()),
         where);
  for (size_t i = 0; i < inits.size(); ++i)
    if (inits[i]->type != next[i]->type)
      fail("scan",
           "carry " + std::to_string(i) + " changes its type: from " +
               describe(*inits[i]) + " to " + describe(*next[i]),
           where);
}

} // namespace

std::vector<Tensor>
scan(TreeRef carry, TreeRef slices,
     const std::function<std::pair<std::vector<Leaf>, std::vector<Leaf>>()>
         &body,
     const ScanOptions &options, Loc where) {
  std::vector<Leaf> carries = leaves(carry), sequences = leaves(slices);
  const int64_t trips = tripCount(sequences, options, where);

  std::vector<Ref> operands;
  for (const std::vector<Leaf> *part : {&carries, &sequences})
    for (const Leaf &leaf : *part)
      operands.push_back(nodeOf(*leaf.tensor, "scan", where));
  const std::vector<Ref> inits(operands.begin(),
                               operands.begin() + carries.size());

  auto region = std::make_unique<Region>();
  size_t outputCount;
  {
    Recording recording;
    std::vector<Ref> symbols;
    {
      Restore carriesBack(carries), sequencesBack(sequences);
      for (size_t i = 0; i < operands.size(); ++i) {
        bool isSlice = i >= carries.size();
        Type type = operands[i]->type;
        if (isSlice)
          type.shape.erase(type.shape.begin());
        symbols.push_back(recording.argument(std::move(type), operands[i]->weak,
                                             operands[i]->where));
        const Leaf &leaf = isSlice ? sequences[i - carries.size()] : carries[i];
        *leaf.tensor = tensorOf(symbols.back());
      }
      auto [next, outputs] = body();
      std::vector<Ref> results = take(next, where);
      checkCarries(inits, results, where);
      outputCount = outputs.size();
      for (Ref &output : take(outputs, where))
        results.push_back(std::move(output));
      *region = collect(std::move(results), [&](const Node &node) {
        return node.isGiven() || !recording.owns(node);
      });
    }
    recording.checkNothingEscaped("scan", "carry it, or return it");

    // [carries…, slices…, constants…]
    std::vector<Ref> arguments = symbols;
    for (const Ref &argument : region->arguments)
      if (!recording.owns(*argument)) {
        arguments.push_back(argument);
        operands.push_back(argument);
      }
    region->arguments = std::move(arguments);
  }

  std::vector<Type> types;
  for (const Ref &init : inits)
    types.push_back(init->type);
  for (size_t i = inits.size(); i < region->results.size(); ++i) {
    Type type = region->results[i]->type;
    type.shape.insert(type.shape.begin(), trips);
    types.push_back(std::move(type));
  }

  std::vector<Attribute> attributes{
      {"trips", trips},
      {"operandSegmentSizes",
       Segments{{carries.size(), sequences.size(),
                 operands.size() - carries.size() - sequences.size()}}}};
  if (options.reverse)
    attributes.push_back({"reverse", Unit()});
  Ref node =
      make("scan", {}, std::move(operands), std::move(attributes), where);
  node->weak = false;
  node->types = std::move(types);
  node->body = std::move(region);

  for (size_t i = 0; i < carries.size(); ++i)
    *carries[i].tensor = tensorOf(project(node, i));
  std::vector<Tensor> stacks;
  for (size_t i = 0; i < outputCount; ++i)
    stacks.push_back(tensorOf(project(node, carries.size() + i)));
  return stacks;
}

} // namespace dlc::detail
