#include "Lowering/ExpressionEmitter.h"

#include "Lowering/Elementwise.h"
#include "Lowering/RandomBits.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

#include <numeric>
#include <set>

using namespace mlir;
using namespace dlc;

// Codegen's contract with the runtime (runtime/abi/Program.h).
static constexpr int faultPositionBits = 40;

bool Coordinate::isVector() const {
  return index && isa<VectorType>(index.getType());
}

bool Point::isUniform() const {
  return width == 1 ||
         llvm::all_of(index, [](const Coordinate &c) { return c.isUniform(); });
}

static Type elementOf(Value tensor) {
  return tensorType(tensor).getElementType();
}

/// `scalar`, or a vector of it.
static Type withLanes(Type scalar, int64_t width) {
  return width == 1 ? scalar : VectorType::get(width, scalar);
}

/// A constant of a register's type, of a value of a type that may be narrower.
static Value floatConstant(OpBuilder &b, Location loc, Type type,
                           APFloat value) {
  auto element = cast<FloatType>(getElementTypeOrSelf(type));
  bool losesInfo;
  value.convert(element.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                &losesInfo);
  return constantLike(b, loc, type, FloatAttr::get(element, value));
}

//===-- Memo --------------------------------------------------------------===//

ExpressionEmitter::ExpressionEmitter(KernelFunction &kernel)
    : kernel(kernel), b(kernel.builder), loc(kernel.loc()) {}

ExpressionEmitter::Key ExpressionEmitter::keyOf(Value value,
                                                const Point &point) const {
  Key key = {value.getAsOpaquePointer()};
  for (const Coordinate &c : point.index) {
    key.push_back(c.index.getAsOpaquePointer());
    key.push_back(reinterpret_cast<const void *>(c.step));
  }
  // What all lanes share is the same for every width and mask.
  if (!point.isUniform()) {
    key.push_back(reinterpret_cast<const void *>(point.width));
    key.push_back(point.mask.getAsOpaquePointer());
  }
  return key;
}

/// Of an argument's elements as they lie in memory.
ExpressionEmitter::Key ExpressionEmitter::storedKey(Value argument,
                                                    const Point &point) const {
  Key key = keyOf(argument, point);
  key.push_back(nullptr);
  return key;
}

Value ExpressionEmitter::lookup(const Key &key) const {
  auto found = memo.find(key);
  return found == memo.end() ? Value() : found->second;
}

void ExpressionEmitter::remember(Key key, Value emitted) {
  if (memo.insert_or_assign(key, emitted).second)
    log.push_back(std::move(key));
}

ExpressionEmitter::Scope::~Scope() {
  for (; emitter.log.size() > mark; emitter.log.pop_back())
    emitter.memo.erase(emitter.log.back());
}

void ExpressionEmitter::bind(Value value, const Point &point, Value emitted) {
  // Sums are kept unrounded up to here.
  if (isa_and_nonnull<ReduceOp, DotGeneralOp, ConvolutionOp>(
          value.getDefiningOp()))
    emitted = roundTo(b, loc, emitted, elementOf(value));
  remember(keyOf(value, point), emitted);
}

Value ExpressionEmitter::at(Value value, const Point &point) {
  Key root = keyOf(value, point);
  if (Value known = lookup(root))
    return known;
  // An explicit stack: a body may be a chain of thousands of ops.
  std::vector<Frame> stack;
  auto push = [&](Value value, const Point &point, Key key) {
    Frame frame;
    frame.value = value;
    frame.point = point;
    frame.key = std::move(key);
    stack.push_back(std::move(frame));
  };
  push(value, point, root);
  while (!stack.empty()) {
    size_t top = stack.size() - 1;
    if (lookup(stack[top].key)) {
      stack.pop_back();
      continue;
    }
    Frame &frame = stack[top];
    size_t asked = frame.dependencies.size();
    for (auto &[operand, at] :
         ArrayRef(frame.dependencies).drop_front(frame.operands.size()))
      frame.operands.push_back(lookup(keyOf(operand, at)));
    collectDependencies(frame);
    ++frame.rounds;
    if (frame.dependencies.size() == asked) {
      // A load stands at the op that asked for it.
      for (const Frame &user : llvm::reverse(stack))
        if (Operation *op = user.value.getDefiningOp()) {
          loc = op->getLoc();
          break;
        }
      remember(frame.key, emit(frame));
      stack.pop_back();
      continue;
    }
    // In reverse, so that the first operand is emitted first.
    SmallVector<std::pair<Value, Point>, 3> needed(
        ArrayRef(frame.dependencies).drop_front(asked));
    for (auto &[operand, at] : llvm::reverse(needed)) {
      Key key = keyOf(operand, at);
      if (!lookup(key))
        push(operand, at, std::move(key));
    }
  }
  return lookup(root);
}

