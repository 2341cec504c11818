// The passes of the `graph` stage.

#ifndef DLC_GRAPH_PASSES
#define DLC_GRAPH_PASSES

include "mlir/Pass/PassBase.td"

def InlineCalls : Pass<"dlc-inline-calls", "::mlir::ModuleOp"> {
  let summary = "Put the bodies of called functions in the place of calls.";
  let description = [{
    Autodiff and fusion look at one function. Private functions that were called
    are gone afterwards; recursion is an error.

    Before:
    ```
    func.func private @double(%a: tensor<f32>) -> tensor<f32> {
      %s = dlc.add %a, %a : tensor<f32>
      return %s : tensor<f32>
    }
    %y = call @double(%x) : (tensor<f32>) -> tensor<f32>
    ```
    After: `%y = dlc.add %x, %x : tensor<f32>`
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def SimplifyAlgebra : Pass<"dlc-simplify-algebra"> {
  let summary = "Replace ops by fewer or cheaper ones of exactly the same value.";
  let description = [{
    Nothing here changes a bit of a result, except which of several NaN it is.
    Index maps collapse, a transpose becomes dimension numbers of the
    contraction that reads or makes it, arithmetic on constants is done, loops
    lose what nobody reads.

    Before:
    ```
    %t = dlc.transpose %w perm [1, 0] : tensor<4x3xf32> to tensor<3x4xf32>
    %y = dlc.dot_general %x, %t batch [] x [] contract [1] x [0]
        : tensor<2x3xf32>, tensor<3x4xf32> to tensor<2x4xf32>
    ```
    After:
    ```
    %y = dlc.dot_general %x, %w batch [] x [] contract [1] x [1]
        : tensor<2x3xf32>, tensor<4x3xf32> to tensor<2x4xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def Stabilize : Pass<"dlc-stabilize"> {
  let summary = "Rewrite naive formulas into those that do not overflow.";
  let description = [{
    exp, sum and log written by hand, as a textbook does, become the stable
    composites; autodiff then differentiates these. A finite exact result never
    becomes non-finite. Stabilize.cpp lists the forms.

    Before:
    ```
    %p = dlc.softmax %x dim 1 : tensor<2x3xf32>
    %l = dlc.log %p : tensor<2x3xf32>
    ```
    After: `%l = dlc.log_softmax %x dim 1 : tensor<2x3xf32>`
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

#endif // DLC_GRAPH_PASSES
