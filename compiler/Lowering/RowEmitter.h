// Rows and their reductions (RowEmitter.cpp): the emitter of row kernels, and
// what follows the rows of a product in its kernel (ContractionRows.cpp).

#ifndef DLC_COMPILER_LOWERING_ROWEMITTER_H
#define DLC_COMPILER_LOWERING_ROWEMITTER_H

#include "Lowering/ExpressionEmitter.h"
#include "Lowering/Reductions.h"

namespace dlc {

class RowEmitter {
public:
  explicit RowEmitter(KernelFunction &k)
      : k(k), b(k.builder), loc(k.loc()), emitter(k) {}
  mlir::FailureOr<int64_t> run();

  /// In a kernel whose loops over rows another emitter makes, which has a value
  /// of each row in memory: before those loops, and in them.
  void prepare();
  void finishRow(const ExpressionEmitter::Row &given);

private:
  using Step = llvm::function_ref<llvm::SmallVector<mlir::Value>(
      const Point &, mlir::ValueRange)>;

  void findSpace();
  void planRows();
  bool hasShortRows();
  int64_t emitShortRows();
  void emitSideBySide(mlir::Value firstRow, mlir::Value mask);
  void allocateScratch(llvm::ArrayRef<int64_t> sizes);
  llvm::SmallVector<mlir::Value> identitiesOf(ReductionPass &pass);
  llvm::SmallVector<mlir::Value> emitStep(ReductionPass &pass,
                                          const Point &point,
                                          llvm::ArrayRef<mlir::Value> place,
                                          mlir::ValueRange accumulators);
  int64_t emitBlocks();
  void clearBlockSums();
  void addToBlockSums(const Point &point);
  void storeBlockSums(mlir::Value block);
  void emitRow(llvm::ArrayRef<mlir::Value> row);
  void emitPass(ReductionPass &pass, llvm::ArrayRef<mlir::Value> row);
  llvm::SmallVector<mlir::Value> forColumns(llvm::ArrayRef<mlir::Value> row,
                                            mlir::ValueRange inits, Step step);
  void prefetchRows(const Point &point);
  llvm::SmallVector<mlir::Value> scratchIndex(const Point &point);

  KernelFunction &k;
  mlir::OpBuilder &b;
  mlir::Location loc;
  ExpressionEmitter emitter;
  llvm::ArrayRef<int64_t> shape;
  size_t outer = 0; ///< Dimensions that are kept.
  int64_t width = 1;
  mlir::Value tail; ///< The mask of a row's last vector, if it is not whole.
  llvm::SmallVector<ReductionPass> passes;
  llvm::SmallVector<ReduceOp> blockSums;
  llvm::DenseMap<mlir::Value, mlir::Value> scratch;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_ROWEMITTER_H