Value ExpressionEmitter::vectorAt(Value value, const Point &point) {
  return splatTo(b, loc, at(value, point), point.width);
}

//===-- Indices -----------------------------------------------------------===//

Value ExpressionEmitter::constant(int64_t value) {
  return kernel.constant(value);
}

Value ExpressionEmitter::affine(Value index, int64_t scale, int64_t offset) {
  if (scale == 1 && offset == 0)
    return index;
  Key key = {index.getAsOpaquePointer(), reinterpret_cast<void *>(scale),
             reinterpret_cast<void *>(offset), nullptr};
  if (Value known = lookup(key))
    return known;
  Type type = index.getType();
  Value result = index;
  auto operand = [&](int64_t value) {
    return type.isIndex() ? constant(value) : integerLike(b, loc, type, value);
  };
  if (scale != 1)
    result = b.createOrFold<arith::MulIOp>(loc, result, operand(scale));
  if (offset != 0)
    result = b.createOrFold<arith::AddIOp>(loc, result, operand(offset));
  remember(key, result);
  return result;
}

Coordinate ExpressionEmitter::affine(Coordinate c, int64_t scale,
                                     int64_t offset) {
  if (scale == 1 && offset == 0)
    return c;
  Coordinate result(affine(c.index, scale, offset), c.step * scale);
  constexpr int64_t mostDivisor = 64;
  result.divisor = std::gcd(std::gcd(c.divisor * scale, offset), mostDivisor);
  if (c.isBounded()) {
    result.first = (scale < 0 ? c.last : c.first) * scale + offset;
    result.last = (scale < 0 ? c.first : c.last) * scale + offset;
  }
  return result;
}

/// The row-major position of a point.
Coordinate ExpressionEmitter::linear(ArrayRef<int64_t> shape,
                                     const Point &point) {
  Coordinate sum(constant(0));
  sum.divisor = 0; // a multiple of anything
  int64_t stride = 1;
  for (int64_t d = shape.size() - 1; d >= 0; stride *= shape[d--]) {
    const Coordinate &c = point.index[d];
    Coordinate term = affine(c, stride, 0);
    if (sum.isVector() || term.isVector()) {
      Value lhs = lanesOf(sum, point.width, b.getIndexType());
      Value rhs = lanesOf(term, point.width, b.getIndexType());
      sum = Coordinate(b.create<arith::AddIOp>(loc, lhs, rhs));
      continue;
    }
    int64_t divisor = std::gcd(sum.divisor, term.divisor);
    sum = Coordinate(b.createOrFold<arith::AddIOp>(loc, sum.index, term.index),
                     sum.step + term.step);
    sum.divisor = divisor;
  }
  return sum;
}

/// A coordinate as numbers of type `element`: a scalar, or a lane each.
Value ExpressionEmitter::lanesOf(Coordinate c, int64_t width, Type element) {
  Value base = c.index;
  Type type = likeType(base.getType(), element);
  if (!element.isIndex())
    base = b.createOrFold<arith::IndexCastOp>(loc, type, base);
  if (c.isVector() || width == 1)
    return base;
  if (c.step == 0)
    return splatTo(b, loc, base, width);
  unsigned bits = element.isIndex() ? 64 : element.getIntOrFloatBitWidth();
  SmallVector<APInt> steps;
  for (int64_t lane = 0; lane < width; ++lane)
    steps.push_back(APInt(bits, lane * c.step, /*isSigned=*/true));
  auto lanes = b.create<arith::ConstantOp>(
      loc, DenseElementsAttr::get(VectorType::get(width, element), steps));
  if (matchPattern(c.index, m_Zero()))
    return lanes;
  return b.create<arith::AddIOp>(loc, splatTo(b, loc, base, width), lanes);
}

