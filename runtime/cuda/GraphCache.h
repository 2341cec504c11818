// Straight pieces of a launch list as CUDA graphs: the card gets many kernels
// with one call.

#ifndef DLC_RUNTIME_CUDA_GRAPHCACHE_H
#define DLC_RUNTIME_CUDA_GRAPHCACHE_H

#include "cuda/CudaWalk.h"

#include <list>
#include <span>
#include <vector>

namespace dlc::runtime::cuda {

/// A graph has the addresses of its operands in it. A training step keeps its
/// parameters, and its memory comes from the same few blocks again and again;
/// so the second run with the same addresses is captured, and later ones are
/// one call a piece. Used within a Use of the card.
class GraphCache {
public:
  GraphCache(CudaDevice &device, const Function &function);
  ~GraphCache();
  GraphCache(const GraphCache &) = delete;
  GraphCache &operator=(const GraphCache &) = delete;

  /// Walks the function's launch list, by graphs where there are some for the
  /// operands.
  Status run(CudaWalk &walk, const Operands &operands);

private:
  /// Sets of addresses that are remembered.
  static constexpr size_t most = 8;

  /// Instructions [begin, end) of the function.
  struct Piece {
    size_t begin, end;
    /// Of all its launches; empty if it can be no graph.
    std::vector<int64_t> kernels;
  };
  /// By piece; null where it is walked.
  using Graphs = std::vector<CUgraphExec>;
  struct Entry {
    std::vector<std::byte *> addresses;
    Graphs graphs;
    int64_t runs = 0;
  };

  Entry &find(const Operands &operands);
  CUgraphExec capture(const Piece &piece, CudaWalk &walk);
  void destroy(Entry &entry);
  std::span<const Instruction> codeOf(const Piece &piece) const {
    return std::span(code).subspan(piece.begin, piece.end - piece.begin);
  }

  CudaDevice &device;
  const std::vector<Instruction> &code;
  std::vector<Piece> pieces;
  /// The last used first.
  std::list<Entry> entries;
};

} // namespace dlc::runtime::cuda

#endif // DLC_RUNTIME_CUDA_GRAPHCACHE_H
