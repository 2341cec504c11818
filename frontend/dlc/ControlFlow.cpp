#include "dlc/ControlFlow.h"

#include "detail/Body.h"
#include "detail/Build.h"

namespace dlc::detail {

namespace {

bool isScalarTruth(const Node &node) {
  return node.type == Type{DType::boolean, {}};
}

std::vector<Type> typesOf(const std::vector<Ref> &nodes) {
  std::vector<Type> types;
  for (const Ref &node : nodes)
    types.push_back(node->type);
  return types;
}

/// The op of some bodies, and its results.
std::vector<Tensor> finish(const char *op, std::vector<Ref> operands,
                           std::vector<Attribute> attributes,
                           std::vector<Type> types,
                           std::initializer_list<Body *> bodies, Loc where) {
  Ref node = make(op, {}, std::move(operands), std::move(attributes), where);
  node->weak = false;
  node->types = std::move(types);
  for (Body *body : bodies)
    node->regions.push_back(std::move(body->region));
  std::vector<Tensor> results;
  for (size_t i = 0; i < node->types.size(); ++i)
    results.push_back(tensorOf(project(node, i)));
  return results;
}

} // namespace

std::vector<Tensor> cond(const Operand &predicate, const Run &then,
                         const Run &otherwise) {
  Loc where = predicate.where;
  Ref choice = operandNode(predicate, "cond");
  if (!isScalarTruth(*choice))
    fail("cond",
         "the predicate must be a boolean scalar, got " + describe(*choice),
         where);
  Body first = recordBody("cond", {}, then, where);
  Body second = recordBody("cond", {}, otherwise, where);
  if (first.results().size() != second.results().size())
    fail("cond",
         "the branches return " + std::to_string(first.results().size()) +
             " and " + std::to_string(second.results().size()) + " tensors",
         where);
  for (size_t i = 0; i < first.results().size(); ++i)
    if (first.results()[i]->type != second.results()[i]->type)
      fail("cond",
           "the branches' results " + std::to_string(i) +
               " differ: " + describe(*first.results()[i]) + " vs " +
               describe(*second.results()[i]),
           where);
  std::vector<Type> types = typesOf(first.results());
  std::vector<Ref> operands = close({&first, &second});
  operands.insert(operands.begin(), choice);
  return finish("if", std::move(operands), {}, std::move(types),
                {&first, &second}, where);
}

void whileLoop(TreeRef carry, const Run &condition, const Run &body,
               std::optional<int64_t> maxTrips, Loc where) {
  std::vector<Leaf> carries = leaves(carry);
  std::vector<Parameter> parameters =
      parametersOf("while_loop", carries, where);
  if (maxTrips && *maxTrips < 0)
    fail("while_loop", "maxTrips of " + std::to_string(*maxTrips), where);
  std::vector<Ref> inits;
  for (const Leaf &leaf : carries)
    inits.push_back(leaf.tensor->get());

  Body test = recordBody("while_loop", parameters, condition, where);
  if (!isScalarTruth(*test.results()[0]))
    fail("while_loop",
         "the condition must be a boolean scalar, got " +
             describe(*test.results()[0]),
         where);
  Body trip = recordBody("while_loop", parameters, body, where);
  checkCarries("while_loop", inits, trip.results(), where);

  std::vector<Ref> operands = inits;
  std::vector<Ref> captures = close({&test, &trip});
  operands.insert(operands.end(), captures.begin(), captures.end());
  std::vector<Attribute> attributes{
      {"operandSegmentSizes", Segments{{inits.size(), captures.size()}}}};
  if (maxTrips)
    attributes.push_back({"max_trips", *maxTrips});
  std::vector<Tensor> results =
      finish("while", std::move(operands), std::move(attributes),
             typesOf(inits), {&test, &trip}, where);
  for (size_t i = 0; i < carries.size(); ++i)
    *carries[i].tensor = results[i];
}

std::vector<Tensor> checkpoint(const Run &run, Loc where) {
  Body body = recordBody("checkpoint", {}, run, where);
  std::vector<Type> types = typesOf(body.results());
  std::vector<Ref> operands = close({&body});
  return finish("checkpoint", std::move(operands), {}, std::move(types),
                {&body}, where);
}

std::vector<Tensor> customVjp(TreeRef arguments, const CustomRule &rule,
                              Loc where) {
  const char *op = "custom_vjp";
  std::vector<Leaf> given = leaves(arguments);
  std::vector<Parameter> parameters = parametersOf(op, given, where);
  std::vector<Ref> operands;
  for (const Leaf &leaf : given)
    operands.push_back(leaf.tensor->get());

  size_t resultCount = 0;
  Body forward = recordBody(
      op, parameters,
      [&] {
        auto [results, residuals] = rule.forward();
        resultCount = results.size();
        results.insert(results.end(), residuals.begin(), residuals.end());
        return results;
      },
      where);
  std::vector<Ref> made = forward.results();

  // The handles that held results and residuals show their cotangents and
  // themselves to `backward`.
  auto [cotangentPlaces, residualPlaces] = rule.places();
  std::vector<Parameter> seen;
  for (size_t i = 0; i < residualPlaces.size(); ++i)
    seen.push_back({residualPlaces[i], made[resultCount + i]->type, false});
  for (size_t i = 0; i < resultCount; ++i)
    if (isFloat(made[i]->type.element))
      seen.push_back({cotangentPlaces[i], made[i]->type, false});
  Body backward = recordBody(op, seen, rule.backward, where);

  // Cotangents of the arguments, then zeros for what was captured.
  std::vector<Ref> floats;
  for (const Ref &operand : operands)
    if (isFloat(operand->type.element))
      floats.push_back(operand);
  const std::vector<Ref> &cotangents = backward.results();
  if (cotangents.size() != floats.size())
    fail(op,
         "backward returns " + std::to_string(cotangents.size()) +
             " cotangents, expected " + std::to_string(floats.size()) +
             ", one for each float argument",
         where);
  for (size_t i = 0; i < floats.size(); ++i)
    if (cotangents[i]->type != floats[i]->type)
      fail(op,
           "cotangent " + std::to_string(i) + " is " +
               describe(*cotangents[i]) + ", expected " + floats[i]->type.str(),
           where);

  // What `backward` captures reaches it as residuals.
  std::vector<Ref> captures = forward.captures, residuals = backward.captures;
  for (const Ref &residual : residuals) {
    forward.captures.push_back(residual);
    forward.region.results.push_back(residual);
  }
  captures = close({&forward});
  auto &shown = backward.region.arguments;
  shown.insert(shown.begin() + residualPlaces.size(), residuals.begin(),
               residuals.end());
  for (const Ref &capture : captures)
    if (isFloat(capture->type.element)) {
      Ref zero = splat(capture->type, 0, where);
      backward.region.ops.push_back(zero);
      backward.region.results.push_back(zero);
    }
  operands.insert(operands.end(), captures.begin(), captures.end());
  std::vector<Type> types = typesOf({made.begin(), made.begin() + resultCount});
  return finish(op, std::move(operands), {}, std::move(types),
                {&forward, &backward}, where);
}

} // namespace dlc::detail
