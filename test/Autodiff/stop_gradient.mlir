// No gradient passes: what is asked for is zero.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @stop_gradient
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @stop_gradient(%x: tensor<4xf32>, %g: tensor<4xf32>) -> (tensor<4xf32>) {
  %vx = dlc.variable %x : tensor<4xf32>
  %z = dlc.stop_gradient %vx : tensor<4xf32>
  // CHECK-NOT: dlc.stop_gradient
  // CHECK: %[[ZERO:.*]] = dlc.constant dense<0.000000e+00>
  // CHECK: return %[[ZERO]]
  %d = dlc.grad of(%z) seed(%g) wrt(%vx)
      : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>)
  return %d : tensor<4xf32>
}