Value ExpressionEmitter::prefixMask(int64_t width, int64_t count) {
  SmallVector<bool> lanes(width, false);
  std::fill_n(lanes.begin(), std::clamp<int64_t>(count, 0, width), true);
  return b.create<arith::ConstantOp>(
      loc,
      DenseElementsAttr::get(VectorType::get(width, b.getI1Type()), lanes));
}

Value ExpressionEmitter::prefixMask(int64_t width, Value count) {
  // 32-bit lanes compare twice as fast; a count that matters is below width.
  Value wide = constant(width);
  Value small = b.create<arith::MinUIOp>(loc, count, wide);
  Type i32 = b.getI32Type();
  Value lanes = lanesOf(Coordinate(constant(0), 1), width, i32);
  Value limit =
      splatTo(b, loc, b.create<arith::IndexCastOp>(loc, i32, small), width);
  return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::slt, lanes, limit);
}

//===-- Dependencies ------------------------------------------------------===//

void ExpressionEmitter::evaluateInvariants(ArrayRef<Value> roots,
                                           const Point &point) {
  SmallVector<std::pair<Value, Point>> open;
  for (Value root : roots)
    open.emplace_back(root, point);
  std::set<Key> seen;
  while (!open.empty()) {
    auto [value, at] = open.pop_back_val();
    if (!seen.insert(keyOf(value, at)).second)
      continue;
    Operation *op = value.getDefiningOp();
    if (llvm::all_of(at.index, [](const Coordinate &c) { return !!c.index; })) {
      // A constant costs nothing where it is used.
      if (!isa_and_nonnull<ConstantOp, IotaOp>(op))
        this->at(value, at);
      continue;
    }
    if (!op)
      continue;
    if (isa<BroadcastInDimOp, TransposeOp, SliceOp, ReverseOp>(op))
      open.emplace_back(op->getOperand(0), movedThrough(op, at));
    else if (op->hasTrait<Pointwise>())
      for (Value operand : op->getOperands())
        open.emplace_back(operand, at);
  }
}

void ExpressionEmitter::prefetch(Value value, const Point &point) {
  SmallVector<std::pair<Value, Point>> open = {{value, point}};
  while (!open.empty()) {
    auto [value, at] = open.pop_back_val();
    Operation *op = value.getDefiningOp();
    if (auto argument = dyn_cast<BlockArgument>(value)) {
      Key key = storedKey(value, at);
      if (!lookup(key))
        remember(key, loadStored(kernel.input(argument.getArgNumber()), at));
    } else if (op->hasTrait<Pointwise>()) {
      for (Value operand : op->getOperands())
        open.emplace_back(operand, at);
    } else if (isa<BroadcastInDimOp, TransposeOp, SliceOp, ReverseOp>(op)) {
      open.emplace_back(op->getOperand(0), movedThrough(op, at));
    }
  }
}

void ExpressionEmitter::fetchLines(BlockArgument input,
                                   SmallVector<Value> index, int64_t distance,
                                   int64_t count) {
  unsigned bits = std::max(8u, tensorType(input).getElementTypeBitWidth());
  Value first = index.back();
  for (int64_t lane = 0; lane < count; lane += 512 / bits) {
    index.back() = affine(first, 1, distance + lane);
    b.create<memref::PrefetchOp>(loc, kernel.input(input.getArgNumber()), index,
                                 /*isWrite=*/false,
                                 /*localityHint=*/2, /*isDataCache=*/true);
  }
}

