// What does not meet the stage's contract is blamed at its op.
// RUN: split-file %s %t
// RUN: not dlc compile %t/fusion.mlir --emit=fusion --verify-contracts 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not dlc compile %t/layout.mlir --emit=layout --verify-contracts 2>&1 | FileCheck %s --check-prefix=LAYOUT
// RUN: not dlc compile %t/product.mlir --emit=layout --verify-contracts 2>&1 | FileCheck %s --check-prefix=PRODUCT

// RUN: not dlc compile %t/rows.mlir --emit=layout --verify-contracts 2>&1 | FileCheck %s --check-prefix=ROWS

// NONE: dlc.stage
// LAYOUT: layout.mlir:6:10: error: [layout] a kernel's body may not hold this here: a second iteration space
// ROWS: rows.mlir:6:10: error: [layout] a kernel's body may not hold this here: a reduction of anything but the product's rows
// PRODUCT: product.mlir:6:10: error: [layout] a kernel's body may not hold this here: a contraction that is not in normal form

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

//--- product.mlir
module attributes {dlc.stage = "fusion"} {
func.func @f(%x: tensor<64x8xf32>, %w: tensor<64x32xf32>) -> tensor<8x32xf32> {
  %y = dlc.kernel contraction(%x, %w) {
  ^bb0(%a: tensor<64x8xf32>, %b: tensor<64x32xf32>):
    %t = dlc.transpose %a perm [1, 0] : tensor<64x8xf32> to tensor<8x64xf32>
    %z = dlc.dot_general %t, %b batch [] x [] contract [1] x [0] : tensor<8x64xf32>, tensor<64x32xf32> to tensor<8x32xf32>
    dlc.yield %z : tensor<8x32xf32>
  } : (tensor<64x8xf32>, tensor<64x32xf32>) -> tensor<8x32xf32>
  return %y : tensor<8x32xf32>
}
}

//--- rows.mlir
module attributes {dlc.stage = "fusion"} {
func.func @f(%x: tensor<8x64xf32>, %w: tensor<64x32xf32>) -> tensor<32xf32> {
  %y = dlc.kernel contraction(%x, %w) {
  ^bb0(%a: tensor<8x64xf32>, %b: tensor<64x32xf32>):
    %z = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<8x64xf32>, tensor<64x32xf32> to tensor<8x32xf32>
    %s = dlc.reduce add %z dims [0] : tensor<8x32xf32> to tensor<32xf32>
    dlc.yield %s : tensor<32xf32>
  } : (tensor<8x64xf32>, tensor<64x32xf32>) -> tensor<32xf32>
  return %y : tensor<32xf32>
}
}
