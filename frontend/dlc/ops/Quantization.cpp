#include "dlc/ops/Quantization.h"

#include "detail/Build.h"

#include "dlc/ops/Creation.h"

namespace dlc {

using namespace detail;

namespace {

Ref scalarNode(const Tensor &tensor, const char *what, const char *op,
               Loc where) {
  Ref x = nodeOf(tensor, op, where);
  if (!x->type.shape.empty())
    fail(op, std::string(what) + " must be a scalar, got " + describe(*x),
         where);
  return x;
}

void needBytes(DType type, const char *op, Loc where) {
  if (type != DType::i8 && type != DType::u8)
    fail(op, "quantises to i8 or u8, not " + std::string(str(type)), where);
}

/// The scale and the zero point as scalars of the two types.
std::pair<Tensor, Tensor> parameters(const char *op, double scale,
                                     int64_t zeroPoint, DType real, DType whole,
                                     Loc where) {
  needBytes(whole, op, where);
  int64_t low = whole == DType::i8 ? -128 : 0;
  if (!(scale > 0))
    fail(op, "needs a positive scale, got " + std::to_string(scale), where);
  if (zeroPoint < low || zeroPoint > low + 255)
    fail(op,
         "the zero point " + std::to_string(zeroPoint) + " is no " +
             std::string(str(whole)),
         where);
  return {scalar(scale, real, where), scalar(zeroPoint, whole, where)};
}

} // namespace

Tensor uniformQuantize(const Tensor &tensor, const Tensor &scaleTensor,
                       const Tensor &zeroTensor, Loc where) {
  const char *op = "uniform_quantize";
  Ref x = floatNode(tensor, op, where),
      scale = scalarNode(scaleTensor, "the scale", op, where),
      zero = scalarNode(zeroTensor, "the zero point", op, where);
  needSameElements({x, scale}, op, where);
  needBytes(zero->type.element, op, where);
  return tensorOf(make(op, {zero->type.element, x->type.shape},
                       {x, scale, zero}, {}, where));
}

Tensor uniformQuantize(const Tensor &x, double scale, int64_t zeroPoint,
                       DType type, Loc where) {
  const char *op = "uniform_quantize";
  auto [s, z] = parameters(op, scale, zeroPoint,
                           floatNode(x, op, where)->type.element, type, where);
  return uniformQuantize(x, s, z, where);
}

Tensor uniformDequantize(const Tensor &tensor, const Tensor &scaleTensor,
                         const Tensor &zeroTensor, Loc where) {
  const char *op = "uniform_dequantize";
  Ref q = nodeOf(tensor, op, where),
      scale = scalarNode(scaleTensor, "the scale", op, where),
      zero = scalarNode(zeroTensor, "the zero point", op, where);
  needBytes(q->type.element, op, where);
  needSameElements({q, zero}, op, where);
  needFloat(scale, op, where);
  return tensorOf(make(op, {scale->type.element, q->type.shape},
                       {q, scale, zero}, {}, where));
}

Tensor uniformDequantize(const Tensor &q, double scale, int64_t zeroPoint,
                         DType type, Loc where) {
  const char *op = "uniform_dequantize";
  if (!isFloat(type))
    fail(op, "gives floats, not " + std::string(str(type)), where);
  auto [s, z] = parameters(op, scale, zeroPoint, type,
                           nodeOf(q, op, where)->type.element, where);
  return uniformDequantize(q, s, z, where);
}

Tensor fakeQuant(const Tensor &tensor, const Tensor &scaleTensor,
                 const Tensor &zeroTensor, int64_t low, int64_t high,
                 Loc where) {
  const char *op = "fake_quant";
  Ref x = floatNode(tensor, op, where),
      scale = scalarNode(scaleTensor, "the scale", op, where),
      zero = scalarNode(zeroTensor, "the zero point", op, where);
  needSameElements({x, scale, zero}, op, where);
  if (low > high)
    fail(op,
         "low " + std::to_string(low) + " exceeds high " + std::to_string(high),
         where);
  return tensorOf(make(op, x->type, {x, scale, zero},
                       {{"low", low}, {"high", high}}, where));
}

Tensor magnitudeMask(const Tensor &tensor, int64_t drop, Loc where) {
  const char *op = "magnitude_mask";
  Ref x = floatNode(tensor, op, where);
  if (drop < 0 || drop > x->type.count())
    fail(op,
         "cannot drop " + std::to_string(drop) + " elements of " + describe(*x),
         where);
  return tensorOf(
      make(op, {DType::boolean, x->type.shape}, {x}, {{"drop", drop}}, where));
}

} // namespace dlc
