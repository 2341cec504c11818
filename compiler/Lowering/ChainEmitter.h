// The emitter of chains of products (ChainEmitter.cpp): the row operations and
// results there, the products in ChainProducts.cpp.

#ifndef DLC_COMPILER_LOWERING_CHAINEMITTER_H
#define DLC_COMPILER_LOWERING_CHAINEMITTER_H

#include "Lowering/ChainSchedule.h"
#include "Lowering/ContractionKernels.h"
#include "Lowering/ExpressionEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace dlc {

class ChainEmitter {
public:
  explicit ChainEmitter(KernelFunction &k)
      : k(k), b(k.builder), loc(k.loc()), emitter(k), s(k) {
    for (auto [i, v] : llvm::enumerate(k.yields()))
      for (const YieldedPart &part : partsOf(v))
        outputs.push_back({part, unsigned(i)});
  }
  int64_t run();

private:
  /// A body's argument, as a product reads it.
  struct Operand {
    unsigned argument;
    int64_t size;
    llvm::SmallVector<int64_t> batchStrides;
    /// Of the first element; from one row or column to the next, and along the
    /// contracted dimension.
    int64_t offset, free, contracted;
    int64_t freeSize, depth;
  };
  /// A value, and where in which yielded one it stands.
  struct Output : YieldedPart {
    unsigned yield;
  };
  /// What a micro-kernel takes on its left.
  struct Left {
    mlir::Value memref, base;
    int64_t row, column;
  };
  /// Some rows of one of the batch.
  struct Rows {
    /// Coordinates of the batch, and of the one after it.
    llvm::SmallVector<mlir::Value> batch, nextBatch;
    /// The first, how many there are, and whether they are the batch's first.
    mlir::Value first, count, isFirst;
  };

  mlir::Value add(mlir::Value x, mlir::Value y) {
    return b.createOrFold<mlir::arith::AddIOp>(loc, x, y);
  }
  mlir::Value plus(mlir::Value x, int64_t y) {
    return y == 0 ? x : add(x, k.constant(y));
  }
  mlir::Value times(mlir::Value x, int64_t y) {
    return b.createOrFold<mlir::arith::MulIOp>(loc, x, k.constant(y));
  }
  mlir::Value min(mlir::Value x, mlir::Value y) {
    return b.createOrFold<mlir::arith::MinSIOp>(loc, x, y);
  }
  mlir::ModuleOp module() {
    return k.function->getParentOfType<mlir::ModuleOp>();
  }
  void call(mlir::func::FuncOp callee, mlir::ValueRange operands) {
    b.create<mlir::func::CallOp>(loc, callee, operands);
  }

  Operand operandOf(DotGeneralOp dot, bool isLeft);
  mlir::Value baseOf(const Operand &operand, llvm::ArrayRef<mlir::Value> batch);
  void fetch(const Operand &operand, llvm::ArrayRef<mlir::Value> batch,
             bool alongFree, mlir::Value row);
  void fetchAhead(const ReductionPass &pass, const Rows &rows, mlir::Value key);
  mlir::Value scratch(int64_t size);
  mlir::Value flat(mlir::Value memref, int64_t size);
  mlir::Value asOperand(mlir::Value memref);
  void allocate();

  void emitRows(const Rows &rows);
  void turn(DotGeneralOp score, const Rows &rows);
  void startRows(const Left &left, mlir::Value row, int64_t count,
                 mlir::Value depth);
  void multiply(const Left &left, int64_t count, int64_t depth,
                mlir::Value right, mlir::Value result);
  void emitPasses(const Rows &rows);
  void emitPass(const ReductionPass &pass, const Rows &rows, const Point &kept,
                mlir::Value lane);
  Point keptPoint(const Rows &rows, mlir::Value lane);
  Point pointAt(const Point &kept, mlir::Value key);
  void forLanes(llvm::function_ref<void(mlir::Value)> body);
  mlir::Value loadBuffer(mlir::Value memref, mlir::Value row, mlir::Value lane);
  void storeBuffer(mlir::Value value, mlir::Value memref, mlir::Value row,
                   mlir::Value lane);

  void emitResult(const Output &output, const Rows &rows);
  void finish(mlir::Value value, int64_t columns, const Rows &rows);
  void writeTurned(mlir::Value buffer, int64_t columns, const Output &output,
                   const Rows &rows);
  void writeWhole(mlir::Value buffer, int64_t columns, const Output &output,
                  const Rows &rows);
  void emitSum(const Output &output, const Rows &rows);
  Point outputPoint(const Output &output, const Rows &rows, mlir::Value row,
                    mlir::Value column, mlir::Value mask);

  KernelFunction &k;
  mlir::OpBuilder &b;
  mlir::Location loc;
  ExpressionEmitter emitter;
  ChainSchedule s;
  llvm::SmallVector<Output> outputs;
  /// A score's left operand, turned.
  llvm::DenseMap<mlir::Value, mlir::Value> turned;
  /// By ChainSchedule::bufferOf.
  llvm::SmallVector<mlir::Value> buffers;
  /// A result of `weighs`, [columns][width]; each reduction, [width].
  llvm::DenseMap<mlir::Value, mlir::Value> results, reduced;
  /// A finished result, and the same with rows as rows.
  mlir::Value finished, straight;
  int64_t straightRow = 0;
  /// A group's sum over rows.
  mlir::Value sums;
  mlir::Value starts;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_CHAINEMITTER_H
