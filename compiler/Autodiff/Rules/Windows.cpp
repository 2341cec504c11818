// Gradients of moving windows.

#include "Autodiff/Rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::rules;

//===-- Sums
//---------------------------------------------------------------===//

/// An element is in the windows that lie over it: the sum over windows is a sum
/// under a window over g, whose elements stand `strides` apart. For one
/// dimension y[i] = sum over k of x[i·s + k·d - low], so
/// dx[j] = sum over k of g[(j + low - k·d) / s] where s divides.
static Term windowSumDx(ReduceWindowOp op, Term g, Term x) {
  if (g.type().getNumElements() == 0 || x.type().getNumElements() == 0)
    return x.like(0);
  SmallVector<int64_t> interior, none(g.rank(), 0), ones(g.rank(), 1), low,
      high;
  for (auto [n, w, s, d, l, out] :
       llvm::zip(x.shape(), op.getWindow(), op.getStrides(), op.getDilations(),
                 op.getLow(), g.shape())) {
    interior.push_back(s - 1);
    low.push_back((w - 1) * d - l);
    high.push_back(n - ((out - 1) * s + 1) + l);
  }
  if (op.getStrides() != ArrayRef(ones))
    g = g.make<PadOp>(g, scalar(g, 0), none, none, interior);
  return g.make<ReduceWindowOp>(Reduction::add, g, op.getWindow(), ones,
                                op.getDilations(), low, high);
}

//===-- The largest element
//------------------------------------------------===//

namespace {
/// Reads, for each window, what lies under each tap: a strided slice a tap.
template <typename Op> class Taps {
public:
  Taps(Op op, ArrayRef<int64_t> windows) : op(op), windows(windows) {
    count = 1;
    for (int64_t w : op.getWindow())
      count *= w;
  }

  /// The operand with its padding.
  Term pad(Term x, Term value) {
    SmallVector<int64_t> none(x.rank(), 0);
    if (op.getLow() == ArrayRef(none) && op.getHigh() == ArrayRef(none))
      return x;
    return x.make<PadOp>(x, value, op.getLow(), op.getHigh(), none);
  }
  /// What lies under tap `i` (in row-major order) of each window.
  Term at(Term padded, int64_t i) {
    SmallVector<int64_t> start(padded.rank()), limit(padded.rank());
    for (int64_t d = padded.rank() - 1; d >= 0; --d) {
      start[d] = i % op.getWindow()[d] * op.getDilations()[d];
      i /= op.getWindow()[d];
      limit[d] = start[d] + (windows[d] - 1) * op.getStrides()[d] + 1;
    }
    return padded.make<SliceOp>(padded, start, limit, op.getStrides());
  }

  int64_t count;

private:
  Op op;
  ArrayRef<int64_t> windows;
};
} // namespace

/// The element of v where each window's largest element of x lies: the adjoint
/// of `select_and_scatter`. The taps are compared one after the other, so the
/// first of equal ones stays and NaN is never displaced.
template <typename Op>
static Term pick(Op op, Term x, Term v, ArrayRef<int64_t> windows) {
  RankedTensorType type = v.type().clone(windows);
  Term nothing{x.builder(), splat(x.builder(), op.getLoc(), type, 0.0)};
  if (type.getNumElements() == 0 || x.type().getNumElements() == 0)
    return nothing;
  Taps<Op> taps(op, windows);
  Term keys = taps.pad(x, scalar(x, -INFINITY));
  Term values = taps.pad(v, scalar(v, 0));
  // A real -inf must displace padding.
  Term real = taps.pad(x.like(1), scalar(x, 0));
  Term best = taps.at(keys, 0), picked = taps.at(values, 0),
       found = taps.at(real, 0);
  for (int64_t i = 1; i < taps.count; ++i) {
    Term key = taps.at(keys, i), isReal = taps.at(real, i);
    Term nan = key.make<AndOp>(key != key, best == best);
    Term larger = key.make<OrOp>(key > best, nan);
    Term first =
        key.make<AndOp>(isReal > isReal.like(0), found == found.like(0));
    Term better = key.make<OrOp>(larger, first);
    best = select(better, key, best);
    picked = select(better, taps.at(values, i), picked);
    found = found.make<MaximumOp>(found, isReal);
  }
  return picked;
}

static Term selectAndScatter(ReduceWindowOp op, Term x, Term g) {
  return x.make<SelectAndScatterOp>(x.type(), x, g, op.getWindow(),
                                    op.getStrides(), op.getDilations(),
                                    op.getLow(), op.getHigh());
}

//===-- Products
//-----------------------------------------------------------===//

/// A product over a new leading dimension, one entry a tap.
FailureOr<SmallVector<Value>> dlc::productOfTaps(ReduceWindowOp op,
                                                 OpBuilder &builder) {
  TermBuilder b(op.getLoc(), builder);
  RankedTensorType type = tensorType(op.getResult());
  if (type.getNumElements() == 0)
    return SmallVector<Value>{splat(b, op.getLoc(), type, 1.0)};
  Term x{b, op.getOperand()};
  Taps<ReduceWindowOp> taps(op, type.getShape());
  Term padded = taps.pad(x, scalar(x, 1));
  SmallVector<int64_t> row{1};
  llvm::append_range(row, type.getShape());
  SmallVector<Value> rows;
  for (int64_t i = 0; i < taps.count; ++i)
    rows.push_back(reshape(taps.at(padded, i), row));
  Term all = x.make<ConcatenateOp>(ValueRange(rows), 0);
  return SmallVector<Value>{reduce(Reduction::mul, all, 0)};
}

static void reduceWindowVjp(ReduceWindowOp op, Adjoint &a) {
  Term x = a.term(op.getOperand());
  if (op.getKind() == Reduction::add)
    a.add(0, windowSumDx(op, a.g(), x));
  else // min x is -max -x.
    a.add(0,
          selectAndScatter(op, op.getKind() == Reduction::max ? x : -x, a.g()));
}

static void reduceWindowJvp(ReduceWindowOp op, Tangents &t) {
  if (op.getKind() == Reduction::add)
    return linearJvp(op, t);
  Term x = t.term(op.getOperand());
  t.set(0, pick(op, op.getKind() == Reduction::max ? x : -x, t.t(0),
                tensorType(op.getResult()).getShape()));
}

void rules::attachWindows(MLIRContext *c) {
  vjp<ReduceWindowOp>(
      c, [](ReduceWindowOp op, Adjoint &a) { reduceWindowVjp(op, a); });
  jvp<ReduceWindowOp>(
      c, [](ReduceWindowOp op, Tangents &t) { reduceWindowJvp(op, t); });
  // Where the largest lies does not change with the operand.
  vjp<SelectAndScatterOp>(c, [](SelectAndScatterOp op, Adjoint &a) {
    if (a.needs(1))
      a.add(1, pick(op, a.term(op.getOperand()), a.g(),
                    tensorType(op.getSource()).getShape()));
  });
  jvp<SelectAndScatterOp>(c, [](SelectAndScatterOp op, Tangents &t) {
    if (!t.has(1))
      return;
    Operation *moved = t.b.clone(*op);
    moved->setOperand(1, t.tangent(1));
    t.set(0, moved->getResult(0));
  });
}
