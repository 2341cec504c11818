// The process's threads for kernels.
//
// A launch's tiles are split into equal contiguous parts, one a thread, the
// caller being the first. A caller that is done takes the parts of workers that
// have not begun: where other processes have the CPUs, it waits for nobody who
// waits for a CPU. Which thread runs a tile cannot change its result, so
// neither can the number of threads, nor a launch that stays on its caller:
// because it is small, or because another run has the threads at the moment.
//
// Workers spin for a short while after a launch, since the next one usually
// follows within microseconds, and then sleep.

#ifndef DLC_RUNTIME_CPU_THREADPOOL_H
#define DLC_RUNTIME_CPU_THREADPOOL_H

#include "abi/Status.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
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

  /// Calls body(first, last) for parts that cover [0, tiles); returns when all
  /// are done. `work` is the launch's cost in bytes moved plus flops.
  template <typename Body>
  void run(int64_t tiles, int64_t work, const Body &body) {
    runErased(
        tiles, work,
        [](const void *body, int64_t first, int64_t last) {
          (*static_cast<const Body *>(body))(first, last);
        },
        &body);
  }

  /// Threads that a large launch uses, the caller included.
  int size() const { return threads.load(std::memory_order_relaxed); }
  /// Takes effect at the next launch; waits for one under way. 1 to maxThreads,
  /// and may exceed the CPUs.
  Status resize(int size);

  /// Tiles run so far by the caller (first) and by each worker.
  std::vector<int64_t> tilesRun() const;

private:
  using ErasedBody = void (*)(const void *body, int64_t first, int64_t last);

  /// A worker's mailbox, on a cache line of its own.
  struct alignas(64) Worker {
    ThreadPool *pool = nullptr;
    int index = 0;
    unsigned long handle = 0;
    /// Raised by one for each launch that has a part for this worker.
    std::atomic<uint32_t> ticket = 0;
    /// The last ticket whose part somebody runs: this worker or the caller.
    std::atomic<uint32_t> claimed = 0;
    std::atomic<int64_t> tilesRun = 0;

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
  void runErased(int64_t tiles, int64_t work, ErasedBody body,
                 const void *context);
  void startWorkers(int count);
  void stopWorkers();
  void work(Worker &worker);
  void runPart(int part, std::atomic<int64_t> &tilesRun);
  static void *workerMain(void *worker);

  std::atomic<int> threads = 0;
  std::atomic<int64_t> spinNanoseconds = 0;

  /// Held while the number of threads is decided on.
  std::mutex sizing;
  /// Held during a parallel launch and while the workers change.
  mutable std::mutex busy;
  std::vector<std::unique_ptr<Worker>> workers;
  std::atomic<int64_t> callerTiles = 0;

  /// The launch under way: written before the tickets rise, read by those who
  /// have claimed a part.
  ErasedBody body = nullptr;
  const void *context = nullptr;
  int64_t tiles = 0;
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
