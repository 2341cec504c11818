#include "IR/Decompositions/Rules.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::decompositions;

/// The upper 24 bits of each word, as ui32.
static Term randomWords(Term state, RankedTensorType type) {
  auto word = IntegerType::get(type.getContext(), 32, IntegerType::Unsigned);
  Term bits = state.make<RngBitGeneratorOp>(type.clone(word), state);
  return bits.make<ShiftRightLogicalOp>(bits, bits.like(8));
}

Term decompositions::randomBits(Term state, RankedTensorType type) {
  return convert(randomWords(state, type), type.getElementType());
}

static RankedTensorType singles(RankedTensorType type) {
  return type.clone(Float32Type::get(type.getContext()));
}

static Term uniform(UniformOp op, ArrayRef<Term> in) {
  return randomBits(in[0], widened(tensorType(op.getResult()))) * 0x1p-24;
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
  Term below = 1.0 - x;
  Term above = 1.0 + x;
  Term w = -log(below * above);
  Term central =
      polynomial(w - 2.5, {2.81022636e-08, 3.43273939e-07, -3.5233877e-06,
                           -4.39150654e-06, 0.00021858087, -0.00125372503,
                           -0.00417768164, 0.246640727, 1.50140941});
  Term tail =
      polynomial(sqrt(w) - 3.0, {-0.000200214257, 0.000100950558, 0.00134934322,
                                 -0.00367342844, 0.00573950773, -0.0076224613,
                                 0.00943887047, 1.00167406, 2.83297682});
  Term isCentral = w < w.like(5.0);
  return select(isCentral, central, tail) * x;
}

/// 2u - 1 with u = k · 2^-24 + 2^-25 is written so that it is exact in f32,
/// where u itself would round to 1 for the largest k.
static Term normal(NormalOp op, ArrayRef<Term> in) {
  Term k = randomBits(in[0], widened(tensorType(op.getResult())));
  Term centred = (k - 0x1p23) * 0x1p-23 + 0x1p-24;
  return inverseErf(centred) * 1.4142135623730951;
}

/// u < p for u = k · 2^-24 is k < p · 2^24, a product that is exact or inf.
static Term bernoulli(BernoulliOp op, ArrayRef<Term> in) {
  RankedTensorType type = singles(tensorType(op.getResult()));
  Term k = randomBits(in[0], type);
  return k < repeated(in[1] * 0x1p24, type.getShape());
}

/// -log u with u = (k + 1/2) · 2^-24. Above 1/2 it is taken from 1 - u, which
/// f32 holds exactly, as it does not hold u.
static Term negativeLog(Term k) {
  Term small = k < k.like(0x1p23);
  Term u = (k + 0.5) * 0x1p-24;
  Term complement = (k - (0x1p24 - 0.5)) * 0x1p-24;
  Term low = log(u);
  Term high = logPlusOne(complement);
  return -select(small, low, high);
}

static Term categorical(CategoricalOp op, ArrayRef<Term> in) {
  Term logits = in[1];
  Dims shape(tensorType(op.getResult()).getShape());
  shape.push_back(logits.shape().back());
  int64_t rank = shape.size();
  Term k = randomBits(in[0], logits.type().clone(shape));
  Term noise = -log(negativeLog(k));
  Term scores =
      broadcast(logits, shape, range(rank - logits.rank(), rank)) + noise;
  return scores.make<ArgmaxOp>(scores, rank - 1);
}

static Term permutation(PermutationOp op, ArrayRef<Term> in) {
  RankedTensorType type = tensorType(op.getResult());
  auto word = IntegerType::get(type.getContext(), 32, IntegerType::Unsigned);
  Term words = in[0].make<RngBitGeneratorOp>(type.clone(word), in[0]);
  Term places = words.make<IotaOp>(type, 0);
  auto sorted = words.builder().create<SortOp>(ValueRange{words, places},
                                               int64_t(0), false);
  return {words.builder(), sorted.getResult(1)};
}

/// u < rate for u = k · 2^-24 is k < ceil(rate · 2^24), which is exact.
static Term dropout(DropoutOp op, ArrayRef<Term> in) {
  double rate = op.getRate().convertToDouble();
  Term k = randomWords(in[1], in[0].type());
  Term dropped = k < k.like(std::ceil(std::ldexp(rate, 24)));
  Term scaled = in[0] / (1 - rate);
  return select(dropped, scaled.like(0), scaled);
}

void decompositions::addDraws(Table &table) {
  add(table, uniform);
  add(table, normal);
  add(table, bernoulli);
  add(table, categorical);
  add(table, permutation);
  add(table, dropout);
}
