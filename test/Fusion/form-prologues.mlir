// Products compute what takes a few instructions, if they alone read it, and
// read views where they lie.
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-form-kernels,dlc-form-prologues))' | FileCheck %s
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-form-kernels,dlc-form-prologues{prepares=false}))' | FileCheck %s --check-prefix=LIMIT

// The first layer of images, forward and backward: no floats are stored. All
// values have one shape, so the reshape is gone.
// CHECK-LABEL: func @images
// CHECK-SAME: %[[X:.*]]: tensor<64x8x16xui8>, %[[W:.*]]: tensor<128x256xf32>, %[[G:.*]]: tensor<64x256xf32>
// CHECK-NOT: dlc.kernel map
// CHECK: dlc.kernel contraction(%[[W]], %[[X]])
// CHECK: ^bb0(%{{.*}}: tensor<128x256xf32>, %[[IN:.*]]: tensor<64x128xui8>):
// CHECK: %[[F:.*]] = dlc.convert %[[IN]]
// CHECK: %[[A:.*]] = dlc.divide %[[F]]
// CHECK: dlc.dot_general %[[A]],
// CHECK: dlc.kernel contraction(%[[G]], %[[X]])
// CHECK: dlc.convert
// CHECK-NOT: dlc.kernel
func.func @images(%x: tensor<64x8x16xui8>, %w: tensor<128x256xf32>, %g: tensor<64x256xf32>)
    -> (tensor<64x256xf32>, tensor<128x256xf32>) {
  %f = dlc.convert %x : tensor<64x8x16xui8> to tensor<64x8x16xf32>
  %c = dlc.constant dense<255.0> : tensor<64x8x16xf32>
  %s = dlc.divide %f, %c : tensor<64x8x16xf32>
  %r = dlc.reshape %s : tensor<64x8x16xf32> to tensor<64x128xf32>
  %y = dlc.dot_general %r, %w batch [] x [] contract [1] x [0]
      : tensor<64x128xf32>, tensor<128x256xf32> to tensor<64x256xf32>
  %d = dlc.dot_general %r, %g batch [] x [] contract [0] x [0]
      : tensor<64x128xf32>, tensor<64x256xf32> to tensor<128x256xf32>
  return %y, %d : tensor<64x256xf32>, tensor<128x256xf32>
}

// A normalisation of what lies in memory, for few rows.
// CHECK-LABEL: func @weights
// CHECK-NOT: dlc.kernel map
// CHECK: dlc.kernel contraction
// CHECK: %[[B:.*]] = dlc.multiply
// CHECK: dlc.dot_general %{{.*}}, %[[B]]
func.func @weights(%x: tensor<16x64xf32>, %w: tensor<64x128xf32>, %m: tensor<64xf32>, %s: tensor<128xf32>)
    -> tensor<16x128xf32> {
  %mb = dlc.broadcast_in_dim %m dims [0] : tensor<64xf32> to tensor<64x128xf32>
  %sb = dlc.broadcast_in_dim %s dims [1] : tensor<128xf32> to tensor<64x128xf32>
  %c = dlc.subtract %w, %mb : tensor<64x128xf32>
  %n = dlc.multiply %c, %sb : tensor<64x128xf32>
  %y = dlc.dot_general %x, %n batch [] x [] contract [1] x [0]
      : tensor<16x64xf32>, tensor<64x128xf32> to tensor<16x128xf32>
  return %y : tensor<16x128xf32>
}

// Too many rows for so many instructions; a left operand in place and many
// columns.
// CHECK-LABEL: func @many
// CHECK: dlc.kernel map
// CHECK: dlc.kernel map
// CHECK: dlc.kernel contraction
func.func @many(%x: tensor<2048x64xbf16>, %w: tensor<64x512xbf16>) -> tensor<2048x512xf32> {
  %a = dlc.convert %x : tensor<2048x64xbf16> to tensor<2048x64xf32>
  %b = dlc.convert %w : tensor<64x512xbf16> to tensor<64x512xf32>
  %y = dlc.dot_general %a, %b batch [] x [] contract [1] x [0]
      : tensor<2048x64xf32>, tensor<64x512xf32> to tensor<2048x512xf32>
  return %y : tensor<2048x512xf32>
}

