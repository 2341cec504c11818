// What was repeated is summed, along new dimensions and along those of size 1.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @broadcast_in_dim
// CHECK-SAME: (%[[X:[^:]*]]: tensor<1x3xf32>, %[[G:[^:]*]]: tensor<5x4x3xf32>)
func.func @broadcast_in_dim(%x: tensor<1x3xf32>, %g: tensor<5x4x3xf32>) -> (tensor<1x3xf32>) {
  %vx = dlc.variable %x : tensor<1x3xf32>
  %z = dlc.broadcast_in_dim %vx dims [1, 2] : tensor<1x3xf32> to tensor<5x4x3xf32>
  // CHECK: %[[S:.*]] = dlc.reduce add %[[G]] dims [0, 1]
  // CHECK: %[[D:.*]] = dlc.reshape %[[S]] : tensor<3xf32> to tensor<1x3xf32>
  // CHECK: return %[[D]]
  %d = dlc.grad of(%z) seed(%g) wrt(%vx)
      : (tensor<5x4x3xf32>, tensor<5x4x3xf32>, tensor<1x3xf32>) -> (tensor<1x3xf32>)
  return %d : tensor<1x3xf32>
}
