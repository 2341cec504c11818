// A Hessian-vector product: the inner request is answered first.
// RUN: dlc-opt %s --dlc-differentiate --canonicalize | FileCheck %s

// CHECK-LABEL: func @jvp_of_grad
// CHECK-SAME: (%[[X:[^:]*]]: tensor<f32>, %[[V:[^:]*]]: tensor<f32>)
func.func @jvp_of_grad(%x: tensor<f32>, %v: tensor<f32>) -> tensor<f32> {
  %one = dlc.constant dense<1.0> : tensor<f32>
  // CHECK-DAG: %[[S:.*]] = dlc.sine %[[X]]
  // CHECK-DAG: %[[T:.*]] = dlc.multiply %[[V]], %[[S]]
  // CHECK-DAG: %[[N:.*]] = dlc.negate %[[T]]
  %y = dlc.sine %x : tensor<f32>
  %g = dlc.grad of(%y) seed(%one) wrt(%x) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  %h = dlc.jvp of(%g) wrt(%x) along(%v) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  return %h : tensor<f32>
}
