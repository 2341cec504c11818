#ifndef DLC_LAYOUT_PASSES
#define DLC_LAYOUT_PASSES

include "mlir/Pass/PassBase.td"

def CollapseDims : Pass<"dlc-collapse-dims", "::mlir::func::FuncOp"> {
  let summary = "Merge dimensions that a kernel always walks together";
  let description = [{
    Two neighbouring dimensions of a kernel's iteration space become one when
    every value of the body has both, side by side, or neither. Vectors then run
    along the longest dimension, and index arithmetic goes. Operands and results
    keep their shapes: a reshape at a kernel's border is free.

    Before:
    ```
    %y = dlc.kernel map(%x) {
    ^bb0(%a: tensor<2x3xf32>):
      %b = dlc.negate %a : tensor<2x3xf32>
      dlc.yield %b : tensor<2x3xf32>
    } : (tensor<2x3xf32>) -> tensor<2x3xf32>
    ```
    After:
    ```
    %y = dlc.kernel map(%x) {
    ^bb0(%a: tensor<6xf32>):
      %b = dlc.negate %a : tensor<6xf32>
      dlc.yield %b : tensor<6xf32>
    } : (tensor<2x3xf32>) -> tensor<2x3xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

#endif // DLC_LAYOUT_PASSES
