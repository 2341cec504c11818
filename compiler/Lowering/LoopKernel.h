// What a kernel that walks the trips of a loop has, on every device: the
// operands of its body's ops, and the loop over trips.

#ifndef DLC_COMPILER_LOWERING_LOOPKERNEL_H
#define DLC_COMPILER_LOWERING_LOOPKERNEL_H

#include "IR/Dlc.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

namespace dlc {

/// Bytes of a memref of static shape.
int64_t bytesOf(mlir::MemRefType type);

/// A kernel (memref<bytes x i8> an operand…, tile0, tile1, fault) in place of a
/// `loop` whose body is launches and copies. An operand is what one address
/// names in all trips; the kernel itself adds this loop's stride.
class LoopKernel {
public:
  LoopKernel(LoopOp loop, mlir::SymbolTable &symbols);

  LoopOp loop;
  mlir::SymbolTable &symbols;

  /// The function that a launch names; null if there is none with a body.
  mlir::func::FuncOp calleeOf(LaunchOp launch) const;
  /// Makes operands of all that the body names, and the function without its
  /// body. It is private, and in no module yet.
  mlir::func::FuncOp createFunction(llvm::StringRef name);
  mlir::Value tile0() const { return argument(0); }
  mlir::Value tile1() const { return argument(1); }
  mlir::Value fault() const { return argument(2); }
  /// for each trip: body(how many came before it, the counter that addresses
  /// see).
  void forEachTrip(mlir::OpBuilder &b,
                   llvm::function_ref<void(mlir::Value, mlir::Value)> body);
  /// The part of an operand that a trip sees.
  mlir::Value view(mlir::OpBuilder &b, AddressAttr address,
                   mlir::MemRefType type, mlir::Value counter);
  /// What the arguments of a launch's callee are in the new kernel, up to its
  /// tiles.
  mlir::IRMapping mapOperands(mlir::OpBuilder &b, LaunchOp launch,
                              mlir::Value counter);
  /// How far an address moves with each trip of this loop, and of those around.
  std::pair<int64_t, llvm::ArrayRef<int64_t>> stridesOf(AddressAttr at) const;
  /// What the kernel is launched with, and how far it reaches into each.
  llvm::SmallVector<mlir::Attribute> slots() const;
  llvm::SmallVector<int64_t> operandBytes() const;

private:
  /// An address without this loop's stride, the stride, and how many bytes
  /// from there any trip reaches.
  struct Operand {
    AddressAttr base;
    int64_t stride = 0, bytes = 0;
    mlir::Value memory;
  };
  void use(AddressAttr address, int64_t bytes);
  mlir::Value argument(unsigned afterOperands) const {
    return entry->getArgument(operands.size() + afterOperands);
  }

  unsigned depth;
  llvm::MapVector<AddressAttr, Operand> operands;
  mlir::Block *entry = nullptr;
};

/// Puts a launch of `kernel` in place of the loop.
void replaceByLaunch(LoopKernel &loop, mlir::func::FuncOp kernel);

/// Erases the kernels that nothing launches.
void eraseUnlaunched(mlir::ModuleOp module);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_LOOPKERNEL_H
