#include "cpu/ThreadPool.h"

#include <algorithm>
#include <cfenv>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <pthread.h>
#include <sched.h>

namespace dlc::runtime {

namespace {

/// Work (bytes plus flops) of a launch that is worth a thread. It takes some 3
/// us, handing it over to a worker that looks out 0.7, and its operands may
/// have to come from another core's cache.
constexpr int64_t workPerThread = 1 << 18;

/// The same of launches that are not worth several threads each: the cache that
/// has their operands is the more likely to be one core's.
constexpr uint64_t smallWorkPerThread = 4 * workPerThread;

/// Work that is worth waking a thread, of this region and those before that
/// were not: it takes 13 us of the caller and 30 to 60 until the thread runs.
constexpr uint64_t workPerWaking = 1 << 24;

/// How long to look out for the next region, in nanoseconds, before leaving the
/// CPU to whoever wants it, and then before sleeping: longer than the pauses
/// between the regions of a step, shorter than anybody minds.
constexpr int64_t spinTime = 50'000, yieldTime = 1'000'000;

/// CPUs that this process may run on.
int allowedCpus() {
  // Enlarged until the kernel's mask fits.
  for (int cpus = 1024; cpus <= 1 << 20; cpus *= 2) {
    cpu_set_t *set = CPU_ALLOC(cpus);
    size_t bytes = CPU_ALLOC_SIZE(cpus);
    bool known = set && sched_getaffinity(0, bytes, set) == 0;
    int count = known ? CPU_COUNT_S(bytes, set) : 0;
    CPU_FREE(set);
    if (known)
      return std::max(count, 1);
  }
  return 1;
}

/// The busy half of a wait: true as soon as `done` is, false when the time is
/// over. No time at all if not `maySpin`.
template <typename Done> bool spinUntil(const Done &done, bool maySpin) {
  if (!maySpin)
    return done();
  using Clock = std::chrono::steady_clock;
  Clock::time_point start = Clock::now();
  for (std::chrono::nanoseconds past(0); past.count() < yieldTime;
       past = Clock::now() - start) {
    for (int i = 0; i < 32; ++i) {
      if (done())
        return true;
#if defined(__x86_64__)
      __builtin_ia32_pause();
#endif
    }
    if (past.count() > spinTime)
      sched_yield();
  }
  return false;
}

} // namespace

ThreadPool &ThreadPool::instance() {
  // Never destroyed: a thread may be in a region while the process exits.
  static ThreadPool &pool = *new ThreadPool;
  return pool;
}

Expected<ThreadPool *> ThreadPool::get() {
  ThreadPool &pool = instance();
  if (pool.size() == 0)
    if (Status status = pool.resolveSize(); !status.ok())
      return status.error();
  return &pool;
}

Status ThreadPool::resolveSize() {
  std::lock_guard lock(sizing);
  if (size() != 0)
    return {};
  int cpus = std::min(allowedCpus(), maxThreads);
  int count = cpus;
  const char *text = std::getenv("DLC_NUM_THREADS");
  if (text && *text) {
    const char *end = text + std::strlen(text);
    auto [stop, problem] = std::from_chars(text, end, count);
    bool isTooLarge = problem == std::errc::result_out_of_range && *text != '-';
    if (stop != end || (problem != std::errc() && !isTooLarge) ||
        (!isTooLarge && count <= 0))
      return Error{"DLC_NUM_THREADS is '" + std::string(text) +
                   "': expected a number of threads, 1 or more"};
    if (isTooLarge || count > cpus) {
      std::fprintf(stderr,
                   "dlc: DLC_NUM_THREADS is %s; using %d, one for each CPU "
                   "that this process may use\n",
                   text, cpus);
      count = cpus;
    }
  }
  applySize(count);
  return {};
}

Status ThreadPool::resize(int size) {
  if (size < 1 || size > maxThreads)
    return Error{"the number of threads must lie between 1 and " +
                 std::to_string(maxThreads) + ", got " + std::to_string(size)};
  std::lock_guard lock(sizing);
  applySize(size);
  return {};
}

void ThreadPool::applySize(int size) {
  std::lock_guard lock(busy);
  // A spinning thread would keep the one that it waits for from running.
  spins = size <= allowedCpus();
  threads = size;
  if (!workers.empty() && std::ssize(workers) != size - 1)
    stopWorkers();
}

std::vector<int64_t> ThreadPool::tilesRun() const {
  std::lock_guard lock(busy);
  std::vector<int64_t> counts = {callerTiles};
  for (const std::unique_ptr<Worker> &worker : workers)
    counts.push_back(worker->tilesRun);
  return counts;
}

void ThreadPool::run(std::span<const Launch> region) {
  // Unsigned, since a file may say anything.
  uint64_t tiles = 0, work = 0, largest = 0;
  for (const Launch &launch : region) {
    tiles += static_cast<uint64_t>(launch.tiles);
    work += static_cast<uint64_t>(launch.work);
    largest = std::max<uint64_t>(
        largest, std::min(launch.tiles, launch.work / workPerThread));
  }
  uint64_t wanted = std::min(
      {uint64_t(size()), tiles, std::max(largest, work / smallWorkPerThread)});
  std::unique_lock lock(busy, std::defer_lock);
  if (wanted <= 1 || !lock.try_lock()) {
    for (const Launch &launch : region)
      launch.run(0, launch.tiles);
    // As in runPart: a locked instruction also orders a kernel's stores past
    // the caches before what follows.
    callerTiles.fetch_add(tiles, std::memory_order_relaxed);
    return;
  }
  if (workers.empty())
    startWorkers(size() - 1);

  this->region = region;
  // Fewer workers than wanted where the system gave no more threads.
  parts = static_cast<int>(std::min<uint64_t>(wanted, workers.size() + 1));
  leaveAsleep(work);
  pending.store(parts - 1, std::memory_order_relaxed);
  for (int part = 1; part < parts; ++part)
    workers[part - 1]->call();
  runPart(0, callerTiles);
  // Those called last are the least likely to have begun.
  for (int part = parts - 1; part > 0; --part) {
    Worker &worker = *workers[part - 1];
    if (worker.claim(worker.ticket.load(std::memory_order_relaxed))) {
      runPart(part, callerTiles);
      pending.fetch_sub(1, std::memory_order_relaxed);
    }
  }
  auto isDone = [&] { return pending.load(std::memory_order_acquire) == 0; };
  if (!spinUntil(isDone, spins))
    while (uint32_t left = pending.load(std::memory_order_acquire))
      pending.wait(left, std::memory_order_acquire);
}

/// Leaves out workers that sleep, unless a region of so much work, together
/// with what was done without them before, is worth waking them.
void ThreadPool::leaveAsleep(uint64_t work) {
  auto last = workers.begin() + (parts - 1);
  auto sleeper = std::find_if(workers.begin(), last, [](const auto &worker) {
    return worker->isAsleep.load();
  });
  if (sleeper == last)
    return;
  workAsleep += std::min(work, workPerWaking);
  if (workAsleep < workPerWaking)
    parts = static_cast<int>(sleeper - workers.begin()) + 1;
  else
    workAsleep = 0;
}

void ThreadPool::Worker::call() {
  // In one order with what the worker does in `sleep`: either it sees the
  // ticket, or this sees that it sleeps.
  ticket.fetch_add(1);
  if (isAsleep.load())
    ticket.notify_one();
}

void ThreadPool::Worker::sleep(uint32_t seen) {
  isAsleep.store(true);
  if (ticket.load() == seen)
    ticket.wait(seen);
  isAsleep.store(false);
}

namespace {

/// Deals the tiles of a region's launches to its parts, launch by launch. A
/// part gets the same share of each large launch, so that what a thread wrote
/// is in its cache; what cannot be split evenly goes to one part after another.
class Dealer {
public:
  explicit Dealer(int64_t parts) : parts(parts) {}

