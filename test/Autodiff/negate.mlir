// d(-x) = -g.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @negate
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @negate(%x: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[Y:.*]] = dlc.negate %[[X]]
  %v = dlc.variable %x : tensor<4xf32>
  %y = dlc.negate %v : tensor<4xf32>
  // CHECK: %[[D:.*]] = dlc.negate %[[G]]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
