// Zeros where no path leads: w is not used, x only through integers.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @no_path
func.func @no_path(%w: tensor<3xf32>, %x: tensor<4xf32>, %g: tensor<2x4xf32>) -> (tensor<3xf32>, tensor<4xf32>) {
  %i = dlc.argmax %x dim 0 : tensor<4xf32> to tensor<i32>
  %b = dlc.broadcast_in_dim %i dims [] : tensor<i32> to tensor<2xi32>
  %y = dlc.one_hot %b : tensor<2xi32> to tensor<2x4xf32>
  // CHECK: %[[DW:.*]] = dlc.constant dense<0.000000e+00> : tensor<3xf32>
  // CHECK: %[[DX:.*]] = dlc.constant dense<0.000000e+00> : tensor<4xf32>
  // CHECK: return %[[DW]], %[[DX]]
  %d:2 = dlc.grad of(%y) seed(%g) wrt(%w, %x)
      : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<3xf32>, tensor<4xf32>) -> (tensor<3xf32>, tensor<4xf32>)
  return %d#0, %d#1 : tensor<3xf32>, tensor<4xf32>
}
