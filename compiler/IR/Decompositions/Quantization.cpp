#include "IR/Decompositions/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::decompositions;

static Term clamp(Term x, double low, double high) {
  Term least = x.like(low);
  Term most = x.like(high);
  return x.make<ClampOp>(least, x, most);
}

/// round(x / scale), scale a scalar.
static Term steps(Term x, Term scale) {
  Term ratio = x / repeated(scale, x.shape());
  return ratio.make<RoundNearestEvenOp>(ratio);
}

static Term uniformQuantize(UniformQuantizeOp op, ArrayRef<Term> in) {
  Type element = tensorType(op.getResult()).getElementType();
  Term q = steps(in[0], in[1]);
  Term number = q == q;
  q = select(number, q, q.like(0));
  Term zero = convert(in[2], q.type().getElementType());
  q = q + repeated(zero, q.shape());
  bool isUnsigned = element.isUnsignedInteger();
  return convert(clamp(q, isUnsigned ? 0 : -128, isUnsigned ? 255 : 127),
                 element);
}

static Term uniformDequantize(UniformDequantizeOp op, ArrayRef<Term> in) {
  Type element = in[1].type().getElementType();
  Term q = convert(in[0], element);
  Term zero = repeated(convert(in[2], element), q.shape());
  Term scale = repeated(in[1], q.shape());
  return (q - zero) * scale;
}

static Term fakeQuant(FakeQuantOp op, ArrayRef<Term> in) {
  Term q = steps(in[0], in[1]);
  Term zero = repeated(in[2], q.shape());
  Term level = clamp(q + zero, static_cast<int64_t>(op.getLow()),
                     static_cast<int64_t>(op.getHigh()));
  Term scale = repeated(in[1], q.shape());
  return (level - zero) * scale;
}

/// False is scattered to the places of the smallest.
static Term magnitudeMask(MagnitudeMaskOp op, ArrayRef<Term> in) {
  auto type = tensorType(op.getResult());
  int64_t count = type.getNumElements(), drop = op.getDrop();
  Term size = reshape(abs(in[0]), count);
  Term places = iotaLike(size, 0, IntegerType::get(op.getContext(), 32));
  auto sorted = size.builder().create<SortOp>(ValueRange{size, places},
                                              int64_t(0), false);
  Term order({size.builder(), sorted.getResult(1)});
  Term smallest = reshape(sliceDim(order, 0, 0, drop), {drop, 1});
  Type truth = type.getElementType();
  Term kept{size.builder(),
            splat(size.builder(), op.getLoc(), size.type().clone(truth), 1)};
  Term dropped{size.builder(), splat(size.builder(), op.getLoc(),
                                     RankedTensorType::get(drop, truth), 0)};
  Term mask =
      kept.make<ScatterOp>(kept.type(), ScatterMode::replace, kept, smallest,
                           dropped, int64_t(0), ArrayRef<int64_t>{0});
  return reshape(mask, type.getShape());
}

void decompositions::addQuantization(Table &table) {
  add(table, uniformQuantize);
  add(table, uniformDequantize);
  add(table, fakeQuant);
  add(table, magnitudeMask, Precision::stored);
}
