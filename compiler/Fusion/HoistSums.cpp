// dlc-hoist-sums: a sum of products over the trips of a loop becomes one
// product after the loop. That is what the gradient of a recurrent network's
// weights is:
//
//   for t: dW = dW + dgates[t]ᵀ h[t]      =>      dW = dW + Σ over t, batch of
//                                                 dgates ⊗ h
//
// The loop no longer reads and writes all of dW for the few rows of a trip, and
// the product is long enough to run at full speed; its update may fuse with it.
// In exchange the loop stacks what the product reads, as far as it is not a
// sequence or an output already.

#include "Fusion/Passes.h"
#include "IR/Tape.h"
#include "llvm/ADT/SetVector.h"

namespace dlc {
#define GEN_PASS_DEF_HOISTSUMS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
/// carry = carry + term in each trip, and nothing else reads either.
struct TripSum {
  unsigned carry;
  /// A dot_general or a sum.
  Operation *term;
};

/// One loop.
class Hoisting {
public:
  explicit Hoisting(ScanOp scan)
      : scan(scan), body(scan.getBody().front()), yield(body.getTerminator()),
        carries(scan.getNumCarries()) {}

  void run();

private:
  std::optional<TripSum> sumOf(unsigned carry);
  std::optional<int64_t> newBytes(const TripSum &sum);
  void choose(ArrayRef<TripSum> candidates);
  void appendOutputs();
  Value stackOf(Value value);
  Value total(OpBuilder &b, const TripSum &sum);

  ScanOp scan;
  Block &body;
  Operation *yield;
  unsigned carries;
  SmallVector<TripSum> chosen;
  /// What the body must yield in addition.
  llvm::SetVector<Value> stacked;
};
} // namespace

std::optional<TripSum> Hoisting::sumOf(unsigned carry) {
  BlockArgument sum = body.getArgument(carry);
  auto type = dyn_cast<RankedTensorType>(sum.getType());
  // Narrow floats are rounded in each trip.
  if (!type ||
      !(type.getElementType().isF32() || type.getElementType().isF64()))
    return std::nullopt;
  auto add = yield->getOperand(carry).getDefiningOp<AddOp>();
  if (!add || !add->hasOneUse() || !sum.hasOneUse() ||
      *sum.user_begin() != add || scan.getResult(carry).use_empty())
    return std::nullopt;
  Value term = add.getLhs() == sum ? add.getRhs() : add.getLhs();
  Operation *op = term.getDefiningOp();
  if (!op || !term.hasOneUse())
    return std::nullopt;
  if (auto dot = dyn_cast<DotGeneralOp>(op)) {
    if (!dot.getLhsBatch().empty() ||
        tensorType(dot.getLhs()).getElementType() != type.getElementType())
      return std::nullopt;
  } else if (auto reduce = dyn_cast<ReduceOp>(op)) {
    if (reduce.getKind() != Reduction::add)
      return std::nullopt;
  } else {
    return std::nullopt;
  }
  return TripSum{carry, op};
}

/// What a trip would stack for this sum, beyond what it does already; nothing
/// where a factor is the same in all trips.
std::optional<int64_t> Hoisting::newBytes(const TripSum &sum) {
  unsigned firstConstant = carries + scan.getSequences().size();
  int64_t bytes = 0;
  for (Value factor : sum.term->getOperands()) {
    auto argument = dyn_cast<BlockArgument>(factor);
    if (argument && argument.getArgNumber() >= firstConstant)
      return std::nullopt;
    if (argument && argument.getArgNumber() >= carries)
      continue;
    bool isOutput =
        llvm::is_contained(yield->getOperands().drop_front(carries), factor);
    if (!isOutput && !stacked.contains(factor))
      bytes += storageBytes(factor);
  }
  return bytes;
}

