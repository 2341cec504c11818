// What a program asks of autodiff. All but `optimization_barrier` and `print` are
// gone after the stage.
#ifndef DLC_REQUESTS
#define DLC_REQUESTS

include "DlcBase.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"

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
def JvpOp : Dlc_Op<"jvp", [Pure, AttrSizedOperandSegments]> {
  let summary = "Jacobian-vector product of outputs with respect to values.";
  let description = [{
    The results are sum over j of d outputs[i] / d wrt[j] · tangents[j], of the
    outputs' types. Operands as for `grad`.

    Example:
    ```
    %dy = dlc.jvp of(%y) wrt(%x) along(%v)
        : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Variadic<Dlc_FloatTensor>:$outputs,
                       Variadic<Dlc_FloatTensor>:$wrt,
                       Variadic<Dlc_FloatTensor>:$tangents);
  let results = (outs Variadic<Dlc_FloatTensor>:$results);
  let assemblyFormat = [{
    `of` `(` $outputs `)` `wrt` `(` $wrt `)` `along` `(` $tangents `)` attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}
def CheckpointOp : Dlc_Op<"checkpoint", [RecursiveMemoryEffects, IsolatedFromAbove,
    SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "A computation whose gradient recomputes it from its inputs.";
  let description = [{
    Equal to its region. Its gradient keeps the inputs alone and runs the region
    again behind an `optimization_barrier`, so that CSE leaves it there.

    Example:
    ```
    %y = dlc.checkpoint(%x) {
    ^bb0(%a: tensor<4xf32>):
      %e = dlc.exponential %a : tensor<4xf32>
      dlc.yield %e : tensor<4xf32>
    } : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Variadic<Dlc_Tensor>:$inputs);
  let results = (outs Variadic<Dlc_Tensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat =
      "`(` $inputs `)` $body attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
def CustomVjpOp : Dlc_Op<"custom_vjp", [RecursiveMemoryEffects, IsolatedFromAbove,
    SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "A computation with a gradient rule of the user's.";
  let description = [{
    `forward` takes the inputs and yields [results…, residuals…]; `backward`
    takes [residuals…, a cotangent for each float result…] and yields a
    cotangent for each float input. Without a gradient it is `forward`.

    Example:
    ```
    %y = dlc.custom_vjp(%x) {
    ^bb0(%a: tensor<f32>):
      dlc.yield %a, %a : tensor<f32>, tensor<f32>
    } backward {
    ^bb0(%a: tensor<f32>, %g: tensor<f32>):
      dlc.yield %g : tensor<f32>
    } : (tensor<f32>) -> tensor<f32>
    ```
  }];
  let arguments = (ins Variadic<Dlc_Tensor>:$inputs);
  let results = (outs Variadic<Dlc_Tensor>:$results);
  let regions = (region SizedRegion<1>:$forward, SizedRegion<1>:$backward);
  let assemblyFormat = [{
    `(` $inputs `)` $forward `backward` $backward attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}
def OptimizationBarrierOp : Dlc_Op<"optimization_barrier", [Pure, Inferred]> {
  let summary = "Passes values through; nothing is merged or moved across.";
  let description = [{
    A value behind it is never taken for one before it, so CSE keeps both
    computations. It costs nothing: no kernel, no copy.

    Example: `%y = dlc.optimization_barrier %x : tensor<4xf32>`
  }];
  let arguments = (ins Variadic<Dlc_Tensor>:$inputs);
  let results = (outs Variadic<Dlc_Tensor>:$results);
  let assemblyFormat = "$inputs attr-dict `:` type($inputs)";
}

//===-- Debugging ----------------------------------------------------------===//

def PrintOp : Dlc_Unary<"print", Dlc_Tensor> {
  let summary = "Passes x through and prints it when the program runs.";
  let description = [{
    One line: the text, the type and the elements; of many elements the first
    and the last. With `summary` it prints the smallest, the largest, the mean
    and the number of elements that are not finite instead.

    Example: `%y = dlc.print %x {text = "logits"} : tensor<4xf32>`
  }];
  let arguments = (ins Dlc_Tensor:$operand, StrAttr:$text, UnitAttr:$summary);
}

#endif // DLC_REQUESTS
