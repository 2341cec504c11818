// Which values kernels leave in memory for each other, and which their readers
// compute again instead.

#ifndef DLC_FUSION_OUTPUTS_H
#define DLC_FUSION_OUTPUTS_H

#include "Fusion/Groups.h"
#include "llvm/ADT/SmallSet.h"

namespace dlc {

class Outputs {
public:
  Outputs(mlir::Block &block, const FreeOps &free, const Groups &groups);

  /// Whether the group of `v` stores it.
  bool contains(mlir::Value v) const { return stored.contains(v); }
  /// Whether other groups that read `op` compute it themselves.
  bool isRecomputed(mlir::Operation *op) const {
    return recomputed.contains(op);
  }

private:
  void findStored();
  void findReaders();
  void recompute(mlir::Operation *op);
  bool savesTraffic(mlir::Operation *op) const;
  bool fitsReaders(mlir::Operation *op) const;
  bool isComputable(mlir::Operation *op, unsigned steps) const;
  bool readsLittle(mlir::Value v) const;

  mlir::Block &block;
  const FreeOps &free;
  const Groups &groups;
  llvm::DenseSet<mlir::Value> stored;
  llvm::SmallPtrSet<mlir::Operation *, 16> recomputed;
  /// Ops whose results something reads from memory.
  llvm::SmallPtrSet<mlir::Operation *, 16> inMemory;
  /// The groups that read a value at their own index.
  llvm::DenseMap<mlir::Value, llvm::SmallSet<GroupId, 4>> readers;
  /// Values that are read at other indices.
  llvm::DenseSet<mlir::Value> movedValues;
  /// How many recomputed ops stand between an op and what is stored.
  llvm::DenseMap<mlir::Operation *, unsigned> depth;
};

} // namespace dlc

#endif // DLC_FUSION_OUTPUTS_H
