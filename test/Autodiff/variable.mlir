// A request sees the uses of the variable alone: w itself, which the function
// captured, is a constant to it.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @variable
// CHECK-SAME: (%[[W:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @variable(%w: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  %v = dlc.variable %w : tensor<4xf32>
  // CHECK: dlc.multiply %[[W]], %[[W]]
  %y = dlc.multiply %v, %w : tensor<4xf32>
  // CHECK: %[[D:.*]] = dlc.multiply %[[G]], %[[W]]
  // CHECK-NOT: dlc.variable
  // CHECK: return %[[D]]
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
