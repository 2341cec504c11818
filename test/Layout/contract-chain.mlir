// What a chain may not hold is blamed at its op.
// RUN: split-file %s %t
// RUN: not dlc compile %t/product.mlir --emit=layout --verify-contracts 2>&1 | FileCheck %s --check-prefix=PRODUCT
// RUN: not dlc compile %t/reduce.mlir --emit=layout --verify-contracts 2>&1 | FileCheck %s --check-prefix=REDUCE
// RUN: not dlc compile %t/none.mlir --emit=layout --verify-contracts 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not dlc compile %t/moves.mlir --emit=layout --verify-contracts 2>&1 | FileCheck %s --check-prefix=MOVES
// RUN: not dlc compile %t/parts.mlir --emit=layout --verify-contracts 2>&1 | FileCheck %s --check-prefix=PARTS
// RUN: not dlc compile %t/splits.mlir --emit=layout --verify-contracts 2>&1 | FileCheck %s --check-prefix=SPLITS

// PRODUCT: product.mlir:7:10: error: [layout] a chain may not hold this: a product that is not in normal form
// REDUCE: reduce.mlir:6:10: error: [layout] a chain may not hold this: a reduction of these dimensions
// NONE: none.mlir:3:8: error: [layout] a chain without scores
// MOVES: moves.mlir:6:10: error: [layout] a chain may not hold this: dlc.reverse
// PARTS: parts.mlir:6:10: error: [layout] a chain may not hold this: dlc.slice of rows
// SPLITS: splits.mlir:8:10: error: [layout] a chain may not hold this: a result that is not a value's rows

//--- product.mlir
module attributes {dlc.stage = "fusion"} {
func.func @f(%x: tensor<16x16xf32>) -> tensor<16x16xf32> {
  %y = dlc.kernel chain(%x) {
  ^bb0(%a: tensor<16x16xf32>):
    %s = dlc.dot_general %a, %a batch [] x [] contract [1] x [1] : tensor<16x16xf32>, tensor<16x16xf32> to tensor<16x16xf32>
    %p = dlc.exponential %s : tensor<16x16xf32>
    %o = dlc.dot_general %a, %p batch [] x [] contract [1] x [0] : tensor<16x16xf32>, tensor<16x16xf32> to tensor<16x16xf32>
    dlc.yield %o : tensor<16x16xf32>
  } : (tensor<16x16xf32>) -> tensor<16x16xf32>
  return %y : tensor<16x16xf32>
}
}

//--- reduce.mlir
module attributes {dlc.stage = "fusion"} {
func.func @f(%x: tensor<16x16xf32>) -> tensor<16xf32> {
  %y = dlc.kernel chain(%x) {
  ^bb0(%a: tensor<16x16xf32>):
    %s = dlc.dot_general %a, %a batch [] x [] contract [1] x [1] : tensor<16x16xf32>, tensor<16x16xf32> to tensor<16x16xf32>
    %p = dlc.reduce add %s dims [0] : tensor<16x16xf32> to tensor<16xf32>
    dlc.yield %p : tensor<16xf32>
  } : (tensor<16x16xf32>) -> tensor<16xf32>
  return %y : tensor<16xf32>
}
}

//--- none.mlir
module attributes {dlc.stage = "fusion"} {
func.func @f(%x: tensor<16x16xf32>) -> tensor<16x16xf32> {
  %y = dlc.kernel chain(%x) {
  ^bb0(%a: tensor<16x16xf32>):
    %p = dlc.exponential %a : tensor<16x16xf32>
    dlc.yield %p : tensor<16x16xf32>
  } : (tensor<16x16xf32>) -> tensor<16x16xf32>
  return %y : tensor<16x16xf32>
}
}

//--- moves.mlir
module attributes {dlc.stage = "fusion"} {
func.func @f(%x: tensor<16x16xf32>) -> tensor<16x16xf32> {
  %y = dlc.kernel chain(%x) {
  ^bb0(%a: tensor<16x16xf32>):
    %s = dlc.dot_general %a, %a batch [] x [] contract [1] x [1] : tensor<16x16xf32>, tensor<16x16xf32> to tensor<16x16xf32>
    %p = dlc.reverse %s dims [1] : tensor<16x16xf32>
    dlc.yield %p : tensor<16x16xf32>
  } : (tensor<16x16xf32>) -> tensor<16x16xf32>
  return %y : tensor<16x16xf32>
}
}

//--- parts.mlir
module attributes {dlc.stage = "fusion"} {
func.func @f(%x: tensor<16x16xf32>) -> tensor<16x16xf32> {
  %y = dlc.kernel chain(%x) {
  ^bb0(%a: tensor<16x16xf32>):
    %s = dlc.dot_general %a, %a batch [] x [] contract [1] x [1] : tensor<16x16xf32>, tensor<16x16xf32> to tensor<16x16xf32>
    %t = dlc.slice %s from [0, 0] to [16, 16] by [1, 1] : tensor<16x16xf32> to tensor<16x16xf32>
    %p = dlc.exponential %t : tensor<16x16xf32>
    %o = dlc.dot_general %p, %a batch [] x [] contract [1] x [0] : tensor<16x16xf32>, tensor<16x16xf32> to tensor<16x16xf32>
    dlc.yield %o : tensor<16x16xf32>
  } : (tensor<16x16xf32>) -> tensor<16x16xf32>
  return %y : tensor<16x16xf32>
}
}

//--- splits.mlir
module attributes {dlc.stage = "fusion"} {
func.func @f(%x: tensor<16x16xf32>) -> tensor<256xf32> {
  %y = dlc.kernel chain(%x) {
  ^bb0(%a: tensor<16x16xf32>):
    %s = dlc.dot_general %a, %a batch [] x [] contract [1] x [1] : tensor<16x16xf32>, tensor<16x16xf32> to tensor<16x16xf32>
    %p = dlc.exponential %s : tensor<16x16xf32>
    %o = dlc.dot_general %p, %a batch [] x [] contract [1] x [0] : tensor<16x16xf32>, tensor<16x16xf32> to tensor<16x16xf32>
    %r = dlc.reshape %o : tensor<16x16xf32> to tensor<256xf32>
    dlc.yield %r : tensor<256xf32>
  } : (tensor<16x16xf32>) -> tensor<256xf32>
  return %y : tensor<256xf32>
}
}
