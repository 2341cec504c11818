#include "detail/Body.h"

#include "detail/Restore.h"

#include <algorithm>

namespace dlc::detail {

namespace {

/// The nodes of trees that are about to die.
std::vector<Ref> take(const char *op, const std::vector<Leaf> &leaves,
                      Loc where) {
  std::vector<Ref> nodes;
  for (const Leaf &leaf : leaves)
    nodes.push_back(nodeOf(*leaf.tensor, op, where));
  for (const Leaf &leaf : leaves)
    *leaf.tensor = Tensor();
  return nodes;
}

} // namespace

Body recordBody(const char *op, const std::vector<Parameter> &parameters,
                const std::function<std::vector<Leaf>()> &run, Loc where) {
  Body body;
  Recording recording;
  std::vector<Ref> symbols;
  {
    std::vector<Leaf> places;
    for (const Parameter &parameter : parameters)
      places.push_back(parameter.place);
    Restore back(places);
    for (const Parameter &parameter : parameters) {
      Loc made = parameter.place.tensor->defined()
                     ? parameter.place.tensor->get()->where
                     : where;
      symbols.push_back(
          recording.argument(parameter.type, parameter.weak, made));
      *parameter.place.tensor = tensorOf(symbols.back());
    }
    std::vector<Ref> results = take(op, run(), where);
    body.region = collect(std::move(results), [&](const Node &node) {
      return node.isGiven() || !recording.owns(node);
    });
  }
  recording.checkNothingEscaped(op, "carry it, or return it");
  for (const Ref &argument : body.region.arguments)
    if (!recording.owns(*argument))
      body.captures.push_back(argument);
  body.region.arguments = std::move(symbols);
  return body;
}

std::vector<Ref> close(std::initializer_list<Body *> bodies) {
  std::vector<Ref> captures;
  for (Body *body : bodies)
    for (const Ref &capture : body->captures)
      if (std::none_of(captures.begin(), captures.end(),
                       [&](const Ref &c) { return c.get() == capture.get(); }))
        captures.push_back(capture);
  for (Body *body : bodies)
    body->region.arguments.insert(body->region.arguments.end(),
                                  captures.begin(), captures.end());
  return captures;
}

std::vector<Parameter>
parametersOf(const char *op, const std::vector<Leaf> &leaves, Loc where) {
  std::vector<Parameter> parameters;
  for (const Leaf &leaf : leaves) {
    Ref node = nodeOf(*leaf.tensor, op, where);
    parameters.push_back({leaf, node->type, node->weak});
  }
  return parameters;
}

void checkCarries(const char *op, const std::vector<Ref> &inits,
                  const std::vector<Ref> &next, Loc where) {
  if (inits.size() != next.size())
    fail(op,
         "the body returns " + std::to_string(next.size()) +
             " carried tensors, expected " + std::to_string(inits.size()),
         where);
  for (size_t i = 0; i < inits.size(); ++i)
    if (inits[i]->type != next[i]->type)
      fail(op,
           "carry " + std::to_string(i) + " changes its type: from " +
               describe(*inits[i]) + " to " + describe(*next[i]),
           where);
}

} // namespace dlc::detail
