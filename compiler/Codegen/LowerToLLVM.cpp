#include "Codegen/LowerToLLVM.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/IndexToLLVM/IndexToLLVM.h"
#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Transforms/Transforms.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Dialect/Vector/Transforms/LoweringPatterns.h"
#include "mlir/Dialect/Vector/Transforms/VectorRewritePatterns.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;
using namespace dlc;

static TypedAttr floatAttr(Type type, double value) {
  auto attr = FloatAttr::get(getElementTypeOrSelf(type), value);
  if (auto vector = dyn_cast<VectorType>(type))
    return DenseElementsAttr::get(vector, Attribute(attr));
  return attr;
}

/// x rounded to the nearest integral value, ties to even: adding and
/// subtracting 2^p (p = bits of the fraction) lets the addition round. Values
/// of at least 2^p are integral already. The sign survives, also that of -0.
static Value expandRoundEven(OpBuilder &b, Location loc, Value x) {
  Type type = x.getType();
  bool isDouble = getElementTypeOrSelf(type).isF64();
  Value magic = b.create<arith::ConstantOp>(
      loc, floatAttr(type, isDouble ? 0x1p52 : 0x1p23));
  Value magnitude = b.create<math::AbsFOp>(loc, x);
  Value sum = b.create<arith::AddFOp>(loc, magnitude, magic);
  Value rounded = b.create<arith::SubFOp>(loc, sum, magic);
  Value isSmall =
      b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::OLT, magnitude, magic);
  Value positive = b.create<arith::SelectOp>(loc, isSmall, rounded, magnitude);
  return b.create<math::CopySignOp>(loc, positive, x);
}

/// floor and ceil: the nearest integral value, corrected by one where that lies
/// on the wrong side of x.
static Value expandFloorOrCeil(OpBuilder &b, Location loc, Value x,
                               bool floor) {
  Value rounded = expandRoundEven(b, loc, x);
  Value zero = b.create<arith::ConstantOp>(loc, floatAttr(x.getType(), 0));
  Value step =
      b.create<arith::ConstantOp>(loc, floatAttr(x.getType(), floor ? -1 : 1));
  Value wrong = b.create<arith::CmpFOp>(
      loc, floor ? arith::CmpFPredicate::OGT : arith::CmpFPredicate::OLT,
      rounded, x);
  Value correction = b.create<arith::SelectOp>(loc, wrong, step, zero);
  Value result = b.create<arith::AddFOp>(loc, rounded, correction);
  return b.create<math::CopySignOp>(loc, result, x);
}

/// trunc: the floor of the magnitude, with the sign of x.
static Value expandTrunc(OpBuilder &b, Location loc, Value x) {
  Value magnitude = b.create<math::AbsFOp>(loc, x);
  return b.create<math::CopySignOp>(
      loc, expandFloorOrCeil(b, loc, magnitude, /*floor=*/true), x);
}

/// x in two parts of at most 26 bits each.
static std::pair<Value, Value> splitDouble(OpBuilder &b, Location loc,
                                           Value x) {
  Type type = x.getType(), integer = b.getI64Type();
  if (auto vector = dyn_cast<VectorType>(type))
    integer = vector.clone(integer);
  auto number = [&](int64_t n) -> Value {
    TypedAttr attr = b.getI64IntegerAttr(n);
    if (auto vector = dyn_cast<VectorType>(integer))
      attr = DenseElementsAttr::get(vector, Attribute(attr));
    return b.create<arith::ConstantOp>(loc, attr);
  };
  Value bits = b.create<arith::BitcastOp>(loc, integer, x);
  Value half = number(int64_t(1) << 26), mask = number(-(int64_t(1) << 27));
  Value rounded = b.create<arith::AddIOp>(loc, bits, half);
  // The largest numbers would round to inf.
  Value huge = b.create<arith::ConstantOp>(loc, floatAttr(type, 0x1p1023));
  Value size = b.create<math::AbsFOp>(loc, x);
  Value isHuge =
      b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::OGT, size, huge);
  rounded = b.create<arith::SelectOp>(loc, isHuge, bits, rounded);
  rounded = b.create<arith::AndIOp>(loc, rounded, mask);
  Value hi = b.create<arith::BitcastOp>(loc, type, rounded);
  return {hi, b.create<arith::SubFOp>(loc, x, hi)};
}