/// Stacking costs memory and a pass over it: at most as much as the loop's
/// sequences have, and in each trip at most twice the sum that need not be read
/// and written. Large sums first; what they stack is free for others.
void Hoisting::choose(ArrayRef<TripSum> candidates) {
  int64_t room = 0;
  for (Value sequence : scan.getSequences())
    room += storageBytes(sequence);
  for (const TripSum &sum : candidates) {
    std::optional<int64_t> bytes = newBytes(sum);
    int64_t saved = 2 * storageBytes(sum.term->getResult(0));
    if (!bytes || *bytes > saved || *bytes * int64_t(*scan.getTrips()) > room)
      continue;
    room -= *bytes * int64_t(*scan.getTrips());
    chosen.push_back(sum);
    if (*bytes != 0)
      for (Value factor : sum.term->getOperands())
        if (auto argument = dyn_cast<BlockArgument>(factor);
            (!argument || argument.getArgNumber() < carries) &&
            !llvm::is_contained(yield->getOperands().drop_front(carries),
                                factor))
          stacked.insert(factor);
  }
}

/// Replaces the loop by one with more outputs.
void Hoisting::appendOutputs() {
  OpBuilder b(scan);
  SmallVector<Type> types(scan.getResultTypes());
  for (Value value : stacked) {
    auto type = tensorType(value);
    SmallVector<int64_t> shape(type.getShape());
    shape.insert(shape.begin(), int64_t(*scan.getTrips()));
    types.push_back(type.clone(shape));
  }
  yield->insertOperands(yield->getNumOperands(), stacked.getArrayRef());
  auto larger = b.create<ScanOp>(scan.getLoc(), types, scan.getTripsAttr(),
                                 scan.getInits(), scan.getSequences(),
                                 scan.getConstants(), scan.getReverseAttr());
  larger.getBody().takeBody(scan.getBody());
  scan->replaceAllUsesWith(
      larger.getResults().take_front(scan.getNumResults()));
  scan->erase();
  scan = larger;
}

Value Hoisting::stackOf(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value))
    if (argument.getArgNumber() >= carries)
      return scan.getSequences()[argument.getArgNumber() - carries];
  unsigned output = carries;
  while (yield->getOperand(output) != value)
    ++output;
  return scan.getResult(output);
}

/// The sum over all trips.
Value Hoisting::total(OpBuilder &b, const TripSum &sum) {
  Location loc = sum.term->getLoc();
  auto withTrips = [](ArrayRef<int64_t> dims) {
    SmallVector<int64_t> all = {0};
    for (int64_t dim : dims)
      all.push_back(dim + 1);
    return all;
  };
  if (auto reduce = dyn_cast<ReduceOp>(sum.term))
    return b.create<ReduceOp>(loc, Reduction::add, stackOf(reduce.getOperand()),
                              withTrips(reduce.getDimensions()));
  auto dot = cast<DotGeneralOp>(sum.term);
  Value lhs = stackOf(dot.getLhs()), rhs = stackOf(dot.getRhs());
  return b.create<DotGeneralOp>(
      loc, lhs, rhs, ArrayRef<int64_t>{}, ArrayRef<int64_t>{},
      withTrips(dot.getLhsContract()), withTrips(dot.getRhsContract()));
}

void Hoisting::run() {
  SmallVector<TripSum> candidates;
  for (unsigned carry = 0; carry < carries; ++carry)
    if (std::optional<TripSum> sum = sumOf(carry))
      candidates.push_back(*sum);
  auto bytes = [](const TripSum &sum) {
    return storageBytes(sum.term->getResult(0));
  };
  llvm::sort(candidates, [&](const TripSum &a, const TripSum &b) {
    return std::pair(-bytes(a), a.carry) < std::pair(-bytes(b), b.carry);
  });
  choose(candidates);
  if (chosen.empty())
    return;
  appendOutputs();
  OpBuilder b(scan->getContext());
  b.setInsertionPointAfter(scan);
  for (const TripSum &sum : chosen) {
    Value all = total(b, sum);
    Value result =
        b.create<AddOp>(sum.term->getLoc(), all, scan.getInits()[sum.carry]);
    // The carry is dead now; dlc-simplify-algebra drops it.
    scan.getResult(sum.carry).replaceAllUsesWith(result);
  }
}

namespace {
struct HoistSums : dlc::impl::HoistSumsBase<HoistSums> {
  using HoistSumsBase::HoistSumsBase;

  void runOnOperation() override {
    SmallVector<ScanOp> scans;
    getOperation()->walk([&](ScanOp scan) {
      if (scan.getTrips() && *scan.getTrips() > 1)
        scans.push_back(scan);
    });
    for (ScanOp scan : scans)
      Hoisting(scan).run();
  }
};
} // namespace
