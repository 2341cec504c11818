// A normalisation over channels, and the gradients of its scale and bias: only
// what is not computed from other stored values in an instruction or two is
// stored, and sums of one walk share it.
// RUN: dlc-opt %s --split-input-file --pass-pipeline='builtin.module(func.func(dlc-form-kernels))' | FileCheck %s

// Three kernels read x. Neither x - mean nor its square is stored.
// CHECK-LABEL: func @forward(
// CHECK-SAME: %[[X:[a-z0-9]+]]: tensor<2x64x16xf32>
// CHECK: %[[MEAN:.*]] = dlc.kernel column(%[[X]])
// CHECK: dlc.reduce add %{{.*}} dims [0, 1]
// CHECK: %[[INVERSE:.*]] = dlc.kernel column(%[[X]], %[[MEAN]])
// CHECK: dlc.subtract
// CHECK: dlc.multiply
// CHECK: dlc.reduce add %{{.*}} dims [0, 1]
// CHECK: yield %{{.*}} : tensor<16xf32>
// CHECK: %[[Y:.*]] = dlc.kernel map({{.*}}%[[X]]
// CHECK: dlc.subtract
// CHECK: dlc.multiply
// CHECK-NOT: dlc.kernel
// CHECK: return %[[Y]]
func.func @forward(%x: tensor<2x64x16xf32>) -> tensor<2x64x16xf32> {
  %n = dlc.constant dense<7.8125E-3> : tensor<16xf32>
  %s = dlc.reduce add %x dims [0, 1] : tensor<2x64x16xf32> to tensor<16xf32>
  %m = dlc.multiply %s, %n : tensor<16xf32>
  %mb = dlc.broadcast_in_dim %m dims [2] : tensor<16xf32> to tensor<2x64x16xf32>
  %c = dlc.subtract %x, %mb : tensor<2x64x16xf32>
  %q = dlc.multiply %c, %c : tensor<2x64x16xf32>
  %v = dlc.reduce add %q dims [0, 1] : tensor<2x64x16xf32> to tensor<16xf32>
  %i = dlc.rsqrt %v : tensor<16xf32>
  %ib = dlc.broadcast_in_dim %i dims [2] : tensor<16xf32> to tensor<2x64x16xf32>
  %y = dlc.multiply %c, %ib : tensor<2x64x16xf32>
  return %y : tensor<2x64x16xf32>
}

// -----

// One walk down g and x; g · x is not stored, though a product computes g.
// CHECK-LABEL: func @backward(
// CHECK-SAME: %[[X:[a-z0-9]+]]: tensor<64x16xf32>
// CHECK: %[[G:.*]] = dlc.kernel contraction
// CHECK: yield %{{.*}} : tensor<64x16xf32>
// CHECK: dlc.kernel column(%[[G]], %[[X]])
// CHECK-COUNT-2: dlc.reduce add
// CHECK-NOT: dlc.kernel
// CHECK: return
func.func @backward(%x: tensor<64x16xf32>, %a: tensor<64x8xf32>, %w: tensor<8x16xf32>) -> (tensor<16xf32>, tensor<16xf32>, tensor<64x16xf32>) {
  %zero = dlc.constant dense<0.0> : tensor<64x16xf32>
  %d = dlc.dot_general %a, %w batch [] x [] contract [1] x [0] : tensor<64x8xf32>, tensor<8x16xf32> to tensor<64x16xf32>
  %g = dlc.maximum %d, %zero : tensor<64x16xf32>
  %gx = dlc.multiply %g, %x : tensor<64x16xf32>
  %bias = dlc.reduce add %g dims [0] : tensor<64x16xf32> to tensor<16xf32>
  %scale = dlc.reduce add %gx dims [0] : tensor<64x16xf32> to tensor<16xf32>
  return %bias, %scale, %g : tensor<16xf32>, tensor<16xf32>, tensor<64x16xf32>
}

// -----

