// The gradient of the sigmoid is g y (1 - y), from the forward result.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @logistic
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @logistic(%x: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[Y:.*]] = dlc.logistic %[[X]]
  %v = dlc.variable %x : tensor<4xf32>
  %y = dlc.logistic %v : tensor<4xf32>
  // CHECK: %[[ONE:.*]] = dlc.constant dense<1.000000e+00>
  // CHECK: %[[R:.*]] = dlc.subtract %[[ONE]], %[[Y]]
  // CHECK: %[[S:.*]] = dlc.multiply %[[Y]], %[[R]]
  // CHECK: %[[D:.*]] = dlc.multiply %[[G]], %[[S]]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
