// Gradients of gather, scatter and sort.

#include "Autodiff/Rules/Rules.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::rules;

using Dims = SmallVector<int64_t>;

//===-- Indices out of range ----------------------------------------------===//

/// The sizes of the indexed dimensions.
template <typename Op> static Dims limitsOf(Op op) {
  Dims limits;
  for (int64_t d : op.getIndexDims())
    limits.push_back(tensorType(op.getOperand()).getDimSize(d));
  return limits;
}

/// Whether indices are known to lie in range: checked, or counted.
static bool areInRange(Value indices, ArrayRef<int64_t> limits) {
  while (Operation *op = indices.getDefiningOp()) {
    if (isa<ReshapeOp, TransposeOp, BroadcastInDimOp, SliceOp>(op)) {
      indices = op->getOperand(0);
      continue;
    }
    auto check = dyn_cast<CheckIndexOp>(op);
    return check && llvm::all_of(limits, [&](int64_t n) {
             return static_cast<int64_t>(check.getLimit()) <= n;
           });
  }
  return false;
}

/// limits - 1, repeated over the indices.
static Term largestIndices(Term indices, ArrayRef<int64_t> limits) {
  Type element = indices.type().getElementType();
  SmallVector<Attribute> last;
  for (int64_t n : limits)
    last.push_back(IntegerAttr::get(element, n - 1));
  int64_t n = limits.size();
  Term row = indices.make<ConstantOp>(
      DenseElementsAttr::get(indices.type().clone(n), last));
  return broadcast(row, indices.shape(), indices.rank() - 1);
}

/// `gather` clamps, `scatter` drops: as adjoints of one another they need
/// clamped indices, or zeros where an index lies outside.
static Term clamped(Term indices, ArrayRef<int64_t> limits) {
  if (areInRange(indices, limits) || indices.type().getNumElements() == 0)
    return indices;
  Term high = largestIndices(indices, limits);
  return indices.make<ClampOp>(indices.like(0), indices, high);
}
static Term onlyInside(Term rows, Term indices, ArrayRef<int64_t> limits) {
  if (areInRange(indices, limits) || indices.type().getNumElements() == 0)
    return rows;
  Term high = largestIndices(indices, limits);
  Term lower = indices.like(0) <= indices, upper = indices <= high;
  Term inside = reduce(Reduction::all, lower.make<AndOp>(lower, upper),
                       indices.rank() - 1);
  Term spread = broadcast(inside, rows.shape(),
                          llvm::to_vector(llvm::seq(inside.rank())));
  return select(spread, rows, rows.like(0));
}

//===-- Gather and scatter
//-------------------------------------------------===//

static Term scatter(ScatterMode mode, Term into, Term indices, Term rows,
                    int64_t batchDims, ArrayRef<int64_t> indexDims) {
  return into.make<ScatterOp>(into.type(), mode, into, indices, rows, batchDims,
                              indexDims);
}

static Term gatherDx(GatherOp op, Term g) {
  Term x{g.builder(), op.getOperand()}, indices{g.builder(), op.getIndices()};
  return scatter(ScatterMode::add, x.like(0), clamped(indices, limitsOf(op)), g,
                 op.getBatchDims(), op.getIndexDims());
}

static Term gatherLike(ScatterOp op, Term x) {
  return x.make<GatherOp>(x, op.getIndices(), op.getBatchDims(),
                          op.getIndexDims());
}

/// Each row's number, in the shape of the updates.
static Term rowNumbers(ScatterOp op, Term updates) {
  Dims rows(tensorType(op.getIndices()).getShape().drop_back());
  auto type = RankedTensorType::get(ShapedType::getNumElements(rows),
                                    IntegerType::get(op.getContext(), 32));
  Term count = updates.make<IotaOp>(type, 0);
  return broadcast(reshape(count, rows), updates.shape(),
                   llvm::to_vector(llvm::seq<int64_t>(0, rows.size())));
}