  struct Range {
    int64_t first = 0, last = 0;
  };
  /// What part `part` gets of the next launch.
  Range deal(const ThreadPool::Launch &launch, int64_t part) {
    int64_t shares = std::clamp<int64_t>(
        std::min(launch.work / workPerThread, launch.tiles), 1, parts);
    int64_t share = launch.tiles / shares, extra = launch.tiles % shares;
    if (shares < parts) {
      int64_t turn = (part - next + parts) % parts;
      next = (next + shares) % parts;
      if (turn >= shares)
        return {};
      int64_t first = turn * share + std::min(turn, extra);
      return {first, first + share + (turn < extra)};
    }
    auto extrasBefore = [&](int64_t part) {
      int64_t end = next + extra, wrapped = std::max<int64_t>(end - parts, 0);
      return std::min(part, wrapped) +
             std::clamp<int64_t>(part - next, 0, extra - wrapped);
    };
    Range range{part * share + extrasBefore(part),
                (part + 1) * share + extrasBefore(part + 1)};
    next = (next + extra) % parts;
    return range;
  }

private:
  int64_t parts;
  /// Whose turn it is.
  int64_t next = 0;
};

} // namespace

/// Runs part `part` of the region under way.
void ThreadPool::runPart(int part, std::atomic<int64_t> &tilesRun) {
  Dealer dealer(parts);
  int64_t count = 0;
  for (const Launch &launch : region) {
    auto [first, last] = dealer.deal(launch, part);
    if (first < last)
      launch.run(first, last);
    count += last - first;
  }
  tilesRun.fetch_add(count, std::memory_order_relaxed);
}

void ThreadPool::startWorkers(int count) {
  stopping = false;
  // Signals are for the program's own threads.
  sigset_t all, previous;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &previous);
  for (int i = 0; i < count; ++i) {
    auto worker = std::make_unique<Worker>();
    worker->pool = this;
    worker->index = i;
    pthread_t handle;
    if (int error =
            pthread_create(&handle, nullptr, workerMain, worker.get())) {
      std::fprintf(stderr, "dlc: running with %d instead of %d threads: %s\n",
                   i + 1, count + 1, std::strerror(error));
      threads = i + 1;
      break;
    }
    worker->handle = handle;
    workers.push_back(std::move(worker));
  }
  pthread_sigmask(SIG_SETMASK, &previous, nullptr);
}

