// grad and scan. compile stands in Compile.cpp.

#include "dlc/Transforms.h"

#include "detail/Body.h"
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

void fill(TreeRef tree, std::span<Tensor> tensors) {
  struct Filler : Visitor {
    explicit Filler(std::span<Tensor> tensors) : tensors(tensors) {}
    void leaf(Tensor &tensor) override { tensor = std::move(tensors[next++]); }
    std::span<Tensor> tensors;
    size_t next = 0;
  } filler(tensors);
  tree.visit(filler);
}

//===-- grad
//---------------------------------------------------------------===//

namespace {

/// A `grad` or `jvp` of three lists of operands, with results of `types`.
Ref derivative(const char *op, std::initializer_list<std::vector<Ref>> parts,
               size_t level, std::vector<Type> types, Loc where) {
  std::vector<Ref> operands;
  Segments segments;
  for (const std::vector<Ref> &part : parts) {
    operands.insert(operands.end(), part.begin(), part.end());
    segments.sizes.push_back(part.size());
  }
  Ref node = make(op, {}, std::move(operands),
                  {{"operandSegmentSizes", std::move(segments)}}, where);
  node->index = level;
  node->weak = false;
  node->variables &= ~(uint64_t(1) << level);
  node->types = std::move(types);
  node->pinHistory();
  return node;
}

std::vector<Type> typesOf(const std::vector<Ref> &nodes) {
  std::vector<Type> types;
  for (const Ref &node : nodes)
    types.push_back(node->type);
  return types;
}

/// The float leaves' nodes; throws where there is none.
std::vector<Ref> floatLeaves(TreeRef tree, const char *op, Loc where) {
  std::vector<Ref> nodes;
  for (const Leaf &leaf : leaves(tree))
    if (Ref node = nodeOf(*leaf.tensor, op, where); isFloat(node->type.element))
      nodes.push_back(std::move(node));
  if (nodes.empty())
    fail(op, "the function returns no float tensor", where);
  return nodes;
}

/// One node of each type; host numbers take it.
void checkSeeds(const char *op, const char *what, std::vector<Ref> &seeds,
                const std::vector<Ref> &values, Loc where) {
  if (seeds.size() != values.size())
    fail(op,
         "needs " + std::to_string(values.size()) + " " + what + ", got " +
             std::to_string(seeds.size()),
         where);
  for (size_t i = 0; i < seeds.size(); ++i)
    if (seeds[i]->type != values[i]->type)
      fail(op,
           std::string(what) + " " + std::to_string(i) + " is " +
               describe(*seeds[i]) + ", expected " + values[i]->type.str(),
           where);
}

} // namespace

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

  Ref gradient = derivative(
      "grad",
      {{output}, {splat(output->type, 1, impl->where)}, impl->variables},
      differentiationDepth(), typesOf(impl->variables), impl->where);
  NamedTensors named;
  for (size_t i = 0; i < impl->variables.size(); ++i)
    named.add(impl->leaves[i].name, tensorOf(project(gradient, i)));
  return named;
}

struct Pullback::Impl {
  std::vector<Ref> outputs, variables;
  std::vector<std::string> names;
  size_t level;
  /// Keeps the history between outputs and variables until it is asked for.
  Ref keeper;
};

Pullback Differentiation::pullback(TreeRef value) {
  auto held = std::make_shared<Pullback::Impl>();
  held->outputs = floatLeaves(value, "vjp", impl->where);
  impl->leave();
  held->variables = impl->variables;
  for (const Leaf &leaf : impl->leaves)
    held->names.push_back(leaf.name);
  held->level = differentiationDepth();
  held->keeper =
      derivative("grad", {held->outputs, held->outputs, held->variables},
                 held->level, typesOf(held->variables), impl->where);
  return Pullback(std::move(held));
}

NamedTensors Pullback::operator()(TreeRef cotangents, Loc where) const {
  std::vector<Ref> seeds = floatLeaves(cotangents, "vjp", where);
  checkSeeds("vjp", "cotangents", seeds, impl->outputs, where);
  Ref gradient = derivative("grad", {impl->outputs, seeds, impl->variables},
                            impl->level, typesOf(impl->variables), where);
  NamedTensors named;
  for (size_t i = 0; i < impl->variables.size(); ++i)
    named.add(impl->names[i], tensorOf(project(gradient, i)));
  return named;
}

void Differentiation::pushForward(TreeRef value, TreeRef along,
                                  TreeRef derivatives) {
  std::vector<Ref> outputs = floatLeaves(value, "jvp", impl->where);
  impl->leave();
  std::vector<Ref> tangents;
  for (const Leaf &leaf : parameters(along))
    tangents.push_back(leaf.tensor->get());
  checkSeeds("jvp", "tangents", tangents, impl->variables, impl->where);
  Ref node = derivative("jvp", {outputs, impl->variables, tangents},
                        differentiationDepth(), typesOf(outputs), impl->where);
  size_t next = 0;
  for (const Leaf &leaf : leaves(derivatives))
    if (isFloat(leaf.tensor->dtype()))
      *leaf.tensor = tensorOf(project(node, next++));
    else
      *leaf.tensor = zerosLike(*leaf.tensor, impl->where);
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

} // namespace

std::vector<Tensor>
scan(TreeRef carry, TreeRef slices,
     const std::function<std::pair<std::vector<Leaf>, std::vector<Leaf>>()>
         &body,
     const ScanOptions &options, Loc where) {
  std::vector<Leaf> carries = leaves(carry), sequences = leaves(slices);
  const int64_t trips = tripCount(sequences, options, where);

  std::vector<Parameter> parameters = parametersOf("scan", carries, where);
  for (Parameter &slice : parametersOf("scan", sequences, where)) {
    slice.type.shape.erase(slice.type.shape.begin());
    parameters.push_back(std::move(slice));
  }
  std::vector<Ref> operands;
  for (const Parameter &parameter : parameters)
    operands.push_back(parameter.place.tensor->get());
  const std::vector<Ref> inits(operands.begin(),
                               operands.begin() + carries.size());

  // [carries…, slices…, constants…] to [carries…, outputs…].
  size_t carried = 0;
  Body trip = recordBody(
      "scan", parameters,
      [&] {
        auto [next, outputs] = body();
        carried = next.size();
        next.insert(next.end(), outputs.begin(), outputs.end());
        return next;
      },
      where);
  const std::vector<Ref> &results = trip.results();
  checkCarries("scan", inits, {results.begin(), results.begin() + carried},
               where);
  const size_t outputCount = results.size() - carried;
  for (const Ref &capture : close({&trip}))
    operands.push_back(capture);

  std::vector<Type> types;
  for (const Ref &init : inits)
    types.push_back(init->type);
  for (size_t i = inits.size(); i < results.size(); ++i) {
    Type type = results[i]->type;
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
  node->regions.push_back(std::move(trip.region));

  for (size_t i = 0; i < carries.size(); ++i)
    *carries[i].tensor = tensorOf(project(node, i));
  std::vector<Tensor> stacks;
  for (size_t i = 0; i < outputCount; ++i)
    stacks.push_back(tensorOf(project(node, carries.size() + i)));
  return stacks;
}

} // namespace dlc::detail
