// The planner of PlanMemory.cpp: gives places there; writes the launch list in
// PlanMemoryLaunches.cpp.

#ifndef DLC_COMPILER_LOWERING_PLANMEMORYPLANNER_H
#define DLC_COMPILER_LOWERING_PLANMEMORYPLANNER_H

#include "IR/Tape.h"
#include "Lowering/PlanMemoryReport.h"
#include "Lowering/PlanMemorySchedule.h"
#include "Lowering/PlanMemoryTapes.h"
#include "llvm/ADT/MapVector.h"

namespace dlc {

/// Where a value lies.
struct Place {
  Space space = Space::arena;
  /// Of an argument, a result, or a block of the arena.
  int64_t index = 0;
  int64_t offset = 0;
  llvm::SmallVector<int64_t, 2> strides;
  /// Holds something else until the value is written: a donated argument, the
  /// last trip's carry. No other value may be put here before.
  bool isOccupied = false;

  bool operator==(const Place &other) const {
    return space == other.space && index == other.index &&
           offset == other.offset && strides == other.strides;
  }
};

/// Slice t of what lies at `base`, t the counter of a loop at `depth`.
Place sliceOf(Place base, int64_t bytes, unsigned depth);

/// The constants of a module, each once, at aligned offsets in one space.
class ConstantPool {
public:
  int64_t offsetOf(mlir::DenseElementsAttr constant);
  void noteOn(mlir::ModuleOp module);

private:
  llvm::MapVector<mlir::Attribute, int64_t> offsets;
  int64_t size = 0;
};

class Planner {
public:
  /// `prepares`: whether there may be a setup (Preparation.h).
  Planner(mlir::func::FuncOp function, const Callees &callees,
          ConstantPool &constants, int64_t tapeLimit, bool prepares)
      : function(function), callees(callees), constants(constants),
        prepares(prepares), tapeLimit(tapeLimit) {}

  mlir::LogicalResult verify();
  /// Orders the kernels and gives all values their places; the bytes of the
  /// arena.
  int64_t plan();
  /// Replaces the function by a program.
  void emit(int64_t recomputed);

private:
  bool isEmpty(KernelOp kernel);

  // 2. Places.
  void assignResults();
  void assignPrepared();
  void assign(mlir::Block &block);
  void assign(KernelOp kernel);
  void assign(ScanOp scan);
  void assign(IfOp branch);
  void assign(WhileOp loop);
  void assignYields(mlir::Operation *op, mlir::Region &region,
                    unsigned carries);
  void assignInits(mlir::Operation *op, mlir::ValueRange inits);
  bool mayTake(const Place &place, mlir::Value input, mlir::Operation *reader);
  Place newBlock(int64_t bytes);
  Place placeOf(mlir::Value value);
  Place resultPlace(unsigned result);
  /// Where the carry, the stack's slice or the result lies that an operand of
  /// a region's yield sets.
  Place yieldPlace(mlir::Operation *op, unsigned operand, unsigned carries);

  // 3. Lifetimes.
  void count(mlir::Block &block);
  void count(KernelOp kernel);
  void touch(const Place &place);
  void touchAll(mlir::ValueRange values);

  // 4. The launch list.
  void emitSetup(mlir::OpBuilder &b, ProgramOp program);
  void emit(mlir::OpBuilder &b, mlir::Block &block);
  void emit(mlir::OpBuilder &b, ScanOp scan);
  void emit(mlir::OpBuilder &b, IfOp branch);
  void emit(mlir::OpBuilder &b, WhileOp loop);
  void emit(mlir::OpBuilder &b, EmptyTapeOp empty);
  template <typename Instruction>
  void useTapes(Instruction instruction, mlir::Operation *loop);
  void emitRegion(mlir::OpBuilder &b, mlir::Operation *op, mlir::Region &source,
                  mlir::Region &target, unsigned carries);
  void emitLaunch(mlir::OpBuilder &b, KernelOp kernel);
  void emitResults(mlir::OpBuilder &b);
  void emitCopy(mlir::OpBuilder &b, mlir::Location loc, const Place &source,
                const Place &target, int64_t bytes);
  AddressAttr address(const Place &place);

  mlir::func::FuncOp function;
  const Callees &callees;
  ConstantPool &constants;
  Schedule schedule;
  bool prepares;
  llvm::SetVector<mlir::Operation *> setup;
  int64_t preparedBytes = 0;
  llvm::DenseMap<mlir::Value, Place> places; // of what ops produce, by root
  llvm::DenseMap<mlir::Operation *, Place> scratch; // of kernels that need some
  /// Operands of terminators that are saved before anything is overwritten.
  llvm::DenseMap<mlir::OpOperand *, Place> saved;
  std::vector<ArenaBlock> blocks;
  int64_t step = 0;
  bool needsCheck = false;
  int64_t tapeLimit;
  bool hasSegments = false;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_PLANMEMORYPLANNER_H
