#include "device/Tapes.h"

#include <algorithm>
#include <string>

namespace dlc::runtime {

namespace {

constexpr int64_t alignment = 64;
constexpr int64_t firstEntries = 8, mostSegmentBytes = int64_t(1) << 20;
constexpr int64_t leastChunk = int64_t(64) << 10, mostChunk = int64_t(4) << 20;

} // namespace

int64_t Tapes::open(int64_t entryBytes) {
  tapes.push_back({(entryBytes + alignment - 1) / alignment * alignment, {}});
  return std::ssize(tapes) - 1;
}

Expected<TapePlace> Tapes::append(int64_t name, int64_t entry) {
  Tape &tape = tapes[name];
  // A loop that walks another tape backwards begins with its last entry.
  while (entry >= tape.size()) {
    if (tape.stride == 0)
      return TapePlace{};
    int64_t size = tape.size(), fits = mostSegmentBytes / tape.stride;
    int64_t count =
        std::max<int64_t>(std::min(std::max(size, firstEntries), fits), 1);
    Expected<TapePlace> place = allocate(count * tape.stride);
    if (!place)
      return place;
    tape.segments.push_back({size, count, *place});
  }
  return at(name, entry);
}

bool Tapes::has(int64_t name, int64_t entries) const {
  return entries == 0 ||
         (name >= 0 && name < std::ssize(tapes) && entries > 0 &&
          (tapes[name].stride == 0 || entries <= tapes[name].size()));
}

TapePlace Tapes::at(int64_t name, int64_t entry) const {
  const Tape &tape = tapes[name];
  if (tape.stride == 0)
    return {};
  auto after = std::upper_bound(
      tape.segments.begin(), tape.segments.end(), entry,
      [](int64_t entry, const Segment &each) { return entry < each.first; });
  const Segment &segment = *std::prev(after);
  return {segment.place.chunk,
          segment.place.offset + (entry - segment.first) * tape.stride};
}

Expected<TapePlace> Tapes::allocate(int64_t bytes) {
  // A chunk that is too small stays behind until the next release.
  while (current < chunks.size() && used + bytes > chunks[current]) {
    ++current;
    used = 0;
  }
  if (current == chunks.size()) {
    int64_t roomy = std::max(bytes, std::clamp(total, leastChunk, mostChunk));
    int64_t size = roomy <= limit - total ? roomy : bytes;
    if (size > limit - total)
      return Error{"more than " + std::to_string(limit) + " bytes"};
    if (Status status = grow(size); !status.ok())
      return status.error();
    chunks.push_back(size);
    total += size;
  }
  TapePlace place{current, used};
  used += bytes;
  return place;
}

void Tapes::release(const Mark &mark) {
  tapes.resize(mark.tapes);
  current = mark.chunk;
  used = mark.used;
}

} // namespace dlc::runtime
