// d tanh x = g (1 - y^2), from the forward result.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @tanh
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @tanh(%x: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[Y:.*]] = dlc.tanh %[[X]]
  %v = dlc.variable %x : tensor<4xf32>
  %y = dlc.tanh %v : tensor<4xf32>
  // CHECK: %[[ONE:.*]] = dlc.constant dense<1.000000e+00>
  // CHECK: %[[S:.*]] = dlc.multiply %[[Y]], %[[Y]]
  // CHECK: %[[R:.*]] = dlc.subtract %[[ONE]], %[[S]]
  // CHECK: %[[D:.*]] = dlc.multiply %[[G]], %[[R]]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
