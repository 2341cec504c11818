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

/// Work (bytes plus flops) that is worth a thread. Measured: it takes 0.7 us,
/// handing it over to a spinning worker 0.4 us.
constexpr int64_t workPerThread = 1 << 16;

/// How long to look out for the next launch before sleeping: longer than the
/// pauses within a step, shorter than anybody minds.
constexpr int64_t spinTime = 50'000;

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

/// The spinning half of a wait: true as soon as `done` is, false when the time
/// is over.
template <typename Done> bool spinUntil(const Done &done, int64_t nanoseconds) {
  using Clock = std::chrono::steady_clock;
  Clock::time_point end = Clock::now() + std::chrono::nanoseconds(nanoseconds);
  do {
    for (int i = 0; i < 32; ++i) {
      if (done())
        return true;
#if defined(__x86_64__)
      __builtin_ia32_pause();
#endif
    }
  } while (Clock::now() < end);
  return false;
}

} // namespace

ThreadPool &ThreadPool::instance() {
  // Never destroyed: a thread may be in a launch while the process exits.
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
  spinNanoseconds = size <= allowedCpus() ? spinTime : 0;
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

void ThreadPool::runErased(int64_t tiles, int64_t work, ErasedBody body,
                           const void *context) {
  int64_t wanted = std::min({int64_t(size()), tiles, work / workPerThread});
  std::unique_lock lock(busy, std::defer_lock);
  if (wanted <= 1 || !lock.try_lock()) {
    body(context, 0, tiles);
    // As in runPart: a locked instruction also orders a kernel's stores past
    // the caches before what follows.
    callerTiles.fetch_add(tiles, std::memory_order_relaxed);
    return;
  }
  if (workers.empty())
    startWorkers(size() - 1);

  this->body = body;
  this->context = context;
  this->tiles = tiles;
  // Fewer workers than wanted where the system gave no more threads.
  parts = std::min<int64_t>(wanted, std::ssize(workers) + 1);
  pending.store(parts - 1, std::memory_order_relaxed);
  for (int part = 1; part < parts; ++part) {
    std::atomic<uint32_t> &ticket = workers[part - 1]->ticket;
    ticket.fetch_add(1, std::memory_order_release);
    ticket.notify_one();
  }
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
  if (!spinUntil(isDone, spinNanoseconds))
    while (uint32_t left = pending.load(std::memory_order_acquire))
      pending.wait(left, std::memory_order_acquire);
}

/// Runs part `part` of the launch under way.
void ThreadPool::runPart(int part, std::atomic<int64_t> &tilesRun) {
  int64_t share = tiles / parts, extra = tiles % parts;
  int64_t first = part * share + std::min<int64_t>(part, extra);
  int64_t count = share + (part < extra);
  body(context, first, first + count);
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
    worker->ticket.fetch_add(1, std::memory_order_release);
    worker->ticket.notify_one();
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
    if (!spinUntil(isCalled, spinNanoseconds))
      worker.ticket.wait(seen, std::memory_order_acquire);
    // It may have slept through launches whose parts the caller ran.
    seen = worker.ticket.load(std::memory_order_acquire);
    if (stopping)
      return;
    if (!worker.claim(seen))
      continue;
    runPart(worker.index + 1, worker.tilesRun);
    // The last one wakes the caller. The pool outlives every launch, so it is
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