// Neither what takes long, nor what reads more than it gives, nor what others
// read too.
// CHECK-LABEL: func @not
// CHECK: dlc.exponential
// CHECK: dlc.kernel contraction
// CHECK: dlc.kernel map
// CHECK: dlc.add
// CHECK: dlc.kernel contraction
// CHECK: dlc.kernel map
// CHECK: dlc.negate
// CHECK: dlc.kernel contraction
func.func @not(%x: tensor<32x64xf32>, %y: tensor<32x64xf32>, %w: tensor<64x96xf32>)
    -> (tensor<32x96xf32>, tensor<32x96xf32>, tensor<32x64xf32>, tensor<32x96xf32>) {
  %e = dlc.exponential %x : tensor<32x64xf32>
  %0 = dlc.dot_general %e, %w batch [] x [] contract [1] x [0]
      : tensor<32x64xf32>, tensor<64x96xf32> to tensor<32x96xf32>
  %s = dlc.add %x, %y : tensor<32x64xf32>
  %1 = dlc.dot_general %s, %w batch [] x [] contract [1] x [0]
      : tensor<32x64xf32>, tensor<64x96xf32> to tensor<32x96xf32>
  %n = dlc.negate %y : tensor<32x64xf32>
  %2 = dlc.dot_general %n, %w batch [] x [] contract [1] x [0]
      : tensor<32x64xf32>, tensor<64x96xf32> to tensor<32x96xf32>
  return %0, %1, %n, %2 : tensor<32x96xf32>, tensor<32x96xf32>, tensor<32x64xf32>, tensor<32x96xf32>
}

// Queries, keys and values of a common projection are read where it lies.
// CHECK-LABEL: func @heads
// CHECK: %[[X:.*]] = dlc.kernel map
// CHECK: %[[S:.*]] = dlc.kernel contraction(%[[X]], %[[X]])
// CHECK-DAG: dlc.slice %{{.*}} from [0, 0, 0, 0, 0]
// CHECK-DAG: dlc.slice %{{.*}} from [1, 0, 0, 0, 0]
// CHECK: dlc.dot_general
// CHECK: dlc.kernel contraction(%[[S]], %[[X]])
// CHECK: dlc.slice %{{.*}} from [2, 0, 0, 0, 0]
// CHECK-NOT: dlc.kernel map
func.func @heads(%p: tensor<2x20x3x4x32xf32>) -> tensor<8x20x32xf32> {
  %x = dlc.exponential %p : tensor<2x20x3x4x32xf32>
  %t = dlc.transpose %x perm [2, 0, 3, 1, 4] : tensor<2x20x3x4x32xf32> to tensor<3x2x4x20x32xf32>
  %q0 = dlc.slice %t from [0, 0, 0, 0, 0] to [1, 2, 4, 20, 32] by [1, 1, 1, 1, 1] : tensor<3x2x4x20x32xf32> to tensor<1x2x4x20x32xf32>
  %k0 = dlc.slice %t from [1, 0, 0, 0, 0] to [2, 2, 4, 20, 32] by [1, 1, 1, 1, 1] : tensor<3x2x4x20x32xf32> to tensor<1x2x4x20x32xf32>
  %v0 = dlc.slice %t from [2, 0, 0, 0, 0] to [3, 2, 4, 20, 32] by [1, 1, 1, 1, 1] : tensor<3x2x4x20x32xf32> to tensor<1x2x4x20x32xf32>
  %q = dlc.reshape %q0 : tensor<1x2x4x20x32xf32> to tensor<8x20x32xf32>
  %k = dlc.reshape %k0 : tensor<1x2x4x20x32xf32> to tensor<8x20x32xf32>
  %v = dlc.reshape %v0 : tensor<1x2x4x20x32xf32> to tensor<8x20x32xf32>
  %s = dlc.dot_general %q, %k batch [0] x [0] contract [2] x [2]
      : tensor<8x20x32xf32>, tensor<8x20x32xf32> to tensor<8x20x20xf32>
  %o = dlc.dot_general %s, %v batch [0] x [0] contract [2] x [1]
      : tensor<8x20x20xf32>, tensor<8x20x32xf32> to tensor<8x20x32xf32>
  return %o : tensor<8x20x32xf32>
}

