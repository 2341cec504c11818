// One block while it runs.

#ifndef DLC_TOOLS_PTXSIM_BLOCK_H
#define DLC_TOOLS_PTXSIM_BLOCK_H

#include "ptx-sim/Machine.h"

#include <array>
#include <map>
#include <optional>

namespace dlc::ptxsim {

inline constexpr int warpSize = 32;
/// Where generic addresses of shared and of local memory begin.
inline constexpr uint64_t sharedBase = uint64_t(1) << 60,
                          localBase = uint64_t(1) << 61;

/// Dynamic shared memory follows all static one.
inline int64_t dynamicSharedOffset(const Module &module,
                                   const Function &kernel) {
  return (module.sharedBytesOf(kernel) + 15) / 16 * 16;
}

/// One launch, and what its blocks share.
struct Grid {
  Machine &machine;
  const Function &kernel;
  const Launch &launch;
  KernelStatistics &counts;
  int64_t instructions = 0;
  bool aborted = false;
  /// Writes to global memory: who waits for another block waits for one.
  int64_t writes = 0;
  /// What threads have left for other blocks, by address.
  std::map<std::pair<const Allocation *, int64_t>, Knowledge> messages = {};
};

/// A call that a thread is in.
struct Frame {
  const Function *function = nullptr;
  uint32_t at = 0;
  /// Register r is registers[r * warpSize]: in a kernel, those of a warp's
  /// lanes are neighbours.
  uint64_t *registers = nullptr;
  /// A called function's.
  std::vector<uint64_t> own;
  std::vector<uint8_t> params;
  /// Where the function's .local variables begin in the thread's memory.
  int64_t local = 0;
  bool carry = false;
};

/// A cp.async on its way.
struct Copy {
  const Instruction *instruction;
  uint64_t target;
  int size;
  std::array<uint8_t, 16> bytes = {};
};

struct Thread {
  enum class State : uint8_t {
    running,
    waitsInWarp,
    waitsInBlock,
    /// Until the other blocks have had their turn.
    sleeps,
    exited
  };
  State state = State::running;
  int index = 0, lane = 0;
  Dim3 id;
  std::vector<Frame> frames;
  std::shared_ptr<Allocation> local;
  std::vector<Copy> copies;
  std::vector<std::vector<Copy>> groups;
  /// waitsInBlock: where.
  const Instruction *barrier = nullptr;
};

struct Warp {
  int number = 0;
  std::vector<Thread *> threads;
  /// The kernel's, by register and lane.
  std::vector<uint64_t> registers;
};

/// A set of lanes, as a mask.
using Lanes = uint32_t;

/// Where an access goes.
struct Target {
  Space space = Space::global;
  Allocation *allocation = nullptr;
  /// In the allocation.
  int64_t offset = 0;
  Window *window = nullptr;
};

/// What the lanes of a warp ask for at once.
struct Addresses {
  struct List {
    uint64_t values[warpSize];
    /// Which lanes ask, in order.
    uint8_t lanes[warpSize];
    int count = 0;

    void add(uint64_t value, int lane) {
      values[count] = value;
      lanes[count++] = static_cast<uint8_t>(lane);
    }
  };
  List global, shared;

  void add(Space space, uint64_t address, int lane) {
    if (space == Space::global)
      global.add(address, lane);
    else if (space == Space::shared)
      shared.add(address, lane);
  }
};

class Block {
public:
  Block(Grid &grid, int64_t number);
  /// Goes on until nothing can; false if that is so because threads sleep.
  bool run();
  /// Nothing can go on: says who waits where.
  void reportDeadlock();

private:
  // Scheduling (Block.cpp).
  bool runWarp(Warp &warp);
  Lanes runGroup(Warp &warp, Lanes group);
  std::optional<Lanes> pick(Warp &warp, Thread::State state) const;
  Lanes at(const Warp &warp, const Thread &like, Thread::State state) const;
  Lanes live(const Warp &warp) const;
  void branch(Warp &warp, const Instruction &i, Lanes group, Lanes active);
  void call(Thread &thread, const Instruction &i);
  void leave(Thread &thread);
  void exit(Thread &thread);
  bool spend(const Instruction &i, Lanes active);

