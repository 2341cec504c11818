// d sqrt x = g / (2 sqrt x), from the forward result.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @sqrt
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @sqrt(%x: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[Y:.*]] = dlc.sqrt %[[X]]
  %v = dlc.variable %x : tensor<4xf32>
  %y = dlc.sqrt %v : tensor<4xf32>
  // CHECK: %[[HALF:.*]] = dlc.constant dense<5.000000e-01>
  // CHECK: %[[N:.*]] = dlc.multiply %[[G]], %[[HALF]]
  // CHECK: %[[D:.*]] = dlc.divide %[[N]], %[[Y]]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
