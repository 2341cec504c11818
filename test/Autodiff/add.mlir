// The gradient of a sum goes to both sides.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @add
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[Y:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @add(%x: tensor<4xf32>, %y: tensor<4xf32>, %g: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %vx = dlc.variable %x : tensor<4xf32>
  %vy = dlc.variable %y : tensor<4xf32>
  %z = dlc.add %vx, %vy : tensor<4xf32>
  // CHECK: return %[[G]], %[[G]]
  %d:2 = dlc.grad of(%z) seed(%g) wrt(%vx, %vy)
      : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %d#0, %d#1 : tensor<4xf32>, tensor<4xf32>
}
