// Where the largest lies gets the gradient.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @max_pool
// CHECK-SAME: (%[[X:[^:]*]]: tensor<1x1x4xf32>, %[[G:[^:]*]]: tensor<1x1x2xf32>)
func.func @max_pool(%x: tensor<1x1x4xf32>, %g: tensor<1x1x2xf32>) -> tensor<1x1x4xf32> {
  %y = dlc.max_pool %x window [2] strides [2] low [0] high [0] : tensor<1x1x4xf32> to tensor<1x1x2xf32>
  // CHECK: %[[D:.*]] = dlc.select_and_scatter %[[X]], %[[G]] window [1, 1, 2] strides [1, 1, 2]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%y) seed(%g) wrt(%x) : (tensor<1x1x2xf32>, tensor<1x1x2xf32>, tensor<1x1x4xf32>) -> tensor<1x1x4xf32>
  return %d : tensor<1x1x4xf32>
}
