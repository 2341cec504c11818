#include "ptx-sim/Races.h"

#include <algorithm>

namespace dlc::ptxsim {

static constexpr int warpSize = 32;

void join(Knowledge &known, const Knowledge &more) {
  for (const auto &[block, snapshot] : more) {
    std::shared_ptr<const Snapshot> &own = known[block];
    if (!own || own == snapshot) {
      own = snapshot;
      continue;
    }
    auto knows = [](const Snapshot &x, const Snapshot &y) {
      // A thread forgets nothing.
      return x.thread == y.thread && x.clocks[x.thread] >= y.clocks[y.thread];
    };
    if (knows(*own, *snapshot))
      continue;
    if (!knows(*snapshot, *own)) {
      auto both = std::make_shared<Snapshot>(*snapshot);
      for (size_t t = 0; t < both->clocks.size(); ++t)
        both->clocks[t] = std::max(both->clocks[t], own->clocks[t]);
      own = std::move(both);
    } else {
      own = snapshot;
    }
  }
}

Clocks::Clocks(int32_t block, int threads)
    : now(threads, 1), known((threads + warpSize - 1) / warpSize,
                             std::vector<uint32_t>(threads, 0)),
      lanes(threads), others(known.size()), block(block) {}

void Clocks::fence(int thread) {
  int warp = thread / warpSize, first = warp * warpSize;
  if (auto read = incoming.find(thread); read != incoming.end()) {
    join(others[warp], read->second);
    incoming.erase(read);
  }
  auto own = std::make_shared<Snapshot>(Snapshot{thread, known[warp]});
  for (int lane = 0; lane < warpSize; ++lane)
    if (size_t other = first + lane; other < now.size())
      own->clocks[other] = std::max(own->clocks[other], lanes[thread][lane]);
  own->clocks[thread] = now[thread]++;
  Knowledge &ready = outgoing[thread] = others[warp];
  ready[block] = std::move(own);
}

void Clocks::send(int thread, Knowledge &message) const {
  if (auto ready = outgoing.find(thread); ready != outgoing.end())
    join(message, ready->second);
}

void Clocks::receive(int thread, const Knowledge &message) {
  if (!message.empty())
    join(incoming[thread], message);
}

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
  Knowledge ofOthers;
  for (int warp : warps) {
    join(ofOthers, others[warp]);
    for (size_t thread = 0; thread < now.size(); ++thread)
      joined[thread] = std::max(joined[thread], known[warp][thread]);
    for (int lane = 0; lane < warpSize; ++lane)
      if (size_t thread = warp * warpSize + lane; thread < now.size())
        joined[thread] = now[thread];
  }
  for (int warp : warps) {
    known[warp] = joined;
    others[warp] = ofOthers;
    for (int lane = 0; lane < warpSize; ++lane)
      if (size_t thread = warp * warpSize + lane; thread < now.size())
        ++now[thread];
  }
}

/// Of a thread of another block.
bool Clocks::isOrderedBlock(const Accessor &earlier, int thread) const {
  const Knowledge &known = others[thread / warpSize];
  auto other = known.find(earlier.block);
  return other != known.end() &&
         earlier.clock <= other->second->clocks[earlier.thread];
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
  for (int64_t at = byte, end = byte + bytes; at < end;) {
    Page &page = pageOf(at);
    if (!isWhole && page.grain != 1)
      page.split();
    // Mostly all of it.
    int64_t grain = page.grain,
            last = std::min(end, (at / pageBytes + 1) * pageBytes);
    for (Record *record = &page.records[at % pageBytes / grain]; at < last;
         ++record, at += grain) {
      const Accessor *other = enter(*record, kind, accessor, clocks);
      if (other && !race)
        race = Race{at, *other};
    }
  }
  return race;
}

/// The accessor that it races with, if there is one.
const Accessor *AccessLog::enter(Record &record, Kind kind,
                                 const Accessor &accessor,
                                 const Clocks &clocks) {
  auto isOrdered = [&](const Accessor &earlier) {
    return earlier.block < 0 || clocks.isOrdered(earlier, accessor.thread);
  };
  static thread_local Accessor culprit;
  const Accessor *race = nullptr;
  bool isAtomic = kind == Kind::atomic || kind == Kind::atomicRead;
  bool bothAtomic = isAtomic && record.atomic;
  if (!bothAtomic && !isOrdered(record.writer)) {
    culprit = record.writer;
    race = &culprit;
  }
  // A later write of another kind goes unnoticed; an atomic one is no race.
  if (kind == Kind::atomicRead)
    return race;
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