  // Barriers (Barriers.cpp).
  void arrive(Warp &warp, const Instruction &i, Lanes active);
  void releaseBarriers();
  /// Whether all lanes that the instruction's mask names have come; else those
  /// that have, wait.
  bool gather(Warp &warp, const Instruction &i, Lanes &active);
  void warpBarrier(Warp &warp, Lanes active);
  /// An atomic access leaves a message for other blocks, or finds one.
  void exchangeMessages(Thread &thread, const Target &target,
                        AccessLog::Kind kind);

  // Operands (Operands.cpp).
  uint64_t read(Thread &thread, const Operand &operand);
  uint64_t readSpecial(const Thread &thread, Special special) const;
  void write(Thread &thread, const Operand &operand, uint64_t bits);
  uint64_t addressOf(Thread &thread, const Operand &operand);
  void compute(Warp &warp, const Instruction &i, Lanes active);
  bool computeInRegisters(Warp &warp, const Instruction &i, Lanes active);
  void move(Thread &thread, const Instruction &i);
  void convertAddress(Thread &thread, const Instruction &i);

  // Memory (Access.cpp).
  void access(Warp &warp, const Instruction &i, Lanes active);
  void accessParam(Thread &thread, const Instruction &i);
  void loadOrStore(Thread &thread, const Instruction &i, uint64_t address);
  void atomic(Thread &thread, const Instruction &i, uint64_t address);
  uint64_t combine(const Instruction &i, uint64_t old, uint64_t value,
                   uint64_t other) const;
  void copyAsync(Warp &warp, const Instruction &i, Lanes active);
  void commit(Thread &thread);
  void waitGroups(Thread &thread, size_t left);
  void finish(Thread &thread, const Copy &copy);
  /// Finds the bytes, or reports why there are none.
  std::optional<Target> resolve(Thread &thread, const Instruction &i,
                                Space space, uint64_t address, int bytes,
                                AccessLog::Kind kind);
  bool load(Thread &thread, const Instruction &i, Space space, uint64_t address,
            int bytes, uint8_t *data,
            AccessLog::Kind kind = AccessLog::Kind::read);
  bool store(Thread &thread, const Instruction &i, Space space,
             uint64_t address, int bytes, const uint8_t *data,
             AccessLog::Kind kind = AccessLog::Kind::write);
  void log(Thread &thread, const Instruction &i, const Target &target,
           int bytes, AccessLog::Kind kind);
  void count(const Instruction &i, bool isStore, int bytes,
             const Addresses &addresses);

  // What lanes tell one another (Exchange.cpp).
  void exchange(Warp &warp, const Instruction &i, Lanes active);
  void shuffle(Warp &warp, const Instruction &i, Lanes active);
  void vote(Warp &warp, const Instruction &i, Lanes active);
  void match(Warp &warp, const Instruction &i, Lanes active);
  void reduceWarp(Warp &warp, const Instruction &i, Lanes active);

  // Tensor cores (Matrices.cpp).
  void loadMatrix(Warp &warp, const Instruction &i, Lanes active);
  void storeMatrix(Warp &warp, const Instruction &i, Lanes active);
  void multiplyMatrices(Warp &warp, const Instruction &i, Lanes active);
  bool needsWholeWarp(Warp &warp, const Instruction &i, Lanes active);

  void report(FaultKind kind, const Instruction &i, const std::string &text);
  std::string describe(const Thread &thread) const;

  Grid &grid;
  int64_t number;
  Dim3 id;
  std::vector<Thread> threads;
  std::vector<Warp> warps;
  std::shared_ptr<Allocation> shared;
  Clocks clocks;
  /// By number: the threads that have arrived without waiting (bar.arrive).
  std::map<uint64_t, std::vector<int>> arrivals;
};

/// Calls `body(thread)` for each lane of the mask.
template <typename Body> void forLanes(Warp &warp, Lanes lanes, Body body) {
  for (Thread *thread : warp.threads)
    if (lanes >> thread->lane & 1)
      body(*thread);
}

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_BLOCK_H
