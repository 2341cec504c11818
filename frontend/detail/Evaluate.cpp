// Lazy evaluation: what is run when a value is read.

#include "detail/Session.h"

#include <algorithm>
#include <unordered_map>

namespace dlc::detail {

namespace {

/// A longer computation is run in pieces of so many ops. The pieces of a long
/// chain are equal, so that they are compiled once.
constexpr size_t pieceSize = 512;

/// Nodes that are computed together.
using Group = runtime::SmallVector<Node *, 8>;

/// Finds the nodes that must be computed anew although their value is known,
/// because a derivative is taken through them: those on the way from the
/// outputs of a `grad` to its variables.
class Needs {
public:
  explicit Needs(const Group &nodes) {
    // Most know of no derivative; then nothing is computed anew.
    if (std::none_of(nodes.begin(), nodes.end(),
                     [](const Node *node) { return node->derived; }))
      return;
    runtime::SmallVector<std::pair<Node *, uint64_t>, 16> stack;
    for (Node *node : nodes)
      stack.push_back({node, 0});
    while (!stack.empty()) {
      auto [node, levels] = stack.back();
      stack.pop_back();
      if (node->data && (node->isGiven() || !(levels & node->variables)))
        continue;
      auto [known, isNew] = reached.insert(node, levels);
      if (!isNew && (*known | levels) == *known)
        continue;
      *known |= levels;
      if (node->isGradient())
        levels |= uint64_t(1) << node->index;
      for (const Ref &operand : node->operands)
        stack.push_back({operand.get(), levels});
    }
  }

  bool isArgument(const Node &node) const {
    return node.data && !reached.contains(&node);
  }

private:
  NodeTable reached;
};

/// Throws for a symbol: it has no value. What follows from one is one.
void checkReadable(const Node &node, Loc where) {
  if (node.symbolic)
    fail("item",
         "a traced " + node.type.str() +
             " is read, but it has no value while the program is recorded: "
             "inside compile and scan, choose with `where` or `cond`, loop "
             "with `scan` or `whileLoop`, or read it outside",
         where);
}

bool isWanted(const Node &node) {
  return node.handles() && !node.data && !node.isConstant();
}

void runPiece(const Piece &piece, runtime::Device &device, Loc where) {
  runtime::SmallVector<runtime::BufferRef, 8> arguments;
  for (Node *argument : piece.arguments) {
    if (argument->place && argument->place != &device)
      failOnPlace("item", *argument, device, where);
    arguments.push_back(argument->dataOn(device, where));
  }
  std::shared_ptr<runtime::Execution> program = load(piece, {&device}, where);
  runtime::SmallVector<runtime::BufferRef, 4> results(piece.results.size());
  run(*program, arguments, results, where);
  for (size_t i = 0; i < results.size(); ++i)
    piece.results[i]->data = std::move(results[i]);
  for (const Ref &result : piece.results)
    result->forget();
}

/// Whether a computation is cut: it is long, and no op needs to see others.
bool isCut(const Piece &all) {
  return all.ops.size() > pieceSize &&
         std::none_of(all.ops.begin(), all.ops.end(), [](const Node *op) {
           return op->variables || !op->types.empty();
         });
}

std::vector<Piece> cut(const Piece &all) {
  std::vector<Piece> pieces;
  std::unordered_map<const Node *, size_t> pieceOf, argumentOf;
  for (size_t i = 0; i < all.ops.size(); ++i) {
    size_t p = i / pieceSize;
    if (p == pieces.size())
      pieces.emplace_back();
    Node *op = all.ops[i];
    for (const Ref &operand : op->operands) {
      auto from = pieceOf.find(operand.get());
      if (from != pieceOf.end() && from->second == p)
        continue;
      auto [seen, isNew] = argumentOf.try_emplace(operand.get(), p);
      if (!isNew && seen->second == p)
        continue;
      seen->second = p;
      pieces[p].arguments.push_back(operand.get());
      if (from != pieceOf.end())
        pieces[from->second].results.push_back(operand);
    }
    pieceOf[op] = p;
    pieces[p].ops.push_back(op);
  }
  for (const Ref &result : all.results)
    pieces[pieceOf.at(result.get())].results.push_back(result);
  // A value that several pieces read is one result.
  for (Piece &piece : pieces) {
    NodeTable seen;
    decltype(piece.results) once;
    for (Ref &result : piece.results)
      if (seen.insert(result.get()).second)
        once.push_back(std::move(result));
    piece.results = std::move(once);
  }
  return pieces;
}

/// Adds the wanted results of ops of which another one is computed: they come
/// for nothing.
void addSiblings(Piece &all) {
  auto isOne = [](const Node *op) { return !op->types.empty(); };
  if (std::none_of(all.ops.begin(), all.ops.end(), isOne))
    return;
  NodeTable present;
  for (const Node *op : all.ops)
    present.insert(op);
  for (size_t i = 0; i < all.ops.size(); ++i)
    for (Node *sibling : all.ops[i]->projections)
      if (sibling && isWanted(*sibling) && present.insert(sibling).second)
        all.ops.push_back(sibling);
}

/// Computes nodes on one device.
void evaluateOn(runtime::Device &device, const Group &unknown, Loc where) {
  for (const Node *node : unknown)
    checkReadable(*node, where);
  Needs needs(unknown);
  Piece all;
  walk(
      unknown, [&](const Node &node) { return needs.isArgument(node); },
      [&](Node &node) { all.arguments.push_back(&node); },
      [&](Node &node) { all.ops.push_back(&node); });
  addSiblings(all);

  NodeTable asked;
  for (const Node *node : unknown)
    asked.insert(node);
  for (Node *op : all.ops)
    if (isWanted(*op) || asked.contains(op))
      all.results.push_back(op);

  if (!isCut(all))
    return runPiece(all, device, where);
  for (const Piece &piece : cut(all))
    runPiece(piece, device, where);
}

/// Writes down what is one number in every element; false for other nodes.
bool fill(Node &node, Loc where) {
  if (!node.isConstant() || node.attributes.empty())
    return false;
  auto *value = std::get_if<Splat>(&node.attributes[0].value);
  if (!value)
    return false;
  node.data = allocate(node.type.bytes(), where);
  fillSplat(node.type, value->value, node.data->data());
  node.forget();
  return true;
}

} // namespace

void evaluate(std::span<const Ref> nodes, Loc where) {
  Group unknown;
  for (const Ref &node : nodes)
    if (!node->data && !fill(*node, where))
      unknown.push_back(node.get());
  // By device, in the order of the nodes.
  while (!unknown.empty()) {
    runtime::Device *device = nullptr;
    Group group, others;
    for (Node *node : unknown) {
      // One group may have computed what another one asks for.
      if (node->data)
        continue;
      runtime::Device *place =
          node->place ? node->place : &defaultDevice(where);
      if (!device)
        device = place;
      (place == device ? group : others).push_back(node);
    }
    if (device)
      evaluateOn(*device, group, where);
    unknown = std::move(others);
  }
}

} // namespace dlc::detail
