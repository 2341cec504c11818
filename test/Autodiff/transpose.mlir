// The gradient is transposed by the inverse permutation.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @transpose
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3x4xf32>, %[[G:[^:]*]]: tensor<4x2x3xf32>)
func.func @transpose(%x: tensor<2x3x4xf32>, %g: tensor<4x2x3xf32>) -> (tensor<2x3x4xf32>) {
  %vx = dlc.variable %x : tensor<2x3x4xf32>
  %z = dlc.transpose %vx perm [2, 0, 1] : tensor<2x3x4xf32> to tensor<4x2x3xf32>
  // CHECK: %[[D:.*]] = dlc.transpose %[[G]] perm [1, 2, 0]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%z) seed(%g) wrt(%vx)
      : (tensor<4x2x3xf32>, tensor<4x2x3xf32>, tensor<2x3x4xf32>) -> (tensor<2x3x4xf32>)
  return %d : tensor<2x3x4xf32>
}
