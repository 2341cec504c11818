#include "cpu/Execution.h"

#include "cpu/Show.h"
#include "cpu/ThreadPool.h"

#include <array>
#include <atomic>
#include <cfenv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <utility>

namespace dlc::runtime {

namespace {

/// Rounding and denormals as the standard has them, whatever the caller set (a
/// library built with -ffast-math flushes denormals in the whole thread).
class DefaultFloatEnvironment {
public:
  DefaultFloatEnvironment() {
    std::fegetenv(&saved);
    std::fesetenv(FE_DFL_ENV);
  }
  ~DefaultFloatEnvironment() { std::fesetenv(&saved); }

private:
  std::fenv_t saved;
};

/// Adds the time between its construction and its destruction to an entry.
class Stopwatch {
public:
  Stopwatch(Profile *profile, size_t entry)
      : timing(profile ? &(*profile)[entry] : nullptr) {
    if (timing)
      start = Clock::now();
  }
  ~Stopwatch() {
    if (!timing)
      return;
    timing->seconds +=
        std::chrono::duration<double>(Clock::now() - start).count();
    ++timing->launches;
  }

private:
  using Clock = std::chrono::steady_clock;
  KernelTiming *timing;
  Clock::time_point start;
};

/// One walk of a launch list. Everything it indexes has been validated.
class Walk {
public:
  Walk(const Executable &executable, ThreadPool &pool, Profile *profile)
      : executable(executable), pool(pool), profile(profile) {}

  /// Where the operands lie: by argument, by result, arena, constants.
  std::vector<std::byte *> arguments, results;
  std::byte *arena = nullptr;

  Status code(const std::vector<Instruction> &code);
  Status checkFault() const;

private:
  Status instruction(const Instruction &instruction);
  Status loop(const Instruction &loop);
  Status repeat(const Instruction &repeat);
  bool isTrue(const Address &predicate) const {
    return *reinterpret_cast<const uint8_t *>(resolve(predicate)) != 0;
  }
  void launch(const Instruction &launch);
  void copy(const Instruction &copy);
  void show(const Instruction &show);
  std::byte *resolve(const Address &address) const;

