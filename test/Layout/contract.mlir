// What does not meet the stage's contract is blamed at its op.
// RUN: split-file %s %t
// RUN: not dlc compile %t/fusion.mlir --emit=fusion --verify-contracts 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not dlc compile %t/layout.mlir --emit=layout --verify-contracts 2>&1 | FileCheck %s --check-prefix=LAYOUT

// NONE: dlc.stage
// LAYOUT: layout.mlir:6:10: error: [layout] a kernel's body may not hold this here: a second iteration space

//--- fusion.mlir
module attributes {dlc.stage = "nowhere"} {}

//--- layout.mlir
module attributes {dlc.stage = "fusion"} {
func.func @f(%x: tensor<4x5xf32>, %z: tensor<4x6xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %y:2 = dlc.kernel row(%x, %z) {
  ^bb0(%a: tensor<4x5xf32>, %b: tensor<4x6xf32>):
    %s = dlc.reduce add %a dims [1] : tensor<4x5xf32> to tensor<4xf32>
    %t = dlc.reduce add %b dims [1] : tensor<4x6xf32> to tensor<4xf32>
    dlc.yield %s, %t : tensor<4xf32>, tensor<4xf32>
  } : (tensor<4x5xf32>, tensor<4x6xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %y#0, %y#1 : tensor<4xf32>, tensor<4xf32>
}
}
