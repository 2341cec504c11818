// Primitives whose result[i] depends on operand[i] alone.
#ifndef DLC_ELEMENTWISE
#define DLC_ELEMENTWISE

include "DlcBase.td"

//===-- Elementwise: unary -------------------------------------------------===//

def NegateOp : Dlc_Unary<"negate", Dlc_NumberTensor, [Involution]> {
  let summary = "-x; integers wrap.";
  let description = "Example: `%y = dlc.negate %x : tensor<4xf32>`";
}
def AbsOp : Dlc_Unary<"abs", Dlc_NumberTensor, [Idempotent]> {
  let summary = "|x|; the gradient at 0 is 0.";
  let description = "Example: `%y = dlc.abs %x : tensor<4xf32>`";
}
def ExponentialOp : Dlc_Unary<"exponential", Dlc_FloatTensor> {
  let summary = "e^x.";
  let description = "Example: `%y = dlc.exponential %x : tensor<4xf32>`";
}
def LogOp : Dlc_Unary<"log", Dlc_FloatTensor> {
  let summary = "Natural logarithm; NaN below 0, -inf at 0.";
  let description = "Example: `%y = dlc.log %x : tensor<4xf32>`";
}
def SqrtOp : Dlc_Unary<"sqrt", Dlc_FloatTensor> {
  let summary = "Square root, correctly rounded; NaN below 0.";
  let description = "Example: `%y = dlc.sqrt %x : tensor<4xf32>`";
}
def TanhOp : Dlc_Unary<"tanh", Dlc_FloatTensor> {
  let summary = "Hyperbolic tangent.";
  let description = "Example: `%y = dlc.tanh %x : tensor<4xf32>`";
}
def LogisticOp : Dlc_Unary<"logistic", Dlc_FloatTensor> {
  let summary = "1 / (1 + e^-x), the sigmoid.";
  let description = "Example: `%y = dlc.logistic %x : tensor<4xf32>`";
}
def ExponentialMinusOneOp : Dlc_Unary<"exponential_minus_one", Dlc_FloatTensor> {
  let summary = "e^x - 1, accurate near 0.";
  let description = "Example: `%y = dlc.exponential_minus_one %x : tensor<4xf32>`";
}
def LogPlusOneOp : Dlc_Unary<"log_plus_one", Dlc_FloatTensor> {
  let summary = "log(1 + x), accurate near 0; NaN below -1, -inf at -1.";
  let description = "Example: `%y = dlc.log_plus_one %x : tensor<4xf32>`";
}
def RsqrtOp : Dlc_Unary<"rsqrt", Dlc_FloatTensor> {
  let summary = "1 / sqrt x; NaN below 0, inf at 0 and -inf at -0.";
  let description = "Example: `%y = dlc.rsqrt %x : tensor<4xf32>`";
}
def SineOp : Dlc_Unary<"sine", Dlc_FloatTensor> {
  let summary = "sin x, x in radians of any size; NaN at infinity.";
  let description = "Example: `%y = dlc.sine %x : tensor<4xf32>`";
}
def CosineOp : Dlc_Unary<"cosine", Dlc_FloatTensor> {
  let summary = "cos x, x in radians of any size; NaN at infinity.";
  let description = "Example: `%y = dlc.cosine %x : tensor<4xf32>`";
}
def AtanOp : Dlc_Unary<"atan", Dlc_FloatTensor> {
  let summary = "Arc tangent, in [-pi/2, pi/2].";
  let description = "Example: `%y = dlc.atan %x : tensor<4xf32>`";
}
def ErfOp : Dlc_Unary<"erf", Dlc_FloatTensor> {
  let summary = "The error function, 2/sqrt(pi) · integral of e^-t² from 0 to x.";
  let description = "Example: `%y = dlc.erf %x : tensor<4xf32>`";
}
def ErfcOp : Dlc_Unary<"erfc", Dlc_FloatTensor> {
  let summary = "1 - erf x, accurate where erf x is near 1.";
  let description = "Example: `%y = dlc.erfc %x : tensor<4xf32>`";
}
def SignOp : Dlc_Unary<"sign", Dlc_NumberTensor> {
  let summary = "-1, 0 or 1 as x is; -0 and NaN pass. Gradient 0.";
  let description = "Example: `%y = dlc.sign %x : tensor<4xf32>`";
}
def FloorOp : Dlc_Unary<"floor", Dlc_FloatTensor, [Idempotent]> {
  let summary = "The largest integer not above x. Gradient 0.";
  let description = "Example: `%y = dlc.floor %x : tensor<4xf32>`";
}
def CeilOp : Dlc_Unary<"ceil", Dlc_FloatTensor, [Idempotent]> {
  let summary = "The smallest integer not below x. Gradient 0.";
  let description = "Example: `%y = dlc.ceil %x : tensor<4xf32>`";
}
def RoundNearestEvenOp : Dlc_Unary<"round_nearest_even", Dlc_FloatTensor, [Idempotent]> {
  let summary = "The nearest integer, ties to even. Gradient 0.";
  let description = "Example: `%y = dlc.round_nearest_even %x : tensor<4xf32>`";
}
def NotOp : Dlc_Unary<"not", Dlc_BitsTensor, [Involution]> {
  let summary = "Bitwise complement; negation of truth values for i1.";
  let description = "Example: `%y = dlc.not %x : tensor<4xi1>`";
}

