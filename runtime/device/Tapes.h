// Memory for loops of which nothing says how many trips they have: a tape has
// an entry for each trip and grows while the loop runs.
//
// An entry never moves: a tape consists of segments, each larger than the last.
// Segments are cut from chunks, which come from the device. What a trip of an
// outer loop made can end with it (`mark`, `release`), so that a loop around a
// loop needs the memory of one trip.
//
// Nothing here touches the memory: a place is a chunk and an offset.

#ifndef DLC_RUNTIME_DEVICE_TAPES_H
#define DLC_RUNTIME_DEVICE_TAPES_H

#include "abi/Status.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace dlc::runtime {

/// Where an entry lies.
struct TapePlace {
  size_t chunk = 0;
  int64_t offset = 0;
};

class Tapes {
public:
  /// Makes another chunk of so many bytes.
  using Grow = std::function<Status(int64_t bytes)>;

  /// All chunks together take at most `limit` bytes.
  Tapes(int64_t limit, Grow grow) : limit(limit), grow(std::move(grow)) {}

  /// A new tape of entries of so many bytes each; returns its name.
  int64_t open(int64_t entryBytes);
  /// The place of an entry; fails where it would exceed the limit.
  Expected<TapePlace> append(int64_t tape, int64_t entry);
  /// Whether there is such a tape, and it has so many entries.
  bool has(int64_t tape, int64_t entries) const;
  TapePlace at(int64_t tape, int64_t entry) const;

  struct Mark {
    size_t tapes, chunk;
    int64_t used;
  };
  Mark mark() const { return {tapes.size(), current, used}; }
  /// Ends all tapes opened since. Older ones have not grown since either.
  void release(const Mark &mark);

private:
  struct Segment {
    int64_t first, count;
    TapePlace place;
  };
  struct Tape {
    int64_t stride;
    std::vector<Segment> segments;

    int64_t size() const {
      return segments.empty() ? 0
                              : segments.back().first + segments.back().count;
    }
  };
  Expected<TapePlace> allocate(int64_t bytes);

  int64_t limit, total = 0;
  Grow grow;
  std::vector<Tape> tapes;
  /// Bytes of each chunk; segments come from the `current` one next, of which
  /// so many are `used`.
  std::vector<int64_t> chunks;
  size_t current = 0;
  int64_t used = 0;
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_DEVICE_TAPES_H
