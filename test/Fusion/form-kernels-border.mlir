// A reshape at a kernel's border is free; a transpose is an index map; a splat
// that must lie in memory gets a kernel.
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-form-kernels))' | FileCheck %s

// CHECK-LABEL: func @reshape
// CHECK-SAME: %[[X:.*]]: tensor<2x6xf32>
func.func @reshape(%x: tensor<2x6xf32>) -> tensor<4x3xf32> {
  // CHECK-NEXT: dlc.kernel map(%[[X]])
  // CHECK-NEXT: ^bb0(%{{.*}}: tensor<3x4xf32>):
  // CHECK-NEXT: dlc.transpose
  // CHECK-NEXT: dlc.negate
  %r = dlc.reshape %x : tensor<2x6xf32> to tensor<3x4xf32>
  %t = dlc.transpose %r perm [1, 0] : tensor<3x4xf32> to tensor<4x3xf32>
  %n = dlc.negate %t : tensor<4x3xf32>
  return %n : tensor<4x3xf32>
}

// CHECK-LABEL: func @splat
func.func @splat() -> tensor<4xf32> {
  // CHECK-NEXT: dlc.kernel map() ends "result"
  // CHECK-NEXT: dlc.constant dense<1.000000e+00>
  %c = dlc.constant dense<1.0> : tensor<4xf32>
  return %c : tensor<4xf32>
}