/// x y + z with all bits of x y, on a CPU without FMA. In f32, by f64, which
/// holds x y; in f64, by Dekker's product. Rounds twice at times, which leaves
/// error terms, for which it is meant, as they are.
static Value expandExactFma(OpBuilder &b, Location loc, Value x, Value y,
                            Value z) {
  auto add = [&](Value x, Value y) -> Value {
    return b.create<arith::AddFOp>(loc, x, y);
  };
  auto sub = [&](Value x, Value y) -> Value {
    return b.create<arith::SubFOp>(loc, x, y);
  };
  auto mul = [&](Value x, Value y) -> Value {
    return b.create<arith::MulFOp>(loc, x, y);
  };
  Type type = x.getType();
  if (getElementTypeOrSelf(type).isF32()) {
    Type wide = b.getF64Type();
    if (auto vector = dyn_cast<VectorType>(type))
      wide = vector.clone(wide);
    auto extend = [&](Value x) -> Value {
      return b.create<arith::ExtFOp>(loc, wide, x);
    };
    Value left = extend(x), right = extend(y), third = extend(z);
    Value product = mul(left, right);
    return b.create<arith::TruncFOp>(loc, type, add(product, third));
  }
  auto [xHigh, xLow] = splitDouble(b, loc, x);
  auto [yHigh, yLow] = splitDouble(b, loc, y);
  Value product = mul(x, y);
  Value lost = sub(mul(xHigh, yHigh), product);
  lost = add(lost, mul(xHigh, yLow));
  lost = add(lost, mul(xLow, yHigh));
  lost = add(lost, mul(xLow, yLow));
  // product + z, and its rounding error.
  Value sum = add(product, z);
  Value part = sub(sum, product);
  Value restOfProduct = sub(product, sub(sum, part));
  Value restOfZ = sub(z, part);
  Value rest = add(restOfProduct, restOfZ);
  return add(sum, add(rest, lost));
}

namespace {
/// Integer arithmetic on the bits of f32 and f16, scalars or vectors.
struct HalfBits {
  OpBuilder &b;
  Location loc;
  Type like; ///< Of the floats, scalar or vector.

  Type typeOf(Type element) {
    auto vector = dyn_cast<VectorType>(like);
    return vector ? Type(vector.clone(element)) : element;
  }
  Value number(int64_t n) {
    Type type = typeOf(b.getI32Type());
    TypedAttr attr = b.getI32IntegerAttr(n);
    if (auto vector = dyn_cast<VectorType>(type))
      attr = DenseElementsAttr::get(vector, Attribute(attr));
    return b.create<arith::ConstantOp>(loc, attr);
  }
  Value real(double x) {
    return b.create<arith::ConstantOp>(loc,
                                       floatAttr(typeOf(b.getF32Type()), x));
  }
  Value bits(Value x) {
    return b.create<arith::BitcastOp>(loc, typeOf(b.getI32Type()), x);
  }
  Value fromBits(Value x) {
    return b.create<arith::BitcastOp>(loc, typeOf(b.getF32Type()), x);
  }
  Value band(Value x, int64_t mask) {
    Value y = number(mask);
    return b.create<arith::AndIOp>(loc, x, y);
  }
  Value bor(Value x, Value y) { return b.create<arith::OrIOp>(loc, x, y); }
  Value left(Value x, int64_t n) {
    Value distance = number(n);
    return b.create<arith::ShLIOp>(loc, x, distance);
  }
  Value right(Value x, int64_t n) {
    Value distance = number(n);
    return b.create<arith::ShRUIOp>(loc, x, distance);
  }
  Value add(Value x, Value y) { return b.create<arith::AddIOp>(loc, x, y); }
  Value plus(Value x, int64_t n) { return add(x, number(n)); }
  Value less(Value x, Value y) {
    return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::slt, x, y);
  }
  Value select(Value condition, Value x, Value y) {
    return b.create<arith::SelectOp>(loc, condition, x, y);
  }
};
} // namespace

