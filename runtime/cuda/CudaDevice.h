// One GPU: a context, a stream, memory.
//
// Everything that this process does on a GPU goes through one stream, in the
// order in which it was asked for. So memory that a buffer gives back may serve
// the next one while the card still computes, and nothing waits but who wants
// bytes in host memory. New buffers alone are filled by a second stream
// (UploadStream.h).

#ifndef DLC_RUNTIME_CUDA_CUDADEVICE_H
#define DLC_RUNTIME_CUDA_CUDADEVICE_H

#include "cuda/Staging.h"
#include "cuda/UploadStream.h"
#include "device/Device.h"

#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace dlc::runtime::cuda {

class CudaModule;

class CudaDevice : public Device {
public:
  /// GPU number `ordinal` of those that CUDA_VISIBLE_DEVICES leaves.
  static Expected<std::unique_ptr<CudaDevice>> open(const Driver &driver,
                                                    int ordinal);
  /// No buffer and no program of it is left.
  ~CudaDevice() override;

  std::string name() const override;
  /// The newest target of the compiler that the card runs.
  std::string target() const override;
  std::string model() const override { return ""; }
  Expected<BufferRef> allocate(int64_t bytes) override;
  Status upload(const void *source, Buffer &target) override;
  /// Beside what the card computes.
  Expected<BufferRef> copyOf(const void *source, int64_t bytes) override;
  Status download(const Buffer &source, void *target) override;
  Expected<std::shared_ptr<Execution>> load(Program program,
                                            std::string_view function) override;

  /// While one exists, the card's context is the thread's, and no other thread
  /// uses the stream.
  class Use {
  public:
    explicit Use(CudaDevice &device);
    ~Use();
    Use(const Use &) = delete;
    Use &operator=(const Use &) = delete;

  private:
    CudaDevice &device;
    std::lock_guard<std::recursive_mutex> lock;
  };

  // What follows is called within a Use.

  const Driver &api() const { return driver; }
  CUstream queue() const { return stream; }
  /// "cuda:0 (NVIDIA H100)".
  std::string describe() const;
  /// 80 for a card of compute capability 8.0.
  int computeCapability() const { return capability; }
  /// Bytes of shared memory that one block may have.
  int64_t sharedBytes() const { return shared; }
  int64_t multiprocessors() const { return processors; }
  /// Whether the driver can promise that all blocks of a grid run at once.
  bool isCooperative() const { return cooperative != 0; }

  /// Success, or what went wrong: "cuda:0: cuMemAlloc: …". After an error
  /// inside a kernel the context is lost, and so is all on the card; every
  /// further call says so.
  Status check(CUresult result, std::string_view call);
  Status copyToHost(CUdeviceptr source, void *target, int64_t bytes);
  /// The source may change again afterwards.
  Status copyToCard(const void *source, CUdeviceptr target, int64_t bytes);
  /// Waits for all that was asked for.
  Status wait();

  /// Around what a run puts into the stream.
  void noteWork() { uploads->noteWork(); }
  Status endRun();

  /// Notes that a kernel is on its way, for the error that it may cause.
  void note(const CudaModule &module, int64_t kernel);

private:
  CudaDevice(const Driver &driver, int ordinal, CUdevice device);
  Status prepare();
  void release(std::byte *memory, int64_t bytes) override;
  /// Gives idle memory back to the driver.
  void trim();
  Error kernelError(CUresult result);

  /// Memory that nobody holds, and what may still use it (UploadStream.h).
  struct Idle {
    CUdeviceptr memory;
    uint64_t mark;
  };
  Expected<CUdeviceptr> allocateBlock(int64_t bytes);

  struct Launched {
    const CudaModule *module;
    int64_t kernel;
    bool operator==(const Launched &) const = default;
  };

  const Driver &driver;
  const int ordinal;
  const CUdevice device;
  std::string cardName;
  int capability = 0;
  int shared = 0, processors = 0, cooperative = 0;
  CUcontext context = nullptr;
  CUstream stream = nullptr;
  std::unique_ptr<Staging> staging;
  std::unique_ptr<UploadStream> uploads;

  std::recursive_mutex mutex;
  /// Free memory by size.
  std::multimap<int64_t, Idle> idle;
  /// The sizes of which a copy has got a second block, so as not to wait.
  std::set<int64_t> doubled;
  /// Since the stream was last seen to be idle.
  std::vector<Launched> launched;
  /// Why the context is lost; empty while it is not.
  std::string lost;
};

} // namespace dlc::runtime::cuda

namespace dlc::runtime {

/// GPU number `ordinal`, opened at the first call.
Expected<Device *> findCudaDevice(int ordinal);

} // namespace dlc::runtime

#endif // DLC_RUNTIME_CUDA_CUDADEVICE_H
