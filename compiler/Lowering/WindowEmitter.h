// The emitter of convolutions, in parts: items and their epilogues
// (WindowEmitter.cpp) and filters' gradients, which are summed in blocks
// (WindowBlocks.cpp).

#ifndef DLC_COMPILER_LOWERING_WINDOWEMITTER_H
#define DLC_COMPILER_LOWERING_WINDOWEMITTER_H

#include "Lowering/ContractionKernels.h"
#include "Lowering/ExpressionEmitter.h"
#include "Lowering/Kernel.h"
#include "Lowering/WindowKernels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace dlc {

class WindowEmitter {
public:
  WindowEmitter(KernelFunction &k, ConvolutionOp op)
      : k(k), b(k.builder), loc(k.loc()), emitter(k), op(op), window(op),
        lanes(k.lanes()), tiles(window, lanes, k.registers) {}

  bool isContiguous() const { return window.isContiguous(); }
  int64_t run();

private:
  /// Where an item starts: a place of the result, [row, spatial…, column], and
  /// which tiles it is.
  struct Item {
    llvm::SmallVector<mlir::Value> place;
    mlir::Value placeTile, rowTile;
    mlir::Value places, rows;
  };
  Item locate(mlir::Value item);
  mlir::Value pick(mlir::Value tile, llvm::ArrayRef<TileRun> runs,
                   llvm::function_ref<int64_t(const TileRun &)> field);
  mlir::Value pickClass(mlir::Value residue, const WindowAxis &axis,
                        llvm::function_ref<int64_t(const WindowClass &)> field);
  mlir::Value startOf(mlir::Value tile, llvm::ArrayRef<TileRun> runs,
                      llvm::function_ref<int64_t(const TileRun &)> field,
                      int64_t step);

  int64_t runItems(int64_t items);
  void createKernels();
  /// Which channels and, in blocks of taps, where these start.
  struct Part {
    mlir::Value firstChannel, endChannel;
    llvm::SmallVector<mlir::Value> taps;
  };
  void emitSums(const Item &item, const Part &part, mlir::Value accumulate);
  void emitCall(const Item &item, size_t run,
                llvm::ArrayRef<mlir::Value> arguments);
  void emitEpilogue(const Item &item);
  mlir::Value targetOf(const Item &item);

  // Blocks.
  int64_t runBlocks(int64_t items);
  Part partAt(llvm::ArrayRef<mlir::Value> block);
  mlir::Value allocateCopy(mlir::Value operand);
  void copyBlock(mlir::Value operand, mlir::Value from, mlir::Value first,
                 mlir::Value count, mlir::Value to);

  mlir::Value add(mlir::Value x, mlir::Value y) {
    return b.createOrFold<mlir::arith::AddIOp>(loc, x, y);
  }
  mlir::Value sub(mlir::Value x, mlir::Value y) {
    return b.createOrFold<mlir::arith::SubIOp>(loc, x, y);
  }
  mlir::Value mul(mlir::Value x, int64_t y) {
    return y == 1 ? x
                  : b.createOrFold<mlir::arith::MulIOp>(loc, x, k.constant(y));
  }
  /// x / y, rounded up, at least 0.
  mlir::Value steps(mlir::Value x, int64_t y) {
    x = b.createOrFold<mlir::arith::MaxSIOp>(loc, x, k.constant(0));
    if (y == 1)
      return x;
    return b.createOrFold<mlir::arith::DivUIOp>(loc, add(x, k.constant(y - 1)),
                                                k.constant(y));
  }
  /// As micro-kernels take it.
  mlir::Value anySize(mlir::Value memref) {
    mlir::MemRefType type = gemmOperandType(element());
    return b.create<mlir::memref::ReinterpretCastOp>(
        loc, type, memref, /*offset=*/0, type.getShape(),
        llvm::ArrayRef<int64_t>{1});
  }
  mlir::Type element() { return tensorType(op.getResult()).getElementType(); }
  /// The lanes at `column` that are columns of its strip; null if all are.
  mlir::Value maskAt(mlir::Value column) {
    bool isWhole = window.lanes != WindowLanes::channels;
    if (isWhole && window.columns() % tiles.stripColumns == 0)
      return {};
    // The last strip's later vectors may start beyond the columns: the mask
    // takes its count as unsigned.
    mlir::Value end = k.constant(window.columns());
    mlir::Value start = b.createOrFold<mlir::arith::MinUIOp>(loc, column, end);
    mlir::Value left = sub(end, start);
    if (!isWhole)
      left = b.createOrFold<mlir::arith::MinUIOp>(loc, left,
                                                  k.constant(tiles.units));
    return emitter.prefixMask(lanes, left);
  }

  KernelFunction &k;
  mlir::OpBuilder &b;
  mlir::Location loc;
  ExpressionEmitter emitter;
  ConvolutionOp op;
  Window window;
  int64_t lanes;
  WindowTiles tiles;

  mlir::Value imageMemory, filterMemory;
  /// The sums: those of the result on the kernel's scratch memory, or those of
  /// one item on the stack.
  mlir::Value target;
  int64_t placeStride, targetRowStride;
  llvm::SmallVector<int64_t> targetStrides;
  /// [run of places][run of rows]
  llvm::SmallVector<llvm::SmallVector<mlir::func::FuncOp>> kernels;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_WINDOWEMITTER_H