void ThreadPool::stopWorkers() {
  stopping = true;
  for (std::unique_ptr<Worker> &worker : workers) {
    worker->call();
    pthread_join(worker->handle, nullptr);
  }
  workers.clear();
}

void *ThreadPool::workerMain(void *argument) {
  auto &worker = *static_cast<Worker *>(argument);
  // As in the caller of a run: a thread inherits its creator's.
  std::fesetenv(FE_DFL_ENV);
  worker.pool->work(worker);
  return nullptr;
}

void ThreadPool::work(Worker &worker) {
  for (uint32_t seen = 0;;) {
    auto isCalled = [&] {
      return worker.ticket.load(std::memory_order_acquire) != seen;
    };
    if (!spinUntil(isCalled, spins))
      worker.sleep(seen);
    // It may have slept through regions whose parts the caller ran.
    seen = worker.ticket.load(std::memory_order_acquire);
    if (stopping)
      return;
    if (!worker.claim(seen))
      continue;
    runPart(worker.index + 1, worker.tilesRun);
    // The last one wakes the caller. The pool outlives every region, so it is
    // still there to be notified.
    if (pending.fetch_sub(1, std::memory_order_acq_rel) == 1)
      pending.notify_one();
  }
}

Status setThreadCount(int count) {
  // A bad DLC_NUM_THREADS does not matter once a number is given here.
  return ThreadPool::instance().resize(count);
}

Expected<int> threadCount() {
  Expected<ThreadPool *> pool = ThreadPool::get();
  if (!pool)
    return pool.error();
  return (*pool)->size();
}

} // namespace dlc::runtime
