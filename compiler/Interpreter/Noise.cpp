#include "Interpreter/Noise.h"

#include "IR/Dlc.h"
#include "IR/Shapes.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>
#include <set>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

namespace {
/// What compiled code may get wrong of one op, in units in the last place.
struct Error {
  double operands = 0, results = 0;
  /// Of 0 and -0 it may give either.
  bool zeroSigns = false;
  /// Results may be off by so much too, whatever their size.
  double absolute = 0;
  /// In another order the numbers in between are too large: nothing is known.
  bool isUnbounded = false;
};
} // namespace

/// A sum (or product) of `terms` terms that is kept in `element`; narrow types
/// are summed in f32 and rounded once.
static Error sumOf(int64_t terms, Type element) {
  double scale = element.isBF16() ? 0x1p-16 : element.isF16() ? 0x1p-13 : 1;
  double count = static_cast<double>(terms) * scale;
  return {scale + count / 8, 1 + count / 4, true};
}

/// A sum or product under a reduction or window. Where a product has a small
/// factor, the others may overflow before they meet it.
static Error reductionOf(Reduction kind, int64_t terms, const Tensor &x) {
  if (kind == Reduction::max || kind == Reduction::min)
    return {0, 0, true};
  Error error = sumOf(terms, x.element());
  if (kind == Reduction::mul && x.isFloat()) {
    double most = 1;
    for (double each : x.floats)
      most = std::max(most, std::fabs(each));
    auto format = cast<FloatType>(x.element());
    error.isUnbounded =
        static_cast<double>(terms) * std::log2(most) >=
        llvm::APFloat::semanticsMaxExponent(format.getFloatSemantics());
  }
  return error;
}

static int64_t product(ArrayRef<int64_t> sizes) {
  int64_t result = 1;
  for (int64_t size : sizes)
    result *= size;
  return result;
}

/// Of one element of an einsum's result.
static int64_t termsOf(EinsumOp op) {
  shapes::Equation equation = shapes::parseEquation(op.getEquation().str());
  std::set<char> seen(equation.output.begin(), equation.output.end());
  int64_t terms = 1;
  for (auto [letters, operand] :
       llvm::zip_equal(equation.inputs, op.getOperands()))
    for (auto [letter, size] :
         llvm::zip_equal(letters, tensorType(operand).getShape()))
      if (seen.insert(letter).second)
        terms *= size;
  return terms;
}

/// x · f(x) where f(x) underflows: off by |x| of the smallest numbers.
static double underflowOf(const Tensor &x) {
  double most = 1;
  for (double each : x.floats)
    most = std::max(most, std::fabs(each));
  return most * unitInLastPlace(x.element(), 0);
}