//===-- Elementwise: binary ------------------------------------------------===//

def AddOp : Dlc_Binary<"add", Dlc_NumberTensor, [Commutative]> {
  let summary = "x + y; integers wrap.";
  let description = "Example: `%z = dlc.add %x, %y : tensor<4xf32>`";
  let hasFolder = 1;
}
def SubtractOp : Dlc_Binary<"subtract", Dlc_NumberTensor> {
  let summary = "x - y; integers wrap.";
  let description = "Example: `%z = dlc.subtract %x, %y : tensor<4xf32>`";
  let hasFolder = 1;
}
def MultiplyOp : Dlc_Binary<"multiply", Dlc_NumberTensor, [Commutative]> {
  let summary = "x * y; integers wrap.";
  let description = "Example: `%z = dlc.multiply %x, %y : tensor<4xf32>`";
  let hasFolder = 1;
}
def DivideOp : Dlc_Binary<"divide", Dlc_NumberTensor> {
  let summary = "x / y; integers truncate, and an integer divisor 0 is a fault.";
  let description = "Example: `%z = dlc.divide %x, %y : tensor<4xf32>`";
  let hasFolder = 1;
}
def MaximumOp : Dlc_Binary<"maximum", Dlc_NumberTensor, [Commutative, Idempotent]> {
  let summary = "The larger; NaN if either is. Ties share the gradient evenly.";
  let description = [{
    Of 0 and -0 it takes either.

    Example: `%z = dlc.maximum %x, %y : tensor<4xf32>`
  }];
}
def MinimumOp : Dlc_Binary<"minimum", Dlc_NumberTensor, [Commutative, Idempotent]> {
  let summary = "The smaller; NaN if either is. Ties share the gradient evenly.";
  let description = [{
    Of 0 and -0 it takes either.

    Example: `%z = dlc.minimum %x, %y : tensor<4xf32>`
  }];
}
def PowerOp : Dlc_Binary<"power", Dlc_NumberTensor> {
  let summary = "x to the power y, as C99 pow; integers by repeated products.";
  let description = [{
    For floats pow(x, 0) = 1 and pow(1, y) = 1 even for NaN; a negative x needs a
    whole y, else NaN. For integers y below 0 gives 0, or 1 / x where x is 1 or
    -1; products wrap. The gradient in y is 0 where x is 0 and y at least 0.

    Example: `%z = dlc.power %x, %y : tensor<4xf32>`
  }];
}
def RemainderOp : Dlc_Binary<"remainder", Dlc_NumberTensor> {
  let summary = "x - y · trunc(x / y), with the sign of x; an integer divisor 0 is a fault.";
  let description = "Example: `%z = dlc.remainder %x, %y : tensor<4xf32>`";
}
def AndOp : Dlc_Binary<"and", Dlc_BitsTensor, [Commutative, Idempotent]> {
  let summary = "Bitwise and.";
  let description = "Example: `%z = dlc.and %x, %y : tensor<4xi1>`";
}
def OrOp : Dlc_Binary<"or", Dlc_BitsTensor, [Commutative, Idempotent]> {
  let summary = "Bitwise or.";
  let description = "Example: `%z = dlc.or %x, %y : tensor<4xi1>`";
}
def XorOp : Dlc_Binary<"xor", Dlc_BitsTensor, [Commutative]> {
  let summary = "Bitwise exclusive or.";
  let description = "Example: `%z = dlc.xor %x, %y : tensor<4xi1>`";
}
def ShiftLeftOp : Dlc_Binary<"shift_left", Dlc_IntTensor> {
  let summary = "x << y; 0 where y is not below the width.";
  let description = "Example: `%z = dlc.shift_left %x, %y : tensor<4xui32>`";
}
def ShiftRightLogicalOp : Dlc_Binary<"shift_right_logical", Dlc_IntTensor> {
  let summary = "x >> y, zeros shifted in; 0 where y is not below the width.";
  let description = "Example: `%z = dlc.shift_right_logical %x, %y : tensor<4xui32>`";
}

