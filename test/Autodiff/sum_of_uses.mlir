// A value's gradient is the sum over its uses, and only ops on a path to `wrt`
// get a rule: nothing is written for y.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @sum_of_uses
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[Y:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @sum_of_uses(%x: tensor<4xf32>, %y: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[T:.*]] = dlc.tanh %[[Y]]
  %t = dlc.tanh %y : tensor<4xf32>
  // CHECK-NEXT: dlc.multiply %[[X]], %[[T]]
  %m = dlc.multiply %x, %t : tensor<4xf32>
  // CHECK-NEXT: dlc.subtract
  %z = dlc.subtract %m, %x : tensor<4xf32>
  // CHECK-NEXT: %[[A:.*]] = dlc.negate %[[G]]
  // CHECK-NEXT: %[[B:.*]] = dlc.multiply %[[G]], %[[T]]
  // CHECK-NEXT: %[[D:.*]] = dlc.add %[[A]], %[[B]]
  // CHECK-NEXT: return %[[D]]
  %d = dlc.grad of(%z) seed(%g) wrt(%x) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
