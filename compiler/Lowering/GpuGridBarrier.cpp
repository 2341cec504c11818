#include "Lowering/GpuGridBarrier.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace dlc;

/// NVPTX's address space of global memory.
static constexpr unsigned globalSpace = 1;

/// Nanoseconds between two looks at the count, about what a look takes.
static constexpr int64_t pauseNanoseconds = 64;

static void fence(OpBuilder &b, Location loc) {
  b.create<LLVM::CallIntrinsicOp>(loc, TypeRange(), "llvm.nvvm.membar.gl",
                                  ValueRange());
}

GpuGridBarrier::GpuGridBarrier(OpBuilder &b, Location loc, Value fault)
    : loc(loc) {
  MLIRContext *context = b.getContext();
  auto global = LLVM::LLVMPointerType::get(context, globalSpace);
  Value address = b.create<memref::ExtractAlignedPointerAsIndexOp>(loc, fault);
  address = b.create<arith::IndexCastOp>(loc, b.getI64Type(), address);
  Value pointer = b.create<LLVM::IntToPtrOp>(
      loc, LLVM::LLVMPointerType::get(context), address);
  pointer = b.create<LLVM::AddrSpaceCastOp>(loc, global, pointer);
  arrivals = b.create<LLVM::GEPOp>(loc, global, b.getI64Type(), pointer,
                                   ArrayRef<LLVM::GEPArg>{1});
}

Value GpuGridBarrier::blocks(OpBuilder &b) const {
  Value count = b.create<NVVM::GridDimXOp>(loc, b.getI32Type());
  return b.create<arith::ExtUIOp>(loc, b.getI64Type(), count);
}

/// Counts this block; gives how many came before.
Value GpuGridBarrier::arrive(OpBuilder &b) const {
  Value one = b.create<arith::ConstantIntOp>(loc, 1, 64);
  return b.create<LLVM::AtomicRMWOp>(loc, LLVM::AtomicBinOp::add, arrivals, one,
                                     LLVM::AtomicOrdering::monotonic);
}

void GpuGridBarrier::onFirstThread(OpBuilder &b,
                                   function_ref<void()> body) const {
  Value thread = b.create<NVVM::ThreadIdXOp>(loc, b.getI32Type());
  Value zero = b.create<arith::ConstantIntOp>(loc, 0, 32);
  Value isFirst =
      b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, thread, zero);
  auto branch = b.create<scf::IfOp>(loc, isFirst, /*withElse=*/false);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPoint(branch.thenBlock()->getTerminator());
  body();
}

void GpuGridBarrier::meet(OpBuilder &b, Value number) const {
  b.create<NVVM::Barrier0Op>(loc);
  onFirstThread(b, [&] {
    fence(b, loc);
    arrive(b);
    Value meeting = b.create<arith::IndexCastOp>(loc, b.getI64Type(), number);
    Value all = blocks(b);
    all = b.create<arith::MulIOp>(loc, meeting, all);
    auto wait = b.create<scf::WhileOp>(loc, TypeRange(), ValueRange());
    b.createBlock(&wait.getBefore());
    Value arrived =
        b.create<LLVM::LoadOp>(loc, b.getI64Type(), arrivals, /*alignment=*/8,
                               /*isVolatile=*/true);
    Value isEarly =
        b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult, arrived, all);
    b.create<scf::ConditionOp>(loc, isEarly, ValueRange());
    b.createBlock(&wait.getAfter());
    Value time = b.create<arith::ConstantIntOp>(loc, pauseNanoseconds, 32);
    b.create<LLVM::CallIntrinsicOp>(loc, TypeRange(), "llvm.nvvm.nanosleep",
                                    ValueRange(time));
    b.create<scf::YieldOp>(loc);
    b.setInsertionPointAfter(wait);
    fence(b, loc);
  });
  b.create<NVVM::Barrier0Op>(loc);
}

void GpuGridBarrier::leave(OpBuilder &b, int64_t meetings) const {
  onFirstThread(b, [&] {
    Value before = arrive(b);
    Value all = blocks(b);
    Value times = b.create<arith::ConstantIntOp>(loc, meetings + 1, 64);
    Value one = b.create<arith::ConstantIntOp>(loc, 1, 64);
    Value last = b.create<arith::MulIOp>(loc, all, times);
    last = b.create<arith::SubIOp>(loc, last, one);
    Value isLast =
        b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, before, last);
    auto branch = b.create<scf::IfOp>(loc, isLast, /*withElse=*/false);
    b.setInsertionPoint(branch.thenBlock()->getTerminator());
    Value zero = b.create<arith::ConstantIntOp>(loc, 0, 64);
    b.create<LLVM::StoreOp>(loc, zero, arrivals, /*alignment=*/8,
                            /*isVolatile=*/true);
  });
}
