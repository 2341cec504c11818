// Addresses in a GPU's global and shared memory, as the parts of a tiled
// product need them: bytes from a pointer, so that a constant distance becomes
// part of the instruction.

#ifndef DLC_COMPILER_LOWERING_GPUCONTRACTIONMEMORY_H
#define DLC_COMPILER_LOWERING_GPUCONTRACTIONMEMORY_H

#include "Lowering/Kernel.h"

#include <utility>

namespace dlc {

class GpuMemory {
public:
  using Value = mlir::Value;

  explicit GpuMemory(KernelFunction &kernel)
      : GpuMemory(kernel, kernel.loc()) {}
  GpuMemory(KernelFunction &kernel, mlir::Location loc)
      : k(kernel), b(kernel.builder), loc(loc) {}

  //===-- Index arithmetic, on non-negative numbers -----------------------===//

  /// The sum of value * factor, plus a constant.
  Value sum(llvm::ArrayRef<std::pair<Value, int64_t>> terms,
            int64_t constant = 0);
  Value times(Value x, int64_t y) { return sum({{x, y}}); }
  Value plus(Value x, Value y) { return sum({{x, 1}, {y, 1}}); }
  Value plus(Value x, int64_t y) { return sum({{x, 1}}, y); }
  Value div(Value x, int64_t y);
  Value rem(Value x, int64_t y);
  Value min(Value x, int64_t y);
  Value exclusiveOr(Value x, int64_t y);
  Value exclusiveOr(Value x, Value y);
  Value isBelow(Value x, int64_t limit);
  Value isBelow(Value x, Value y);
  Value min(Value x, Value y);
  Value isEqual(Value x, int64_t y);
  Value both(Value x, Value y);
  Value select(Value condition, Value x, Value y);

  //===-- Memory ----------------------------------------------------------===//

  /// Shared memory of a block: a global of the module.
  Value allocateShared(int64_t bytes);
  /// The block's dynamic shared memory, which may be more than a global may
  /// have (48 KiB).
  Value allocateDynamicShared(int64_t bytes);
  /// Where a kernel's operand starts in global memory.
  Value globalPointer(Value memref);
  /// `pointer` + `bytes` + `constant`.
  Value at(Value pointer, Value bytes, int64_t constant = 0);
  Value at(Value pointer, int64_t bytes);

  /// What one instruction moves, at most.
  static constexpr int64_t widestBytes = 16;
  /// A load or store of `type`, aligned to its size or to `widestBytes`.
  Value load(mlir::Type type, Value pointer);
  void store(Value value, Value pointer);
  /// Starts a copy of 4, 8 or 16 bytes from global to shared memory; with
  /// `valid`, an i32, of so many bytes, the others zero.
  void copyAsync(Value shared, Value global, int64_t bytes, Value valid = {});
  void commitCopies();
  /// Until at most `left` groups of this thread's copies are under way.
  void waitForCopies(int64_t left);
  void barrier();

  /// `count` elements at once: a scalar or a vector.
  static mlir::Type vectorOf(mlir::Type element, int64_t count);

private:
  KernelFunction &k;
  mlir::OpBuilder &b;
  mlir::Location loc;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUCONTRACTIONMEMORY_H
