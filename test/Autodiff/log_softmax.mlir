// g - e^y sum g, from the forward result.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @log_softmax
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[G:[^:]*]]: tensor<2x3xf32>)
func.func @log_softmax(%x: tensor<2x3xf32>, %g: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
  %vx = dlc.variable %x : tensor<2x3xf32>
  %z = dlc.log_softmax %vx dim 1 : tensor<2x3xf32>
  // CHECK: %[[Y:.*]] = dlc.log_softmax
  // CHECK: %[[P:.*]] = dlc.exponential %[[Y]]
  // CHECK: %[[S:.*]] = dlc.reduce add %[[G]] dims [1]
  // CHECK: %[[SS:.*]] = dlc.broadcast_in_dim %[[S]] dims [0]
  // CHECK: %[[R:.*]] = dlc.multiply %[[P]], %[[SS]]
  // CHECK: %[[D:.*]] = dlc.subtract %[[G]], %[[R]]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%z) seed(%g) wrt(%vx)
      : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return %d : tensor<2x3xf32>
}
