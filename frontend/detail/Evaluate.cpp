// Lazy evaluation: what is run when a value is read.

#include "detail/Scratch.h"
#include "detail/Session.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace dlc::detail {

namespace {

/// A longer computation is run in pieces of so many ops. The pieces of a long
/// chain are equal, so that they are compiled once.
constexpr size_t pieceSize = 512;

/// Finds the nodes that must be computed anew although their value is known,
/// because a derivative is taken through them: those on the way from the
/// outputs of a `grad` to its variables.
///
/// Throws for a symbol: it has no value.
class Needs {
public:
  Needs(const std::vector<Ref> &nodes, Loc where) {
    std::pmr::vector<std::pair<Node *, uint64_t>> stack{scratch.memory()};
    for (const Ref &node : nodes)
      stack.push_back({node.get(), 0});
    while (!stack.empty()) {
      auto [node, levels] = stack.back();
      stack.pop_back();
      if (node->data && (node->isGiven() || !(levels & node->variables)))
        continue;
      if (node->symbolic)
        fail("item",
             "a traced " + node->type.str() +
                 " is read, but it has no value while the program is recorded: "
                 "inside compile and scan, choose with `where` or `cond`, loop "
                 "with `scan` or `whileLoop`, or read it outside",
             where);
      auto [it, isNew] = reached.try_emplace(node, levels);
      if (!isNew && (it->second | levels) == it->second)
        continue;
      it->second |= levels;
      if (node->isGradient())
        levels |= uint64_t(1) << node->index;
      for (const Ref &operand : node->operands)
        stack.push_back({operand.get(), levels});
    }
  }

  bool isArgument(const Node &node) const {
    return node.data && !reached.count(&node);
  }

private:
  Scratch scratch;
  std::pmr::unordered_map<const Node *, uint64_t> reached{scratch.memory()};
};

bool isWanted(const Node &node) {
  return node.handles && !node.data && !node.isConstant();
}

void runPiece(const Region &piece, runtime::Device &device, Loc where) {
  std::vector<runtime::BufferRef> arguments;
  for (const Ref &argument : piece.arguments) {
    if (argument->place && argument->place != &device)
      failOnPlace("item", *argument, device, where);
    arguments.push_back(argument->dataOn(device, where));
  }
  std::shared_ptr<runtime::Execution> program =
      load(piece, {}, {&device}, where);
  std::vector<runtime::BufferRef> results = run(*program, arguments, where);
  for (size_t i = 0; i < results.size(); ++i)
    piece.results[i]->data = std::move(results[i]);
}

/// Cuts a long computation.
std::vector<Region> cut(Region &all) {
  auto isWhole = [](const Ref &op) {
    return op->variables || !op->types.empty();
  };
  std::vector<Region> pieces;
  if (all.ops.size() <= pieceSize ||
      std::any_of(all.ops.begin(), all.ops.end(), isWhole)) {
    pieces.push_back(std::move(all));
    return pieces;
  }
  std::unordered_map<const Node *, size_t> pieceOf, argumentOf;
  for (size_t i = 0; i < all.ops.size(); ++i) {
    size_t p = i / pieceSize;
    if (p == pieces.size())
      pieces.emplace_back();
    const Ref &op = all.ops[i];
    for (const Ref &operand : op->operands) {
      auto from = pieceOf.find(operand.get());
      if (from != pieceOf.end() && from->second == p)
        continue;
      auto [seen, isNew] = argumentOf.try_emplace(operand.get(), p);
      if (!isNew && seen->second == p)
        continue;
      seen->second = p;
      pieces[p].arguments.push_back(operand);
      if (from != pieceOf.end())
        pieces[from->second].results.push_back(operand);
    }
    pieceOf[op.get()] = p;
    pieces[p].ops.push_back(op);
  }
  for (const Ref &result : all.results)
    pieces[pieceOf.at(result.get())].results.push_back(result);
  // A value that several pieces read is one result.
  for (Region &piece : pieces) {
    std::unordered_map<const Node *, bool> seen;
    std::erase_if(piece.results, [&](const Ref &result) {
      return std::exchange(seen[result.get()], true);
    });
  }
  return pieces;
}

/// Computes nodes on one device.
void evaluateOn(runtime::Device &device, const std::vector<Ref> &unknown,
                Loc where) {
  Needs needs(unknown, where);
  Region all = collect(
      unknown, [&](const Node &node) { return needs.isArgument(node); });
  // The other results of an op come for nothing.
  Scratch scratch;
  std::pmr::unordered_set<const Node *> present{scratch.memory()};
  for (const Ref &op : all.ops)
    present.insert(op.get());
  for (size_t i = 0; i < all.ops.size(); ++i)
    for (Node *sibling : all.ops[i]->projections)
      if (sibling && isWanted(*sibling) && present.insert(sibling).second)
        all.ops.push_back(sibling);

  std::pmr::unordered_set<const Node *> asked{scratch.memory()};
  for (const Ref &node : unknown)
    asked.insert(node.get());
  all.results.clear();
  for (const Ref &op : all.ops)
    if (isWanted(*op) || asked.count(op.get()))
      all.results.push_back(op);

  for (Region &piece : cut(all)) {
    runPiece(piece, device, where);
    for (const Ref &result : piece.results)
      result->forget();
  }
}

} // namespace

void evaluate(const std::vector<Ref> &nodes, Loc where) {
  // By device, in the order of the nodes.
  std::vector<std::pair<runtime::Device *, std::vector<Ref>>> unknown;
  for (const Ref &node : nodes) {
    if (node->data)
      continue;
    if (node->isConstant() && !node->attributes.empty())
      if (auto *value = std::get_if<Splat>(&node->attributes[0].value)) {
        node->data = allocate(node->type.bytes(), where);
        fillSplat(node->type, value->value, node->data->data());
        node->forget();
        continue;
      }
    runtime::Device *device = node->place ? node->place : &defaultDevice(where);
    auto group = std::find_if(unknown.begin(), unknown.end(),
                              [&](const auto &g) { return g.first == device; });
    if (group == unknown.end())
      group = unknown.insert(unknown.end(), {device, {}});
    group->second.push_back(node);
  }
  for (auto &[device, group] : unknown) {
    // One group may have computed what another one asks for.
    std::erase_if(group, [](const Ref &node) { return bool(node->data); });
    if (!group.empty())
      evaluateOn(*device, group, where);
  }
}

} // namespace dlc::detail
