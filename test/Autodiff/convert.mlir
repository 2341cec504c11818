// The gradient is converted back.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @convert
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf64>)
func.func @convert(%x: tensor<4xf32>, %g: tensor<4xf64>) -> (tensor<4xf32>) {
  %vx = dlc.variable %x : tensor<4xf32>
  %z = dlc.convert %vx : tensor<4xf32> to tensor<4xf64>
  // CHECK: %[[D:.*]] = dlc.convert %[[G]] : tensor<4xf64> to tensor<4xf32>
  // CHECK: return %[[D]]
  %d = dlc.grad of(%z) seed(%g) wrt(%vx)
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf32>) -> (tensor<4xf32>)
  return %d : tensor<4xf32>
}
