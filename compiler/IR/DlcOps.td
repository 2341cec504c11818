// Every op of the dialect: primitives, control flow, requests, kernels. The
// composites stand in Composites.td.

#ifndef DLC_OPS
#define DLC_OPS

include "DlcBase.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "Composites.td"
include "LaunchList.td"

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
  let summary = "x / y; integers truncate, and a zero divisor is a fault.";
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
def AndOp : Dlc_Binary<"and", Dlc_BitsTensor, [Commutative, Idempotent]> {
  let summary = "Bitwise and.";
  let description = "Example: `%z = dlc.and %x, %y : tensor<4xi1>`";
}
def OrOp : Dlc_Binary<"or", Dlc_BitsTensor, [Commutative, Idempotent]> {
  let summary = "Bitwise or.";
  let description = "Example: `%z = dlc.or %x, %y : tensor<4xi1>`";
}
def ShiftRightLogicalOp : Dlc_Binary<"shift_right_logical", StaticShapeTensorOf<[Dlc_Int]>> {
  let summary = "x >> y, zeros shifted in; 0 where y is not below the width.";
  let description = "Example: `%z = dlc.shift_right_logical %x, %y : tensor<4xui32>`";
}

//===-- Elementwise: comparison, choice, conversion ------------------------===//

def CompareOp : Dlc_Op<"compare", [Pure, Pointwise, SameTypeOperands, Inferred]> {
  let summary = "Elementwise comparison; with NaN only NE is true.";
  let description = "Example: `%p = dlc.compare GT, %x, %y : tensor<4xf32>`";
  let arguments = (ins Dlc_Direction:$direction, Dlc_Tensor:$lhs, Dlc_Tensor:$rhs);
  let results = (outs Dlc_BoolTensor:$result);
  let assemblyFormat = "$direction `,` $lhs `,` $rhs attr-dict `:` type($lhs)";
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
def CheckIndexOp : Dlc_Unary<"check_index", Dlc_IndexTensor> {
  let summary = "Passes x through; an element outside [0, limit) is a fault.";
  let description = [{
    `op` names the user's op in the message. The fault is found by the kernel
    that reads the value, before any donated buffer is written.

    Example: `%y = dlc.check_index %x {limit = 10 : i64, op = "softmax_cross_entropy"} : tensor<4xi32>`
  }];
  let arguments = (ins Dlc_IndexTensor:$operand, I64Attr:$limit, StrAttr:$op);
}

//===-- Index maps ---------------------------------------------------------===//

def BroadcastInDimOp : Dlc_Op<"broadcast_in_dim", [Pure, IndexMap]> {
  let summary = "Repeats a tensor along new dimensions or along those of size 1.";
  let description = [{
    `dimensions[i]` is the result's dimension that operand dimension i becomes;
    strictly increasing.

    Example: `%y = dlc.broadcast_in_dim %b dims [1] : tensor<3xf32> to tensor<2x3xf32>`
  }];
  let arguments = (ins Dlc_Tensor:$operand, DenseI64ArrayAttr:$dimensions);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat =
      "$operand `dims` $dimensions attr-dict `:` type($operand) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}
def ReshapeOp : Dlc_Op<"reshape", [Pure, IndexMap]> {
  let summary = "The same elements in row-major order under another shape.";
  let description = "Example: `%y = dlc.reshape %x : tensor<2x3xf32> to tensor<6xf32>`";
  let arguments = (ins Dlc_Tensor:$operand);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = "$operand attr-dict `:` type($operand) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}
def TransposeOp : Dlc_Op<"transpose", [Pure, IndexMap, Inferred]> {
  let summary = "result dimension i is operand dimension permutation[i].";
  let description = "Example: `%y = dlc.transpose %x perm [1, 0] : tensor<2x3xf32> to tensor<3x2xf32>`";
  let arguments = (ins Dlc_Tensor:$operand, DenseI64ArrayAttr:$permutation);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat =
      "$operand `perm` $permutation attr-dict `:` type($operand) `to` type($result)";
  let hasFolder = 1;
}
def SliceOp : Dlc_Op<"slice", [Pure, IndexMap, Inferred]> {
  let summary = "The box [start, limit) with positive strides.";
  let description = "Example: `%y = dlc.slice %x from [0] to [4] by [2] : tensor<6xf32> to tensor<2xf32>`";
  let arguments = (ins Dlc_Tensor:$operand, DenseI64ArrayAttr:$start,
                       DenseI64ArrayAttr:$limit, DenseI64ArrayAttr:$strides);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = [{
    $operand `from` $start `to` $limit `by` $strides attr-dict
    `:` type($operand) `to` type($result)
  }];
  let hasFolder = 1;
}
def PadOp : Dlc_Op<"pad", [Pure, IndexMap, Inferred]> {
  let summary = "Surrounds a tensor with a value, and puts it between elements.";
  let description = [{
    low and high are not negative here; interior is the number of padding
    elements between neighbours. The adjoint of `slice`.

    Example: `%y = dlc.pad %x with %z low [1] high [0] interior [0] : tensor<2xf32> to tensor<3xf32>`
  }];
  let arguments = (ins Dlc_Tensor:$operand, Dlc_Tensor:$value,
                       DenseI64ArrayAttr:$low, DenseI64ArrayAttr:$high,
                       DenseI64ArrayAttr:$interior);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = [{
    $operand `with` $value `low` $low `high` $high `interior` $interior attr-dict
    `:` type($operand) `,` type($value) `to` type($result)
  }];
}

//===-- Sources ------------------------------------------------------------===//

def ConstantOp : Dlc_Op<"constant", [Pure, ConstantLike, AllTypesMatch<["value", "result"]>]> {
  let summary = "A tensor known at compile time.";
  let description = "Example: `%c = dlc.constant dense<0.0> : tensor<4xf32>`";
  let arguments = (ins ElementsAttr:$value);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = "$value attr-dict";
  let hasFolder = 1;
}
def IotaOp : Dlc_Op<"iota", [Pure]> {
  let summary = "Counts 0, 1, 2 … along one dimension.";
  let description = "Example: `%i = dlc.iota dim 1 : tensor<2x3xi32>`";
  let arguments = (ins I64Attr:$dimension);
  let results = (outs Dlc_NumberTensor:$result);
  let assemblyFormat = "`dim` $dimension attr-dict `:` type($result)";
  let hasVerifier = 1;
}

//===-- Reductions and contractions ----------------------------------------===//

def ReduceOp : Dlc_Op<"reduce", [Pure, Inferred]> {
  let summary = "Combines the elements along dimensions, which disappear.";
  let description = [{
    add, mul, max and min on numbers, and and or on i1. max and min pass NaN
    on. An empty add gives 0, mul 1, max the smallest value (-inf), min the
    largest, and true, or false.

    Example: `%s = dlc.reduce add %x dims [1] : tensor<2x3xf32> to tensor<2xf32>`
  }];
  let arguments = (ins Dlc_Reduction:$kind, Dlc_Tensor:$operand,
                       DenseI64ArrayAttr:$dimensions);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat =
      "$kind $operand `dims` $dimensions attr-dict `:` type($operand) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}
def DotGeneralOp : Dlc_Op<"dot_general", [Pure, Inferred]> {
  let summary = "Sum of products over contracting dimensions, for each batch.";
  let description = [{
    result = [batch…, free of lhs…, free of rhs…]. Products accumulate in the
    element type; K is split in blocks of 512 whose sums are added in order.

    Example:
    ```
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0]
        : tensor<2x3xf32>, tensor<3x4xf32> to tensor<2x4xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$lhs, Dlc_FloatTensor:$rhs,
                       DenseI64ArrayAttr:$lhs_batch, DenseI64ArrayAttr:$rhs_batch,
                       DenseI64ArrayAttr:$lhs_contract, DenseI64ArrayAttr:$rhs_contract);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `batch` $lhs_batch `x` $rhs_batch
    `contract` $lhs_contract `x` $rhs_contract attr-dict
    `:` type($lhs) `,` type($rhs) `to` type($result)
  }];
}

//===-- Random numbers -----------------------------------------------------===//

def RngBitGeneratorOp : Dlc_Op<"rng_bit_generator", [Pure]> {
  let summary = "Philox-4x32-10 random bits from a key and a counter.";
  let description = [{
    The state is [key, counter], both read as 64-bit unsigned. Element e of the
    result is word e mod 4 of block counter + e div 4, so it depends neither on
    fusion nor on order. A draw of n words takes ceil(n / 4) blocks: whoever
    draws adds that to the counter.
    Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11.

    Example: `%bits = dlc.rng_bit_generator %state : tensor<2xi64> to tensor<4xui32>`
  }];
  let arguments = (ins Dlc_StateTensor:$state);
  let results = (outs StaticShapeTensorOf<[UI32]>:$bits);
  let assemblyFormat = "$state attr-dict `:` type($state) `to` type($bits)";
}

//===-- Control flow -------------------------------------------------------===//

def ScanOp : Dlc_Op<"scan", [RecursiveMemoryEffects, IsolatedFromAbove,
    AttrSizedOperandSegments, SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "A counted loop that carries values and stacks its outputs.";
  let description = [{
    The body's arguments are [carries…, slices…, constants…]: slice i of trip t
    is `sequences[i][t]`; it yields [carries…, outputs…]. The results are [last
    carries…, stacks of the outputs…]. With `reverse` trip t reads and writes
    position trips-1-t. Values from outside come in as `constants`.

    Example:
    ```
    %last, %sums = dlc.scan 3 init(%zero) over(%xs) with() {
    ^bb0(%acc: tensor<f32>, %x: tensor<f32>):
      %s = dlc.add %acc, %x : tensor<f32>
      dlc.yield %s, %s : tensor<f32>, tensor<f32>
    } : (tensor<f32>, tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>)
    ```
  }];
  let arguments = (ins I64Attr:$trips, Variadic<Dlc_Tensor>:$inits,
                       Variadic<Dlc_Tensor>:$sequences,
                       Variadic<Dlc_Tensor>:$constants, UnitAttr:$reverse);
  let results = (outs Variadic<Dlc_Tensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $trips (`reverse` $reverse^)? `init` `(` $inits `)` `over` `(` $sequences `)`
    `with` `(` $constants `)` $body attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    unsigned getNumCarries() { return getInits().size(); }
    unsigned getNumOutputs() { return getNumResults() - getNumCarries(); }
  }];
}
def YieldOp : Dlc_Op<"yield", [Pure, Terminator, ReturnLike]> {
  let summary = "Ends the body of a scan or a kernel.";
  let description = "Example: `dlc.yield %x : tensor<f32>`";
  let arguments = (ins Variadic<Dlc_Tensor>:$operands);
  let assemblyFormat = "($operands^ `:` type($operands))? attr-dict";
  let builders = [OpBuilder<(ins), "build($_builder, $_state, ::mlir::ValueRange());">];
}

//===-- Requests to autodiff -----------------------------------------------===//

def VariableOp : Dlc_Unary<"variable", Dlc_Tensor> {
  let summary = "The point at which a derivative is taken.";
  let description = [{
    An identity. `grad` with respect to its result sees the uses of the result
    alone, not other uses of the operand: `grad(f)(w)` ignores a `w` that `f`
    captured. Gone after `autodiff`.

    Example: `%v = dlc.variable %w : tensor<4xf32>`
  }];
}
def StopGradientOp : Dlc_Unary<"stop_gradient", Dlc_Tensor> {
  let summary = "Identity whose gradient is 0. Gone after `autodiff`.";
  let description = "Example: `%y = dlc.stop_gradient %x : tensor<4xf32>`";
}
def GradOp : Dlc_Op<"grad", [Pure, AttrSizedOperandSegments]> {
  let summary = "Vector-Jacobian product of outputs with respect to values.";
  let description = [{
    The results are sum over i of cotangents[i] · d outputs[i] / d wrt[j], of
    wrt's types; zero where no path leads. All operands stand in the op's own
    block. `autodiff` replaces the op by plain ones, innermost request first.

    Example:
    ```
    %dw = dlc.grad of(%loss) seed(%one) wrt(%w)
        : (tensor<f32>, tensor<f32>, tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Variadic<Dlc_FloatTensor>:$outputs,
                       Variadic<Dlc_FloatTensor>:$cotangents,
                       Variadic<Dlc_FloatTensor>:$wrt);
  let results = (outs Variadic<Dlc_FloatTensor>:$gradients);
  let assemblyFormat = [{
    `of` `(` $outputs `)` `seed` `(` $cotangents `)` `wrt` `(` $wrt `)` attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

//===-- Kernels ------------------------------------------------------------===//

def KernelOp : Dlc_Op<"kernel", [RecursiveMemoryEffects, IsolatedFromAbove,
    SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "Ops that become one kernel, made by `fusion`.";
  let description = [{
    The emitter that generates its code is named first. Operand i and body
    argument i, result j and yielded value j have equal element types and
    counts, but perhaps different shapes: a reshape at a kernel's border is
    free. `ends` tells why the kernel ends where it does (`dlc explain`).

    Example:
    ```
    %y = dlc.kernel map(%x) ends "result" {
    ^bb0(%a: tensor<4xf32>):
      %b = dlc.negate %a : tensor<4xf32>
      dlc.yield %b : tensor<4xf32>
    } : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Dlc_Emitter:$emitter, Variadic<Dlc_Tensor>:$inputs,
                       OptionalAttr<StrAttr>:$ends);
  let results = (outs Variadic<Dlc_Tensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $emitter `(` $inputs `)` (`ends` $ends^)? $body attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

#endif // DLC_OPS