/// Which elements of its operands an element needs (more).
void ExpressionEmitter::collectDependencies(Frame &frame) {
  Operation *op = frame.value.getDefiningOp();
  if (!op || collectIndexMap(frame) || frame.rounds != 0)
    return;
  // Only `bind` and `bindRow` give these.
  if (isa<ReduceOp, DotGeneralOp>(op))
    return;
  if (auto bits = dyn_cast<RngBitGeneratorOp>(op)) {
    need(frame, bits.getState(), Point(constant(0)));
    return need(frame, bits.getState(), Point(constant(1)));
  }
  for (Value operand : op->getOperands())
    need(frame, operand, frame.point);
}

//===-- Expressions -------------------------------------------------------===//

Value ExpressionEmitter::emit(Frame &frame) {
  if (auto argument = dyn_cast<BlockArgument>(frame.value)) {
    Value stored = lookup(storedKey(argument, frame.point));
    if (!stored)
      stored = loadStored(kernel.input(argument.getArgNumber()), frame.point);
    return fromMemory(b, loc, stored, elementOf(argument));
  }
  Operation *op = frame.value.getDefiningOp();
  if (op->hasTrait<IndexMap>() || isa<DynamicSliceOp, GatherOp>(op))
    return emitIndexMap(frame);
  if (auto constant = dyn_cast<ConstantOp>(op)) {
    Type element = registerType(elementOf(frame.value));
    auto splat = cast<SplatElementsAttr>(constant.getValue());
    if (isa<FloatType>(element))
      return floatConstant(b, loc, element, splat.getSplatValue<APFloat>());
    return integerLike(b, loc, element, splat.getSplatValue<APInt>());
  }
  if (auto iota = dyn_cast<IotaOp>(op))
    return emitIota(iota, frame.point);
  if (auto bits = dyn_cast<RngBitGeneratorOp>(op))
    return emitBits(bits, frame.operands[0], frame.operands[1], frame.point);
  if (isInRow(frame.value, frame.point))
    return loadFromRow(frame.point);
  if (isa<ReduceOp, DotGeneralOp>(op)) {
    kernel.reportInvalid(op, "is used at an element that is not at hand");
    return zeroLike(b, loc, registerType(elementOf(frame.value)));
  }

  // Scalars meet vectors as splats.
  bool lanes = llvm::any_of(
      frame.operands, [](Value v) { return isa<VectorType>(v.getType()); });
  SmallVector<Value, 3> operands;
  for (Value operand : frame.operands)
    operands.push_back(splatTo(b, loc, operand, lanes ? frame.point.width : 1));
  if (kernel.checks.contains(op))
    emitFault(op, emitIsFault(op, operands), frame.point);
  return emitElementwise(b, loc, op, operands);
}

/// Where an op that checks its operands finds a fault.
Value ExpressionEmitter::emitIsFault(Operation *op, ArrayRef<Value> operands) {
  using P = arith::CmpIPredicate;
  if (auto check = dyn_cast<CheckIndexOp>(op)) {
    Value index = operands[0];
    Value limit = integerLike(b, loc, index.getType(),
                              static_cast<int64_t>(check.getLimit()));
    // Unsigned: a negative index is far above the limit.
    return b.create<arith::CmpIOp>(loc, P::uge, index, limit);
  }
  if (isa<AssertFiniteOp>(op)) {
    // NaN is not below infinity either.
    Value size = b.create<math::AbsFOp>(loc, operands[0]);
    Value infinity = floatConstant(b, loc, size.getType(),
                                   APFloat::getInf(APFloat::IEEEdouble()));
    return b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::UGE, size,
                                   infinity);
  }
  Value divisor = operands[1];
  Value zero = zeroLike(b, loc, divisor.getType());
  return b.create<arith::CmpIOp>(loc, P::eq, divisor, zero);
}

Value ExpressionEmitter::emitIota(IotaOp op, const Point &point) {
  Type element = elementOf(op.getResult());
  const Coordinate &c = point.index[op.getDimension()];
  int64_t width = c.isUniform() ? 1 : point.width;
  if (isa<IntegerType>(element))
    return lanesOf(c, width, registerType(element));
  int64_t size = tensorType(op.getResult()).getDimSize(op.getDimension());
  Type integer = size < (int64_t(1) << 31) ? b.getI32Type() : b.getI64Type();
  return emitConvert(b, loc, lanesOf(c, width, integer), integer, element);
}

