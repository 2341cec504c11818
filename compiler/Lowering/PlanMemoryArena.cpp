#include "Lowering/PlanMemoryArena.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

using namespace dlc;

/// How often an order is mended, and how many pairs of blocks are compared for
/// it in all: some hundredths of a second.
static constexpr int64_t mostRounds = 64, mostComparisons = 20'000'000;

static int64_t aligned(int64_t bytes) {
  return (bytes + arenaAlignment - 1) / arenaAlignment * arenaAlignment;
}

int64_t dlc::liveBytes(const std::vector<ArenaBlock> &blocks) {
  std::map<int64_t, int64_t> changes;
  for (const ArenaBlock &block : blocks) {
    changes[block.first] += aligned(block.bytes);
    changes[block.last + 1] -= aligned(block.bytes);
  }
  int64_t live = 0, most = 0;
  for (auto [step, change] : changes)
    most = std::max(most, live += change);
  return most;
}

/// Places the blocks in the order given; gives the arena's size.
static int64_t place(const std::vector<size_t> &order,
                     std::vector<ArenaBlock> &blocks) {
  std::vector<size_t> placed; // by offset
  int64_t total = 0;
  for (size_t index : order) {
    ArenaBlock &block = blocks[index];
    int64_t bytes = aligned(block.bytes);
    // The tightest gap between blocks that live at the same time, else after
    // the last of them.
    int64_t best = -1, bestGap = std::numeric_limits<int64_t>::max(), end = 0;
    for (size_t other : placed) {
      const ArenaBlock &neighbour = blocks[other];
      if (neighbour.last < block.first || block.last < neighbour.first)
        continue;
      int64_t gap = neighbour.offset - end;
      if (gap >= bytes && gap < bestGap) {
        best = end;
        bestGap = gap;
      }
      end = std::max(end, neighbour.offset + aligned(neighbour.bytes));
    }
    block.offset = best < 0 ? end : best;
    total = std::max(total, block.offset + bytes);
    auto position = std::upper_bound(placed.begin(), placed.end(), block.offset,
                                     [&](int64_t offset, size_t other) {
                                       return offset < blocks[other].offset;
                                     });
    placed.insert(position, index);
  }
  return total;
}

namespace {
/// Tries orders, keeps the best.
class Search {
public:
  explicit Search(std::vector<ArenaBlock> &blocks)
      : blocks(blocks), bestBlocks(blocks), bound(liveBytes(blocks)) {}

  /// Whether no better order is worth looking for.
  bool isDone() const { return best == bound; }
  void attempt(const std::vector<size_t> &order) {
    if (int64_t total = place(order, blocks); total < best) {
      best = total;
      bestBlocks = blocks;
    }
  }
  /// The block that decided the size of the last attempt.
  size_t highest(const std::vector<size_t> &order) const {
    return *std::max_element(order.begin(), order.end(),
                             [&](size_t a, size_t b) {
                               return blocks[a].offset + blocks[a].bytes <
                                      blocks[b].offset + blocks[b].bytes;
                             });
  }
  int64_t finish() {
    blocks = std::move(bestBlocks);
    return best;
  }

private:
  std::vector<ArenaBlock> &blocks, bestBlocks;
  int64_t bound, best = std::numeric_limits<int64_t>::max();
};
} // namespace

int64_t dlc::layOut(std::vector<ArenaBlock> &blocks) {
  std::vector<size_t> order;
  for (size_t i = 0; i < blocks.size(); ++i)
    if (blocks[i].bytes > 0)
      order.push_back(i);
  if (order.empty())
    return 0;

  // Ties keep the program's order, so that a plan does not depend on chance.
  auto size = [&](size_t i) { return -blocks[i].bytes; };
  auto life = [&](size_t i) { return blocks[i].first - blocks[i].last; };
  auto area = [&](size_t i) { return size(i) * (1 - life(i)); };
  std::vector<std::vector<size_t>> orders;
  auto sortBy = [&](auto key) {
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return std::tuple(key(a), a) < std::tuple(key(b), b);
    });
    orders.push_back(order);
  };
  sortBy([&](size_t i) { return std::tuple(size(i), life(i)); });
  sortBy([&](size_t i) { return std::tuple(life(i), size(i)); });
  sortBy(area);
  sortBy([&](size_t i) { return blocks[i].first; });

  Search search(blocks);
  for (const std::vector<size_t> &each : orders)
    if (!search.isDone())
      search.attempt(each);
  // What came to lie highest came too late: it goes first, again and again.
  int64_t pairs = std::ssize(order) * std::ssize(order) / 2;
  int64_t rounds = std::clamp<int64_t>(
      mostComparisons / (std::ssize(orders) * pairs + 1), 1, mostRounds);
  for (std::vector<size_t> &each : orders)
    for (int64_t round = 0; round < rounds && !search.isDone(); ++round) {
      search.attempt(each);
      auto late = std::find(each.begin(), each.end(), search.highest(each));
      if (late == each.begin())
        break;
      std::rotate(each.begin(), late, late + 1);
    }
  return search.finish();
}
