// The passes of the `autodiff` stage.

#ifndef DLC_AUTODIFF_PASSES
#define DLC_AUTODIFF_PASSES

include "mlir/Pass/PassBase.td"

def Differentiate : Pass<"dlc-differentiate", "::mlir::ModuleOp"> {
  let summary = "Replace requests for gradients by plain ops.";
  let description = [{
    Walks backwards from the outputs of each `dlc.grad` over the ops that lie
    between them and `wrt`, and writes each op's vector-Jacobian product before
    the request. Requests in program order, those inside a scan first, so that a
    gradient may itself be differentiated. In the end `dlc.variable` and
    `dlc.stop_gradient` have given way to their operands.

    Before:
    ```
    %v = dlc.variable %x : tensor<f32>
    %y = dlc.tanh %v : tensor<f32>
    %d = dlc.grad of(%y) seed(%one) wrt(%v)
        : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
    ```
    After:
    ```
    %y = dlc.tanh %x : tensor<f32>
    %s = dlc.multiply %y, %y : tensor<f32>
    %1 = dlc.constant dense<1.0> : tensor<f32>
    %c = dlc.subtract %1, %s : tensor<f32>
    %d = dlc.multiply %one, %c : tensor<f32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

#endif // DLC_AUTODIFF_PASSES
