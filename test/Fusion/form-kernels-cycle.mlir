// Joining must not make a cycle: the sum reads %a's kernel, and what follows the
// sum may not go back into it.
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-form-kernels))' | FileCheck %s

// CHECK-LABEL: func @through_a_product
func.func @through_a_product(%x: tensor<4x4xf32>) -> tensor<4x4xf32> {
  // CHECK: %[[E:.*]] = dlc.kernel map(%{{.*}}) ends "feeds a contraction"
  // CHECK: dlc.exponential
  // CHECK: %[[Y:.*]] = dlc.kernel contraction(%[[E]])
  // CHECK: dlc.dot_general
  // CHECK: dlc.add
  // CHECK-NOT: dlc.kernel
  // CHECK: return %[[Y]]
  %a = dlc.exponential %x : tensor<4x4xf32>
  %z = dlc.dot_general %a, %a batch [] x [] contract [1] x [0]
      : tensor<4x4xf32>, tensor<4x4xf32> to tensor<4x4xf32>
  %y = dlc.add %a, %z : tensor<4x4xf32>
  return %y : tensor<4x4xf32>
}