  const Executable &executable;
  ThreadPool &pool;
  Profile *profile;
  std::array<int64_t, maxLoopDepth> counters = {};
  size_t depth = 0;
  std::vector<void *> slots;
  /// Kernels lower it atomically; apart from what they only read.
  alignas(64) uint64_t fault = noFault;
};

Status Walk::code(const std::vector<Instruction> &code) {
  for (const Instruction &each : code)
    if (Status status = instruction(each); !status.ok())
      return status;
  return {};
}

Status Walk::instruction(const Instruction &instruction) {
  switch (instruction.kind) {
  case Instruction::Kind::launch:
    launch(instruction);
    return {};
  case Instruction::Kind::copy:
    copy(instruction);
    return {};
  case Instruction::Kind::check:
    return checkFault();
  case Instruction::Kind::show:
    show(instruction);
    return {};
  case Instruction::Kind::loop:
    return loop(instruction);
  case Instruction::Kind::branch:
    return code(isTrue(instruction.operands[0]) ? instruction.body
                                                : instruction.otherwise);
  case Instruction::Kind::repeat:
    return repeat(instruction);
  }
  return {};
}

Status Walk::loop(const Instruction &loop) {
  int64_t &counter = counters[depth++];
  Status status;
  for (int64_t trip = 0; trip < loop.trips && status.ok(); ++trip) {
    counter = loop.reverse ? loop.trips - 1 - trip : trip;
    status = code(loop.body);
  }
  --depth;
  return status;
}

Status Walk::repeat(const Instruction &repeat) {
  for (int64_t trip = 0;; ++trip) {
    if (Status status = code(repeat.condition); !status.ok())
      return status;
    // What a faulty kernel computed may never end the loop.
    if (Status status = checkFault(); !status.ok())
      return status;
    if (!isTrue(repeat.operands[0]))
      return {};
    if (trip == repeat.trips) {
      std::string place = repeat.text.empty() ? "" : " (" + repeat.text + ")";
      return Error{"[while] more than " + std::to_string(repeat.trips) +
                   " trips" + place};
    }
    if (Status status = code(repeat.body); !status.ok())
      return status;
  }
}

void Walk::launch(const Instruction &launch) {
  slots.clear();
  for (const Address &operand : launch.operands)
    slots.push_back(resolve(operand));
  if (launch.tiles == 0)
    return;
  Stopwatch stopwatch(profile, launch.kernel);
  pool.run(launch.tiles, launch.work,
           [kernel = executable.kernel(launch.kernel), slots = slots.data(),
            fault = &fault](int64_t first, int64_t last) {
             kernel(slots, first, last, fault);
           });
}

void Walk::copy(const Instruction &copy) {
  Stopwatch stopwatch(profile, executable.program().kernels.size());
  std::byte *source = resolve(copy.operands[0]);
  std::byte *target = resolve(copy.operands[1]);
  // A donated argument may be its own result.
  if (source != target)
    std::memmove(target, source, copy.bytes);
}

void Walk::show(const Instruction &show) {
  std::string line = runtime::show(show.text, show.type,
                                   resolve(show.operands[0]), show.summary);
  std::fputs(line.c_str(), stdout);
  std::fflush(stdout);
}

std::byte *Walk::resolve(const Address &address) const {
  std::byte *base = nullptr;
  switch (address.space) {
  case Address::Space::argument:
    base = arguments[address.index];
    break;
  case Address::Space::result:
    base = results[address.index];
    break;
  case Address::Space::arena:
    base = arena;
    break;
  case Address::Space::constant:
    base = executable.constants();
    break;
  }
  int64_t offset = address.offset;
  for (size_t d = 0; d < address.strides.size(); ++d)
    offset += address.strides[d] * counters[d];
  return base + offset;
}

Status Walk::checkFault() const {
  return faultStatus(executable.program(), fault);
}

void prepare(Profile &profile, const Program &program) {
  if (!profile.empty())
    return;
  for (const Kernel &kernel : program.kernels)
    profile.push_back({kernel.name});
  profile.push_back({"copy"});
}

} // namespace

Execution::Execution(std::shared_ptr<const Executable> executable,
                     int64_t function)
    : executable(std::move(executable)),
      source(this->executable->program().functions[function]) {}

Status Execution::run(std::vector<BufferRef> &arguments,
                      std::vector<BufferRef> &results, Profile *profile) {
  results.clear();
  if (Status status = checkArguments(arguments); !status.ok())
    return status;
  Expected<ThreadPool *> pool = ThreadPool::get();
  if (!pool)
    return pool.error();

  // giver[r]: the argument whose buffer result r takes, or -1.
  std::vector<int64_t> giver(source.results.size(), -1);
  for (size_t i = 0; i < arguments.size(); ++i)
    if (int64_t result = source.arguments[i].donatedTo;
        result >= 0 && arguments[i].use_count() == 1)
      giver[result] = i;
  // What another thread did with a reference that it has dropped is over.
  std::atomic_thread_fence(std::memory_order_acquire);

  std::vector<BufferRef> fresh(source.results.size());
  for (size_t i = 0; i < fresh.size(); ++i) {
    if (giver[i] >= 0)
      continue;
    Expected<BufferRef> buffer = Buffer::allocate(source.results[i].bytes());
    if (!buffer)
      return buffer.error();
    fresh[i] = *buffer;
  }
  Expected<BufferRef> arena = takeArena();
  if (!arena)
    return arena.error();

  Walk walk(*executable, **pool, profile);
  for (const BufferRef &argument : arguments)
    walk.arguments.push_back(argument->as<std::byte>());
  for (size_t i = 0; i < fresh.size(); ++i)
    walk.results.push_back(giver[i] < 0 ? fresh[i]->as<std::byte>()
                                        : walk.arguments[giver[i]]);
  walk.arena = (*arena)->as<std::byte>();
  if (profile)
    prepare(*profile, executable->program());

  Status status;
  {
    DefaultFloatEnvironment environment;
    status = walk.code(source.code);
  }
  if (status.ok())
    status = walk.checkFault();
  returnArena(std::move(*arena));
  if (!status.ok())
    return status;

  for (size_t i = 0; i < fresh.size(); ++i)
    if (giver[i] >= 0)
      fresh[i] = std::move(arguments[giver[i]]);
  results = std::move(fresh);
  return {};
}

Status
Execution::checkArguments(const std::vector<BufferRef> &arguments) const {
  std::string where = "[" + source.name + "] ";
  if (arguments.size() != source.arguments.size())
    return Error{where + "expects " + std::to_string(source.arguments.size()) +
                 " arguments, got " + std::to_string(arguments.size())};
  for (size_t i = 0; i < arguments.size(); ++i) {
    const Argument &expected = source.arguments[i];
    std::string what = "argument " + std::to_string(i) + " ('" + expected.name +
                       "', " + expected.type.str() + ") ";
    if (!arguments[i])
      return Error{where + what + "has no buffer"};
    if (arguments[i]->bytes() != expected.type.bytes())
      return Error{where + what + "needs " +
                   std::to_string(expected.type.bytes()) + " bytes, got " +
                   std::to_string(arguments[i]->bytes())};
  }
  return {};
}

Expected<BufferRef> Execution::takeArena() {
  {
    std::lock_guard lock(mutex);
    if (!idleArenas.empty()) {
      BufferRef arena = std::move(idleArenas.back());
      idleArenas.pop_back();
      return arena;
    }
  }
  return Buffer::allocate(source.arenaBytes);
}

void Execution::returnArena(BufferRef arena) {
  std::lock_guard lock(mutex);
  idleArenas.push_back(std::move(arena));
}

} // namespace dlc::runtime
