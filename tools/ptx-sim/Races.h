// Two accesses to one byte, at least one a write and not both atomic, race
// unless something orders them: being of one thread, or a barrier that both
// threads went through in between.
//
// Each thread has a clock, which every barrier that it passes moves on. An
// access leaves (thread, clock) in the byte's log; a later access of another
// thread is ordered after it if that thread knows of a later clock. What is
// known follows the barriers: a block's barrier tells every warp of every
// clock, a warp's barrier each of its lanes of the others'.
//
// Blocks tell each other by messages: a fence, then an atomic or volatile write
// leaves at its address what the thread knows by then; an atomic or volatile
// read there, then a fence tells the reader's warp.

#ifndef DLC_TOOLS_PTXSIM_RACES_H
#define DLC_TOOLS_PTXSIM_RACES_H

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace dlc::ptxsim {

/// Who touches memory: a thread of a block, and its clock.
struct Accessor {
  int32_t block = 0, thread = 0;
  uint32_t clock = 0;
  bool operator==(const Accessor &) const = default;
};

/// The clocks of one block's threads that `thread` of it knew of once.
struct Snapshot {
  int thread = 0;
  std::vector<uint32_t> clocks;
};

/// What is known of blocks, by number.
using Knowledge = std::map<int32_t, std::shared_ptr<const Snapshot>>;

/// Adds to what is known.
void join(Knowledge &known, const Knowledge &more);

/// The clocks of one block's threads.
class Clocks {
public:
  Clocks(int32_t block, int threads);

  uint32_t of(int thread) const { return now[thread]; }
  /// The lanes of `mask` in the warp have met.
  void meetInWarp(int warp, uint32_t mask);
  /// The warps have met: all their threads.
  void meetInBlock(const std::vector<int> &warps);
  /// A fence: makes messages of what the thread knows, and takes in those that
  /// it has read.
  void fence(int thread);
  /// A write, a read of what may carry a message.
  void send(int thread, Knowledge &message) const;
  void receive(int thread, const Knowledge &message);
  /// Whether `thread` knows that the access was before.
  bool isOrdered(const Accessor &earlier, int thread) const {
    if (earlier.block != block)
      return isOrderedBlock(earlier, thread);
    int warp = thread / 32;
    return earlier.thread == thread ||
           earlier.clock <= known[warp][earlier.thread] ||
           (earlier.thread / 32 == warp &&
            earlier.clock <= lanes[thread][earlier.thread % 32]);
  }

private:
  bool isOrderedBlock(const Accessor &earlier, int thread) const;

  std::vector<uint32_t> now;
  /// By warp: the clocks of all threads that it knows from block barriers.
  std::vector<std::vector<uint32_t>> known;
  /// By thread: the clocks of its warp's lanes.
  std::vector<std::array<uint32_t, 32>> lanes;

  /// By warp: what it knows of other blocks.
  std::vector<Knowledge> others;
  /// By thread: what its last fence has made ready, what it has read since.
  std::map<int, Knowledge> outgoing, incoming;
  int32_t block;
};

/// Two accesses to a byte that nothing orders.
struct Race {
  int64_t byte;
  Accessor other;
};

/// The accesses to one piece of memory, by byte; on pages where all of them are
/// of whole words, by word.
class AccessLog {
public:
  /// atomicRead and atomic (a write, or both) race with no atomic.
  enum class Kind : uint8_t { read, write, atomicRead, atomic };

  /// Enters an access to some bytes; the first race, if there is one.
  std::optional<Race> enter(int64_t byte, int64_t bytes, Kind kind,
                            const Accessor &accessor, const Clocks &clocks);
  /// Everything so far is ordered before all that follows.
  void clear() {
    pages.clear();
    lastPage = nullptr;
  }

private:
  struct Record {
    // block -1: none.
    Accessor writer{-1, 0, 0};
    bool atomic = false;
    std::array<Accessor, 2> readers{Accessor{-1, 0, 0}, Accessor{-1, 0, 0}};
  };
  static constexpr int64_t pageBytes = 1024, wordBytes = 4;
  struct Page {
    /// Bytes that share a record.
    int64_t grain = wordBytes;
    std::vector<Record> records;

    void split();
  };
  Page &pageOf(int64_t byte);
  static const Accessor *enter(Record &record, Kind kind,
                               const Accessor &accessor, const Clocks &clocks);

  std::unordered_map<int64_t, Page> pages;
  /// The page of the last access: the next is mostly on it, too.
  int64_t lastNumber = -1;
  Page *lastPage = nullptr;
};

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_RACES_H
