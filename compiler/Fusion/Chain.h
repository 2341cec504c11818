// Products with a softmax between them, which become one kernel
// (FormChains.cpp says what a chain is).

#ifndef DLC_COMPILER_FUSION_CHAIN_H
#define DLC_COMPILER_FUSION_CHAIN_H

#include "IR/Dlc.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"

namespace dlc {

using OpSet = llvm::SetVector<mlir::Operation *>;

class Chain {
public:
  /// `known` are the sinks of chains found before.
  explicit Chain(const OpSet &known) : known(known) {}

  /// What computes the left operand of `sink`; false if that is no chain.
  bool find(DotGeneralOp sink);
  bool overlaps(const Chain &other) const {
    return llvm::any_of(
        scores, [&](mlir::Operation *op) { return other.scores.contains(op); });
  }
  /// Whether another chain took some of its ops.
  bool lostAny(const llvm::DenseSet<mlir::Operation *> &taken) const {
    for (const OpSet *part : {&scores, &between, &sinks, &copied})
      if (llvm::any_of(*part,
                       [&](mlir::Operation *op) { return taken.contains(op); }))
        return true;
    return false;
  }
  void merge(const Chain &other) {
    scores.insert(other.scores.begin(), other.scores.end());
    between.insert(other.between.begin(), other.between.end());
    copied.insert(other.copied.begin(), other.copied.end());
    sinks.insert(other.sinks.begin(), other.sinks.end());
  }
  /// Adds what follows the products; false if they cannot be one kernel.
  bool complete();
  /// Makes the kernel, unless it is too large for a GPU of compute capability
  /// `sm` (0: a CPU); notes the ops that are no more.
  void outline(int64_t sm, llvm::DenseSet<mlir::Operation *> &taken);

private:
  llvm::ArrayRef<int64_t> kept() const {
    return llvm::ArrayRef(root).drop_back();
  }
  bool isBetween(mlir::Operation *op) const;
  OpSet reach(mlir::Value weights, const OpSet *dependent,
              const OpSet *following) const;
  bool isMember(mlir::Operation *op) const {
    return op && (scores.contains(op) || between.contains(op) ||
                  sinks.contains(op) || after.contains(op));
  }
  llvm::SmallVector<mlir::Operation *> members() const;
  llvm::SmallVector<mlir::Operation *> body() const;
  void growAfter();
  bool keepsRowsInside() const;
  bool isConvex();
  llvm::SmallVector<mlir::OpOperand *> usesOutside(mlir::Value v) const;
  bool fillsGpu() const;
  bool isReadHere(mlir::OpOperand &operand) const;
  bool readsTransposed(mlir::OpOperand &operand) const;

  const OpSet &known;
  llvm::SmallVector<int64_t> root; ///< [batch…, Q, K]
  OpSet scores, between, sinks;
  /// Row operations on what the sinks give.
  OpSet after;
  /// Do not depend on a product: the kernel has its own.
  OpSet copied;
  /// Stand between members, but read some.
  OpSet later;
};

/// The ops in the order of their block.
llvm::SmallVector<mlir::Operation *> inOrder(const OpSet &ops);

/// What a value is, behind barriers, and the transpose that it is, if any.
mlir::Value sourceOf(mlir::Value v);
TransposeOp transposeOf(mlir::Value v);

} // namespace dlc

#endif // DLC_COMPILER_FUSION_CHAIN_H
