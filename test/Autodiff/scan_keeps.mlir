// The contraction is not computed again: its only reader that the gradient
// needs, the tangent's hyperbola, is kept. What is cheap is computed again.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @scan_keeps
func.func @scan_keeps(%h: tensor<2xf32>, %w: tensor<2x2xf32>, %g: tensor<2xf32>) -> tensor<2xf32> {
  // CHECK: dlc.scan 3 init
  // CHECK: %[[A:.*]] = dlc.dot_general
  // CHECK: %[[T:.*]] = dlc.tanh %[[A]]
  // CHECK: %[[S:.*]] = dlc.sine %[[T]]
  // CHECK: dlc.yield %[[S]], %[[T]]
  %last = dlc.scan 3 init(%h) over() with(%w) {
  ^bb0(%c: tensor<2xf32>, %v: tensor<2x2xf32>):
    %a = dlc.dot_general %c, %v batch [] x [] contract [0] x [0] : tensor<2xf32>, tensor<2x2xf32> to tensor<2xf32>
    %t = dlc.tanh %a : tensor<2xf32>
    %s = dlc.sine %t : tensor<2xf32>
    dlc.yield %s : tensor<2xf32>
  } : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  // CHECK: dlc.scan 3 reverse
  // CHECK-NOT: dlc.tanh
  // CHECK: dlc.cosine
  // CHECK: return
  %d = dlc.grad of(%last) seed(%g) wrt(%h) : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %d : tensor<2xf32>
}
