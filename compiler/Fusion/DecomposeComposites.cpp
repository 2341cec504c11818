// dlc-decompose-composites: every composite becomes the primitives of its
// formula (see Composites.td). One function a composite.
//
// The softmax family works on rows: a reduction along another dimension is
// first transposed, and its row statistics (m, e^(x-m), its sum) are written
// the same way every time, so that CSE lets a forward and a backward share
// them.

#include "Fusion/Passes.h"
#include "IR/Term.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc;

namespace dlc {
#define GEN_PASS_DEF_DECOMPOSECOMPOSITES
#include "Fusion/Passes.h.inc"
} // namespace dlc

/// The permutation that moves a dimension to the end.
static SmallVector<int64_t> movingToEnd(int64_t dim, int64_t rank) {
  SmallVector<int64_t> order;
  for (int64_t d = 0; d < rank; ++d)
    if (d != dim)
      order.push_back(d);
  order.push_back(dim);
  return order;
}
static Term toRows(Term x, int64_t dim) {
  return transpose(x, movingToEnd(dim, x.rank()));
}
static Term fromRows(Term x, int64_t dim) {
  return transpose(x, invertPermutationVector(movingToEnd(dim, x.rank())));
}

namespace {
/// The statistics that the softmax family shares, along the last dimension.
struct Rows {
  explicit Rows(Term x)
      : last(x.rank() - 1), shape(x.type()),
        shifted(x - spread(reduce(Reduction::max, x, last))),
        powers(exp(shifted)), total(sum(powers, last)) {}

  /// A value for each row, repeated along it.
  Term spread(Term rows) const {
    return dlc::spread(rows, shape.getShape(), last);
  }

  int64_t last;
  RankedTensorType shape;
  Term shifted; // x - m, m the largest x
  Term powers;  // e^(x - m)
  Term total;   // the sum of the powers
};
} // namespace

/// 0, 1, 2 … along the last dimension, where it equals a row's index.
static Term hits(Term index, ArrayRef<int64_t> shape) {
  int64_t last = shape.size() - 1;
  Term iota = index.make<IotaOp>(index.type().clone(shape), last);
  return iota == spread(index, shape, last);
}

static Term decompose(ReluOp op, Term x) { return max(x, 0.0); }

static Term decompose(SoftmaxOp op, Term x) {
  Rows rows(toRows(x, op.getDimension()));
  return fromRows(rows.powers / rows.spread(rows.total), op.getDimension());
}

static Term decompose(LogSoftmaxOp op, Term x) {
  Rows rows(toRows(x, op.getDimension()));
  return fromRows(rows.shifted - rows.spread(log(rows.total)),
                  op.getDimension());
}

static Term decompose(SoftmaxCrossEntropyOp op, Term logits) {
  Rows rows(logits);
  Term labels = logits.make<CheckIndexOp>(op.getLabels(), logits.shape().back(),
                                          op->getName().stripDialect());
  Term picked =
      select(hits(labels, logits.shape()), rows.shifted, rows.shifted.like(0));
  return log(rows.total) - sum(picked, rows.last);
}

static Term decompose(OneHotOp op, Term indices) {
  auto type = tensorType(op.getResult());
  return convert(hits(indices, type.getShape()), type.getElementType());
}

/// The first position that holds the maximum, or NaN: a maximum of NaN equals
/// no element, and only NaN differs from itself.
static Term decompose(ArgmaxOp op, Term x) {
  Term rows = toRows(x, op.getDimension());
  int64_t last = rows.rank() - 1;
  Term hit =
      rows == spread(reduce(Reduction::max, rows, last), rows.shape(), last);
  if (isa<FloatType>(rows.type().getElementType()))
    hit = hit.make<OrOp>(hit, rows != rows);
  Term position = rows.make<IotaOp>(
      rows.type().clone(IntegerType::get(op.getContext(), 32)), last);
  Term beyond = position.like(rows.shape().back());
  Term first = reduce(Reduction::min, select(hit, position, beyond), last);
  return first;
}

/// 24 random bits for each element of a draw, as floats (exactly).
static Term randomBits(Term state, RankedTensorType type) {
  auto word = IntegerType::get(type.getContext(), 32, IntegerType::Unsigned);
  Term bits = state.make<RngBitGeneratorOp>(type.clone(word), state);
  Term high = bits.make<ShiftRightLogicalOp>(bits, bits.like(8));
  return convert(high, type.getElementType());
}

static Term decompose(UniformOp op, Term state) {
  return randomBits(state, op.getResult().getType()) * 0x1p-24;
}

static Term polynomial(Term x, ArrayRef<double> coefficients) {
  Term p = x.like(coefficients.front());
  for (double c : coefficients.drop_front())
    p = p * x + c;
  return p;
}

/// The inverse error function. M. Giles, "Approximating the erfinv function",
/// GPU Computing Gems Jade Edition (2012), single precision.
static Term inverseErf(Term x) {
  Term w = -log((1.0 - x) * (1.0 + x));
  Term central =
      polynomial(w - 2.5, {2.81022636e-08, 3.43273939e-07, -3.5233877e-06,
                           -4.39150654e-06, 0.00021858087, -0.00125372503,
                           -0.00417768164, 0.246640727, 1.50140941});
  Term tail =
      polynomial(sqrt(w) - 3.0, {-0.000200214257, 0.000100950558, 0.00134934322,
                                 -0.00367342844, 0.00573950773, -0.0076224613,
                                 0.00943887047, 1.00167406, 2.83297682});
  return select(w < w.like(5.0), central, tail) * x;
}

/// 2u - 1 with u = k · 2^-24 + 2^-25 is written so that it is exact in f32,
/// where u itself would round to 1 for the largest k.
static Term decompose(NormalOp op, Term state) {
  Term k = randomBits(state, op.getResult().getType());
  Term centred = (k - 0x1p23) * 0x1p-23 + 0x1p-24;
  return inverseErf(centred) * 1.4142135623730951;
}

namespace {
struct DecomposeComposites
    : dlc::impl::DecomposeCompositesBase<DecomposeComposites> {
  void runOnOperation() override {
    getOperation()->walk([](Operation *op) {
      llvm::TypeSwitch<Operation *>(op)
          .Case<ReluOp, SoftmaxOp, LogSoftmaxOp, SoftmaxCrossEntropyOp,
                OneHotOp, ArgmaxOp, UniformOp, NormalOp>([](auto composite) {
            ImplicitLocOpBuilder b(composite.getLoc(), composite);
            Term term = decompose(composite, {b, composite->getOperand(0)});
            composite.replaceAllUsesWith(Value(term));
            composite.erase();
          });
    });
  }
};
} // namespace