static Error errorOf(Operation *op, ArrayRef<const Tensor *> in, Sums sums) {
  const Error exact, zeros{0, 0, true};
  auto element = [&] { return in[0]->element(); };
  return llvm::TypeSwitch<Operation *, Error>(op)
      .Case([&](AddOp) {
        return sums == Sums::anyOrder && in[0]->isFloat() ? sumOf(2, element())
                                                          : exact;
      })
      // Rounded once, or not at all.
      .Case<SubtractOp, MultiplyOp, DivideOp, SqrtOp, NegateOp, AbsOp, SignOp,
            FloorOp, CeilOp, RoundNearestEvenOp, RemainderOp, NotOp, AndOp,
            OrOp, XorOp, ShiftLeftOp, ShiftRightLogicalOp, CompareOp, SelectOp,
            ConvertOp, BitcastConvertOp, IsFiniteOp, CheckIndexOp,
            AssertFiniteOp, ConstantOp, IotaOp, VariableOp, StopGradientOp,
            PrintOp, OptimizationBarrierOp>([&](auto) { return exact; })
      // What moves elements or only compares them.
      .Case<BroadcastInDimOp, ReshapeOp, TransposeOp, SliceOp, PadOp, ReverseOp,
            ConcatenateOp, DynamicSliceOp, DynamicUpdateSliceOp, GatherOp,
            ScatterOp, SortOp, TopKOp, ArgmaxOp, ArgminOp, OneHotOp,
            MagnitudeMaskOp, EmbeddingOp, RngBitGeneratorOp, UniformOp,
            BernoulliOp, PermutationOp>([&](auto) { return exact; })
      // The ops inside have their own errors.
      .Case<ScanOp, IfOp, WhileOp, CheckpointOp, CustomVjpOp, KernelOp>(
          [&](auto) { return exact; })
      .Case<MaximumOp, MinimumOp, ClampOp, ReluOp, MaxPoolOp>(
          [&](auto) { return zeros; })
      .Case([&](ReduceOp reduce) {
        int64_t results = tensorType(reduce.getResult()).getNumElements();
        return reductionOf(reduce.getKind(),
                           in[0]->size() / std::max<int64_t>(results, 1),
                           *in[0]);
      })
      .Case([&](ReduceWindowOp window) {
        return reductionOf(window.getKind(), product(window.getWindow()),
                           *in[0]);
      })
      .Case([&](SelectAndScatterOp window) {
        return sumOf(product(window.getWindow()), element());
      })
      .Case([&](CumulativeSumOp sum) {
        return sumOf(in[0]->shape()[sum.getDimension()], element());
      })
      .Case([&](DotGeneralOp dot) {
        int64_t terms = 1;
        for (int64_t d : dot.getLhsContract())
          terms *= in[0]->shape()[d];
        return sumOf(terms, element());
      })
      .Case([&](ConvolutionOp) {
        return sumOf(in[1]->size() / std::max<int64_t>(in[1]->shape()[0], 1),
                     element());
      })
      // Added up in the order of its definition; the formula that is compiled
      // has a step for each operand, of fewer terms.
      .Case([&](EinsumOp einsum) { return sumOf(termsOf(einsum), element()); })
      // The table in docs promises at most 2.
      .Case<ExponentialOp, ExponentialMinusOneOp, LogOp, LogPlusOneOp, RsqrtOp,
            SineOp, CosineOp, TanhOp, AtanOp, LogisticOp, ErfOp, ErfcOp,
            PowerOp>([](auto) { return Error{0, 3, true}; })
      .Case<SiluOp, GeluOp>(
          [&](auto) { return Error{1, 2, true, underflowOf(*in[0])}; })
      // Composites: the error of their formula; that of their parts is seen
      // after `fusion`.
      .Default([](Operation *) { return Error{1, 2, true}; });
}

double dlc::interpreter::unitInLastPlace(Type element, double value) {
  auto format = cast<FloatType>(element);
  const llvm::fltSemantics &semantics = format.getFloatSemantics();
  int digits = static_cast<int>(APFloat::semanticsPrecision(semantics));
  int least = APFloat::semanticsMinExponent(semantics);
  int exponent = value == 0 ? least : std::max(std::ilogb(value), least);
  return std::ldexp(1.0, exponent - digits + 1);
}

double Noise::next() { // splitmix64
  uint64_t z = state += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  z ^= z >> 31;
  return std::ldexp(static_cast<double>(z >> 11), -52) - 1;
}

void Noise::move(Tensor &tensor, double ulps) {
  for (double &x : tensor.floats)
    if (x != 0 && std::isfinite(x))
      x = round(tensor.element(),
                x + ulps * next() * unitInLastPlace(tensor.element(), x),
                Mode::native);
}

void Noise::moveZeros(Tensor &tensor) {
  for (double &x : tensor.floats)
    if (x == 0)
      x = std::copysign(0.0, next());
}

void Noise::moveOperands(Operation *op, MutableArrayRef<const Tensor *> in,
                         SmallVectorImpl<Tensor> &storage) {
  double ulps = in.empty() ? 0 : errorOf(op, in, sums).operands;
  if (ulps == 0)
    return;
  // No pointer into it may move.
  storage.reserve(in.size());
  for (const Tensor *&operand : in)
    if (operand->isFloat()) {
      storage.push_back(*operand);
      move(storage.back(), ulps);
      operand = &storage.back();
    }
}

void Noise::moveResults(Operation *op, ArrayRef<const Tensor *> in,
                        MutableArrayRef<Tensor> out) {
  if (in.empty())
    return;
  Error error = errorOf(op, in, sums);
  for (Tensor &result : out) {
    if (error.results > 0)
      move(result, error.results);
    for (double &x : result.floats)
      if (error.absolute > 0)
        x = round(result.element(), x + error.absolute * next(), Mode::native);
    if (error.zeroSigns)
      moveZeros(result);
    if (error.isUnbounded)
      std::fill(result.floats.begin(), result.floats.end(), NAN);
  }
}