/// f16 ⇒ f32. The exponents' biases differ by 112; the multiplication also
/// makes a denormal normal.
static Value expandHalfToFloat(OpBuilder &b, Location loc, Value x) {
  HalfBits h{b, loc, x.getType()};
  Value raw = b.create<arith::BitcastOp>(loc, h.typeOf(b.getI16Type()), x);
  raw = b.create<arith::ExtUIOp>(loc, h.typeOf(b.getI32Type()), raw);
  Value size = h.left(h.band(raw, 0x7fff), 13);
  Value factor = h.real(0x1p112);
  Value scaled = h.bits(b.create<arith::MulFOp>(loc, h.fromBits(size), factor));
  // inf and NaN keep their exponent of ones.
  Value isFinite = h.less(size, h.number(0x7c00 << 13));
  Value special = h.bor(size, h.number(0x7f800000));
  Value result = h.select(isFinite, scaled, special);
  Value sign = h.left(h.band(raw, 0x8000), 16);
  return h.fromBits(h.bor(result, sign));
}

/// f32 ⇒ f16, ties to even.
static Value expandFloatToHalf(OpBuilder &b, Location loc, Value x) {
  HalfBits h{b, loc, x.getType()};
  Value raw = h.bits(x), size = h.band(raw, 0x7fffffff);
  // Rounds by a carry out of the 13 bits that go; 112 is off the exponent.
  Value last = h.band(h.right(size, 13), 1);
  Value carried = h.plus(h.add(size, last), 0xfff);
  Value normal = h.plus(h.right(carried, 13), -(112 << 10));
  // The last bit of 0.5 is worth as much as that of f16's denormals.
  Value half = h.real(0.5);
  Value sum = b.create<arith::AddFOp>(loc, h.fromBits(size), half);
  Value tiny = h.plus(h.bits(sum), -0x3f000000);
  Value result = h.select(h.less(size, h.number(0x38800000)), tiny, normal);
  Value isBelowMax = h.less(size, h.number(0x477ff000));
  result = h.select(isBelowMax, result, h.number(0x7c00));
  Value isNan = h.less(h.number(0x7f800000), size);
  Value quiet = h.number(0x7e00);
  Value payload = h.bor(h.band(h.right(size, 13), 0x1ff), quiet);
  result = h.select(isNan, payload, result);
  result = h.bor(result, h.band(h.right(raw, 16), 0x8000));
  Value narrow =
      b.create<arith::TruncIOp>(loc, h.typeOf(b.getI16Type()), result);
  return b.create<arith::BitcastOp>(loc, h.typeOf(b.getF16Type()), narrow);
}

/// Replaces what the target has no instruction for; LLVM would call libm.
static void expandMath(ModuleOp module, const LoweringTarget &target) {
  module.walk([&](Operation *op) {
    OpBuilder b(op);
    Location loc = op->getLoc();
    Value result;
    if (isa<math::FmaOp, vector::FMAOp>(op)) {
      Value x = op->getOperand(0), y = op->getOperand(1), z = op->getOperand(2);
      if (!target.fma && op->hasAttr("dlc.exact"))
        result = expandExactFma(b, loc, x, y, z);
      else if (!target.fma)
        result =
            b.create<arith::AddFOp>(loc, b.create<arith::MulFOp>(loc, x, y), z);
      else if (isa<vector::FMAOp>(op)) // which LLVM may split again
        result = b.create<math::FmaOp>(loc, x, y, z);
    } else if (auto extend = dyn_cast<arith::ExtFOp>(op);
               extend && !target.half &&
               getElementTypeOrSelf(extend.getIn()).isF16()) {
      result = expandHalfToFloat(b, loc, extend.getIn());
    } else if (auto truncate = dyn_cast<arith::TruncFOp>(op);
               truncate && !target.half &&
               getElementTypeOrSelf(truncate.getType()).isF16()) {
      result = expandFloatToHalf(b, loc, truncate.getIn());
    } else if (!target.rounds) {
      if (isa<math::RoundEvenOp>(op))
        result = expandRoundEven(b, loc, op->getOperand(0));
      else if (isa<math::FloorOp, math::CeilOp>(op))
        result = expandFloorOrCeil(b, loc, op->getOperand(0),
                                   isa<math::FloorOp>(op));
      else if (isa<math::TruncOp>(op))
        result = expandTrunc(b, loc, op->getOperand(0));
    }
    if (!result)
      return;
    op->getResult(0).replaceAllUsesWith(result);
    op->erase();
  });
}

