#include "IR/Tape.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

RankedTensorType dlc::tapeOf(RankedTensorType entry, int64_t capacity) {
  return RankedTensorType::get(
      {}, TapeType::get(entry.getContext(), entry, capacity));
}

TapeType dlc::tapeType(Value value) {
  RankedTensorType type = tensorType(value);
  return type.getRank() == 0 ? dyn_cast<TapeType>(type.getElementType())
                             : TapeType();
}

bool dlc::hasFloats(Type type) {
  Type element = cast<RankedTensorType>(type).getElementType();
  if (auto tape = dyn_cast<TapeType>(element))
    return hasFloats(tape.getEntry());
  return isa<FloatType>(element);
}

bool dlc::holdsSegments(Type type) {
  auto tape = dyn_cast<TapeType>(cast<RankedTensorType>(type).getElementType());
  return tape && (!tape.isBounded() || holdsSegments(tape.getEntry()));
}

/// Of one element; -1 where the number is not one.
static int64_t elementBytes(Type element) {
  auto tape = dyn_cast<TapeType>(element);
  if (!tape)
    return llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
  if (!tape.isBounded())
    return unboundedTapeBytes;
  int64_t entries = 0, all = 0;
  int64_t entry = elementBytes(tape.getEntry().getElementType());
  if (entry < 0 ||
      llvm::MulOverflow(entry, tape.getEntry().getNumElements(), entries) ||
      llvm::MulOverflow(entries, tape.getCapacity(), all) ||
      llvm::AddOverflow(all, 2 * tapeHeaderBytes, all))
    return -1;
  return llvm::alignDown(all, tapeHeaderBytes);
}

int64_t dlc::storageBytes(RankedTensorType type) {
  return type.getNumElements() * elementBytes(type.getElementType());
}

LogicalResult TapeType::verify(function_ref<InFlightDiagnostic()> emitError,
                               RankedTensorType entry, int64_t capacity) {
  if (capacity < -1 || !entry.hasStaticShape())
    return emitError() << "a tape of " << capacity << " entries of " << entry;
  int64_t bytes = elementBytes(entry.getElementType()), all = 0;
  if (bytes < 0 || llvm::MulOverflow(bytes, entry.getNumElements(), all) ||
      llvm::MulOverflow(all, std::max<int64_t>(capacity, 1), all) ||
      llvm::AddOverflow(all, 2 * tapeHeaderBytes, all))
    return emitError() << "a tape of " << capacity << " entries of " << entry
                       << " is too large";
  return success();
}

namespace {
using Combine = function_ref<Value(OpBuilder &, ValueRange)>;
} // namespace

/// A loop over stacks or tapes of one length, whose output is `combine` of
/// their slices.
static Value zip(OpBuilder &b, Location loc, ValueRange stacks,
                 Combine combine) {
  RankedTensorType type = tensorType(stacks[0]);
  IntegerAttr trips;
  RankedTensorType slice;
  if (TapeType tape = tapeType(stacks[0])) {
    slice = tape.getEntry();
  } else {
    trips = b.getI64IntegerAttr(type.getDimSize(0));
    slice = type.clone(type.getShape().drop_front());
  }
  auto scan = b.create<ScanOp>(loc, TypeRange(type), trips, ValueRange(),
                               stacks, ValueRange(), /*reverse=*/UnitAttr());
  OpBuilder::InsertionGuard guard(b);
  Block &body = scan.getBody().emplaceBlock();
  for (size_t i = 0; i < stacks.size(); ++i)
    body.addArgument(slice, loc);
  b.setInsertionPointToEnd(&body);
  Value made = combine(b, body.getArguments());
  b.create<YieldOp>(loc, made);
  return scan.getResult(0);
}

static bool isTape(Value value) {
  return isa<TapeType>(tensorType(value).getElementType());
}

Value dlc::zerosLike(OpBuilder &b, Location loc, Value like) {
  if (!isTape(like))
    return splat(b, loc, tensorType(like), 0.0);
  return zip(b, loc, like, [&](OpBuilder &b, ValueRange slices) {
    return zerosLike(b, loc, slices[0]);
  });
}

Value dlc::addValues(OpBuilder &b, Location loc, Value x, Value y) {
  if (!isTape(x))
    return b.create<AddOp>(loc, x, y);
  return zip(b, loc, {x, y}, [&](OpBuilder &b, ValueRange slices) {
    return addValues(b, loc, slices[0], slices[1]);
  });
}
