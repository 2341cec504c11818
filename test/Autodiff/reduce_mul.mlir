// Each element gets the product of the others, without a division: elements may
// be 0.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @reduce_mul
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[G:[^:]*]]: tensor<2xf32>)
func.func @reduce_mul(%x: tensor<2x3xf32>, %g: tensor<2xf32>) -> (tensor<2x3xf32>) {
  %vx = dlc.variable %x : tensor<2x3xf32>
  %z = dlc.reduce mul %vx dims [1] : tensor<2x3xf32> to tensor<2xf32>
  // CHECK-NOT: dlc.divide
  // CHECK: dlc.slice
  // CHECK: return
  %d = dlc.grad of(%z) seed(%g) wrt(%vx)
      : (tensor<2xf32>, tensor<2xf32>, tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return %d : tensor<2x3xf32>
}
