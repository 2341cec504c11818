// Gradient descent: each trip asks for a gradient.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @grad_in_scan
func.func @grad_in_scan(%w: tensor<f32>) -> tensor<f32> {
  // CHECK: dlc.scan 10
  // CHECK-NEXT: ^bb0(%[[C:.*]]: tensor<f32>):
  %last = dlc.scan 10 init(%w) over() with() {
  ^bb0(%c: tensor<f32>):
    %one = dlc.constant dense<1.0> : tensor<f32>
    %v = dlc.variable %c : tensor<f32>
    %y = dlc.exponential %v : tensor<f32>
    // CHECK: %[[Y:.*]] = dlc.exponential %[[C]]
    // CHECK: %[[D:.*]] = dlc.multiply %{{.*}}, %[[Y]]
    // CHECK: dlc.subtract %[[C]], %[[D]]
    %d = dlc.grad of(%y) seed(%one) wrt(%v) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
    %n = dlc.subtract %c, %d : tensor<f32>
    dlc.yield %n : tensor<f32>
  } : (tensor<f32>) -> tensor<f32>
  return %last : tensor<f32>
}
