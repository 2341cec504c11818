// The rule uses the forward result: nothing is computed again.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @exponential
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @exponential(%x: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[Y:.*]] = dlc.exponential %[[X]]
  %v = dlc.variable %x : tensor<4xf32>
  %y = dlc.exponential %v : tensor<4xf32>
  // CHECK: %[[D:.*]] = dlc.multiply %[[G]], %[[Y]]
  // CHECK-NOT: dlc.exponential
  // CHECK: return %[[D]]
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
