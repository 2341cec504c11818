// How ops read each other once those that are computed where they are read,
// the free ones, are looked through.

#ifndef DLC_FUSION_FREEOPS_H
#define DLC_FUSION_FREEOPS_H

#include "IR/Dlc.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

#include <optional>

namespace dlc {

inline llvm::ArrayRef<int64_t> shapeOf(mlir::Value value) {
  return tensorType(value).getShape();
}

/// Sums of products, which read their operands from memory and collect what
/// follows as their epilogue.
inline bool isProduct(mlir::Operation *op) {
  return mlir::isa<DotGeneralOp, ConvolutionOp>(op);
}

/// Ops that have a kernel of their own, whose emitter reads operands from
/// memory.
std::optional<Emitter> soloEmitter(mlir::Operation *op);

/// Ops that are nodes of the launch list: an alias, a loop, something printed,
/// a kernel that stands already.
bool isNode(mlir::Operation *op);

/// Ops that move elements without computing any.
bool movesElements(mlir::Operation *op);

/// Whether `op` reads its operands from memory, so that they cannot be computed
/// in its kernel.
bool readsMemory(mlir::Operation *op);

/// The value that must lie in memory for `user`, which reads memory, to read
/// its operand `v`: convolutions read through some transposes.
mlir::Value readInMemory(mlir::Operation *user, mlir::Value v);

/// Whether what `user` reads must lie in memory: as above, or because a node or
/// the block's end reads it.
bool needsMemory(mlir::Operation *user);

/// Whether some op reads `value` from memory, at once or through transposes.
bool isReadInMemory(mlir::Value value);

/// The blocks whose ops become kernels: those of a function, after those of its
/// loops and branches, the innermost first.
llvm::SmallVector<mlir::Block *> blocksOf(mlir::Region &function);

/// How an op reads a value of a kernel: at its own index, at the kept part of
/// its index (a row's statistic), or anywhere else.
enum class Access { same, row, other };

struct Read {
  mlir::Operation *producer; // not free
  mlir::Value value;
  Access access;
};

/// The free ops of a block: cloned into their readers, they never end a kernel.
class FreeOps {
public:
  explicit FreeOps(mlir::Block &block);

  bool contains(mlir::Operation *op) const { return op && depth.contains(op); }

  /// Free ops whose value must lie in memory all the same (it is returned, or a
  /// contraction reads it): each gets a kernel of its own too.
  const llvm::SetVector<mlir::Operation *> &materialized() const {
    return inMemory;
  }

  /// What `op` reads once free ops are looked through.
  llvm::SmallVector<Read> readsOf(mlir::Operation *op) const;

private:
  void mark(mlir::Operation *op);
  bool isLeaf(mlir::Value value) const;

  /// How long a chain of free scalars ends in an op.
  llvm::DenseMap<mlir::Operation *, unsigned> depth;
  llvm::SetVector<mlir::Operation *> inMemory;
};

} // namespace dlc

#endif // DLC_FUSION_FREEOPS_H