//===-- Elementwise: comparison, choice, conversion ------------------------===//

def CompareOp : Dlc_Op<"compare", [Pure, Pointwise, SameTypeOperands, Inferred]> {
  let summary = "Elementwise comparison; with NaN only NE is true.";
  let description = "Example: `%p = dlc.compare GT, %x, %y : tensor<4xf32>`";
  let arguments = (ins Dlc_Direction:$direction, Dlc_Tensor:$lhs, Dlc_Tensor:$rhs);
  let results = (outs Dlc_BoolTensor:$result);
  let assemblyFormat = "`` $direction `,` $lhs `,` $rhs attr-dict `:` type($lhs)";
}
def SelectOp : Dlc_Op<"select", [Pure, Pointwise, SameOperandsAndResultShape,
    AllTypesMatch<["on_true", "on_false", "result"]>]> {
  let summary = "on_true where pred, else on_false.";
  let description = "Example: `%z = dlc.select %p, %x, %y : tensor<4xi1>, tensor<4xf32>`";
  let arguments = (ins Dlc_BoolTensor:$pred, Dlc_Tensor:$on_true, Dlc_Tensor:$on_false);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat =
      "$pred `,` $on_true `,` $on_false attr-dict `:` type($pred) `,` type($result)";
  let hasFolder = 1;
}
def ConvertOp : Dlc_Op<"convert", [Pure, Pointwise, SameOperandsAndResultShape]> {
  let summary = "Changes the element type.";
  let description = [{
    Float to float rounds to nearest even; integer to float likewise; float to
    integer truncates and saturates, NaN gives 0; to `i1` means "is not 0".

    Example: `%y = dlc.convert %x : tensor<4xui8> to tensor<4xf32>`
  }];
  let arguments = (ins Dlc_Tensor:$operand);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = "$operand attr-dict `:` type($operand) `to` type($result)";
  let hasFolder = 1;
}
def IsFiniteOp : Dlc_Op<"is_finite", [Pure, Pointwise, Inferred]> {
  let summary = "Neither infinite nor NaN.";
  let description = "Example: `%p = dlc.is_finite %x : tensor<4xf32>`";
  let arguments = (ins Dlc_FloatTensor:$operand);
  let results = (outs Dlc_BoolTensor:$result);
  let assemblyFormat = "$operand attr-dict `:` type($operand)";
}
def BitcastConvertOp : Dlc_Op<"bitcast_convert", [Pure, Pointwise, SameOperandsAndResultShape]> {
  let summary = "The same bits read as another element type of equal width.";
  let description = "Example: `%y = dlc.bitcast_convert %x : tensor<4xf32> to tensor<4xi32>`";
  let arguments = (ins Dlc_Tensor:$operand);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = "$operand attr-dict `:` type($operand) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}
def ClampOp : Dlc_Op<"clamp", [Pure, Pointwise, SameOperandsAndResultType]> {
  let summary = "min(max(x, low), high).";
  let description = [{
    NaN in any operand gives NaN. At a bound x counts as inside; low and high
    receive what x does not.

    Example: `%y = dlc.clamp %low, %x, %high : tensor<4xf32>`
  }];
  let arguments = (ins Dlc_NumberTensor:$low, Dlc_NumberTensor:$operand,
                       Dlc_NumberTensor:$high);
  let results = (outs Dlc_NumberTensor:$result);
  let assemblyFormat = "$low `,` $operand `,` $high attr-dict `:` type($result)";
}
def CheckIndexOp : Dlc_Unary<"check_index", Dlc_IndexTensor> {
  let summary = "Passes x through; an element outside [0, limit) is a fault.";
  let description = [{
    `op` names the user's op in the message. The fault is found by the kernel
    that reads the value, before any donated buffer is written.

    Example: `%y = dlc.check_index %x {limit = 10 : i64, op = "softmax_cross_entropy"} : tensor<4xi32>`
  }];
  let arguments = (ins Dlc_IndexTensor:$operand, I64Attr:$limit, StrAttr:$op);
}
def AssertFiniteOp : Dlc_Unary<"assert_finite", Dlc_FloatTensor> {
  let summary = "Passes x through; an infinite element or NaN is a fault.";
  let description = [{
    `op` names the user's op in the message. The fault is found by the kernel
    that computes the value, before any donated buffer is written.

    Example: `%y = dlc.assert_finite %x {op = "log"} : tensor<4xf32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, StrAttr:$op);
}

#endif // DLC_ELEMENTWISE
