// Copies to a card beside what it computes.
//
// A second stream takes them, so that the next batch arrives while a step runs.
// Two things are ordered by events: a copy waits for what may still use the
// memory it goes to, and what is computed after a copy waits for it.
//
// What may still use memory is told by numbers: the device marks its stream
// after each run, and memory that is given back remembers the last mark before.

#ifndef DLC_RUNTIME_CUDA_UPLOADSTREAM_H
#define DLC_RUNTIME_CUDA_UPLOADSTREAM_H

#include "cuda/Staging.h"

#include <memory>

namespace dlc::runtime::cuda {

/// Used with the card's context current, by one thread at a time.
class UploadStream {
public:
  /// `computes` is the stream that everything else goes through.
  UploadStream(const Driver &driver, CUstream computes)
      : driver(driver), computes(computes) {}
  ~UploadStream();
  UploadStream(const UploadStream &) = delete;
  UploadStream &operator=(const UploadStream &) = delete;

  /// The number of the mark that follows all that has been asked for: a new one
  /// if something has been since the last.
  uint64_t lastMark() const { return marks + (isMarked ? 0 : 1); }
  /// Something is put into the other stream.
  void noteWork() { isMarked = false; }
  /// Marks the other stream's end.
  CUresult mark();
  /// Whether all before a mark is done.
  bool isDone(uint64_t mark) const;

  /// Copies to memory that is free behind `mark`; returns when the source may
  /// change. What is put into the other stream from now on sees the bytes.
  CUresult upload(const std::byte *source, CUdeviceptr target, int64_t bytes,
                  uint64_t mark);

private:
  static constexpr uint64_t kept = 8;
  CUresult prepare();
  /// The event of a mark, or of an early one that is still kept and after it.
  CUevent eventOf(uint64_t mark) const;

  const Driver &driver;
  CUstream computes, copies = nullptr;
  std::unique_ptr<Staging> staging;
  std::array<CUevent, kept> events = {};
  CUevent arrived = nullptr;
  uint64_t marks = 0;
  bool isMarked = true;
};

} // namespace dlc::runtime::cuda

#endif // DLC_RUNTIME_CUDA_UPLOADSTREAM_H
