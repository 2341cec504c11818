// Numbers by node: an open hash table. Most recordings have a few nodes; theirs
// is not allocated.

#ifndef DLC_FRONTEND_DETAIL_NODETABLE_H
#define DLC_FRONTEND_DETAIL_NODETABLE_H

#include "abi/SmallVector.h"

#include <cstdint>
#include <utility>

namespace dlc::detail {

class Node;

class NodeTable {
public:
  /// The number of a node, which becomes `number` if it had none; and whether
  /// it had none. Valid until the next call.
  std::pair<uint64_t *, bool> insert(const Node *node, uint64_t number = 0) {
    size_t i = find(slots, node);
    if (slots[i].node)
      return {&slots[i].number, false};
    if (2 * ++count > slots.size()) {
      grow();
      i = find(slots, node);
    }
    slots[i] = {node, number};
    return {&slots[i].number, true};
  }
  bool contains(const Node *node) const {
    return slots[find(slots, node)].node;
  }
  /// The number of a node that has one.
  uint64_t operator[](const Node *node) const {
    return slots[find(slots, node)].number;
  }

private:
  struct Slot {
    const Node *node = nullptr;
    uint64_t number = 0;
  };
  static constexpr size_t few = 32;
  using Slots = runtime::SmallVector<Slot, few>;

  /// Where the node is, or belongs.
  static size_t find(const Slots &slots, const Node *node) {
    size_t mask = slots.size() - 1;
    size_t i = (reinterpret_cast<uintptr_t>(node) >> 4) * 0x9E3779B97F4A7C15u;
    for (i = (i >> 32) & mask; slots[i].node && slots[i].node != node;)
      i = (i + 1) & mask;
    return i;
  }
  void grow() {
    Slots larger(2 * slots.size());
    for (const Slot &slot : slots)
      if (slot.node)
        larger[find(larger, slot.node)] = slot;
    slots = std::move(larger);
  }

  Slots slots = Slots(few);
  size_t count = 0;
};

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_NODETABLE_H
