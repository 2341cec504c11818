// Chains read parts of an array where they lie, and write their results as parts
// of another.
// RUN: dlc compile %s --emit=fusion --verify-contracts | FileCheck %s
// RUN: dlc compile %s --target=cuda:sm_80 --emit=fusion --verify-contracts | FileCheck %s --check-prefix=CUDA

// Queries and keys cut out of one array: it lives no longer than they would.
// CHECK-LABEL: func.func @parts
// CHECK: %[[Z:.*]] = dlc.kernel contraction
// CHECK: dlc.kernel chain(%arg2, %[[Z]])
// CHECK: %[[S:.*]] = dlc.slice
// CHECK-SAME: to tensor<4x32x1x16xf32>
// CHECK: dlc.reshape %[[S]] : tensor<4x32x1x16xf32> to tensor<4x32x16xf32>
// CHECK-NOT: dlc.kernel
// CHECK: return
// CUDA-LABEL: func.func @parts
// CUDA: dlc.kernel map
// CUDA: dlc.kernel map
// CUDA: dlc.kernel chain
func.func @parts(%x: tensor<4x32x8xf32>, %w: tensor<8x32xf32>, %v: tensor<4x32x16xf32>) -> tensor<4x32x16xf32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [2] x [0] : tensor<4x32x8xf32>, tensor<8x32xf32> to tensor<4x32x32xf32>
  %r = dlc.reshape %z : tensor<4x32x32xf32> to tensor<4x32x2x16xf32>
  %q = dlc.slice %r from [0, 0, 0, 0] to [4, 32, 1, 16] by [1, 1, 1, 1] : tensor<4x32x2x16xf32> to tensor<4x32x1x16xf32>
  %k = dlc.slice %r from [0, 0, 1, 0] to [4, 32, 2, 16] by [1, 1, 1, 1] : tensor<4x32x2x16xf32> to tensor<4x32x1x16xf32>
  %qr = dlc.reshape %q : tensor<4x32x1x16xf32> to tensor<4x32x16xf32>
  %kr = dlc.reshape %k : tensor<4x32x1x16xf32> to tensor<4x32x16xf32>
  %o, %l = dlc.scaled_dot_product_attention %qr, %kr, %v scale 0.5 : (tensor<4x32x16xf32>, tensor<4x32x16xf32>, tensor<4x32x16xf32>) -> (tensor<4x32x16xf32>, tensor<4x32xf32>)
  return %o : tensor<4x32x16xf32>
}

// Two thirds of the array would be kept for nothing; rows of half a cache line.
// CHECK-LABEL: func.func @keeps
// CHECK: dlc.kernel contraction
// CHECK: dlc.kernel map
// CHECK: dlc.kernel chain
// CHECK-LABEL: func.func @narrow
// CHECK: dlc.kernel map
// CHECK: dlc.kernel chain
func.func @keeps(%x: tensor<4x32x8xf32>, %w: tensor<8x48xf32>, %v: tensor<4x32x16xf32>) -> tensor<4x32x16xf32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [2] x [0] : tensor<4x32x8xf32>, tensor<8x48xf32> to tensor<4x32x48xf32>
  %q = dlc.slice %z from [0, 0, 0] to [4, 32, 16] by [1, 1, 1] : tensor<4x32x48xf32> to tensor<4x32x16xf32>
  %o, %l = dlc.scaled_dot_product_attention %q, %v, %v scale 0.5 : (tensor<4x32x16xf32>, tensor<4x32x16xf32>, tensor<4x32x16xf32>) -> (tensor<4x32x16xf32>, tensor<4x32xf32>)
  return %o : tensor<4x32x16xf32>
}
func.func @narrow(%x: tensor<4x32x3x8xf32>) -> tensor<4x32x8xf32> {
  %s = dlc.slice %x from [0, 0, 1, 0] to [4, 32, 2, 8] by [1, 1, 1, 1] : tensor<4x32x3x8xf32> to tensor<4x32x1x8xf32>
  %q = dlc.reshape %s : tensor<4x32x1x8xf32> to tensor<4x32x8xf32>
  %o, %l = dlc.scaled_dot_product_attention %q, %q, %q scale 0.5 : (tensor<4x32x8xf32>, tensor<4x32x8xf32>, tensor<4x32x8xf32>) -> (tensor<4x32x8xf32>, tensor<4x32xf32>)
  return %o : tensor<4x32x8xf32>
}

