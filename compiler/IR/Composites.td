// The composite ops: activations, softmax, reductions, random draws, quantisation
// (normalisation, losses and layers stand in Layers.td). Each states its
// formula: the interpreter computes the formula, and a decomposition into
// primitives serves autodiff, where no rule of the op's own exists, and `fusion`.

#ifndef DLC_COMPOSITES
#define DLC_COMPOSITES

include "DlcBase.td"

//===-- Activations --------------------------------------------------------===//

def ReluOp : Dlc_Unary<"relu", Dlc_FloatTensor, [Composite]> {
  let summary = "max(x, 0); the gradient at 0 is 0.";
  let description = "Example: `%y = dlc.relu %x : tensor<4xf32>`";
}
def LeakyReluOp : Dlc_Unary<"leaky_relu", Dlc_FloatTensor, [Composite]> {
  let summary = "x where x > 0, else slope · x.";
  let description = "Example: `%y = dlc.leaky_relu %x {slope = 0.01 : f64} : tensor<4xf32>`";
  let arguments = (ins Dlc_FloatTensor:$operand, F64Attr:$slope);
}
def PreluOp : Dlc_Op<"prelu", [Pure, Composite, SameOperandsAndResultType]> {
  let summary = "x where x > 0, else slope · x with a slope for each element.";
  let description = "Example: `%y = dlc.prelu %x, %slope : tensor<4xf32>`";
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$slope);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = "$operand `,` $slope attr-dict `:` type($result)";
}
def EluOp : Dlc_Unary<"elu", Dlc_FloatTensor, [Composite]> {
  let summary = "x where x > 0, else alpha · (e^x - 1).";
  let description = "Example: `%y = dlc.elu %x {alpha = 1.0 : f64} : tensor<4xf32>`";
  let arguments = (ins Dlc_FloatTensor:$operand, F64Attr:$alpha);
}
def SoftplusOp : Dlc_Unary<"softplus", Dlc_FloatTensor, [Composite]> {
  let summary = "log(1 + e^x), as max(x, 0) + log(1 + e^-|x|).";
  let description = "Example: `%y = dlc.softplus %x : tensor<4xf32>`";
}
def GeluOp : Dlc_Unary<"gelu", Dlc_FloatTensor, [Composite]> {
  let summary = "x · Phi(x), Phi the normal distribution function.";
  let description = [{
    Phi(x) = erfc(-x / sqrt 2) / 2. With `tanh` the approximation
    x/2 · (1 + tanh(sqrt(2/pi) · (x + 0.044715 x³))).

    Example: `%y = dlc.gelu %x : tensor<4xf32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, UnitAttr:$tanh);
}
def SiluOp : Dlc_Unary<"silu", Dlc_FloatTensor, [Composite]> {
  let summary = "x · logistic(x), also called swish.";
  let description = "Example: `%y = dlc.silu %x : tensor<4xf32>`";
}
def HardSigmoidOp : Dlc_Unary<"hard_sigmoid", Dlc_FloatTensor, [Composite]> {
  let summary = "max(0, min(1, x / 6 + 1 / 2)).";
  let description = "Example: `%y = dlc.hard_sigmoid %x : tensor<4xf32>`";
}

//===-- Along a dimension --------------------------------------------------===//

class Dlc_AlongDim<string mnemonic, list<Trait> traits = []>
    : Dlc_Op<mnemonic, !listconcat(traits, [Pure, Composite, SameOperandsAndResultType])> {
  let arguments = (ins Dlc_FloatTensor:$operand, I64Attr:$dimension);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = "$operand `dim` $dimension attr-dict `:` type($result)";
  let hasVerifier = 1;
}
def SoftmaxOp : Dlc_AlongDim<"softmax"> {
  let summary = "e^(x-m) / sum e^(x-m) along a dimension, m the largest x.";
  let description = "Example: `%y = dlc.softmax %x dim 1 : tensor<2x3xf32>`";
}
def LogSoftmaxOp : Dlc_AlongDim<"log_softmax"> {
  let summary = "(x-m) - log sum e^(x-m) along a dimension, m the largest x.";
  let description = "Example: `%y = dlc.log_softmax %x dim 1 : tensor<2x3xf32>`";
}
def LogSumExpOp : Dlc_Op<"log_sum_exp", [Pure, Composite, Inferred]> {
  let summary = "m + log sum e^(x-m) along a dimension, m the largest x.";
  let description = [{
    Where m is infinite the result is m; of an empty dimension it is -inf.

    Example: `%y = dlc.log_sum_exp %x dim 1 : tensor<2x3xf32> to tensor<2xf32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, I64Attr:$dimension);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat =
      "$operand `dim` $dimension attr-dict `:` type($operand) `to` type($result)";
}
def OneHotOp : Dlc_Op<"one_hot", [Pure, Composite]> {
  let summary = "1 where the new last dimension equals the index, else 0.";
  let description = [{
    An index outside [0, classes) gives a row of zeros (as ONNX's OneHot).

    Example: `%y = dlc.one_hot %i : tensor<2xi32> to tensor<2x3xf32>`
  }];
  let arguments = (ins Dlc_IndexTensor:$indices);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = "$indices attr-dict `:` type($indices) `to` type($result)";
  let hasVerifier = 1;
}
def ArgmaxOp : Dlc_Op<"argmax", [Pure, Composite, Inferred]> {
  let summary = "Position of the largest element along a dimension, as i32.";
  let description = [{
    The first of equal ones; the first NaN if there is one. The dimension must
    not be empty.

    Example: `%i = dlc.argmax %x dim 1 : tensor<2x3xf32> to tensor<2xi32>`
  }];
  let arguments = (ins Dlc_NumberTensor:$operand, I64Attr:$dimension);
  let results = (outs StaticShapeTensorOf<[I32]>:$result);
  let assemblyFormat =
      "$operand `dim` $dimension attr-dict `:` type($operand) `to` type($result)";
}
def ArgminOp : Dlc_Op<"argmin", [Pure, Composite, Inferred]> {
  let summary = "Position of the smallest element along a dimension, as i32.";
  let description = [{
    The first of equal ones; the first NaN if there is one. The dimension must
    not be empty.

    Example: `%i = dlc.argmin %x dim 1 : tensor<2x3xf32> to tensor<2xi32>`
  }];
  let arguments = (ins Dlc_NumberTensor:$operand, I64Attr:$dimension);
  let results = (outs StaticShapeTensorOf<[I32]>:$result);
  let assemblyFormat =
      "$operand `dim` $dimension attr-dict `:` type($operand) `to` type($result)";
}
def TopKOp : Dlc_Op<"top_k", [Pure, Composite, Inferred]> {
  let summary = "The k largest elements of the last dimension and their places.";
  let description = [{
    Largest first; of equal ones the earlier first; NaN counts as larger than
    every number. Places are i32.

    Example:
    ```
    %v, %i = dlc.top_k %x k 2 : tensor<3x5xf32> to tensor<3x2xf32>, tensor<3x2xi32>
    ```
  }];
  let arguments = (ins Dlc_NumberTensor:$operand, I64Attr:$k);
  let results = (outs Dlc_NumberTensor:$values, StaticShapeTensorOf<[I32]>:$indices);
  let assemblyFormat = [{
    $operand `k` $k attr-dict
    `:` type($operand) `to` type($values) `,` type($indices)
  }];
}

class Dlc_Statistic<string mnemonic> : Dlc_Op<mnemonic, [Pure, Composite, Inferred]> {
  let arguments = (ins Dlc_FloatTensor:$operand, DenseI64ArrayAttr:$dimensions);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat =
      "$operand `dims` $dimensions attr-dict `:` type($operand) `to` type($result)";
}
def MeanOp : Dlc_Statistic<"mean"> {
  let summary = "Sum over dimensions divided by the number of elements.";
  let description = [{
    NaN where there are none.

    Example: `%m = dlc.mean %x dims [1] : tensor<2x3xf32> to tensor<2xf32>`
  }];
}
def VarianceOp : Dlc_Statistic<"variance"> {
  let summary = "sum (x - mean)² / (n - correction) over dimensions.";
  let description = [{
    correction 0 gives the population's variance, 1 the unbiased estimate.

    Example: `%v = dlc.variance %x dims [1] {correction = 1 : i64} : tensor<2x3xf32> to tensor<2xf32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, DenseI64ArrayAttr:$dimensions,
                       I64Attr:$correction);
}
def NormOp : Dlc_Statistic<"norm"> {
  let summary = "sqrt sum x² over dimensions, or sum |x|^p to the power 1/p.";
  let description = [{
    order 2 is scaled by the largest |x|, so it neither overflows nor underflows
    where the result does not; order inf is the largest |x|, order 0 counts the
    elements that are not 0. The gradient of a zero vector is 0.

    Example: `%n = dlc.norm %x dims [0] {order = 2.0 : f64} : tensor<4xf32> to tensor<f32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, DenseI64ArrayAttr:$dimensions,
                       F64Attr:$order);
}
def EinsumOp : Dlc_Op<"einsum", [Pure, Composite, Inferred]> {
  let summary = "NumPy's einsum with an explicit output.";
  let description = [{
    Letters name dimensions; those missing from the output are summed. A letter
    twice in one operand takes the diagonal. No ellipsis.

    Example:
    ```
    %c = dlc.einsum "ij,jk->ik"(%a, %b)
        : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    ```
  }];
  let arguments = (ins StrAttr:$equation, Variadic<Dlc_FloatTensor>:$inputs);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat =
      "$equation `(` $inputs `)` attr-dict `:` functional-type($inputs, $result)";
}

//===-- Random draws -------------------------------------------------------===//

class Dlc_Draw<string mnemonic> : Dlc_Op<mnemonic, [Pure, Composite]> {
  let arguments = (ins Dlc_StateTensor:$state);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = "$state attr-dict `:` type($state) `to` type($result)";
}
def UniformOp : Dlc_Draw<"uniform"> {
  let summary = "(bits >> 8) · 2^-24, uniform in [0, 1); 24 bits in f64 too.";
  let description = "Example: `%u = dlc.uniform %state : tensor<2xi64> to tensor<4xf32>`";
}
def NormalOp : Dlc_Draw<"normal"> {
  let summary = "sqrt 2 · erf_inv(2u - 1), u = (bits >> 8) · 2^-24 + 2^-25.";
  let description = [{
    Standard normal numbers, one word of random bits each. erf_inv is M. Giles'
    single-precision polynomial ("Approximating the erfinv function", 2012).

    Example: `%n = dlc.normal %state : tensor<2xi64> to tensor<4xf32>`
  }];
}
def BernoulliOp : Dlc_Op<"bernoulli", [Pure, Composite]> {
  let summary = "True with a probability: uniform < p.";
  let description = [{
    p is a scalar; 24 bits decide, so a p below 2^-24 counts as 2^-24 unless 0.

    Example: `%b = dlc.bernoulli %state, %p : tensor<2xi64>, tensor<f32> to tensor<4xi1>`
  }];
  let arguments = (ins Dlc_StateTensor:$state, StaticShapeTensorOf<[F32]>:$probability);
  let results = (outs Dlc_BoolTensor:$result);
  let assemblyFormat =
      "$state `,` $probability attr-dict `:` type($state) `,` type($probability) `to` type($result)";
  let hasVerifier = 1;
}
def CategoricalOp : Dlc_Op<"categorical", [Pure, Composite]> {
  let summary = "argmax(logits + Gumbel noise) along the last dimension, as i32.";
  let description = [{
    Draws from softmax(logits): the noise is -log(-log u), u = (bits >> 8) · 2^-24
    + 2^-25. The result has leading sample dimensions before the logits' own.

    Example: `%c = dlc.categorical %state, %x : tensor<2xi64>, tensor<4x10xf32> to tensor<4xi32>`
  }];
  let arguments = (ins Dlc_StateTensor:$state, Dlc_FloatTensor:$logits);
  let results = (outs StaticShapeTensorOf<[I32]>:$result);
  let assemblyFormat =
      "$state `,` $logits attr-dict `:` type($state) `,` type($logits) `to` type($result)";
  let hasVerifier = 1;
}
def PermutationOp : Dlc_Op<"permutation", [Pure, Composite]> {
  let summary = "0 … n-1 in random order, as i32: sorted by random words.";
  let description = [{
    Equal words keep their order.

    Example: `%p = dlc.permutation %state : tensor<2xi64> to tensor<10xi32>`
  }];
  let arguments = (ins Dlc_StateTensor:$state);
  let results = (outs StaticShapeTensorOf<[I32]>:$result);
  let assemblyFormat = "$state attr-dict `:` type($state) `to` type($result)";
  let hasVerifier = 1;
}
def DropoutOp : Dlc_Op<"dropout", [Pure, Composite, AllTypesMatch<["operand", "result"]>]> {
  let summary = "0 with probability `rate`, else x / (1 - rate).";
  let description = [{
    An element is dropped where uniform < rate. The gradient draws the same bits
    again; no mask is stored. rate is in [0, 1].

    Example: `%y = dlc.dropout %x, %state rate 0.5 : tensor<4xf32>, tensor<2xi64>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_StateTensor:$state, F64Attr:$rate);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = "$operand `,` $state `rate` $rate attr-dict `:` type($operand) `,` type($state)";
  let hasVerifier = 1;
}

//===-- Quantisation and pruning -------------------------------------------===//

def UniformQuantizeOp : Dlc_Op<"uniform_quantize", [Pure, Composite]> {
  let summary = "round(x / scale) + zero_point, saturated to i8 or ui8.";
  let description = [{
    Ties to even; NaN gives the zero point. scale is a positive scalar,
    zero_point a scalar of the result's element type.

    Example:
    ```
    %q = dlc.uniform_quantize %x, %scale, %zero
        : tensor<4xf32>, tensor<f32>, tensor<i8> to tensor<4xi8>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$scale,
                       StaticShapeTensorOf<[I8, UI8]>:$zero_point);
  let results = (outs StaticShapeTensorOf<[I8, UI8]>:$result);
  let assemblyFormat = [{
    $operand `,` $scale `,` $zero_point attr-dict
    `:` type($operand) `,` type($scale) `,` type($zero_point) `to` type($result)
  }];
  let hasVerifier = 1;
}
def UniformDequantizeOp : Dlc_Op<"uniform_dequantize", [Pure, Composite]> {
  let summary = "(q - zero_point) · scale.";
  let description = [{
    Example:
    ```
    %x = dlc.uniform_dequantize %q, %scale, %zero
        : tensor<4xi8>, tensor<f32>, tensor<i8> to tensor<4xf32>
    ```
  }];
  let arguments = (ins StaticShapeTensorOf<[I8, UI8]>:$operand, Dlc_FloatTensor:$scale,
                       StaticShapeTensorOf<[I8, UI8]>:$zero_point);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $operand `,` $scale `,` $zero_point attr-dict
    `:` type($operand) `,` type($scale) `,` type($zero_point) `to` type($result)
  }];
  let hasVerifier = 1;
}
def FakeQuantOp : Dlc_Op<"fake_quant", [Pure, Composite,
    AllTypesMatch<["operand", "result"]>, AllTypesMatch<["scale", "zero_point"]>]> {
  let summary = "Quantised and dequantised; the gradient passes straight through.";
  let description = [{
    (clamp(round(x / scale) + zero_point, low, high) - zero_point) · scale. The
    gradient of x is g where the value was not clamped, else 0; scale and
    zero_point, scalars, receive none.

    Example:
    ```
    %y = dlc.fake_quant %x, %scale, %zero low -128 high 127
        : tensor<4xf32>, tensor<f32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$scale,
                       Dlc_FloatTensor:$zero_point, I64Attr:$low, I64Attr:$high);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $operand `,` $scale `,` $zero_point `low` $low `high` $high attr-dict
    `:` type($operand) `,` type($scale)
  }];
  let hasVerifier = 1;
}
def MagnitudeMaskOp : Dlc_Op<"magnitude_mask", [Pure, Composite]> {
  let summary = "False for the `drop` elements of smallest |x|, else true.";
  let description = [{
    Over the whole tensor; of equal ones the earlier goes first. NaN counts as
    the largest.

    Example: `%m = dlc.magnitude_mask %x drop 2 : tensor<4xf32> to tensor<4xi1>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, I64Attr:$drop);
  let results = (outs Dlc_BoolTensor:$result);
  let assemblyFormat = "$operand `drop` $drop attr-dict `:` type($operand) `to` type($result)";
  let hasVerifier = 1;
}

#endif // DLC_COMPOSITES
