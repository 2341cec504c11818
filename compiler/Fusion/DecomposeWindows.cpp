// dlc-decompose-windows: pooling without an emitter of its own. A window is a
// few strided slices of the padded operand, one for each tap, that are combined
// element by element: a map kernel reads them in place.
//
//   reduce_window max x, window [2], strides [2]
//     => maximum(slice x from 0 by 2, slice x from 1 by 2)

#include "Fusion/Passes.h"
#include "IR/Shapes.h"
#include "IR/Term.h"
#include "mlir/IR/Matchers.h"

namespace dlc {
#define GEN_PASS_DEF_DECOMPOSEWINDOWS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// Windows of more taps are taken apart first.
static constexpr int64_t maxTaps = 32;

static int64_t product(ArrayRef<int64_t> sizes) {
  int64_t p = 1;
  for (int64_t s : sizes)
    p *= s;
  return p;
}

static Term combine(Reduction kind, Term x, Term y) {
  switch (kind) {
  case Reduction::add:
    return x + y;
  case Reduction::mul:
    return x * y;
  case Reduction::max:
    return x.make<MaximumOp>(x, y);
  case Reduction::min:
    return x.make<MinimumOp>(x, y);
  case Reduction::all:
  case Reduction::any:
    break;
  }
  llvm_unreachable("a window of truth values");
}

/// A scalar of the term's element type.
static Value scalar(Term x, TypedAttr value) {
  auto type = x.type().clone(ArrayRef<int64_t>{});
  return x.make<ConstantOp>(DenseElementsAttr::get(type, Attribute(value)));
}

static Term pad(Term x, TypedAttr with, ArrayRef<int64_t> low,
                ArrayRef<int64_t> high, ArrayRef<int64_t> interior) {
  auto none = [](ArrayRef<int64_t> sizes) {
    return llvm::all_of(sizes, [](int64_t s) { return s == 0; });
  };
  if (none(low) && none(high) && none(interior))
    return x;
  Value value = scalar(x, with);
  return x.make<PadOp>(x, value, low, high, interior);
}

namespace {
/// The window of a reduce_window or select_and_scatter over a padded operand.
struct Taps {
  template <typename Op>
  explicit Taps(Op op, ArrayRef<int64_t> result)
      : window(op.getWindow()), strides(op.getStrides()),
        dilations(op.getDilations()), result(result) {}

  ArrayRef<int64_t> window, strides, dilations, result;

  int64_t count() const { return product(window); }

