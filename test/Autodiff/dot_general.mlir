// Both gradients are contractions with other dimension numbers, no transposes.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @dot_general
// CHECK-SAME: (%[[X:[^:]*]]: tensor<8x4xf32>, %[[Y:[^:]*]]: tensor<4x3xf32>, %[[G:[^:]*]]: tensor<8x3xf32>)
func.func @dot_general(%x: tensor<8x4xf32>, %y: tensor<4x3xf32>, %g: tensor<8x3xf32>) -> (tensor<8x4xf32>, tensor<4x3xf32>) {
  %vx = dlc.variable %x : tensor<8x4xf32>
  %vy = dlc.variable %y : tensor<4x3xf32>
  %z = dlc.dot_general %vx, %vy batch [] x [] contract [1] x [0]
      : tensor<8x4xf32>, tensor<4x3xf32> to tensor<8x3xf32>
  // CHECK-NOT: dlc.transpose
  // CHECK: %[[DX:.*]] = dlc.dot_general %[[G]], %[[Y]] batch [] x [] contract [1] x [1]
  // CHECK: %[[DY:.*]] = dlc.dot_general %[[X]], %[[G]] batch [] x [] contract [0] x [0]
  // CHECK: return %[[DX]], %[[DY]]
  %d:2 = dlc.grad of(%z) seed(%g) wrt(%vx, %vy)
      : (tensor<8x3xf32>, tensor<8x3xf32>, tensor<8x4xf32>, tensor<4x3xf32>) -> (tensor<8x4xf32>, tensor<4x3xf32>)
  return %d#0, %d#1 : tensor<8x4xf32>, tensor<4x3xf32>
}
