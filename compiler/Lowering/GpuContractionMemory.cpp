#include "Lowering/GpuContractionMemory.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace dlc;

/// NVPTX's address spaces.
static constexpr unsigned globalSpace = 1, sharedSpace = 3;

Value GpuMemory::sum(ArrayRef<std::pair<Value, int64_t>> terms,
                     int64_t constant) {
  Value total;
  for (auto [value, factor] : terms) {
    if (factor == 0)
      continue;
    Value term = value;
    if (factor != 1)
      term = b.createOrFold<arith::MulIOp>(loc, value, k.constant(factor));
    total = total ? b.createOrFold<arith::AddIOp>(loc, total, term) : term;
  }
  if (!total)
    return k.constant(constant);
  if (constant != 0)
    total = b.createOrFold<arith::AddIOp>(loc, total, k.constant(constant));
  return total;
}

Value GpuMemory::div(Value x, int64_t y) {
  return y == 1 ? x : b.createOrFold<arith::DivUIOp>(loc, x, k.constant(y));
}
Value GpuMemory::rem(Value x, int64_t y) {
  return b.createOrFold<arith::RemUIOp>(loc, x, k.constant(y));
}
Value GpuMemory::min(Value x, int64_t y) {
  return b.createOrFold<arith::MinUIOp>(loc, x, k.constant(y));
}
Value GpuMemory::exclusiveOr(Value x, int64_t y) {
  return y == 0 ? x : exclusiveOr(x, k.constant(y));
}
Value GpuMemory::exclusiveOr(Value x, Value y) {
  return b.createOrFold<arith::XOrIOp>(loc, x, y);
}
Value GpuMemory::isBelow(Value x, int64_t limit) {
  return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult, x,
                                 k.constant(limit));
}
Value GpuMemory::isBelow(Value x, Value y) {
  return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult, x, y);
}
Value GpuMemory::min(Value x, Value y) {
  return b.createOrFold<arith::MinUIOp>(loc, x, y);
}
Value GpuMemory::isEqual(Value x, int64_t y) {
  return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, x,
                                 k.constant(y));
}
Value GpuMemory::both(Value x, Value y) {
  return b.create<arith::AndIOp>(loc, x, y);
}
Value GpuMemory::select(Value condition, Value x, Value y) {
  return b.create<arith::SelectOp>(loc, condition, x, y);
}

/// The block's shared memory: a global of the module.
static Value makeShared(KernelFunction &k, StringRef suffix, int64_t bytes,
                        LLVM::Linkage linkage) {
  OpBuilder &b = k.builder;
  OpBuilder::InsertionGuard guard(b);
  std::string name = (k.function.getName() + suffix).str();
  b.setInsertionPoint(k.function);
  auto type = LLVM::LLVMArrayType::get(b.getI8Type(), bytes);
  auto global = b.create<LLVM::GlobalOp>(
      k.loc(), type, /*isConstant=*/false, linkage, name,
      /*value=*/Attribute(), /*alignment=*/16, sharedSpace);
  b.setInsertionPointAfterValue(k.constant(0));
  return b.create<LLVM::AddressOfOp>(k.loc(), global);
}

Value GpuMemory::allocateShared(int64_t bytes) {
  return makeShared(k, "_shared", bytes, LLVM::Linkage::Internal);
}

Value GpuMemory::allocateDynamicShared(int64_t bytes) {
  k.function->setAttr("dlc.shared", b.getI64IntegerAttr(bytes));
  return makeShared(k, "_dynamic", 0, LLVM::Linkage::External);
}

Value GpuMemory::globalPointer(Value memref) {
  MLIRContext *context = b.getContext();
  Value address = b.create<memref::ExtractAlignedPointerAsIndexOp>(loc, memref);
  address = b.create<arith::IndexCastOp>(loc, b.getI64Type(), address);
  Value generic = b.create<LLVM::IntToPtrOp>(
      loc, LLVM::LLVMPointerType::get(context), address);
  return b.create<LLVM::AddrSpaceCastOp>(
      loc, LLVM::LLVMPointerType::get(context, globalSpace), generic);
}

Value GpuMemory::at(Value pointer, Value bytes, int64_t constant) {
  Value offset = b.create<arith::IndexCastOp>(loc, b.getI64Type(), bytes);
  Value sum = b.create<LLVM::GEPOp>(loc, pointer.getType(), b.getI8Type(),
                                    pointer, ValueRange{offset});
  return at(sum, constant);
}

Value GpuMemory::at(Value pointer, int64_t bytes) {
  if (bytes == 0)
    return pointer;
  return b.create<LLVM::GEPOp>(loc, pointer.getType(), b.getI8Type(), pointer,
                               ArrayRef<LLVM::GEPArg>{int32_t(bytes)});
}

static int64_t alignmentOf(Type type) {
  int64_t bytes = getElementTypeOrSelf(type).getIntOrFloatBitWidth() / 8;
  if (auto vector = dyn_cast<VectorType>(type))
    bytes *= vector.getNumElements();
  return std::min(bytes, GpuMemory::widestBytes);
}

Value GpuMemory::load(Type type, Value pointer) {
  return b.create<LLVM::LoadOp>(loc, type, pointer, alignmentOf(type));
}

void GpuMemory::store(Value value, Value pointer) {
  b.create<LLVM::StoreOp>(loc, value, pointer, alignmentOf(value.getType()));
}

void GpuMemory::copyAsync(Value shared, Value global, int64_t bytes,
                          Value valid) {
  // Whole chunks pass by the first cache, which they would only fill.
  std::string name = bytes == 16 ? "llvm.nvvm.cp.async.cg.shared.global.16"
                                 : "llvm.nvvm.cp.async.ca.shared.global." +
                                       std::to_string(bytes);
  SmallVector<Value> operands = {shared, global};
  if (valid) {
    name += ".s";
    operands.push_back(valid);
  }
  b.create<LLVM::CallIntrinsicOp>(loc, TypeRange(), name, operands);
}

void GpuMemory::commitCopies() { b.create<NVVM::CpAsyncCommitGroupOp>(loc); }
void GpuMemory::waitForCopies(int64_t left) {
  b.create<NVVM::CpAsyncWaitGroupOp>(loc, left);
}
void GpuMemory::barrier() { b.create<NVVM::Barrier0Op>(loc); }

Type GpuMemory::vectorOf(Type element, int64_t count) {
  return count == 1 ? element : VectorType::get({count}, element);
}
