#include "cpu/Execution.h"

#include "cpu/Show.h"
#include "cpu/ThreadPool.h"
#include "device/Device.h"

#include <algorithm>
#include <cfenv>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace dlc::runtime {

namespace {

/// Rounding and denormals as the standard has them, whatever the caller set (a
/// library built with -ffast-math flushes denormals in the whole thread).
class DefaultFloatEnvironment {
#if defined(__x86_64__)
public:
  // Kernels know no x87, whose environment takes as long as a small kernel.
  DefaultFloatEnvironment() : saved(__builtin_ia32_stmxcsr()) {
    __builtin_ia32_ldmxcsr(standard);
  }
  ~DefaultFloatEnvironment() { __builtin_ia32_ldmxcsr(saved); }

private:
  /// Round to nearest, all exceptions masked, denormals kept.
  static constexpr unsigned standard = 0x1F80;
  unsigned saved;
#else
public:
  DefaultFloatEnvironment() {
    std::fegetenv(&saved);
    std::fesetenv(FE_DFL_ENV);
  }
  ~DefaultFloatEnvironment() { std::fesetenv(&saved); }

private:
  std::fenv_t saved;
#endif
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

class CpuWalk : public Walk {
public:
  CpuWalk(const Executable &executable, const Operands &operands,
          ThreadPool &pool, Profile *profile)
      : Walk(operands), executable(executable), pool(pool), profile(profile) {}

  Status checkFault() override {
    return faultStatus(executable.program(), fault);
  }

private:
  Expected<bool> isTrue(const Address &predicate) override {
    return *reinterpret_cast<const uint8_t *>(resolve(predicate)) != 0;
  }
  Expected<TapeHeader> readHeader(const Address &address) override {
    TapeHeader header;
    std::memcpy(&header, resolve(address), sizeof header);
    return header;
  }
  Status writeHeader(const Address &address, const TapeHeader &header,
                     int64_t bytes) override {
    std::memcpy(resolve(address), &header, bytes);
    return {};
  }
  Expected<BufferRef> allocate(int64_t bytes) override {
    return Buffer::allocate(bytes);
  }
  Status launch(const Instruction &launch) override;
  Status launchTogether(std::span<const Instruction> region) override;
  Status copy(const Instruction &copy) override;
  Status show(const Instruction &show) override;

  /// A kernel and where its operands begin in `slots`.
  struct Call {
    KernelFunction kernel;
    void *const *slots;
    uint64_t *fault;
    void operator()(int64_t first, int64_t last) const {
      kernel(slots, first, last, fault);
    }
  };

  const Executable &executable;
  ThreadPool &pool;
  Profile *profile;
  SmallVector<void *, 16> slots;
  std::vector<Call> calls;
  std::vector<ThreadPool::Launch> region;
  /// Kernels lower it atomically; apart from what they only read.
  alignas(64) uint64_t fault = noFault;
};

Status CpuWalk::launch(const Instruction &launch) {
  if (launch.tiles == 0)
    return {};
  slots.resize(launch.operands.size());
  std::transform(launch.operands.begin(), launch.operands.end(), slots.begin(),
                 [&](const Address &operand) { return resolve(operand); });
  Stopwatch stopwatch(profile, launch.kernel);
  pool.run(launch.tiles, launch.work,
           Call{executable.kernel(launch.kernel), slots.data(), &fault});
  return {};
}

Status CpuWalk::launchTogether(std::span<const Instruction> launches) {
  // What is timed runs alone.
  if (profile)
    return Walk::launchTogether(launches);
  size_t operands = 0;
  for (const Instruction &launch : launches)
    operands += launch.operands.size();
  slots.resize(operands);
  calls.resize(launches.size());
  region.clear();
  void **next = slots.data();
  for (size_t i = 0; i < launches.size(); ++i) {
    const Instruction &launch = launches[i];
    calls[i] = {executable.kernel(launch.kernel), next, &fault};
    if (launch.tiles > 0)
      region.emplace_back(launch.tiles, launch.work, calls[i]);
    next = std::transform(
        launch.operands.begin(), launch.operands.end(), next,
        [&](const Address &operand) { return resolve(operand); });
  }
  pool.run(region);
  return {};
}

Status CpuWalk::copy(const Instruction &copy) {
  Stopwatch stopwatch(profile, executable.program().kernels.size());
  std::byte *source = resolve(copy.operands[0]);
  std::byte *target = resolve(copy.operands[1]);
  // A donated argument may be its own result.
  if (source != target)
    std::memmove(target, source, copy.bytes);
  return {};
}

Status CpuWalk::show(const Instruction &show) {
  std::string line = runtime::show(show.text, show.type,
                                   resolve(show.operands[0]), show.summary);
  std::fputs(line.c_str(), stdout);
  std::fflush(stdout);
  return {};
}

} // namespace

CpuExecution::CpuExecution(std::shared_ptr<const Executable> executable,
                           int64_t function)
    : Execution(hostDevice(), executable->program(),
                executable->program().functions[function]),
      executable(std::move(executable)) {}

Status CpuExecution::walk(const std::vector<Instruction> &code,
                          const Operands &operands, Profile *profile) {
  Expected<ThreadPool *> pool = ThreadPool::get();
  if (!pool)
    return pool.error();
  DefaultFloatEnvironment environment;
  CpuWalk walk(*executable, operands, **pool, profile);
  Status status = walk.code(code);
  return status.ok() ? walk.checkFault() : status;
}

} // namespace dlc::runtime
