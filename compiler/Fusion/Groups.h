// Which ops share a kernel.

#ifndef DLC_FUSION_GROUPS_H
#define DLC_FUSION_GROUPS_H

#include "Fusion/FreeOps.h"
#include "llvm/ADT/SparseBitVector.h"

#include <deque>

namespace dlc {

using GroupId = unsigned;

/// Ops that will share a kernel, or one op that stays outside kernels.
struct Group {
  Emitter emitter = Emitter::map;
  /// The iteration space, and what is left of it after the reductions.
  llvm::SmallVector<int64_t> root, kept;
  llvm::SmallVector<int64_t> dims; // reduced dimensions, neighbours
  /// A row's statistics are at hand when it is written.
  bool hasRows() const {
    return emitter == Emitter::row ||
           (emitter == Emitter::contraction && !dims.empty());
  }
  /// In dependence order; empty if the group went into another.
  llvm::SmallVector<mlir::Operation *> ops;
  /// The groups that this one reads, directly or not.
  llvm::SparseBitVector<> ancestors;
  bool dead = false;
  /// Scans and other ops that stay outside kernels.
  bool barrier = false;
};

/// The groups of a block, numbered by their first ops. No group depends on
/// itself through others.
class Groups {
public:
  /// `joinsRows`: products may collect reductions of their rows.
  Groups(mlir::Block &block, const FreeOps &free, bool joinsRows);

  size_t size() const { return groups.size(); }
  const Group &operator[](GroupId id) const { return groups[id]; }
  /// The group of an op of the block that is not free.
  GroupId of(mlir::Operation *op) const { return groupOf.lookup(op); }
  /// Whether a kernel that reduces the neighbouring dimensions `dims` of `root`
  /// can treat them as one with `op` in its body.
  bool keepsTogether(mlir::Operation *op, llvm::ArrayRef<int64_t> root,
                     llvm::ArrayRef<int64_t> dims) const;

private:
  void place(mlir::Operation *op);
  Group &start(mlir::Operation *op, Emitter emitter);
  void join(mlir::Operation *op, GroupId id);
  bool canJoin(mlir::Operation *op, const Group &g, GroupId id,
               llvm::ArrayRef<Read> reads) const;
  /// Whether product `g` may collect `reduce` as its first reduction
  /// (ProductRows.cpp).
  bool takesRows(const Group &g, ReduceOp reduce) const;
  bool isDrawn(mlir::Value value, const Group &g) const;
  bool feedsColumns(mlir::Value value) const;

  void mergeAlike(Emitter emitter);
  llvm::SmallSetVector<GroupId, 8> producersOf(GroupId id) const;
  bool canMergeAlike(GroupId from, GroupId into,
                     llvm::ArrayRef<GroupId> producers) const;
  void mergeColumns();
  llvm::SmallSetVector<mlir::Value, 8> walkedBy(GroupId id) const;
  bool canMergeColumns(GroupId a, GroupId b) const;
  void mergePrologues();
  bool soleConsumer(GroupId id, std::optional<GroupId> &consumer) const;
  bool fitsAsPrologue(GroupId id, const Group &g, const Group &c) const;
  void mergeInto(GroupId from, GroupId into);

  const FreeOps &free;
  bool joinsRows;
  std::deque<Group> groups;
  llvm::DenseMap<mlir::Operation *, GroupId> groupOf;
};

} // namespace dlc

#endif // DLC_FUSION_GROUPS_H
