// Copies between host memory and a card by way of pinned memory, which the card
// reads and writes by itself.

#ifndef DLC_RUNTIME_CUDA_STAGING_H
#define DLC_RUNTIME_CUDA_STAGING_H

#include "cuda/Driver.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace dlc::runtime::cuda {

/// Two pinned pieces in turn: the host fills or empties one while the card
/// works on the other. Used with the card's context current, by one thread at a
/// time.
class Staging {
public:
  static constexpr int64_t pieceBytes = int64_t(4) << 20;

  Staging(const Driver &driver, CUstream stream)
      : driver(driver), stream(stream) {}
  ~Staging();
  Staging(const Staging &) = delete;
  Staging &operator=(const Staging &) = delete;

  /// Returns when the source may change again.
  CUresult upload(const std::byte *source, CUdeviceptr target, int64_t bytes);
  /// Returns when all is there; so whatever the stream did before is done.
  CUresult download(CUdeviceptr source, std::byte *target, int64_t bytes);

private:
  struct Piece {
    std::byte *memory = nullptr;
    /// Recorded behind the last copy that uses the memory.
    CUevent done = nullptr;
  };
  CUresult prepare();

  const Driver &driver;
  CUstream stream;
  std::array<Piece, 2> pieces;
  size_t next = 0;
};

} // namespace dlc::runtime::cuda

#endif // DLC_RUNTIME_CUDA_STAGING_H
