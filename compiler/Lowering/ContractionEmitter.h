// The emitter of contractions, in parts: the loops and the epilogue
// (ContractionEmitter.cpp), what is copied first (ContractionPacking.cpp) or
// computed (ContractionPrologue.cpp), products whose lanes hold neighbouring k
// (ContractionDots.cpp), those of pairs of bf16 (ContractionPairs.cpp), and
// reductions of rows (ContractionRows.cpp).

#ifndef DLC_COMPILER_LOWERING_CONTRACTIONEMITTER_H
#define DLC_COMPILER_LOWERING_CONTRACTIONEMITTER_H

#include "Lowering/ContractionKernels.h"
#include "Lowering/ContractionSchedule.h"
#include "Lowering/ExpressionEmitter.h"
#include "Lowering/Kernel.h"
#include "Lowering/RowEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace dlc {

class ContractionEmitter {
public:
  ContractionEmitter(KernelFunction &kernel, DotGeneralOp dot)
      : kernel(kernel), b(kernel.builder), loc(kernel.loc()),
        p(dot, kernel.bf16Dots),
        s(p, kernel.registers, kernel.cacheBytes, storesSums()),
        expressions(kernel), rows(kernel) {}

  int64_t emit();

private:
  /// A buffer on the stack.
  struct Scratch {
    mlir::Value memref;
    FlatMatrix shape;
  };
  /// Tiles that are computed together.
  struct Run {
    mlir::Value batch;
    mlir::Value strip0, strip1;
    mlir::Value group0, group1;
    /// The tile after them.
    mlir::Value next;
  };
  /// A group of rows times a strip of columns for some k.
  struct Step {
    mlir::Value batch;
    mlir::Value strip;
    /// The strip's vectors of columns.
    mlir::Value unit0, unit1;
    mlir::Value group;
    /// The group's first row.
    mlir::Value row;
    mlir::Value k0, count;
    /// Add to the sums of the blocks before.
    mlir::Value accumulate;
    /// Where the block of A that is packed starts, and that of B.
    mlir::Value panel, columns;
    /// Pairs: vdpbf16ps adds them as multiply-adds do.
    mlir::Value dotsAreExact;
    /// Where the sums start.
    mlir::Value sums;
  };

  mlir::Value constant(int64_t value) { return kernel.constant(value); }
  mlir::Value add(mlir::Value x, mlir::Value y) {
    return b.createOrFold<mlir::arith::AddIOp>(loc, x, y);
  }
  mlir::Value sub(mlir::Value x, mlir::Value y) {
    return b.createOrFold<mlir::arith::SubIOp>(loc, x, y);
  }
  mlir::Value mul(mlir::Value x, int64_t y) {
    return b.createOrFold<mlir::arith::MulIOp>(loc, x, constant(y));
  }
  mlir::Value div(mlir::Value x, int64_t y) {
    return b.createOrFold<mlir::arith::DivUIOp>(loc, x, constant(y));
  }
  mlir::Value rem(mlir::Value x, int64_t y) {
    return b.createOrFold<mlir::arith::RemUIOp>(loc, x, constant(y));
  }
  mlir::Value min(mlir::Value x, mlir::Value y) {
    return b.createOrFold<mlir::arith::MinSIOp>(loc, x, y);
  }
  mlir::Value next(mlir::Value x) { return add(x, constant(1)); }
  mlir::Value compare(mlir::arith::CmpIPredicate predicate, mlir::Value x,
                      mlir::Value y) {
    return b.createOrFold<mlir::arith::CmpIOp>(loc, predicate, x, y);
  }
  mlir::Value start(const Split &split, mlir::Value i) {
    return div(mul(i, split.total), split.count);
  }
  void call(mlir::func::FuncOp callee, mlir::ValueRange operands) {
    b.create<mlir::func::CallOp>(loc, callee, operands);
  }
  void ifThenElse(mlir::Value condition, llvm::function_ref<void()> then,
                  llvm::function_ref<void()> otherwise = {});
  /// body(c) for the one of `cases` that `selector` equals.
  void select(mlir::Value selector, llvm::ArrayRef<int64_t> cases,
              llvm::function_ref<void(int64_t)> body);

