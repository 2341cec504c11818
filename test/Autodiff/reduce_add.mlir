// Every element of a sum gets its gradient.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @reduce_add
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[G:[^:]*]]: tensor<2xf32>)
func.func @reduce_add(%x: tensor<2x3xf32>, %g: tensor<2xf32>) -> (tensor<2x3xf32>) {
  %vx = dlc.variable %x : tensor<2x3xf32>
  %z = dlc.reduce add %vx dims [1] : tensor<2x3xf32> to tensor<2xf32>
  // CHECK: %[[D:.*]] = dlc.broadcast_in_dim %[[G]] dims [0]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%z) seed(%g) wrt(%vx)
      : (tensor<2xf32>, tensor<2xf32>, tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return %d : tensor<2x3xf32>
}
