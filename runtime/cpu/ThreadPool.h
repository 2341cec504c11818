// The process's threads for kernels.
//
// They work on one region at a time: launches that need nothing of each other.
// A launch's tiles are split into equal contiguous shares, one a thread, the
// caller being the first; small launches of a region go to one thread each. A
// thread goes from its share of one launch to that of the next without waiting,
// and all meet at the region's end. A caller that is done takes the parts of
// workers that have not begun: where other processes have the CPUs, it waits
// for nobody who waits for a CPU. Which thread runs a tile cannot change its
// result, so neither can the number of threads, nor a region that stays on its
// caller: because it is small, or because another run has the threads at the
// moment.
//
// Workers look out for a short while after a region, since the next one usually
// follows within microseconds, and then sleep. It takes a long region to wake
// them, or many short ones.

#ifndef DLC_RUNTIME_CPU_THREADPOOL_H
#define DLC_RUNTIME_CPU_THREADPOOL_H

#include "abi/Status.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace dlc::runtime {

class ThreadPool {
public:
  /// More threads than this are never used.
  static constexpr int maxThreads = 64;

  /// The one pool. The first call fixes its size, unless `setThreadCount` has:
  /// DLC_NUM_THREADS, at most one a CPU that this process may use; without it,
  /// all these. Fails where DLC_NUM_THREADS is not a number above 0.
  static Expected<ThreadPool *> get();

  /// body(first, last) is to be called for parts that cover [0, tiles). `work`
  /// is the launch's cost in bytes moved plus flops.
  class Launch {
  public:
    /// Keeps a reference to `body`.
    template <typename Body>
    Launch(int64_t tiles, int64_t work, const Body &body)
        : tiles(tiles), work(work),
          call([](const void *body, int64_t first, int64_t last) {
            (*static_cast<const Body *>(body))(first, last);
          }),
          body(&body) {}

    int64_t tiles, work;

    void run(int64_t first, int64_t last) const { call(body, first, last); }

  private:
    void (*call)(const void *body, int64_t first, int64_t last);
    const void *body;
  };

  /// Runs launches in any order, also at the same time; returns when all are
  /// done.
  void run(std::span<const Launch> region);
  template <typename Body>
  void run(int64_t tiles, int64_t work, const Body &body) {
    Launch launch(tiles, work, body);
    run({&launch, 1});
  }

  /// Threads that a large region uses, the caller included.
  int size() const { return threads.load(std::memory_order_relaxed); }
  /// Takes effect at the next region; waits for one under way. 1 to maxThreads,
  /// and may exceed the CPUs.
  Status resize(int size);

  /// Tiles run so far by the caller (first) and by each worker.
  std::vector<int64_t> tilesRun() const;

private:
  /// A worker's mailbox, on a cache line of its own.
  struct alignas(64) Worker {
    ThreadPool *pool = nullptr;
    int index = 0;
    unsigned long handle = 0;
    /// Raised by one for each region that has a part for this worker.
    std::atomic<uint32_t> ticket = 0;
    /// The last ticket whose part somebody runs: this worker or the caller.
    std::atomic<uint32_t> claimed = 0;
    std::atomic<int64_t> tilesRun = 0;
    /// Whether it has to be woken to see the ticket.
    std::atomic<bool> isAsleep = false;

    /// Raises the ticket.
    void call();
    /// Until the ticket is another than `seen`.
    void sleep(uint32_t seen);
    /// Whether the part of this ticket is the calling thread's to run now.
    bool claim(uint32_t part) {
      uint32_t before = part - 1;
      return claimed.compare_exchange_strong(before, part,
                                             std::memory_order_acq_rel);
    }
  };

  friend Status setThreadCount(int count);

  ThreadPool() = default;
  static ThreadPool &instance();
  Status resolveSize();
  void applySize(int size);
  void leaveAsleep(uint64_t work);
  void startWorkers(int count);
  void stopWorkers();
  void work(Worker &worker);
  void runPart(int part, std::atomic<int64_t> &tilesRun);
  static void *workerMain(void *worker);

  std::atomic<int> threads = 0;
  /// Whether waiting threads have CPUs of their own.
  std::atomic<bool> spins = false;

  /// Held while the number of threads is decided on.
  std::mutex sizing;
  /// Held during a parallel region and while the workers change.
  mutable std::mutex busy;
  std::vector<std::unique_ptr<Worker>> workers;
  std::atomic<int64_t> callerTiles = 0;
  /// Work of regions since then that workers slept through.
  uint64_t workAsleep = 0;

  /// The region under way: written before the tickets rise, read by those who
  /// have claimed a part.
  std::span<const Launch> region;
  int parts = 0;
  std::atomic<bool> stopping = false;
  /// Parts but the caller's that are not done.
  alignas(64) std::atomic<uint32_t> pending = 0;
};

/// Sets the number of threads for this process, 1 to ThreadPool::maxThreads;
/// DLC_NUM_THREADS no longer counts.
Status setThreadCount(int count);
/// The number in effect.
Expected<int> threadCount();

} // namespace dlc::runtime

#endif // DLC_RUNTIME_CPU_THREADPOOL_H
