// A batch dimension that is not the first costs a transpose, no more.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @dot_general_batched
// CHECK-SAME: (%[[X:[^:]*]]: tensor<8x2x4xf32>, %[[Y:[^:]*]]: tensor<2x4x3xf32>, %[[G:[^:]*]]: tensor<2x8x3xf32>)
func.func @dot_general_batched(%x: tensor<8x2x4xf32>, %y: tensor<2x4x3xf32>, %g: tensor<2x8x3xf32>) -> (tensor<8x2x4xf32>, tensor<2x4x3xf32>) {
  %vx = dlc.variable %x : tensor<8x2x4xf32>
  %vy = dlc.variable %y : tensor<2x4x3xf32>
  %z = dlc.dot_general %vx, %vy batch [1] x [0] contract [2] x [1]
      : tensor<8x2x4xf32>, tensor<2x4x3xf32> to tensor<2x8x3xf32>
  // CHECK: %[[T:.*]] = dlc.dot_general %[[G]], %[[Y]] batch [0] x [0] contract [2] x [2]
  // CHECK: %[[DX:.*]] = dlc.transpose %[[T]] perm [1, 0, 2]
  // CHECK: %[[DY:.*]] = dlc.dot_general %[[X]], %[[G]] batch [1] x [0] contract [0] x [1]
  // CHECK-NOT: dlc.transpose
  // CHECK: return %[[DX]], %[[DY]]
  %d:2 = dlc.grad of(%z) seed(%g) wrt(%vx, %vy)
      : (tensor<2x8x3xf32>, tensor<2x8x3xf32>, tensor<8x2x4xf32>, tensor<2x4x3xf32>) -> (tensor<8x2x4xf32>, tensor<2x4x3xf32>)
  return %d#0, %d#1 : tensor<8x2x4xf32>, tensor<2x4x3xf32>
}