  mlir::ModuleOp module() {
    return kernel.function->getParentOfType<mlir::ModuleOp>();
  }
  mlir::Value flatInput(mlir::BlockArgument argument);
  Scratch scratch(FlatMatrix shape);
  mlir::Value asOperand(mlir::Value memref);
  /// Where the matrix of a batch starts.
  mlir::Value batchOf(mlir::Value batch, const OperandMatrix &matrix);
  /// The first row of a group, and the first that it adds to the result.
  mlir::Value firstRow(mlir::Value group) {
    return min(mul(group, s.groupRows), constant(p.rows - s.groupRows));
  }

  Run runAt(mlir::Value t);
  void forEachPanel(
      const Run &run, int64_t most,
      llvm::function_ref<void(mlir::Value group, int64_t panels, bool masked)>
          body);
  void packRows(const Run &run, mlir::Value k0, mlir::Value k1);
  void packRowByRow(const Run &run, mlir::Value k0, mlir::Value k1);
  void packStrips(mlir::Value batch, mlir::Value strip0, mlir::Value strip1,
                  mlir::Value k0, mlir::Value k1);
  void packColumns(const Step &step, mlir::Value k0, mlir::Value k1,
                   int64_t strips);
  void packTransposed(const Step &step, mlir::Value k0, mlir::Value k1);
  void packForDots(const Run &run, mlir::Value k0, mlir::Value k1);

  void evaluate(mlir::Value operand, llvm::ArrayRef<mlir::Value> index,
                int64_t width, mlir::Value mask, mlir::Value memref,
                mlir::Value target);
  void evaluatePairs(mlir::Value operand, llvm::ArrayRef<mlir::Value> index,
                     int64_t width, mlir::Value mask, mlir::Value memref,
                     mlir::Value target);
  mlir::Value depthMask(int64_t count);
  void evaluateAlongDepth(mlir::Value operand, mlir::Value batch,
                          mlir::Value row, mlir::Value k0, mlir::Value k1,
                          mlir::Value memref, mlir::Value target,
                          int64_t apart);
  void evaluateRowByRow(const Run &run, mlir::Value k0, mlir::Value k1);
  void evaluateRows(const Run &run, mlir::Value k0, mlir::Value k1);
  void evaluateForDots(mlir::Value batch, mlir::Value group, mlir::Value from,
                       mlir::Value to);
  void evaluateColumns(const Step &step, mlir::Value k0, mlir::Value k1);
  void evaluateTransposed(const Step &step, mlir::Value k0, mlir::Value k1);
  void evaluateColumnsForDots(mlir::Value batch, mlir::Value k0,
                              mlir::Value k1);

  void preparePairs();
  void noteExponentsOfGroups(const Run &run, mlir::Value count);
  void noteExponentsOfStrips(mlir::Value strip0, mlir::Value strip1,
                             mlir::Value count);
  mlir::Value dotsAreExact(mlir::Value group, mlir::Value strip);

  void compute(const Run &run);
  void computeColumns(const Run &run, mlir::Value k0, mlir::Value k1);
  void computeStep(const Run &run, Step step, mlir::Value k1);
  void rowStarts(const Step &step);
  void multiplyColumns(const Step &step, mlir::Value c, mlir::Value base,
                       int64_t cRow);
  void afterBlocks(mlir::Value k1, llvm::function_ref<void()> body);
  bool storesSums();