  /// Where tap `t` of the first window lies in the padded operand.
  SmallVector<int64_t> start(int64_t t) const {
    SmallVector<int64_t> place(window.size());
    for (int64_t d = int64_t(window.size()) - 1; d >= 0; --d) {
      place[d] = t % window[d] * dilations[d];
      t /= window[d];
    }
    return place;
  }
  /// What tap `t` reads in every window: a value of the result's shape.
  Term slice(Term padded, int64_t t) const {
    SmallVector<int64_t> from = start(t), to;
    for (auto [d, place] : llvm::enumerate(from))
      to.push_back(place + (result[d] - 1) * strides[d] + 1);
    return padded.make<SliceOp>(padded, from, to, strides);
  }
};
} // namespace

static SmallVector<int64_t> zeros(size_t rank) {
  return SmallVector<int64_t>(rank, 0);
}

/// A window of `size` taps along one dimension, by windows half as long.
static Term slide(Term x, Reduction kind, int64_t dim, int64_t size,
                  int64_t dilation) {
  if (size == 1)
    return x;
  int64_t half = size / 2;
  Term first = slide(x, kind, dim, half, dilation);
  // The second half, of `half` or one tap more, starts `half` taps later.
  Term second =
      size - half == half ? first : slide(x, kind, dim, size - half, dilation);
  SmallVector<int64_t> from = zeros(x.rank()), ones(x.rank(), 1);
  SmallVector<int64_t> to(second.shape());
  from[dim] = half * dilation;
  Term late = second.make<SliceOp>(second, from, to, ones);
  from[dim] = 0;
  SmallVector<int64_t> same(late.shape());
  Term early = first.make<SliceOp>(first, from, same, ones);
  return combine(kind, early, late);
}

/// The gradient of windows that lie side by side sums the only element under
/// each window of
///
///   g with window - 1 zeros between its elements, padded low by as many
///
/// which repeats every element of g: that is a broadcast.
static std::optional<Term> repeatElements(ReduceWindowOp op, TermBuilder &b) {
  auto spread = op.getOperand().getDefiningOp<PadOp>();
  if (op.getKind() != Reduction::add || !spread ||
      !matchPattern(spread.getValue(), m_AnyZeroFloat()))
    return std::nullopt;
  Term g(b, spread.getOperand());
  SmallVector<int64_t> split, kept, tiled, high;
  for (int64_t d = 0; d < g.rank(); ++d) {
    int64_t w = op.getWindow()[d];
    if (op.getStrides()[d] != 1 || op.getDilations()[d] != 1 ||
        spread.getLow()[d] != 0 || spread.getHigh()[d] != 0 ||
        spread.getInterior()[d] != w - 1 || op.getLow()[d] != w - 1)
      return std::nullopt;
    kept.push_back(split.size());
    split.push_back(g.shape()[d]);
    if (w != 1)
      split.push_back(w);
    tiled.push_back(g.shape()[d] * w);
    high.push_back(op.getType().getDimSize(d) - tiled.back());
  }
  if (int64_t(split.size()) > shapes::maxRank)
    return std::nullopt;
  Term repeated = g.make<BroadcastInDimOp>(g.type().clone(split), g, kept);
  Term joined = repeated.make<ReshapeOp>(g.type().clone(tiled), repeated);
  return pad(joined, b.getZeroAttr(g.type().getElementType()), zeros(g.rank()),
             high, zeros(g.rank()));
}

static Value decompose(ReduceWindowOp op, TermBuilder &b) {
  if (std::optional<Term> repeated = repeatElements(op, b))
    return *repeated;
  Term x(b, op.getOperand());
  TypedAttr identity =
      reductionIdentity(op.getKind(), x.type().getElementType());
  ArrayRef<int64_t> result = op.getType().getShape();
  if (product(result) == 0)
    return b.create<ConstantOp>(
        DenseElementsAttr::get(op.getType(), Attribute(identity)));
  Term padded = pad(x, identity, op.getLow(), op.getHigh(), zeros(x.rank()));
  Taps taps(op, result);
  if (taps.count() <= maxTaps) {
    Term all = taps.slice(padded, 0);
    for (int64_t t = 1; t < taps.count(); ++t) {
      Term next = taps.slice(padded, t);
      all = combine(op.getKind(), all, next);
    }
    return all;
  }
  // One dimension after the other, then every stride-th of the windows.
  Term moving = padded;
  for (int64_t d = 0; d < x.rank(); ++d)
    moving =
        slide(moving, op.getKind(), d, op.getWindow()[d], op.getDilations()[d]);
  SmallVector<int64_t> to;
  for (auto [size, stride] : llvm::zip(result, op.getStrides()))
    to.push_back((size - 1) * stride + 1);
  return moving.make<SliceOp>(moving, zeros(x.rank()), to, op.getStrides());
}

/// For each window the number of the tap that wins, -1 for none.
static Term winners(Term x, SelectAndScatterOp op, const Taps &taps) {
  auto element = cast<FloatType>(x.type().getElementType());
  size_t rank = x.rank();
  Term padded = pad(x, reductionIdentity(Reduction::max, element), op.getLow(),
                    op.getHigh(), zeros(rank));
  // Which elements of `padded` are the operand's.
  Type i1 = IntegerType::get(op.getContext(), 1);
  Term inside(x.builder(),
              splat(x.builder(), op.getLoc(), x.type().clone(i1), 1));
  Term valid = pad(inside, BoolAttr::get(op.getContext(), false), op.getLow(),
                   op.getHigh(), zeros(rank));
  bool isPadded = Value(valid) != Value(inside);

  Term best = taps.slice(padded, 0);
  Type i32 = IntegerType::get(op.getContext(), 32);
  Term winner(x.builder(),
              splat(x.builder(), op.getLoc(), best.type().clone(i32), 0));
  Term nobody = winner.like(-1);
  if (isPadded)
    winner = select(taps.slice(valid, 0), winner, nobody);
  for (int64_t t = 1; t < taps.count(); ++t) {
    Term next = taps.slice(padded, t);
    Term larger = next > best;
    Term isNan = next != next, bestIsNumber = best == best;
    Term firstNan = isNan.make<AndOp>(isNan, bestIsNumber);
    Term wins = larger.make<OrOp>(larger, firstNan);
    if (isPadded) {
      Term empty = winner == nobody, counts = taps.slice(valid, t);
      wins = wins.make<OrOp>(wins, empty);
      wins = wins.make<AndOp>(wins, counts);
    }
    Term number = winner.like(t);
    best = select(wins, next, best);
    winner = select(wins, number, winner);
  }
  return winner;
}

/// Whether windows lie side by side from the first element on, in so few
/// dimensions that each can be split.
static bool areTiles(SelectAndScatterOp op) {
  int64_t split =
      llvm::count_if(op.getWindow(), [](int64_t w) { return w > 1; });
  if (op.getType().getRank() + split > shapes::maxRank)
    return false;
  auto all = [](ArrayRef<int64_t> values, int64_t wanted) {
    return llvm::all_of(values, [=](int64_t v) { return v == wanted; });
  };
  return op.getWindow() == op.getStrides() && all(op.getDilations(), 1) &&
         all(op.getLow(), 0) && all(op.getHigh(), 0);
}

/// Where windows are tiles, an element asks the only one that it lies in: each
/// dimension of the windows is followed by one of the taps.
///
///   [8, 14, 14] by 2 x 2 => [8, 14, 2, 14, 2] => [8, 28, 28]
static Value scatterToTiles(SelectAndScatterOp op, Term winner, Term source,
                            TypedAttr zero) {
  SmallVector<int64_t> split, kept, tapDims;
  for (auto [size, taps] : llvm::zip(source.shape(), op.getWindow())) {
    kept.push_back(split.size());
    split.push_back(size);
    if (taps == 1)
      continue;
    tapDims.push_back(split.size());
    split.push_back(taps);
  }
  auto spread = [&](Term v) {
    return Term(v.make<BroadcastInDimOp>(v.type().clone(split), v, kept));
  };
  Term owner = spread(winner), what = spread(source);
  // An element's tap, in row-major order of the window.
  Term tap = owner.like(0);
  int64_t weight = 1;
  for (int64_t d : llvm::reverse(tapDims)) {
    Term place = owner.make<IotaOp>(owner.type(), d);
    tap = tap + place * place.like(weight);
    weight *= split[d];
  }
  Term mine = select(owner == tap, what, what.like(0));
  SmallVector<int64_t> tiled, high;
  for (auto [size, taps, whole] :
       llvm::zip(source.shape(), op.getWindow(), op.getType().getShape())) {
    tiled.push_back(size * taps);
    high.push_back(whole - size * taps);
  }
  Term joined = mine.make<ReshapeOp>(mine.type().clone(tiled), mine);
  return pad(joined, zero, zeros(tiled.size()), high, zeros(tiled.size()));
}

static Value decompose(SelectAndScatterOp op, TermBuilder &b) {
  Term x(b, op.getOperand()), source(b, op.getSource());
  auto zero = b.getZeroAttr(x.type().getElementType());
  if (product(source.shape()) == 0)
    return x.like(0);
  Taps taps(op, source.shape());
  Term winner = winners(x, op, taps);
  if (areTiles(op))
    return scatterToTiles(op, winner, source, zero);
  auto nobody = IntegerAttr::get(winner.type().getElementType(), -1);
  std::optional<Term> sum;
  for (int64_t t = 0; t < taps.count(); ++t) {
    SmallVector<int64_t> low = taps.start(t), high, interior;
    for (size_t d = 0; d < low.size(); ++d) {
      low[d] -= op.getLow()[d];
      int64_t reach = (source.shape()[d] - 1) * op.getStrides()[d] + 1;
      high.push_back(x.shape()[d] - low[d] - reach);
      interior.push_back(op.getStrides()[d] - 1);
    }
    Term who = pad(winner, nobody, low, high, interior);
    Term what = pad(source, zero, low, high, interior);
    Term isMe = who == who.like(t);
    Term mine = select(isMe, what, what.like(0));
    sum = sum ? *sum + mine : mine;
  }
  return *sum;
}

namespace {
struct DecomposeWindows : dlc::impl::DecomposeWindowsBase<DecomposeWindows> {
  void runOnOperation() override {
    auto replace = [](auto op) {
      TermBuilder b(op.getLoc(), op);
      op.replaceAllUsesWith(decompose(op, b));
      op.erase();
    };
    getOperation()->walk([&](ReduceWindowOp op) { replace(op); });
    getOperation()->walk([&](SelectAndScatterOp op) { replace(op); });
  }
};
} // namespace