// Heads side by side are no matrix whose rows have one distance, a part of what
// a kernel made would keep all of it, and short rows lie in many cache lines.
// CHECK-LABEL: func @copies
// CHECK: dlc.transpose
// CHECK: dlc.kernel contraction
// CHECK: dlc.exponential
// CHECK: dlc.kernel map
// CHECK: dlc.slice
// CHECK: dlc.kernel contraction
// CHECK: dlc.kernel map
// CHECK: dlc.slice
// CHECK: dlc.kernel contraction
func.func @copies(%x: tensor<4x20x16xf32>, %y: tensor<20x128xf32>, %z: tensor<20x64xf32>, %w: tensor<64x32xf32>, %u: tensor<8x32xf32>)
    -> (tensor<20x32xf32>, tensor<20x32xf32>, tensor<20x32xf32>) {
  %t = dlc.transpose %x perm [1, 0, 2] : tensor<4x20x16xf32> to tensor<20x4x16xf32>
  %a = dlc.reshape %t : tensor<20x4x16xf32> to tensor<20x64xf32>
  %0 = dlc.dot_general %a, %w batch [] x [] contract [1] x [0]
      : tensor<20x64xf32>, tensor<64x32xf32> to tensor<20x32xf32>
  %e = dlc.exponential %y : tensor<20x128xf32>
  %s = dlc.slice %e from [0, 64] to [20, 128] by [1, 1] : tensor<20x128xf32> to tensor<20x64xf32>
  %1 = dlc.dot_general %s, %w batch [] x [] contract [1] x [0]
      : tensor<20x64xf32>, tensor<64x32xf32> to tensor<20x32xf32>
  %f = dlc.slice %z from [0, 8] to [20, 16] by [1, 1] : tensor<20x64xf32> to tensor<20x8xf32>
  %2 = dlc.dot_general %f, %u batch [] x [] contract [1] x [0]
      : tensor<20x8xf32>, tensor<8x32xf32> to tensor<20x32xf32>
  return %0, %1, %2 : tensor<20x32xf32>, tensor<20x32xf32>, tensor<20x32xf32>
}

// Weights that most calls give again are rounded once, not in each product.
// CHECK-LABEL: func @prepared
// CHECK-SAME: %[[X:.*]]: tensor<8x32xf32>, %[[W:.*]]: tensor<32x64xf32> {dlc.invariant}
// CHECK: %[[Q:.*]] = dlc.kernel map(%[[W]])
// CHECK: dlc.kernel contraction({{.*}}%[[Q]]
// With a limit of memory they are not.
// LIMIT-LABEL: func @prepared
// LIMIT-SAME: %{{.*}}: tensor<8x32xf32>, %[[W:.*]]: tensor<32x64xf32>
// LIMIT: dlc.kernel contraction({{.*}}%[[W]]
func.func @prepared(%x: tensor<8x32xf32>, %w: tensor<32x64xf32> {dlc.invariant}) -> tensor<8x64xf32> {
  %b = dlc.convert %w : tensor<32x64xf32> to tensor<32x64xbf16>
  %q = dlc.convert %b : tensor<32x64xbf16> to tensor<32x64xf32>
  %z = dlc.dot_general %x, %q batch [] x [] contract [1] x [0]
      : tensor<8x32xf32>, tensor<32x64xf32> to tensor<8x64xf32>
  return %z : tensor<8x64xf32>
}