  int64_t prepareDots();
  void computeDots(const Run &run, mlir::Value k0, mlir::Value k1);
  void multiplyDots(mlir::Value batch, mlir::Value group, mlir::Value at,
                    mlir::Value k0, mlir::Value from, mlir::Value to);
  void callGemm(const Step &step, mlir::Value isLast, mlir::Value units,
                llvm::ArrayRef<int64_t> widths, GemmKernel spec,
                mlir::ValueRange operands);
  void sumColumns(const Step &step);
  void clear(const Step &step);
  int64_t prepareRows();
  mlir::Value sumsForRows(const Run &run, mlir::Value group);
  void sumForRows(const Run &run, Step step);
  void finishRows(const Run &run, mlir::Value group);
  void transpose(const Step &step);
  void epilogue(const Step &step);
  void epilogueAt(const Step &step, mlir::Value m, mlir::Value n,
                  mlir::Value at, mlir::Value mask);

  bool blocks() const { return p.k > s.blockK; }
  /// Groups of a strip whose sums are kept from a block of k to the next; one
  /// if the result keeps them, for the last group.
  int64_t keptGroups() {
    return blocks() && !storesSums() ? s.groupsOfBand() : 1;
  }
  int64_t packedK() const { return std::min(p.k, s.blockK); }
  /// Elements of a group's packed rows. Copied in whole vectors, the last one
  /// may reach beyond them.
  int64_t panelSize() const {
    if (s.bandRow)
      return s.groupRows * s.bandRow;
    return (packedK() - 1) * s.groupRows + panelUnits() * panelLanes();
  }
  /// The vectors that take a group's rows of one k, and their lanes.
  int64_t panelLanes() const {
    return std::min<int64_t>(p.lanes, llvm::bit_ceil(uint64_t(s.groupRows)));
  }
  int64_t panelUnits() const {
    return Split{s.groupRows, panelLanes()}.largest();
  }
  /// Dots: elements from a row of a part of k that is computed to the next.
  int64_t dotRow() const { return s.chainK + p.lanes; }
  /// Elements of a strip's packed columns.
  int64_t stripSize() const {
    return (packedK() + rowsBefore()) * strip.shape.row;
  }
  /// Rows before a strip that is turned: for what comes before its last vectors
  /// of k, if they overlap. Otherwise strips follow each other, so that what is
  /// fetched beyond the end of one is the next.
  int64_t rowsBefore() const {
    return p.bAlongDepth && p.k % p.lanes != 0 ? p.lanes : 0;
  }
  /// Elements of a group's sums for a strip.
  int64_t sumsOfGroup() const { return s.groupRows * sums.shape.row; }
  /// Dots: elements of the sums of groups whose chains are kept together.
  int64_t sumsOfChains() const {
    return llvm::alignTo(s.chainGroups * sumsOfGroup(), p.lanes);
  }

  KernelFunction &kernel;
  mlir::OpBuilder &b;
  mlir::Location loc;
  Product p;
  Schedule s;
  ExpressionEmitter expressions;
  RowEmitter rows;

  mlir::Value aFlat, bFlat;
  /// As micro-kernels take them: packed or in place.
  mlir::Value aOperand, bOperand, sumsOperand, outputOperand;
  /// Where the rows of a group start in A.
  mlir::Value starts;
  /// Pairs: the least exponents of a band's groups, and of the strips that are
  /// copied.
  mlir::Value groupExponents, stripExponents;
  /// [group][k][row of the group], or [group][row][k]; [row][k] of one group
  /// for dots.
  Scratch band;
  /// k × columns, after the rows before it; or
  /// [k / lanes][column][lanes] for dots.
  Scratch strip;
  /// `lanes` vectors of a B that is computed, to be turned.
  Scratch square;
  /// [strip][group][row of the group][column of the strip], or those of one
  /// group if there is one block of k; turned if the product is swapped. If it
  /// feeds rows: [group][row of the group][column], or those of one group.
  Scratch sums, turned;
  /// [row of some groups][column][lanes]: chains that are not yet summed.
  Scratch chains;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_CONTRACTIONEMITTER_H
