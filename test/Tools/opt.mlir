// `dlc opt` is dlc-opt.
// RUN: dlc-opt %s --canonicalize > %t
// RUN: dlc opt %s --canonicalize | diff %t -
// RUN: FileCheck %s --input-file=%t

// CHECK: return %arg0
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = dlc.negate %x : tensor<4xf32>
  %1 = dlc.negate %0 : tensor<4xf32>
  return %1 : tensor<4xf32>
}
