// (softmax - one_hot) g: the classic form, on the labels that were checked.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @softmax_cross_entropy
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[L:[^:]*]]: tensor<2xi32>, %[[G:[^:]*]]: tensor<2xf32>)
func.func @softmax_cross_entropy(%x: tensor<2x3xf32>, %l: tensor<2xi32>, %g: tensor<2xf32>) -> (tensor<2x3xf32>) {
  %vx = dlc.variable %x : tensor<2x3xf32>
  %z = dlc.softmax_cross_entropy %vx, %l : tensor<2x3xf32>, tensor<2xi32> to tensor<2xf32>
  // CHECK: %[[P:.*]] = dlc.softmax %[[X]] dim 1
  // CHECK: %[[C:.*]] = dlc.check_index %[[L]] {limit = 3 : i64, op = "softmax_cross_entropy"}
  // CHECK: %[[T:.*]] = dlc.one_hot %[[C]]
  // CHECK: %[[E:.*]] = dlc.subtract %[[P]], %[[T]]
  // CHECK: %[[GG:.*]] = dlc.broadcast_in_dim %[[G]] dims [0]
  // CHECK: %[[D:.*]] = dlc.multiply %[[E]], %[[GG]]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%z) seed(%g) wrt(%vx)
      : (tensor<2xf32>, tensor<2xf32>, tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return %d : tensor<2x3xf32>
}
