// Barriers of a block and of a warp; messages between blocks.

#include "ptx-sim/Block.h"

#include <algorithm>
#include <bit>

namespace dlc::ptxsim {

/// The lanes of a warp have come to bar.sync or bar.arrive.
void Block::arrive(Warp &warp, const Instruction &i, Lanes active) {
  ++grid.counts.barriers;
  if (Lanes missing = live(warp) & ~active; i.aligned && missing) {
    Thread *absent = nullptr;
    forLanes(warp, missing,
             [&](Thread &thread) { absent = absent ? absent : &thread; });
    const Frame &frame = absent->frames.back();
    const Instruction &there =
        frame.function
            ->code[std::min<size_t>(frame.at, frame.function->code.size() - 1)];
    report(FaultKind::divergentBarrier, i,
           "is reached by " + std::to_string(std::popcount(active)) +
               " lanes of a warp, of which " +
               std::to_string(std::popcount(live(warp))) +
               " are left; others stand at " +
               grid.machine.module().describe(there.position) + "; " +
               describe(*absent));
  }
  forLanes(warp, active, [&](Thread &thread) {
    if (i.kind == Kind::arrive) {
      arrivals[read(thread, i.operands[0])].push_back(thread.index);
    } else {
      thread.state = Thread::State::waitsInBlock;
      thread.barrier = &i;
    }
  });
}

/// Lets go on those who wait at a barrier that all have come to.
void Block::releaseBarriers() {
  std::map<uint64_t, std::vector<Thread *>> waiting;
  int64_t alive = 0;
  for (Thread &thread : threads) {
    alive += thread.state != Thread::State::exited;
    if (thread.state == Thread::State::waitsInBlock)
      waiting[read(thread, thread.barrier->operands[0])].push_back(&thread);
  }
  for (auto &[barrier, list] : waiting) {
    const Instruction &i = *list.front()->barrier;
    std::vector<int> &arrived = arrivals[barrier];
    int64_t expected =
        i.operands.size() > 1
            ? static_cast<int64_t>(read(*list.front(), i.operands[1]))
            : alive;
    // A count is of whole warps; the last one may be smaller.
    if (static_cast<int64_t>(list.size() + arrived.size()) <
        std::min<int64_t>(expected, alive))
      continue;
    std::set<int> met;
    for (Thread *thread : list) {
      met.insert(thread->index / warpSize);
      thread->state = Thread::State::running;
      thread->barrier = nullptr;
    }
    for (int index : arrived)
      met.insert(index / warpSize);
    arrived.clear();
    clocks.meetInBlock({met.begin(), met.end()});
  }
}

void Block::reportDeadlock() {
  auto sleeps = [](const Thread &thread) {
    return thread.state == Thread::State::sleeps;
  };
  // The others wait for those that sleep.
  bool anySleeps = std::ranges::any_of(threads, sleeps);
  for (Thread &thread : threads) {
    if (thread.state == Thread::State::exited || (anySleeps && !sleeps(thread)))
      continue;
    const Frame &frame = thread.frames.back();
    const Instruction &i =
        thread.barrier ? *thread.barrier
                       : frame.function->code[std::min<size_t>(
                             frame.at, frame.function->code.size() - 1)];
    report(FaultKind::deadlock, i,
           anySleeps
               ? "is where a thread waits for what no block does that runs at "
                 "the same time; " +
                     describe(thread)
               : std::string("waits for ") +
                     (thread.barrier ? "threads of the block"
                                     : "lanes of the warp") +
                     " that never come; " + describe(thread));
  }
}

/// The mask is the last operand; bar.warp.sync has no other.
bool Block::gather(Warp &warp, const Instruction &i, Lanes &active) {
  Lanes wanted = 0;
  forLanes(warp, active, [&](Thread &thread) {
    auto mask = static_cast<Lanes>(read(thread, i.operands.back()));
    wanted |= mask;
    if (!(mask >> thread.lane & 1))
      report(FaultKind::inactiveLane, i,
             "is run by a lane that its mask leaves out; " + describe(thread));
  });
  wanted &= live(warp);
  if ((wanted & ~active) == 0)
    return true;
  forLanes(warp, active,
           [&](Thread &thread) { thread.state = Thread::State::waitsInWarp; });
  return false;
}

void Block::warpBarrier(Warp &warp, Lanes active) {
  ++grid.counts.barriers;
  clocks.meetInWarp(warp.number, active);
}

void Block::exchangeMessages(Thread &thread, const Target &target,
                             AccessLog::Kind kind) {
  if (kind == AccessLog::Kind::read || kind == AccessLog::Kind::write)
    return;
  Knowledge &message = grid.messages[{target.allocation, target.offset}];
  clocks.receive(thread.index, message);
  if (kind == AccessLog::Kind::atomic)
    clocks.send(thread.index, message);
}

} // namespace dlc::ptxsim
