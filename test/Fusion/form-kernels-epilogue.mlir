// A contraction collects what reads it at its own index; index maps and splats
// are cloned in; a second use leaves through a second result.
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-form-kernels))' | FileCheck %s

// CHECK-LABEL: func @linear
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>, %[[W:.*]]: tensor<3x5xf32>, %[[B:.*]]: tensor<5xf32>
func.func @linear(%x: tensor<4x3xf32>, %w: tensor<3x5xf32>, %b: tensor<5xf32>)
    -> (tensor<4x5xf32>, tensor<4x5xf32>) {
  // CHECK: %[[K:.*]]:2 = dlc.kernel contraction(%[[X]], %[[W]], %[[B]])
  // CHECK: %[[BB:.*]] = dlc.broadcast_in_dim
  // CHECK: %[[Z:.*]] = dlc.dot_general
  // CHECK: %[[A:.*]] = dlc.add %[[Z]], %[[BB]]
  // CHECK: %[[R:.*]] = dlc.maximum %[[A]]
  // CHECK: dlc.yield %[[A]], %[[R]]
  // CHECK-NOT: dlc.kernel
  // CHECK: return %[[K]]#0, %[[K]]#1
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0]
      : tensor<4x3xf32>, tensor<3x5xf32> to tensor<4x5xf32>
  %bb = dlc.broadcast_in_dim %b dims [1] : tensor<5xf32> to tensor<4x5xf32>
  %a = dlc.add %z, %bb : tensor<4x5xf32>
  %zero = dlc.constant dense<0.0> : tensor<4x5xf32>
  %r = dlc.maximum %a, %zero : tensor<4x5xf32>
  return %a, %r : tensor<4x5xf32>, tensor<4x5xf32>
}
