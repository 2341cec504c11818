// y (g - sum g y), from the forward result.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @softmax
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[G:[^:]*]]: tensor<2x3xf32>)
func.func @softmax(%x: tensor<2x3xf32>, %g: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
  %vx = dlc.variable %x : tensor<2x3xf32>
  %z = dlc.softmax %vx dim 1 : tensor<2x3xf32>
  // CHECK: %[[Y:.*]] = dlc.softmax
  // CHECK: %[[GY:.*]] = dlc.multiply %[[G]], %[[Y]]
  // CHECK: %[[S:.*]] = dlc.reduce add %[[GY]] dims [1]
  // CHECK: %[[SS:.*]] = dlc.broadcast_in_dim %[[S]] dims [0]
  // CHECK: %[[R:.*]] = dlc.subtract %[[G]], %[[SS]]
  // CHECK: %[[D:.*]] = dlc.multiply %[[Y]], %[[R]]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%z) seed(%g) wrt(%vx)
      : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return %d : tensor<2x3xf32>
}
