// A turned dimension must be one along which something is transposed.
// RUN: split-file %s %t
// RUN: not dlc compile %t/last.mlir --target=cuda:sm_80 --emit=layout --verify-contracts 2>&1 | FileCheck %s --check-prefix=LAST
// RUN: not dlc compile %t/row.mlir --target=cuda:sm_80 --emit=layout --verify-contracts 2>&1 | FileCheck %s --check-prefix=ROW

// LAST: last.mlir:3:8: error: [layout] nothing can be turned along dimension 1
// ROW: row.mlir:3:8: error: [layout] nothing can be turned along dimension 0

//--- last.mlir
module attributes {dlc.stage = "layout"} {
func.func @f(%x: tensor<64x32xf32>) -> tensor<32x64xf32> {
  %y = dlc.kernel map(%x) {
  ^bb0(%a: tensor<64x32xf32>):
    %t = dlc.transpose %a perm [1, 0] : tensor<64x32xf32> to tensor<32x64xf32>
    dlc.yield %t : tensor<32x64xf32>
  } {dlc.turned = 1 : i64} : (tensor<64x32xf32>) -> tensor<32x64xf32>
  return %y : tensor<32x64xf32>
}
}

//--- row.mlir
module attributes {dlc.stage = "layout"} {
func.func @f(%x: tensor<64x32xf32>) -> tensor<64xf32> {
  %y = dlc.kernel row(%x) {
  ^bb0(%a: tensor<64x32xf32>):
    %s = dlc.reduce add %a dims [1] : tensor<64x32xf32> to tensor<64xf32>
    dlc.yield %s : tensor<64xf32>
  } {dlc.turned = 0 : i64} : (tensor<64x32xf32>) -> tensor<64xf32>
  return %y : tensor<64xf32>
}
}
