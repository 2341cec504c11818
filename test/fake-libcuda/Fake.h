// A CUDA driver for tests, on a machine without a card: libcuda.so.1 with the
// functions that the runtime uses, which executes PTX on ptx-sim.
//
// It is lazier than any card: what is put into a stream happens only when
// somebody waits for it. So whoever reads too early, or changes memory that a
// copy on its way still needs, gets wrong bytes for sure. Reads of memory that
// nothing has written, accesses beyond an allocation and races in kernels are
// errors, as ptx-sim finds them.
//
// DLC_FAKE_CUDA makes it another card or another driver, and lets it fail:
//   devices=2,sm=90,memory=1000000   what there is (1, 80, 1 GiB)
//   init=100                         cuInit fails with this error
//   driver=11020                     the version of CUDA it is made for
//   ptx=7.0                          the newest PTX that it knows
//   retain=46                        no context can be had
//   illegal=row_2                    this kernel touches what is not its own
//   multiprocessors=2,resident=3     so many, each with so many blocks (108, 8)
//   cooperative=0                    blocks may not wait for each other
//   shared=101376                    bytes of shared memory for a block
//
// Two functions more, for tests in the same process: fakeCudaCalls("cuInit")
// counts, fakeCudaReset() forgets everything.

#ifndef DLC_TEST_FAKE_LIBCUDA_FAKE_H
#define DLC_TEST_FAKE_LIBCUDA_FAKE_H

#include "cuda/DriverTypes.h"
#include "ptx-sim/Machine.h"

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace dlc::runtime::cuda {

/// One thing in a stream.
using Task = std::function<CUresult()>;

struct CUctx_st {};

struct CUgraph_st {
  std::vector<Task> tasks;
};
struct CUgraphExec_st {
  std::vector<Task> tasks;
};

struct CUstream_st {
  std::deque<Task> queue;
  /// What a capture collects, or null.
  std::unique_ptr<CUgraph_st> capture;
};

struct CUevent_st {
  CUstream stream = nullptr;
  /// How many records of it are in a stream, and how many have been.
  int pending = 0;
  int64_t done = 0;
  std::chrono::steady_clock::time_point time;
};

struct CUfunc_st {
  CUmodule module = nullptr;
  const ptxsim::Function *code = nullptr;
  unsigned maxShared = 48 << 10;
};

struct CUmod_st {
  std::unique_ptr<ptxsim::Machine> machine;
  std::map<std::string, CUfunc_st> functions;
};

/// The state of the driver.
class Fake {
public:
  static Fake &get();

  /// A setting of DLC_FAKE_CUDA, or what stands for nothing.
  static std::string setting(const std::string &name,
                             const std::string &otherwise);
  static int64_t number(const std::string &name, int64_t otherwise);

  /// Adds a task to a stream, or to what it captures.
  CUresult put(CUstream stream, Task task);
  /// Runs what is in a stream, as long as `more` says so.
  CUresult run(CUstream stream, const std::function<bool()> &more);
  CUresult runAll();

  /// Bytes of an allocation; null where they are not all inside of one.
  ptxsim::Window *find(CUdeviceptr address, int64_t bytes);
  CUresult write(CUdeviceptr target, const void *source, int64_t bytes);
  CUresult read(CUdeviceptr source, void *target, int64_t bytes);
  CUresult launch(CUfunction function, const ptxsim::Launch &grid);

  /// What every call says first: no driver call, no context, an old error.
  CUresult ready() const;
  bool isCapturing() const;

  std::recursive_mutex mutex;
  bool initialised = false;
  /// Of a kernel that failed: no call succeeds any more.
  CUresult sticky = CUDA_SUCCESS;
  ptxsim::Memory memory;
  std::map<CUdeviceptr, int64_t> allocations;
  int64_t used = 0;
  std::set<CUstream> streams;
  std::map<CUmodule, std::unique_ptr<CUmod_st>> modules;
  CUctx_st context;
  std::map<std::string, int64_t> calls;
};

/// Contexts that this thread has pushed.
int &contextDepth();

} // namespace dlc::runtime::cuda

#endif // DLC_TEST_FAKE_LIBCUDA_FAKE_H