/// A memref.view lies at its source's address plus a shift, which MLIR's
/// patterns for the addresses of views leave out.
static void addShiftsOfViews(ModuleOp module) {
  module.walk([](memref::ExtractAlignedPointerAsIndexOp address) {
    auto view = address.getSource().getDefiningOp<memref::ViewOp>();
    if (!view)
      return;
    OpBuilder b(address);
    Location loc = address.getLoc();
    Value source =
        b.create<memref::ExtractAlignedPointerAsIndexOp>(loc, view.getSource());
    Value sum = b.create<arith::AddIOp>(loc, source, view.getByteShift());
    address.replaceAllUsesWith(sum);
    address.erase();
  });
}

/// Vector and memref ops that have no direct counterpart in LLVM ⇒ simpler
/// ones of the same dialects.
static LogicalResult simplifyVectors(ModuleOp module) {
  RewritePatternSet patterns(module.getContext());
  vector::populateVectorToVectorCanonicalizationPatterns(patterns);
  vector::populateVectorBroadcastLoweringPatterns(patterns);
  vector::populateVectorMaskOpLoweringPatterns(patterns);
  vector::populateVectorShapeCastLoweringPatterns(patterns);
  vector::populateVectorInterleaveLoweringPatterns(patterns);
  vector::populateVectorTransposeLoweringPatterns(
      patterns, vector::VectorTransformsOptions());
  vector::populateVectorMaskMaterializationPatterns(
      patterns, /*force32BitVectorIndices=*/false);
  vector::populateVectorInsertExtractStridedSliceTransforms(patterns);
  memref::populateExpandStridedMetadataPatterns(patterns);
  GreedyRewriteConfig config;
  // Blocks are simplified by LLVM; merging them here is slow.
  config.enableRegionSimplification = GreedySimplifyRegionLevel::Disabled;
  return applyPatternsAndFoldGreedily(module, std::move(patterns), config);
}

static LogicalResult convertToLLVM(ModuleOp module) {
  MLIRContext *context = module.getContext();
  LowerToLLVMOptions options(context);
  options.useBarePtrCallConv = true;
  options.overrideIndexBitwidth(64);
  options.allocLowering = LowerToLLVMOptions::AllocLowering::None;
  LLVMTypeConverter types(context, options);
  SymbolTable symbols(module);

  RewritePatternSet patterns(context);
  populateAffineToStdConversionPatterns(patterns); // of memref.subview
  populateSCFToControlFlowConversionPatterns(patterns);
  cf::populateControlFlowToLLVMConversionPatterns(types, patterns);
  arith::populateArithToLLVMConversionPatterns(types, patterns);
  index::populateIndexToLLVMConversionPatterns(types, patterns);
  populateMathToLLVMConversionPatterns(types, patterns);
  populateVectorToLLVMConversionPatterns(types, patterns);
  populateFinalizeMemRefToLLVMConversionPatterns(types, patterns);
  populateFuncToLLVMConversionPatterns(types, patterns, &symbols);

  LLVMConversionTarget target(*context);
  target.addLegalDialect<NVVM::NVVMDialect>();
  target.addLegalOp<ModuleOp>();
  return applyFullConversion(module, target, std::move(patterns));
}

/// Removes the casts between index and i64, memref and pointer that one
/// pattern left for the next and that cancel out.
static void removeCasts(ModuleOp module) {
  SmallVector<UnrealizedConversionCastOp> casts;
  module.walk([&](UnrealizedConversionCastOp cast) { casts.push_back(cast); });
  for (UnrealizedConversionCastOp cast : casts) {
    auto inner =
        cast.getInputs().front().getDefiningOp<UnrealizedConversionCastOp>();
    if (inner && inner.getInputs().getTypes() == cast.getResultTypes())
      cast.replaceAllUsesWith(inner.getInputs());
  }
  for (UnrealizedConversionCastOp cast : llvm::reverse(casts))
    if (cast.use_empty())
      cast.erase();
}

