// The gradient of |x| is g times the sign of x, 0 at 0.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @abs
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @abs(%x: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[Y:.*]] = dlc.abs %[[X]]
  %v = dlc.variable %x : tensor<4xf32>
  %y = dlc.abs %v : tensor<4xf32>
  // CHECK: %[[POSITIVE:.*]] = dlc.compare GT, %[[X]]
  // CHECK: %[[NEGATIVE:.*]] = dlc.compare LT, %[[X]]
  // CHECK: %[[MINUS:.*]] = dlc.negate %[[G]]
  // CHECK: %[[LEFT:.*]] = dlc.select %[[NEGATIVE]], %[[MINUS]], %{{.*}}
  // CHECK: %[[D:.*]] = dlc.select %[[POSITIVE]], %[[G]], %[[LEFT]]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
