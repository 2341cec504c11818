// The gradient takes the old shape.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @reshape
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[G:[^:]*]]: tensor<6xf32>)
func.func @reshape(%x: tensor<2x3xf32>, %g: tensor<6xf32>) -> (tensor<2x3xf32>) {
  %vx = dlc.variable %x : tensor<2x3xf32>
  %z = dlc.reshape %vx : tensor<2x3xf32> to tensor<6xf32>
  // CHECK: %[[D:.*]] = dlc.reshape %[[G]] : tensor<6xf32> to tensor<2x3xf32>
  // CHECK: return %[[D]]
  %d = dlc.grad of(%z) seed(%g) wrt(%vx)
      : (tensor<6xf32>, tensor<6xf32>, tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return %d : tensor<2x3xf32>
}