// The gradient is one array, which the chain yields.
// CHECK-LABEL: func.func @gradient
// CHECK: dlc.kernel chain(%arg0)
// CHECK: %[[D:.*]] = dlc.kernel chain(
// CHECK: %[[C:.*]] = dlc.concatenate
// CHECK: dlc.yield %[[C]] : tensor<4x32x3x16xf32>
// CHECK-NOT: dlc.kernel
// CHECK: return %{{.*}}, %[[D]]
func.func @gradient(%x: tensor<4x32x3x16xf32>, %g: tensor<4x32x16xf32>) -> (tensor<4x32x16xf32>, tensor<4x32x3x16xf32>) {
  %vx = dlc.variable %x : tensor<4x32x3x16xf32>
  %q = dlc.slice %vx from [0, 0, 0, 0] to [4, 32, 1, 16] by [1, 1, 1, 1] : tensor<4x32x3x16xf32> to tensor<4x32x1x16xf32>
  %k = dlc.slice %vx from [0, 0, 1, 0] to [4, 32, 2, 16] by [1, 1, 1, 1] : tensor<4x32x3x16xf32> to tensor<4x32x1x16xf32>
  %v = dlc.slice %vx from [0, 0, 2, 0] to [4, 32, 3, 16] by [1, 1, 1, 1] : tensor<4x32x3x16xf32> to tensor<4x32x1x16xf32>
  %qr = dlc.reshape %q : tensor<4x32x1x16xf32> to tensor<4x32x16xf32>
  %kr = dlc.reshape %k : tensor<4x32x1x16xf32> to tensor<4x32x16xf32>
  %vr = dlc.reshape %v : tensor<4x32x1x16xf32> to tensor<4x32x16xf32>
  %o, %l = dlc.scaled_dot_product_attention %qr, %kr, %vr scale 0.5 : (tensor<4x32x16xf32>, tensor<4x32x16xf32>, tensor<4x32x16xf32>) -> (tensor<4x32x16xf32>, tensor<4x32xf32>)
  %dx = dlc.grad of(%o) seed(%g) wrt(%vx) : (tensor<4x32x16xf32>, tensor<4x32x16xf32>, tensor<4x32x3x16xf32>) -> tensor<4x32x3x16xf32>
  return %o, %dx : tensor<4x32x16xf32>, tensor<4x32x3x16xf32>
}

// Results that others read too, or whose columns would be turned, are joined by
// a copy.
// CHECK-LABEL: func.func @read
// CHECK: dlc.kernel chain
// CHECK: dlc.kernel map
// CHECK: dlc.concatenate
// CHECK-LABEL: func.func @turned
// CHECK: dlc.kernel chain
// CHECK: dlc.kernel map
func.func @read(%q: tensor<4x32x16xf32>) -> (tensor<4x32x16xf32>, tensor<4x64x16xf32>) {
  %o, %l = dlc.scaled_dot_product_attention %q, %q, %q scale 0.5 : (tensor<4x32x16xf32>, tensor<4x32x16xf32>, tensor<4x32x16xf32>) -> (tensor<4x32x16xf32>, tensor<4x32xf32>)
  %c = dlc.concatenate %o, %o dim 1 : (tensor<4x32x16xf32>, tensor<4x32x16xf32>) -> tensor<4x64x16xf32>
  return %o, %c : tensor<4x32x16xf32>, tensor<4x64x16xf32>
}
func.func @turned(%q: tensor<4x32x16xf32>) -> tensor<4x16x32xf32> {
  %o, %l = dlc.scaled_dot_product_attention %q, %q, %q scale 0.5 : (tensor<4x32x16xf32>, tensor<4x32x16xf32>, tensor<4x32x16xf32>) -> (tensor<4x32x16xf32>, tensor<4x32xf32>)
  %t = dlc.transpose %o perm [0, 2, 1] : tensor<4x32x16xf32> to tensor<4x16x32xf32>
  return %t : tensor<4x16x32xf32>
}