/// Reports the first of the elements at `point` that are `bad`.
void ExpressionEmitter::emitFault(Operation *op, Value bad,
                                  const Point &point) {
  Type i64 = b.getI64Type();
  Coordinate place = linear(tensorType(op->getResult(0)).getShape(), point);
  bool lanes = isa<VectorType>(bad.getType());
  Value any = bad;
  if (lanes) {
    if (point.mask)
      bad = b.create<arith::AndIOp>(loc, bad, point.mask);
    any = b.create<vector::ReductionOp>(loc, vector::CombiningKind::OR, bad);
  }
  OpBuilder::InsertionGuard guard(b);
  auto branch = b.create<scf::IfOp>(loc, any, /*withElseRegion=*/false);
  b.setInsertionPoint(branch.thenBlock()->getTerminator());
  Value position;
  if (lanes) {
    Value each = lanesOf(place, point.width, i64);
    Value none = integerLike(b, loc, each.getType(), -1);
    each = b.create<arith::SelectOp>(loc, bad, each, none);
    position =
        b.create<vector::ReductionOp>(loc, vector::CombiningKind::MINUI, each);
  } else {
    position = lanesOf(Coordinate(place.index), 1, i64);
  }
  Value check =
      integerLike(b, loc, i64, kernel.checks.lookup(op) << faultPositionBits);
  Value fault = b.create<arith::OrIOp>(loc, check, position);
  b.create<memref::AtomicRMWOp>(loc, arith::AtomicRMWKind::minu, fault,
                                kernel.fault(), ValueRange{constant(0)});
}

//===-- Random bits -------------------------------------------------------===//

Value ExpressionEmitter::emitBits(RngBitGeneratorOp op, Value key,
                                  Value counter, const Point &point) {
  Type i64 = b.getI64Type();
  Coordinate place = linear(tensorType(op.getBits()).getShape(), point);
  bool lanes = !place.isUniform() && point.width > 1;
  if (!lanes || place.isVector() || place.step != 1 || place.divisor % 4 != 0 ||
      point.width < 4 || !llvm::isPowerOf2_64(point.width))
    return emitWordsAt(kernel, loc,
                       lanesOf(place, lanes ? point.width : 1, i64), counter,
                       key);
  Value first = lanesOf(Coordinate(place.index), 1, i64);
  first = b.create<arith::ShRUIOp>(loc, first, integerLike(b, loc, i64, 2));
  first = b.create<arith::AddIOp>(loc, counter, first);
  return emitConsecutiveWords(kernel, loc, first, key, point.width);
}

//===-- Reductions --------------------------------------------------------===//

Value ExpressionEmitter::combine(Reduction kind, Type element, Value lhs,
                                 Value rhs) {
  return emitCombine(b, loc, kind, element, lhs, rhs);
}

Value ExpressionEmitter::identity(Reduction kind, Type element, int64_t width) {
  TypedAttr value = reductionIdentity(kind, element);
  Type type = withLanes(registerType(element), width);
  if (auto number = dyn_cast<FloatAttr>(value))
    return floatConstant(b, loc, type, number.getValue());
  return integerLike(b, loc, type, cast<IntegerAttr>(value).getValue());
}

Value ExpressionEmitter::combineLanes(Reduction kind, Type element,
                                      Value vector) {
  auto type = dyn_cast<VectorType>(vector.getType());
  if (!type)
    return vector;
  for (int64_t width = type.getNumElements(); width > 2; width /= 2) {
    SmallVector<int64_t> lower, upper;
    for (int64_t i = 0; i < width / 2; ++i) {
      lower.push_back(i);
      upper.push_back(width / 2 + i);
    }
    Value low = b.create<vector::ShuffleOp>(loc, vector, vector, lower);
    Value high = b.create<vector::ShuffleOp>(loc, vector, vector, upper);
    vector = combine(kind, element, low, high);
  }
  Value low = b.create<vector::ExtractOp>(loc, vector, 0);
  Value high = b.create<vector::ExtractOp>(loc, vector, 1);
  return combine(kind, element, low, high);
}