/// Of several replacements the last stays: scattering the rows' numbers tells
/// which one it was.
static void replaceVjp(ScatterOp op, Adjoint &a) {
  Term g = a.g(), x = a.term(op.getOperand()), u = a.term(op.getUpdates()),
       indices = a.term(op.getIndices());
  Term numbers = rowNumbers(op, u);
  Term nobody{a.b, splat(a.b, op.getLoc(),
                         x.type().clone(numbers.type().getElementType()), -1)};
  Term winner = scatter(ScatterMode::replace, nobody, indices, numbers,
                        op.getBatchDims(), op.getIndexDims());
  if (a.needs(0))
    a.add(0, select(winner == nobody, g, g.like(0)));
  if (a.needs(2)) {
    Term won = gatherLike(op, winner) == numbers;
    Term own = select(won, gatherLike(op, g), u.like(0));
    a.add(2, onlyInside(own, indices, limitsOf(op)));
  }
}

static void scatterVjp(ScatterOp op, Adjoint &a) {
  if (op.getMode() == ScatterMode::replace)
    return replaceVjp(op, a);
  if (a.needs(0))
    a.add(0, a.g());
  if (a.needs(2))
    a.add(2, onlyInside(gatherLike(op, a.g()), a.term(op.getIndices()),
                        limitsOf(op)));
}

//===-- Sort --------------------------------------------------------------===//

/// The result that holds each element's old place, if the sort carries one.
static std::optional<unsigned> placesOf(SortOp op) {
  for (auto [i, input] : llvm::enumerate(op.getInputs()))
    if (auto iota = input.getDefiningOp<IotaOp>();
        iota && iota.getDimension() == op.getDimension() &&
        !isa<FloatType>(tensorType(input).getElementType()))
      return i;
  return std::nullopt;
}

/// Elements go back to their old places, which the sort carries along.
static void sortVjp(SortOp op, Adjoint &a) {
  RankedTensorType type = tensorType(op.getInputs().front());
  std::optional<unsigned> places = placesOf(op);
  if (!places) {
    OpBuilder b(op);
    SmallVector<Value> inputs(op.getInputs());
    Type index = IntegerType::get(op.getContext(), 32);
    places = inputs.size();
    inputs.push_back(
        b.create<IotaOp>(op.getLoc(), type.clone(index), op.getDimension()));
    auto carrying = b.create<SortOp>(op.getLoc(), inputs, op.getDimension(),
                                     op.getDescending());
    a.replace(carrying);
    op = carrying;
  }
  // The dimension comes last; the others are the batch, as one: indices have a
  // dimension more, and tensors eight at most.
  int64_t rank = type.getRank();
  Dims order;
  for (int64_t d = 0; d < rank; ++d)
    if (d != static_cast<int64_t>(op.getDimension()))
      order.push_back(d);
  order.push_back(op.getDimension());
  Term old = transpose(a.term(op.getResult(*places)), order);
  Dims turned(old.shape());
  int64_t batch = computeProduct(ArrayRef(turned).drop_back());
  Term indices = reshape(old, {batch, turned.back(), 1});
  for (unsigned i = 0; i < op.getNumResults(); ++i)
    if (a.gradient(i) && a.needs(i)) {
      Term g = transpose(a.term(a.gradient(i)), order);
      g = reshape(g, {batch, turned.back()});
      Term back = scatter(ScatterMode::add, g.like(0), indices, g,
                          /*batch dims*/ 1, {1});
      back = reshape(back, turned);
      a.add(i, transpose(back, invertPermutationVector(order)));
    }
}

/// Tangents are sorted along.
static void sortJvp(SortOp op, Tangents &t) {
  SmallVector<Value> inputs(op.getInputs());
  SmallVector<unsigned> moved;
  for (unsigned i = 0; i < op.getNumOperands(); ++i)
    if (t.has(i)) {
      moved.push_back(i);
      inputs.push_back(t.tangent(i));
    }
  auto along =
      t.b.create<SortOp>(inputs, op.getDimension(), op.getDescending());
  for (auto [k, i] : llvm::enumerate(moved))
    t.set(i, along.getResult(op.getNumOperands() + k));
}

void rules::attachIndexing(MLIRContext *c) {
  linear<GatherOp>(
      c, [](GatherOp op, Adjoint &a) { a.add(0, gatherDx(op, a.g())); });
  vjp<ScatterOp>(c, [](ScatterOp op, Adjoint &a) { scatterVjp(op, a); });
  jvp<ScatterOp>(c, [](ScatterOp op, Tangents &t) { linearJvp(op, t); });
  vjp<SortOp>(c, [](SortOp op, Adjoint &a) { sortVjp(op, a); });
  jvp<SortOp>(c, [](SortOp op, Tangents &t) { sortJvp(op, t); });
}
