// The composite ops. Each states its formula: the interpreter computes the
// formula, and `fusion` decomposes it into primitives.

#ifndef DLC_COMPOSITES
#define DLC_COMPOSITES

include "DlcBase.td"

def ReluOp : Dlc_Unary<"relu", Dlc_FloatTensor, [Composite]> {
  let summary = "max(x, 0); the gradient at 0 is 0.";
  let description = "Example: `%y = dlc.relu %x : tensor<4xf32>`";
}

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
def SoftmaxCrossEntropyOp : Dlc_Op<"softmax_cross_entropy", [Pure, Composite, Inferred]> {
  let summary = "-log_softmax(logits)[label] for each row; labels are classes.";
  let description = [{
    logits are [batch…, classes], labels [batch…]; a label outside
    [0, classes) is a fault. The loss is log sum e^(x-m) - (x[label] - m), m the
    largest logit of the row; d logits = (softmax - one_hot(labels)) · g.

    Example:
    ```
    %l = dlc.softmax_cross_entropy %x, %labels
        : tensor<2x3xf32>, tensor<2xi32> to tensor<2xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$logits, Dlc_IndexTensor:$labels);
  let results = (outs Dlc_FloatTensor:$loss);
  let assemblyFormat =
      "$logits `,` $labels attr-dict `:` type($logits) `,` type($labels) `to` type($loss)";
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

#endif // DLC_COMPOSITES