// A row's own statistic is stored for the columns, for what they need of the
// row is computed from it.
// CHECK-LABEL: func @rows(
// CHECK: dlc.kernel row
// CHECK: yield %{{.*}}, %{{.*}} : tensor<32xf32>, tensor<32x64xf32>
// CHECK: dlc.kernel column(
// CHECK: dlc.subtract
// CHECK: dlc.multiply
// CHECK-COUNT-2: dlc.reduce add %{{.*}} dims [0]
func.func @rows(%x: tensor<32x64xf32>, %g: tensor<32x64xf32>) -> (tensor<32x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %m = dlc.reduce max %x dims [1] : tensor<32x64xf32> to tensor<32xf32>
  %mb = dlc.broadcast_in_dim %m dims [0] : tensor<32xf32> to tensor<32x64xf32>
  %c = dlc.subtract %x, %mb : tensor<32x64xf32>
  %e = dlc.exponential %c : tensor<32x64xf32>
  %gc = dlc.multiply %g, %c : tensor<32x64xf32>
  %s = dlc.reduce add %gc dims [0] : tensor<32x64xf32> to tensor<64xf32>
  %t = dlc.reduce add %g dims [0] : tensor<32x64xf32> to tensor<64xf32>
  return %e, %s, %t : tensor<32x64xf32>, tensor<64xf32>, tensor<64xf32>
}

// -----

// The product of matrices would have to read a and b instead: what they give is
// stored.
// CHECK-LABEL: func @dearer(
// CHECK: %[[P:.*]]:2 = dlc.kernel map
// CHECK: yield {{.*}} : tensor<64x16xf32>, tensor<64x16xf32>
// CHECK: dlc.kernel contraction(%{{.*}}, %{{.*}}, %[[P]]#
// CHECK-COUNT-1: dlc.multiply
// CHECK-NOT: dlc.multiply
// CHECK: return
func.func @dearer(%a: tensor<64x16xf32>, %b: tensor<64x16xf32>, %x: tensor<64x8xf32>, %w: tensor<8x16xf32>) -> (tensor<64x16xf32>, tensor<64x16xf32>) {
  %p = dlc.multiply %a, %b : tensor<64x16xf32>
  %e = dlc.exponential %p : tensor<64x16xf32>
  %d = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<64x8xf32>, tensor<8x16xf32> to tensor<64x16xf32>
  %y = dlc.multiply %d, %p : tensor<64x16xf32>
  return %e, %y : tensor<64x16xf32>, tensor<64x16xf32>
}

// -----

// Neighbours that come from elsewhere are merged before.
// CHECK-LABEL: func @moved(
// CHECK: %[[T:.*]] = dlc.kernel map
// CHECK: dlc.kernel column(%[[T]])
// CHECK: dlc.reduce add %{{.*}} dims [0] : tensor<12x16xf32>
func.func @moved(%x: tensor<3x4x16xf32>) -> tensor<16xf32> {
  %t = dlc.transpose %x perm [1, 0, 2] : tensor<3x4x16xf32> to tensor<4x3x16xf32>
  %s = dlc.reduce add %t dims [0, 1] : tensor<4x3x16xf32> to tensor<16xf32>
  return %s : tensor<16xf32>
}

// -----

// A factor for each of the first dimension keeps the two apart: a kernel of its
// own multiplies.
// CHECK-LABEL: func @apart(
// CHECK: dlc.kernel map
// CHECK: dlc.kernel column
// CHECK-NOT: dlc.multiply
// CHECK: dlc.reduce add %{{.*}} dims [0, 1]
func.func @apart(%x: tensor<3x4x16xf32>, %f: tensor<3xf32>) -> tensor<16xf32> {
  %b = dlc.broadcast_in_dim %f dims [0] : tensor<3xf32> to tensor<3x4x16xf32>
  %t = dlc.multiply %x, %b : tensor<3x4x16xf32>
  %s = dlc.reduce add %t dims [0, 1] : tensor<3x4x16xf32> to tensor<16xf32>
  return %s : tensor<16xf32>
}
