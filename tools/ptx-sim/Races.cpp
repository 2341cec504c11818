#include "ptx-sim/Races.h"

#include <algorithm>

namespace dlc::ptxsim {

static constexpr int warpSize = 32;

Clocks::Clocks(int threads)
    : now(threads, 1), known((threads + warpSize - 1) / warpSize,
                             std::vector<uint32_t>(threads, 0)),
      lanes(threads) {}

void Clocks::meetInWarp(int warp, uint32_t mask) {
  int first = warp * warpSize;
  std::array<uint32_t, warpSize> joined = {};
  for (int lane = 0; lane < warpSize; ++lane)
    if (mask >> lane & 1) {
      for (int other = 0; other < warpSize; ++other)
        joined[other] = std::max(joined[other], lanes[first + lane][other]);
      joined[lane] = std::max(joined[lane], now[first + lane]);
    }
  for (int lane = 0; lane < warpSize; ++lane)
    if (mask >> lane & 1) {
      lanes[first + lane] = joined;
      ++now[first + lane];
    }
}

void Clocks::meetInBlock(const std::vector<int> &warps) {
  std::vector<uint32_t> joined(now.size(), 0);
  for (int warp : warps) {
    for (size_t thread = 0; thread < now.size(); ++thread)
      joined[thread] = std::max(joined[thread], known[warp][thread]);
    for (int lane = 0; lane < warpSize; ++lane)
      if (size_t thread = warp * warpSize + lane; thread < now.size())
        joined[thread] = now[thread];
  }
  for (int warp : warps) {
    known[warp] = joined;
    for (int lane = 0; lane < warpSize; ++lane)
      if (size_t thread = warp * warpSize + lane; thread < now.size())
        ++now[thread];
  }
}

bool Clocks::isOrdered(const Accessor &earlier, int thread) const {
  if (earlier.thread == thread)
    return true;
  int warp = thread / warpSize;
  if (earlier.clock <= known[warp][earlier.thread])
    return true;
  return earlier.thread / warpSize == warp &&
         earlier.clock <= lanes[thread][earlier.thread % warpSize];
}

void AccessLog::Page::split() {
  std::vector<Record> bytes;
  for (const Record &record : records)
    bytes.insert(bytes.end(), grain, record);
  records = std::move(bytes);
  grain = 1;
}

AccessLog::Page &AccessLog::pageOf(int64_t byte) {
  if (!lastPage || lastNumber != byte / pageBytes) {
    lastNumber = byte / pageBytes;
    lastPage = &pages[lastNumber];
    if (lastPage->records.empty())
      lastPage->records.resize(pageBytes / wordBytes);
  }
  return *lastPage;
}

std::optional<Race> AccessLog::enter(int64_t byte, int64_t bytes, Kind kind,
                                     const Accessor &accessor,
                                     const Clocks &clocks) {
  bool isWhole = byte % wordBytes == 0 && bytes % wordBytes == 0;
  std::optional<Race> race;
  for (int64_t at = byte; at < byte + bytes;) {
    Page &page = pageOf(at);
    if (!isWhole && page.grain != 1)
      page.split();
    Record &record = page.records[at % pageBytes / page.grain];
    const Accessor *other = enter(record, kind, accessor, clocks);
    if (other && !race)
      race = Race{at, *other};
    at += page.grain;
  }
  return race;
}

/// The accessor that it races with, if there is one.
const Accessor *AccessLog::enter(Record &record, Kind kind,
                                 const Accessor &accessor,
                                 const Clocks &clocks) {
  // Blocks of one launch are never ordered.
  auto isOrdered = [&](const Accessor &earlier) {
    return earlier.block < 0 || (earlier.block == accessor.block &&
                                 clocks.isOrdered(earlier, accessor.thread));
  };
  static thread_local Accessor culprit;
  const Accessor *race = nullptr;
  bool bothAtomic = kind == Kind::atomic && record.atomic;
  if (!bothAtomic && !isOrdered(record.writer)) {
    culprit = record.writer;
    race = &culprit;
  }
  if (kind == Kind::read) {
    // Two readers are kept: those that this one is not ordered after, the
    // latest last. Two suffice to find a write by any thread.
    auto &[older, latest] = record.readers;
    if (latest.block == accessor.block && latest.thread == accessor.thread) {
      latest = accessor;
    } else {
      if (!isOrdered(latest))
        older = latest;
      latest = accessor;
    }
    return race;
  }
  for (const Accessor &reader : record.readers)
    if (!race && !isOrdered(reader)) {
      culprit = reader;
      race = &culprit;
    }
  record.writer = accessor;
  record.atomic = kind == Kind::atomic;
  record.readers = {Accessor{-1, 0, 0}, Accessor{-1, 0, 0}};
  return race;
}

} // namespace dlc::ptxsim
