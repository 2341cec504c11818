// A sum of nothing is 0; a result of nothing takes no tile.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @contraction_0
// CHECK-SAME: dlc.tiles = 1 : i64
// CHECK: %[[SUMS:.*]] = memref.alloca()
// CHECK: %[[ZERO:.*]] = arith.constant dense<0.000000e+00>
// CHECK: vector.store %[[ZERO]], %[[SUMS]]
func.func @sum(%x: tensor<3x0xf32>, %y: tensor<0x32xf32>) -> tensor<3x32xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<3x0xf32>, %b: tensor<0x32xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<3x0xf32>, tensor<0x32xf32> to tensor<3x32xf32>
    dlc.yield %c : tensor<3x32xf32>
  } : (tensor<3x0xf32>, tensor<0x32xf32>) -> tensor<3x32xf32>
  return %z : tensor<3x32xf32>
}

// CHECK: func.func private @contraction_1
// CHECK-SAME: dlc.tiles = 0 : i64
func.func @result(%x: tensor<0x3xf32>, %y: tensor<3x32xf32>) -> tensor<0x32xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<0x3xf32>, %b: tensor<3x32xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<0x3xf32>, tensor<3x32xf32> to tensor<0x32xf32>
    dlc.yield %c : tensor<0x32xf32>
  } : (tensor<0x3xf32>, tensor<3x32xf32>) -> tensor<0x32xf32>
  return %z : tensor<0x32xf32>
}
