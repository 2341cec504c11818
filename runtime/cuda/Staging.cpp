#include "cuda/Staging.h"

#include <algorithm>
#include <cstring>

namespace dlc::runtime::cuda {

Staging::~Staging() {
  for (Piece &piece : pieces) {
    if (piece.done) {
      driver.cuEventSynchronize(piece.done);
      driver.cuEventDestroy_v2(piece.done);
    }
    if (piece.memory)
      driver.cuMemFreeHost(piece.memory);
  }
}

CUresult Staging::prepare() {
  for (Piece &piece : pieces) {
    if (!piece.memory) {
      void *memory = nullptr;
      if (CUresult result = driver.cuMemHostAlloc(&memory, pieceBytes, 0))
        return result;
      piece.memory = static_cast<std::byte *>(memory);
    }
    if (!piece.done)
      if (CUresult result =
              driver.cuEventCreate(&piece.done, CU_EVENT_DISABLE_TIMING))
        return result;
  }
  return CUDA_SUCCESS;
}

CUresult Staging::upload(const std::byte *source, CUdeviceptr target,
                         int64_t bytes) {
  if (CUresult result = prepare())
    return result;
  for (int64_t at = 0; at < bytes; at += pieceBytes) {
    Piece &piece = pieces[next++ % pieces.size()];
    int64_t size = std::min(pieceBytes, bytes - at);
    if (CUresult result = driver.cuEventSynchronize(piece.done))
      return result;
    std::memcpy(piece.memory, source + at, size);
    if (CUresult result = driver.cuMemcpyHtoDAsync_v2(target + at, piece.memory,
                                                      size, stream))
      return result;
    if (CUresult result = driver.cuEventRecord(piece.done, stream))
      return result;
  }
  return CUDA_SUCCESS;
}

CUresult Staging::download(CUdeviceptr source, std::byte *target,
                           int64_t bytes) {
  if (CUresult result = prepare())
    return result;
  // An upload's piece may be in use; the stream keeps the order.
  int64_t asked = 0;
  size_t first = next;
  for (int64_t done = 0; done < bytes; done += pieceBytes) {
    while (asked < bytes &&
           asked - done < pieceBytes * static_cast<int64_t>(pieces.size())) {
      Piece &piece = pieces[next++ % pieces.size()];
      if (CUresult result = driver.cuMemcpyDtoHAsync_v2(
              piece.memory, source + asked, std::min(pieceBytes, bytes - asked),
              stream))
        return result;
      if (CUresult result = driver.cuEventRecord(piece.done, stream))
        return result;
      asked += pieceBytes;
    }
    Piece &piece = pieces[first++ % pieces.size()];
    if (CUresult result = driver.cuEventSynchronize(piece.done))
      return result;
    std::memcpy(target + done, piece.memory,
                std::min(pieceBytes, bytes - done));
  }
  return CUDA_SUCCESS;
}

} // namespace dlc::runtime::cuda
