// d(x / y) = g / y and -(g / y) z, from the forward result z.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @divide
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[Y:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @divide(%x: tensor<4xf32>, %y: tensor<4xf32>, %g: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %vx = dlc.variable %x : tensor<4xf32>
  %vy = dlc.variable %y : tensor<4xf32>
  %z = dlc.divide %vx, %vy : tensor<4xf32>
  // CHECK: %[[Z:.*]] = dlc.divide %[[X]], %[[Y]]
  // CHECK: %[[DX:.*]] = dlc.divide %[[G]], %[[Y]]
  // CHECK: %[[Q:.*]] = dlc.divide %[[G]], %[[Y]]
  // CHECK: %[[P:.*]] = dlc.multiply %[[Q]], %[[Z]]
  // CHECK: %[[DY:.*]] = dlc.negate %[[P]]
  // CHECK: return %[[DX]], %[[DY]]
  %d:2 = dlc.grad of(%z) seed(%g) wrt(%vx, %vy)
      : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %d#0, %d#1 : tensor<4xf32>, tensor<4xf32>
}
