// What lanes of a warp tell one another.

#include "ptx-sim/Block.h"

#include <bit>

namespace dlc::ptxsim {

void Block::exchange(Warp &warp, const Instruction &i, Lanes active) {
  switch (i.kind) {
  case Kind::shuffle:
    return shuffle(warp, i, active);
  case Kind::vote:
    return vote(warp, i, active);
  case Kind::match:
    return match(warp, i, active);
  case Kind::reduceWarp:
    return reduceWarp(warp, i, active);
  default: // activemask
    forLanes(warp, active,
             [&](Thread &thread) { write(thread, i.operands[0], active); });
  }
}

/// shfl.sync d|p, value, b, c, mask: c holds the last lane and, from bit 8 on,
/// which bits of a lane's number name its segment.
void Block::shuffle(Warp &warp, const Instruction &i, Lanes active) {
  uint64_t values[warpSize] = {};
  forLanes(warp, active, [&](Thread &thread) {
    values[thread.lane] = read(thread, i.operands[1]);
  });
  forLanes(warp, active, [&](Thread &thread) {
    int lane = thread.lane;
    int b = static_cast<int>(read(thread, i.operands[2]) & 31);
    uint64_t c = read(thread, i.operands[3]);
    int segment = static_cast<int>(c >> 8 & 31),
        last = static_cast<int>(c & 31);
    int least = lane & segment;
    int most = least | (last & ~segment & 31);
    int from = 0;
    bool inRange = false;
    switch (i.shuffle) {
    case Shuffle::up:
      from = lane - b;
      inRange = from >= most;
      break;
    case Shuffle::down:
      from = lane + b;
      inRange = from <= most;
      break;
    case Shuffle::butterfly:
      from = lane ^ b;
      inRange = from <= most;
      break;
    case Shuffle::index:
      from = least | (b & ~segment);
      inRange = from <= most;
      break;
    }
    if (!inRange)
      from = lane;
    if (!(active >> from & 1))
      report(FaultKind::inactiveLane, i,
             "takes the value of lane " + std::to_string(from) +
                 ", which does not take part; " + describe(thread));
    write(thread, i.operands[0], values[from]);
    if (!i.operands[0].parts.empty())
      write(thread, i.operands[0].parts[0], inRange);
  });
}

void Block::vote(Warp &warp, const Instruction &i, Lanes active) {
  Lanes yes = 0;
  forLanes(warp, active, [&](Thread &thread) {
    if (read(thread, i.operands[1]))
      yes |= Lanes(1) << thread.lane;
  });
  uint64_t answer = 0;
  switch (i.vote) {
  case Vote::all:
    answer = yes == active;
    break;
  case Vote::any:
    answer = yes != 0;
    break;
  case Vote::uniform:
    answer = yes == active || yes == 0;
    break;
  case Vote::ballot:
    answer = yes;
    break;
  }
  forLanes(warp, active,
           [&](Thread &thread) { write(thread, i.operands[0], answer); });
}

void Block::match(Warp &warp, const Instruction &i, Lanes active) {
  std::map<uint64_t, Lanes> groups;
  forLanes(warp, active, [&](Thread &thread) {
    groups[extend(i.valueType, read(thread, i.operands[1]))] |= Lanes(1)
                                                                << thread.lane;
  });
  forLanes(warp, active, [&](Thread &thread) {
    Lanes same = groups[extend(i.valueType, read(thread, i.operands[1]))];
    bool all = groups.size() == 1;
    write(thread, i.operands[0], i.vote == Vote::any ? same : all ? active : 0);
    if (!i.operands[0].parts.empty())
      write(thread, i.operands[0].parts[0], all);
  });
}

void Block::reduceWarp(Warp &warp, const Instruction &i, Lanes active) {
  std::optional<uint64_t> total;
  forLanes(warp, active, [&](Thread &thread) {
    uint64_t value = read(thread, i.operands[1]);
    total = total ? combine(i, *total, value, 0) : value;
  });
  forLanes(warp, active, [&](Thread &thread) {
    write(thread, i.operands[0], total.value_or(0));
  });
}

} // namespace dlc::ptxsim
