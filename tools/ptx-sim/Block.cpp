#include "ptx-sim/Block.h"

#include <algorithm>
#include <bit>

namespace dlc::ptxsim {

Block::Block(Grid &grid, int64_t number)
    : grid(grid), number(number),
      clocks(static_cast<int32_t>(number),
             static_cast<int>(grid.launch.block.count())) {
  const Launch &launch = grid.launch;
  id = {number % launch.grid.x, number / launch.grid.x % launch.grid.y,
        number / launch.grid.x / launch.grid.y};
  ++grid.counts.blocks;
  const Module &module = grid.machine.module();
  int64_t bytes = module.sharedBytesOf(grid.kernel);
  if (launch.dynamicShared > 0)
    bytes = dynamicSharedOffset(module, grid.kernel) + launch.dynamicShared;
  shared = std::make_shared<Allocation>("shared memory", bytes);
  threads.resize(launch.block.count());
  for (size_t i = 0; i < threads.size(); ++i) {
    Thread &thread = threads[i];
    auto index = static_cast<int64_t>(i);
    thread.index = static_cast<int>(i);
    thread.lane = thread.index % warpSize;
    thread.id = {index % launch.block.x,
                 index / launch.block.x % launch.block.y,
                 index / launch.block.x / launch.block.y};
    Frame &frame = thread.frames.emplace_back();
    frame.function = &grid.kernel;
    frame.params.assign(grid.kernel.paramBytes, 0);
    std::copy(launch.parameters.begin(), launch.parameters.end(),
              frame.params.begin());
    if (thread.lane == 0) {
      auto number = static_cast<int>(warps.size());
      warps.push_back({number, {}, {}});
      warps.back().registers.resize(grid.kernel.registers.size() * warpSize);
    }
    frame.registers = warps.back().registers.data() + thread.lane;
    warps.back().threads.push_back(&thread);
  }
}

void Block::report(FaultKind kind, const Instruction &i,
                   const std::string &text) {
  Fault fault;
  fault.kind = kind;
  fault.kernel = grid.kernel.name;
  fault.position = i.position;
  fault.text = "kernel " + grid.kernel.name + ", " +
               grid.machine.module().describe(i.position) + ": " +
               std::string(name(kind)) + ": " + i.name + " " + text;
  grid.machine.faults.add(std::move(fault));
}

std::string Block::describe(const Thread &thread) const {
  auto triple = [](const Dim3 &d) {
    return "(" + std::to_string(d.x) + "," + std::to_string(d.y) + "," +
           std::to_string(d.z) + ")";
  };
  return "block " + triple(id) + " thread " + triple(thread.id);
}

//===-- Scheduling --------------------------------------------------------===//

/// Compares where two threads stand: by their calls, outermost first; one that
/// has not entered a call goes before one that has.
static int comparePositions(const Thread &x, const Thread &y) {
  size_t depth = std::min(x.frames.size(), y.frames.size());
  for (size_t level = 0; level < depth; ++level) {
    const Frame &a = x.frames[level], &b = y.frames[level];
    if (a.function != b.function)
      return a.function < b.function ? -1 : 1;
    uint32_t rankA = a.function->rank[a.at], rankB = b.function->rank[b.at];
    if (rankA != rankB)
      return rankA < rankB ? -1 : 1;
  }
  if (x.frames.size() == y.frames.size())
    return 0;
  return x.frames.size() < y.frames.size() ? -1 : 1;
}

Lanes Block::at(const Warp &warp, const Thread &like,
                Thread::State state) const {
  Lanes lanes = 0;
  for (const Thread *thread : warp.threads)
    if (thread->state == state && comparePositions(*thread, like) == 0)
      lanes |= Lanes(1) << thread->lane;
  return lanes;
}

Lanes Block::live(const Warp &warp) const {
  Lanes lanes = 0;
  for (const Thread *thread : warp.threads)
    if (thread->state != Thread::State::exited)
      lanes |= Lanes(1) << thread->lane;
  return lanes;
}

/// The lanes in that state that stand furthest behind.
std::optional<Lanes> Block::pick(Warp &warp, Thread::State state) const {
  const Thread *first = nullptr;
  for (const Thread *thread : warp.threads)
    if (thread->state == state &&
        (!first || comparePositions(*thread, *first) < 0))
      first = thread;
  if (!first)
    return std::nullopt;
  return at(warp, *first, state);
}

bool Block::run() {
  auto is = [](Thread::State state) {
    return [state](const Thread &thread) { return thread.state == state; };
  };
  for (Thread &thread : threads)
    if (thread.state == Thread::State::sleeps)
      thread.state = Thread::State::running;
  // Warps take turns, so that one may wait for what another does.
  bool progress = true;
  while (progress && !grid.aborted) {
    progress = false;
    for (Warp &warp : warps)
      progress |= runWarp(warp);
    releaseBarriers();
    progress |= std::ranges::any_of(threads, is(Thread::State::running)) &&
                std::ranges::none_of(threads, is(Thread::State::sleeps));
  }
  if (grid.aborted)
    return true;
  if (std::ranges::any_of(threads, is(Thread::State::sleeps)))
    return false;
  reportDeadlock();
  return true;
}

/// Runs some of the warp; false if it could not.
bool Block::runWarp(Warp &warp) {
  constexpr int slice = 4096;
  bool ran = false;
  // The others wait to meet a lane that sleeps.
  auto sleeps = [&] {
    return std::ranges::any_of(warp.threads, [](const Thread *thread) {
      return thread->state == Thread::State::sleeps;
    });
  };
  for (int turn = 0; turn < slice && !grid.aborted && !sleeps(); ++turn) {
    if (auto group = pick(warp, Thread::State::running)) {
      runGroup(warp, *group);
      ran = true;
      continue;
    }
    // Lanes that wait for others may go on once those have exited.
    bool woke = false;
    for (Thread *thread : warp.threads) {
      if (thread->state != Thread::State::waitsInWarp)
        continue;
      Lanes group = at(warp, *thread, Thread::State::waitsInWarp);
      if (runGroup(warp, group) != 0) {
        woke = ran = true;
        break;
      }
    }
    if (!woke)
      break;
  }
  return ran;
}

/// Counts an instruction; false once too many have run.
bool Block::spend(const Instruction &i, Lanes active) {
  KernelStatistics &counts = grid.counts;
  int lanes = std::popcount(active);
  ++counts.warpInstructions;
  counts.threadInstructions += lanes;
  counts.byClass[static_cast<size_t>(i.type)] += lanes;
  grid.instructions += std::max(lanes, 1);
  if (grid.instructions <= grid.machine.limits.instructions)
    return true;
  report(FaultKind::budget, i,
         "stands where " + std::to_string(grid.machine.limits.instructions) +
             " instructions of this launch had run");
  grid.aborted = true;
  return false;
}

/// Runs lanes that stand together up to where others may join them. Gives the
/// lanes that moved.
Lanes Block::runGroup(Warp &warp, Lanes group) {
  Thread *leader = nullptr;
  forLanes(warp, group, [&](Thread &thread) {
    leader = leader ? leader : &thread;
    thread.state = Thread::State::running;
  });
  const Function &function = *leader->frames.back().function;
  uint32_t at = leader->frames.back().at;
  auto moveTo = [&](Lanes lanes, uint32_t target) {
    forLanes(warp, lanes,
             [&](Thread &thread) { thread.frames.back().at = target; });
  };
  while (!grid.aborted) {
    if (at >= function.code.size()) { // a body without `ret` at its end
      forLanes(warp, group, [&](Thread &thread) { leave(thread); });
      return group;
    }
    const Instruction &i = function.code[at];
    Lanes active = group;
    if (i.guard >= 0)
      forLanes(warp, group, [&](Thread &thread) {
        bool holds = thread.frames.back().registers[i.guard * warpSize] & 1;
        if (holds == i.guardNegated)
          active &= ~(Lanes(1) << thread.lane);
      });
    bool gathers = i.kind == Kind::shuffle || i.kind == Kind::vote ||
                   i.kind == Kind::match || i.kind == Kind::reduceWarp ||
                   i.kind == Kind::warpBarrier;
    if (gathers && active) {
      moveTo(group, at);
      // Lanes that have been waiting here take part.
      Lanes waiting = this->at(warp, *leader, Thread::State::waitsInWarp);
      if (i.guard < 0) {
        group |= waiting;
        active |= waiting;
      }
      moveTo(group & ~active, at + 1);
      if (!gather(warp, i, active))
        return group & ~active;
      group |= active;
    }
    if (!spend(i, active))
      return group;
    switch (i.kind) {
    case Kind::compute:
      compute(warp, i, active);
      break;
    case Kind::move:
      forLanes(warp, active, [&](Thread &thread) { move(thread, i); });
      break;
    case Kind::convertAddress:
    case Kind::isSpace:
      forLanes(warp, active,
               [&](Thread &thread) { convertAddress(thread, i); });
      break;
    case Kind::load:
    case Kind::store:
    case Kind::atomic:
      access(warp, i, active);
      break;
    case Kind::copyAsync:
      copyAsync(warp, i, active);
      break;
    case Kind::commitGroup:
      forLanes(warp, active, [&](Thread &thread) { commit(thread); });
      break;
    case Kind::waitGroup:
      forLanes(warp, active, [&](Thread &thread) {
        size_t left = i.operands.empty() ? 0 : read(thread, i.operands[0]);
        if (i.operands.empty())
          commit(thread);
        waitGroups(thread, left);
      });
      break;
    case Kind::loadMatrix:
      loadMatrix(warp, i, active);
      break;
    case Kind::storeMatrix:
      storeMatrix(warp, i, active);
      break;
    case Kind::multiplyMatrices:
      multiplyMatrices(warp, i, active);
      break;
    case Kind::shuffle:
    case Kind::vote:
    case Kind::match:
    case Kind::reduceWarp:
    case Kind::activeMask:
      exchange(warp, i, active);
      break;
    case Kind::warpBarrier:
      warpBarrier(warp, active);
      break;
    case Kind::fence:
      forLanes(warp, active,
               [&](Thread &thread) { clocks.fence(thread.index); });
      break;
    case Kind::nothing:
      break;
    case Kind::sleep:
      moveTo(group, at + 1);
      forLanes(warp, active,
               [&](Thread &thread) { thread.state = Thread::State::sleeps; });
      return group;
    case Kind::branch:
    case Kind::branchIndexed:
      moveTo(group & ~active, at + 1);
      branch(warp, i, group, active);
      return group;
    case Kind::call:
      moveTo(group & ~active, at + 1);
      forLanes(warp, active, [&](Thread &thread) {
        thread.frames.back().at = at;
        call(thread, i);
      });
      return group;
    case Kind::leave:
      moveTo(group & ~active, at + 1);
      forLanes(warp, active, [&](Thread &thread) { leave(thread); });
      return group;
    case Kind::exit:
      moveTo(group & ~active, at + 1);
      forLanes(warp, active, [&](Thread &thread) { exit(thread); });
      return group;
    case Kind::trap:
      if (active) {
        report(FaultKind::trap, i, "is reached");
        grid.aborted = true;
      }
      break;
    case Kind::barrier:
    case Kind::arrive:
      moveTo(group, at + 1);
      if (active)
        arrive(warp, i, active);
      return group;
    }
    ++at;
    if (function.isLeader[at])
      break;
  }
  moveTo(group, at);
  return group;
}

void Block::branch(Warp &warp, const Instruction &i, Lanes group,
                   Lanes active) {
  bool isIndexed = i.kind == Kind::branchIndexed;
  std::map<uint32_t, Lanes> ways;
  if (group != active)
    ways[UINT32_MAX] = group & ~active;
  forLanes(warp, active, [&](Thread &thread) {
    Frame &frame = thread.frames.back();
    if (!isIndexed) {
      frame.at = i.operands[0].index;
    } else {
      uint64_t index = read(thread, i.operands[0]);
      const std::vector<Operand> &targets = i.operands[1].parts;
      if (index >= targets.size()) {
        report(FaultKind::outOfBounds, i,
               "chooses target " + std::to_string(index) + " of " +
                   std::to_string(targets.size()) + "; " + describe(thread));
        return exit(thread);
      }
      frame.at = targets[index].index;
    }
    ways[frame.at] |= Lanes(1) << thread.lane;
  });
  grid.counts.divergentBranches += ways.size() > 1;
}

void Block::call(Thread &thread, const Instruction &i) {
  const Function &callee =
      *grid.machine.module().functions[i.operands[0].index];
  const Limits &limits = grid.machine.limits;
  Frame &caller = thread.frames.back();
  if (!callee.isDefined ||
      static_cast<int64_t>(thread.frames.size()) >= limits.callDepth) {
    report(FaultKind::trap, i,
           callee.isDefined
               ? "calls deeper than " + std::to_string(limits.callDepth)
               : "calls '" + callee.name + "', which has no body");
    return exit(thread);
  }
  Frame frame;
  frame.function = &callee;
  frame.own.resize(callee.registers.size() * warpSize);
  frame.registers = frame.own.data();
  frame.params.assign(callee.paramBytes, 0);
  frame.local = (caller.local + caller.function->localBytes + 15) / 16 * 16;
  const std::vector<Operand> &arguments = i.operands[2].parts;
  for (size_t a = 0; a < arguments.size() && a < callee.inputs.size(); ++a) {
    const Variable &input = *callee.inputs[a];
    const Variable *source = arguments[a].variable;
    for (int64_t b = 0; b < input.bytes; ++b)
      frame.params[input.offset + b] =
          source ? (b < source->bytes ? caller.params[source->offset + b] : 0)
                 : static_cast<uint8_t>(read(thread, arguments[a]) >>
                                        (8 * std::min<int64_t>(b, 7)));
  }
  thread.frames.push_back(std::move(frame));
}

void Block::leave(Thread &thread) {
  if (thread.frames.size() == 1)
    return exit(thread);
  Frame frame = std::move(thread.frames.back());
  thread.frames.pop_back();
  Frame &caller = thread.frames.back();
  const Instruction &i = caller.function->code[caller.at++];
  const std::vector<Operand> &results = i.operands[1].parts;
  for (size_t r = 0; r < results.size() && r < frame.function->outputs.size();
       ++r) {
    const Variable &output = *frame.function->outputs[r];
    const Variable *target = results[r].variable;
    for (int64_t b = 0; target && b < std::min(output.bytes, target->bytes);
         ++b)
      caller.params[target->offset + b] = frame.params[output.offset + b];
  }
}

void Block::exit(Thread &thread) {
  commit(thread);
  waitGroups(thread, 0);
  thread.state = Thread::State::exited;
}

} // namespace dlc::ptxsim