/// (ptr, …, i64, i64, ptr) ⇒ (slots, i64, i64, ptr): the operands' pointers are
/// loaded from the slots.
static void takeSlots(LLVM::LLVMFuncOp kernel) {
  constexpr unsigned fixed = 3; // tile0, tile1, fault
  MLIRContext *context = kernel.getContext();
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type i64 = IntegerType::get(context, 64);
  Location loc = kernel.getLoc();
  Block &entry = kernel.getBody().front();
  unsigned operands = entry.getNumArguments() - fixed;

  OpBuilder b = OpBuilder::atBlockBegin(&entry);
  BlockArgument slots = entry.insertArgument(0u, pointer, loc);
  for (unsigned i = 0; i < operands; ++i) {
    Value address = b.create<LLVM::GEPOp>(loc, pointer, pointer, slots,
                                          ArrayRef<LLVM::GEPArg>{int32_t(i)});
    Value loaded = b.create<LLVM::LoadOp>(loc, pointer, address);
    entry.getArgument(i + 1).replaceAllUsesWith(loaded);
  }
  entry.eraseArguments(1, operands);

  kernel.setFunctionType(LLVM::LLVMFunctionType::get(
      LLVM::LLVMVoidType::get(context), {pointer, i64, i64, pointer}));
  kernel.removeArgAttrsAttr();
}

/// An entry of the PTX; `dlc.block` is the number of threads it is made for,
/// `dlc.blocks` how many such blocks a multiprocessor should have at least.
static void markKernel(LLVM::LLVMFuncOp kernel) {
  Builder b(kernel.getContext());
  kernel->setAttr(NVVM::NVVMDialect::getKernelFuncAttrName(), b.getUnitAttr());
  if (auto threads = kernel->getAttrOfType<IntegerAttr>("dlc.block"))
    kernel->setAttr(NVVM::NVVMDialect::getReqntidAttrName(),
                    b.getDenseI32ArrayAttr({int32_t(threads.getInt()), 1, 1}));
  if (auto blocks = kernel->getAttrOfType<IntegerAttr>("dlc.blocks"))
    kernel->setAttr(NVVM::NVVMDialect::getMinctasmAttrName(),
                    b.getI32IntegerAttr(blocks.getInt()));
  kernel.setPassthroughAttr(b.getArrayAttr(b.getStringAttr(gpuKernelAttr)));
}

LogicalResult dlc::lowerToLLVM(ModuleOp module, const LoweringTarget &target) {
  // What the rewrites may build.
  module.getContext()
      ->loadDialect<affine::AffineDialect, arith::ArithDialect,
                    cf::ControlFlowDialect, LLVM::LLVMDialect,
                    math::MathDialect, memref::MemRefDialect, NVVM::NVVMDialect,
                    vector::VectorDialect>();

  // A kernel has tiles; other functions are its helpers.
  SmallVector<StringRef> kernels;
  for (auto func : module.getOps<func::FuncOp>())
    if (func->hasAttr("dlc.tiles"))
      kernels.push_back(func.getSymName());

  expandMath(module, target);
  addShiftsOfViews(module);
  if (failed(simplifyVectors(module)) || failed(convertToLLVM(module)))
    return failure();
  removeCasts(module);
  // vector.store promises its element's alignment; the emitters stream lines.
  module.walk([](LLVM::StoreOp store) {
    if (store.getNontemporal() && isa<VectorType>(store.getValue().getType()))
      store.setAlignment(64);
  });

  for (auto func : module.getOps<LLVM::LLVMFuncOp>()) {
    if (func.isExternal())
      continue;
    if (!llvm::is_contained(kernels, func.getSymName())) {
      func.setLinkage(LLVM::Linkage::Internal);
      continue;
    }
    func.setLinkage(LLVM::Linkage::External);
    if (target.cuda)
      markKernel(func);
    else
      takeSlots(func);
  }
  return success();
}
