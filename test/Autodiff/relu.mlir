// The gradient passes where the result is positive, so not at 0; the operand
// need not be kept.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @relu
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @relu(%x: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[Y:.*]] = dlc.relu %[[X]]
  %v = dlc.variable %x : tensor<4xf32>
  %y = dlc.relu %v : tensor<4xf32>
  // CHECK: %[[P:.*]] = dlc.compare GT, %[[Y]], %{{.*}}
  // CHECK: %[[D:.*]] = dlc.select %[[P]], %[[G]], %{{.*}}
  // CHECK: return %[[D]]
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
