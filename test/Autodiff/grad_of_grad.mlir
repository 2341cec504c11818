// The inner request is answered first; what answers it is differentiated like
// any op: the second derivative of x^3 is 6x.
// RUN: dlc-opt %s --dlc-differentiate --dlc-simplify-algebra --cse | FileCheck %s

// CHECK-LABEL: func @grad_of_grad
// CHECK-SAME: (%[[X:[^:]*]]: tensor<f32>)
func.func @grad_of_grad(%x: tensor<f32>) -> tensor<f32> {
  %one = dlc.constant dense<1.0> : tensor<f32>
  %outer = dlc.variable %x : tensor<f32>
  %inner = dlc.variable %outer : tensor<f32>
  %square = dlc.multiply %inner, %inner : tensor<f32>
  %cube = dlc.multiply %square, %inner : tensor<f32>
  %first = dlc.grad of(%cube) seed(%one) wrt(%inner) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  // CHECK-NOT: dlc.grad
  // CHECK-NOT: dlc.multiply
  // CHECK: %[[TWO:.*]] = dlc.add %[[X]], %[[X]]
  // CHECK-NEXT: %[[FOUR:.*]] = dlc.add %[[TWO]], %[[TWO]]
  // CHECK-NEXT: %[[FIVE:.*]] = dlc.add %[[FOUR]], %[[X]]
  // CHECK-NEXT: %[[D:.*]] = dlc.add %[[FIVE]], %[[X]]
  // CHECK: return %[[D]]
  %second = dlc.grad of(%first) seed(%one) wrt(%outer) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  return %second : tensor<f32>
}
