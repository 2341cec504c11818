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

// Readers at other indices repeat what they recompute, at each of them: of a
// chain whose values all leave their kernel, every ninth is stored.
// CHECK-LABEL: func @chain
// CHECK: %[[STORED:.*]] = dlc.kernel map
// CHECK-COUNT-3: dlc.negate
// CHECK-NOT: dlc.negate
// CHECK: dlc.yield
// CHECK: dlc.kernel map({{.*}}%[[STORED]]
func.func @chain(%c: tensor<8xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %s0 = dlc.negate %c : tensor<8xf32>
  %l0 = dlc.slice %s0 from [0] to [4] by [1] : tensor<8xf32> to tensor<4xf32>
  %a0 = dlc.add %y, %l0 : tensor<4xf32>
  %s1 = dlc.negate %s0 : tensor<8xf32>
  %l1 = dlc.slice %s1 from [1] to [5] by [1] : tensor<8xf32> to tensor<4xf32>
  %a1 = dlc.add %a0, %l1 : tensor<4xf32>
  %s2 = dlc.negate %s1 : tensor<8xf32>
  %l2 = dlc.slice %s2 from [2] to [6] by [1] : tensor<8xf32> to tensor<4xf32>
  %a2 = dlc.add %a1, %l2 : tensor<4xf32>
  %s3 = dlc.negate %s2 : tensor<8xf32>
  %l3 = dlc.slice %s3 from [3] to [7] by [1] : tensor<8xf32> to tensor<4xf32>
  %a3 = dlc.add %a2, %l3 : tensor<4xf32>
  %s4 = dlc.negate %s3 : tensor<8xf32>
  %l4 = dlc.slice %s4 from [0] to [4] by [1] : tensor<8xf32> to tensor<4xf32>
  %a4 = dlc.add %a3, %l4 : tensor<4xf32>
  %s5 = dlc.negate %s4 : tensor<8xf32>
  %l5 = dlc.slice %s5 from [1] to [5] by [1] : tensor<8xf32> to tensor<4xf32>
  %a5 = dlc.add %a4, %l5 : tensor<4xf32>
  %s6 = dlc.negate %s5 : tensor<8xf32>
  %l6 = dlc.slice %s6 from [2] to [6] by [1] : tensor<8xf32> to tensor<4xf32>
  %a6 = dlc.add %a5, %l6 : tensor<4xf32>
  %s7 = dlc.negate %s6 : tensor<8xf32>
  %l7 = dlc.slice %s7 from [3] to [7] by [1] : tensor<8xf32> to tensor<4xf32>
  %a7 = dlc.add %a6, %l7 : tensor<4xf32>
  %s8 = dlc.negate %s7 : tensor<8xf32>
  %l8 = dlc.slice %s8 from [0] to [4] by [1] : tensor<8xf32> to tensor<4xf32>
  %a8 = dlc.add %a7, %l8 : tensor<4xf32>
  %s9 = dlc.negate %s8 : tensor<8xf32>
  %l9 = dlc.slice %s9 from [1] to [5] by [1] : tensor<8xf32> to tensor<4xf32>
  %a9 = dlc.add %a8, %l9 : tensor<4xf32>
  %s10 = dlc.negate %s9 : tensor<8xf32>
  %l10 = dlc.slice %s10 from [2] to [6] by [1] : tensor<8xf32> to tensor<4xf32>
  %a10 = dlc.add %a9, %l10 : tensor<4xf32>
  return %a10 : tensor<4xf32>
}
