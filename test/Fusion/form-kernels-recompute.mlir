// A mask whose operand leaves its kernel anyway is recomputed by its reader and
// not stored.
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-form-kernels))' | FileCheck %s

// CHECK-LABEL: func @mask
func.func @mask(%x: tensor<4x4xf32>, %w: tensor<4x4xf32>) -> tensor<4x4xf32> {
  // CHECK: %[[H:.*]] = dlc.kernel contraction
  // CHECK: } : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  // CHECK: dlc.kernel contraction(%[[H]]
  // CHECK: dlc.dot_general
  // CHECK: dlc.compare GT
  // CHECK: dlc.select
  %h = dlc.dot_general %x, %w batch [] x [] contract [1] x [0]
      : tensor<4x4xf32>, tensor<4x4xf32> to tensor<4x4xf32>
  %zero = dlc.constant dense<0.0> : tensor<4x4xf32>
  %p = dlc.compare GT, %h, %zero : tensor<4x4xf32>
  %g = dlc.dot_general %h, %w batch [] x [] contract [1] x [1]
      : tensor<4x4xf32>, tensor<4x4xf32> to tensor<4x4xf32>
  %y = dlc.select %p, %g, %zero : tensor<4x4xi1>, tensor<4x4xf32>
  return %y : tensor<4x4xf32>
}
