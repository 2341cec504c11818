// Attention on parts of one array, forward and backward, is two chains that read
// and write them in place. Their bits are those of chains between copies: where
// @…_stored returns the parts too, they lie in memory. Whole vectors and
// remainders.
// RUN: dlc explain %s | FileCheck %s
// RUN: dlc compile %s -o %t.dlcprog
// RUN: dlc run %s --function=whole --random=3 --backend=both --rtol=1e-5
// RUN: dlc run %t.dlcprog --function=whole --random=3 --threads=1 --output=@%t.1y.npy --output=@%t.1d.npy
// RUN: dlc run %t.dlcprog --function=whole --random=3 --threads=5 --output=@%t.5y.npy --output=@%t.5d.npy
// RUN: dlc run %t.dlcprog --function=whole_stored --random=3 --output=@%t.sy.npy --output=@%t.sd.npy > %t.parts
// RUN: cmp %t.1y.npy %t.5y.npy
// RUN: cmp %t.1d.npy %t.5d.npy
// RUN: cmp %t.1y.npy %t.sy.npy
// RUN: cmp %t.1d.npy %t.sd.npy
// RUN: dlc run %s --function=rest --random=3 --backend=both --rtol=1e-5
// RUN: dlc run %t.dlcprog --function=rest --random=3 --threads=1 --output=@%t.1y.npy --output=@%t.1d.npy
// RUN: dlc run %t.dlcprog --function=rest --random=3 --threads=5 --output=@%t.5y.npy --output=@%t.5d.npy
// RUN: dlc run %t.dlcprog --function=rest_stored --random=3 --output=@%t.sy.npy --output=@%t.sd.npy > %t.parts
// RUN: cmp %t.1y.npy %t.5y.npy
// RUN: cmp %t.1d.npy %t.5d.npy
// RUN: cmp %t.1y.npy %t.sy.npy
// RUN: cmp %t.1d.npy %t.sd.npy

// CHECK: kernels of @whole
// CHECK-NOT: map
// CHECK: chain
// CHECK-NOT: map
// CHECK: chain
// CHECK-NOT: map
// CHECK: kernels of @whole_stored
// CHECK: map
func.func @whole(%x: tensor<2x64x3x2x32xf32>, %g: tensor<2x64x2x32xf32>) -> (tensor<2x64x2x32xf32>, tensor<2x64x3x2x32xf32>) {
  %vx = dlc.variable %x : tensor<2x64x3x2x32xf32>
  %q0 = dlc.slice %vx from [0, 0, 0, 0, 0] to [2, 64, 1, 2, 32] by [1, 1, 1, 1, 1] : tensor<2x64x3x2x32xf32> to tensor<2x64x1x2x32xf32>
  %q1 = dlc.reshape %q0 : tensor<2x64x1x2x32xf32> to tensor<2x64x2x32xf32>
  %q2 = dlc.transpose %q1 perm [0, 2, 1, 3] : tensor<2x64x2x32xf32> to tensor<2x2x64x32xf32>
  %k0 = dlc.slice %vx from [0, 0, 1, 0, 0] to [2, 64, 2, 2, 32] by [1, 1, 1, 1, 1] : tensor<2x64x3x2x32xf32> to tensor<2x64x1x2x32xf32>
  %k1 = dlc.reshape %k0 : tensor<2x64x1x2x32xf32> to tensor<2x64x2x32xf32>
  %k2 = dlc.transpose %k1 perm [0, 2, 1, 3] : tensor<2x64x2x32xf32> to tensor<2x2x64x32xf32>
  %v0 = dlc.slice %vx from [0, 0, 2, 0, 0] to [2, 64, 3, 2, 32] by [1, 1, 1, 1, 1] : tensor<2x64x3x2x32xf32> to tensor<2x64x1x2x32xf32>
  %v1 = dlc.reshape %v0 : tensor<2x64x1x2x32xf32> to tensor<2x64x2x32xf32>
  %v2 = dlc.transpose %v1 perm [0, 2, 1, 3] : tensor<2x64x2x32xf32> to tensor<2x2x64x32xf32>
  %o, %l = dlc.scaled_dot_product_attention %q2, %k2, %v2 scale 0.25 : (tensor<2x2x64x32xf32>, tensor<2x2x64x32xf32>, tensor<2x2x64x32xf32>) -> (tensor<2x2x64x32xf32>, tensor<2x2x64xf32>)
  %y = dlc.transpose %o perm [0, 2, 1, 3] : tensor<2x2x64x32xf32> to tensor<2x64x2x32xf32>
  %dx = dlc.grad of(%y) seed(%g) wrt(%vx) : (tensor<2x64x2x32xf32>, tensor<2x64x2x32xf32>, tensor<2x64x3x2x32xf32>) -> tensor<2x64x3x2x32xf32>
  return %y, %dx : tensor<2x64x2x32xf32>, tensor<2x64x3x2x32xf32>
}
func.func @whole_stored(%x: tensor<2x64x3x2x32xf32>, %g: tensor<2x64x2x32xf32>) -> (tensor<2x64x2x32xf32>, tensor<2x64x3x2x32xf32>, tensor<2x2x64x32xf32>, tensor<2x2x64x32xf32>, tensor<2x2x64x32xf32>, tensor<2x64x1x2x32xf32>, tensor<2x64x1x2x32xf32>, tensor<2x64x1x2x32xf32>) {
  %q0 = dlc.slice %x from [0, 0, 0, 0, 0] to [2, 64, 1, 2, 32] by [1, 1, 1, 1, 1] : tensor<2x64x3x2x32xf32> to tensor<2x64x1x2x32xf32>
  %q1 = dlc.reshape %q0 : tensor<2x64x1x2x32xf32> to tensor<2x64x2x32xf32>
  %q2 = dlc.transpose %q1 perm [0, 2, 1, 3] : tensor<2x64x2x32xf32> to tensor<2x2x64x32xf32>
  %q = dlc.variable %q2 : tensor<2x2x64x32xf32>
  %k0 = dlc.slice %x from [0, 0, 1, 0, 0] to [2, 64, 2, 2, 32] by [1, 1, 1, 1, 1] : tensor<2x64x3x2x32xf32> to tensor<2x64x1x2x32xf32>
  %k1 = dlc.reshape %k0 : tensor<2x64x1x2x32xf32> to tensor<2x64x2x32xf32>
  %k2 = dlc.transpose %k1 perm [0, 2, 1, 3] : tensor<2x64x2x32xf32> to tensor<2x2x64x32xf32>
  %k = dlc.variable %k2 : tensor<2x2x64x32xf32>
  %v0 = dlc.slice %x from [0, 0, 2, 0, 0] to [2, 64, 3, 2, 32] by [1, 1, 1, 1, 1] : tensor<2x64x3x2x32xf32> to tensor<2x64x1x2x32xf32>
  %v1 = dlc.reshape %v0 : tensor<2x64x1x2x32xf32> to tensor<2x64x2x32xf32>
  %v2 = dlc.transpose %v1 perm [0, 2, 1, 3] : tensor<2x64x2x32xf32> to tensor<2x2x64x32xf32>
  %v = dlc.variable %v2 : tensor<2x2x64x32xf32>
  %o, %l = dlc.scaled_dot_product_attention %q, %k, %v scale 0.25 : (tensor<2x2x64x32xf32>, tensor<2x2x64x32xf32>, tensor<2x2x64x32xf32>) -> (tensor<2x2x64x32xf32>, tensor<2x2x64xf32>)
  %y = dlc.transpose %o perm [0, 2, 1, 3] : tensor<2x2x64x32xf32> to tensor<2x64x2x32xf32>
  %dq, %dk, %dv = dlc.grad of(%y) seed(%g) wrt(%q, %k, %v) : (tensor<2x64x2x32xf32>, tensor<2x64x2x32xf32>, tensor<2x2x64x32xf32>, tensor<2x2x64x32xf32>, tensor<2x2x64x32xf32>) -> (tensor<2x2x64x32xf32>, tensor<2x2x64x32xf32>, tensor<2x2x64x32xf32>)
  %dq1 = dlc.transpose %dq perm [0, 2, 1, 3] : tensor<2x2x64x32xf32> to tensor<2x64x2x32xf32>
  %dq2 = dlc.reshape %dq1 : tensor<2x64x2x32xf32> to tensor<2x64x1x2x32xf32>
  %dk1 = dlc.transpose %dk perm [0, 2, 1, 3] : tensor<2x2x64x32xf32> to tensor<2x64x2x32xf32>
  %dk2 = dlc.reshape %dk1 : tensor<2x64x2x32xf32> to tensor<2x64x1x2x32xf32>
  %dv1 = dlc.transpose %dv perm [0, 2, 1, 3] : tensor<2x2x64x32xf32> to tensor<2x64x2x32xf32>
  %dv2 = dlc.reshape %dv1 : tensor<2x64x2x32xf32> to tensor<2x64x1x2x32xf32>
  %dx = dlc.concatenate %dq2, %dk2, %dv2 dim 2 : (tensor<2x64x1x2x32xf32>, tensor<2x64x1x2x32xf32>, tensor<2x64x1x2x32xf32>) -> tensor<2x64x3x2x32xf32>
  return %y, %dx, %q2, %k2, %v2, %dq2, %dk2, %dv2 : tensor<2x64x2x32xf32>, tensor<2x64x3x2x32xf32>, tensor<2x2x64x32xf32>, tensor<2x2x64x32xf32>, tensor<2x2x64x32xf32>, tensor<2x64x1x2x32xf32>, tensor<2x64x1x2x32xf32>, tensor<2x64x1x2x32xf32>
}

// CHECK: kernels of @rest
// CHECK-NOT: map
// CHECK: chain
// CHECK-NOT: map
// CHECK: chain
// CHECK-NOT: map
// CHECK: kernels of @rest_stored
// CHECK: map
func.func @rest(%x: tensor<3x21x3x2x20xf64>, %g: tensor<3x21x2x20xf64>) -> (tensor<3x21x2x20xf64>, tensor<3x21x3x2x20xf64>) {
  %vx = dlc.variable %x : tensor<3x21x3x2x20xf64>
  %q0 = dlc.slice %vx from [0, 0, 0, 0, 0] to [3, 21, 1, 2, 20] by [1, 1, 1, 1, 1] : tensor<3x21x3x2x20xf64> to tensor<3x21x1x2x20xf64>
  %q1 = dlc.reshape %q0 : tensor<3x21x1x2x20xf64> to tensor<3x21x2x20xf64>
  %q2 = dlc.transpose %q1 perm [0, 2, 1, 3] : tensor<3x21x2x20xf64> to tensor<3x2x21x20xf64>
  %k0 = dlc.slice %vx from [0, 0, 1, 0, 0] to [3, 21, 2, 2, 20] by [1, 1, 1, 1, 1] : tensor<3x21x3x2x20xf64> to tensor<3x21x1x2x20xf64>
  %k1 = dlc.reshape %k0 : tensor<3x21x1x2x20xf64> to tensor<3x21x2x20xf64>
  %k2 = dlc.transpose %k1 perm [0, 2, 1, 3] : tensor<3x21x2x20xf64> to tensor<3x2x21x20xf64>
  %v0 = dlc.slice %vx from [0, 0, 2, 0, 0] to [3, 21, 3, 2, 20] by [1, 1, 1, 1, 1] : tensor<3x21x3x2x20xf64> to tensor<3x21x1x2x20xf64>
  %v1 = dlc.reshape %v0 : tensor<3x21x1x2x20xf64> to tensor<3x21x2x20xf64>
  %v2 = dlc.transpose %v1 perm [0, 2, 1, 3] : tensor<3x21x2x20xf64> to tensor<3x2x21x20xf64>
  %o, %l = dlc.scaled_dot_product_attention %q2, %k2, %v2 scale 0.25 : (tensor<3x2x21x20xf64>, tensor<3x2x21x20xf64>, tensor<3x2x21x20xf64>) -> (tensor<3x2x21x20xf64>, tensor<3x2x21xf64>)
  %y = dlc.transpose %o perm [0, 2, 1, 3] : tensor<3x2x21x20xf64> to tensor<3x21x2x20xf64>
  %dx = dlc.grad of(%y) seed(%g) wrt(%vx) : (tensor<3x21x2x20xf64>, tensor<3x21x2x20xf64>, tensor<3x21x3x2x20xf64>) -> tensor<3x21x3x2x20xf64>
  return %y, %dx : tensor<3x21x2x20xf64>, tensor<3x21x3x2x20xf64>
}
func.func @rest_stored(%x: tensor<3x21x3x2x20xf64>, %g: tensor<3x21x2x20xf64>) -> (tensor<3x21x2x20xf64>, tensor<3x21x3x2x20xf64>, tensor<3x2x21x20xf64>, tensor<3x2x21x20xf64>, tensor<3x2x21x20xf64>, tensor<3x21x1x2x20xf64>, tensor<3x21x1x2x20xf64>, tensor<3x21x1x2x20xf64>) {
  %q0 = dlc.slice %x from [0, 0, 0, 0, 0] to [3, 21, 1, 2, 20] by [1, 1, 1, 1, 1] : tensor<3x21x3x2x20xf64> to tensor<3x21x1x2x20xf64>
  %q1 = dlc.reshape %q0 : tensor<3x21x1x2x20xf64> to tensor<3x21x2x20xf64>
  %q2 = dlc.transpose %q1 perm [0, 2, 1, 3] : tensor<3x21x2x20xf64> to tensor<3x2x21x20xf64>
  %q = dlc.variable %q2 : tensor<3x2x21x20xf64>
  %k0 = dlc.slice %x from [0, 0, 1, 0, 0] to [3, 21, 2, 2, 20] by [1, 1, 1, 1, 1] : tensor<3x21x3x2x20xf64> to tensor<3x21x1x2x20xf64>
  %k1 = dlc.reshape %k0 : tensor<3x21x1x2x20xf64> to tensor<3x21x2x20xf64>
  %k2 = dlc.transpose %k1 perm [0, 2, 1, 3] : tensor<3x21x2x20xf64> to tensor<3x2x21x20xf64>
  %k = dlc.variable %k2 : tensor<3x2x21x20xf64>
  %v0 = dlc.slice %x from [0, 0, 2, 0, 0] to [3, 21, 3, 2, 20] by [1, 1, 1, 1, 1] : tensor<3x21x3x2x20xf64> to tensor<3x21x1x2x20xf64>
  %v1 = dlc.reshape %v0 : tensor<3x21x1x2x20xf64> to tensor<3x21x2x20xf64>
  %v2 = dlc.transpose %v1 perm [0, 2, 1, 3] : tensor<3x21x2x20xf64> to tensor<3x2x21x20xf64>
  %v = dlc.variable %v2 : tensor<3x2x21x20xf64>
  %o, %l = dlc.scaled_dot_product_attention %q, %k, %v scale 0.25 : (tensor<3x2x21x20xf64>, tensor<3x2x21x20xf64>, tensor<3x2x21x20xf64>) -> (tensor<3x2x21x20xf64>, tensor<3x2x21xf64>)
  %y = dlc.transpose %o perm [0, 2, 1, 3] : tensor<3x2x21x20xf64> to tensor<3x21x2x20xf64>
  %dq, %dk, %dv = dlc.grad of(%y) seed(%g) wrt(%q, %k, %v) : (tensor<3x21x2x20xf64>, tensor<3x21x2x20xf64>, tensor<3x2x21x20xf64>, tensor<3x2x21x20xf64>, tensor<3x2x21x20xf64>) -> (tensor<3x2x21x20xf64>, tensor<3x2x21x20xf64>, tensor<3x2x21x20xf64>)
  %dq1 = dlc.transpose %dq perm [0, 2, 1, 3] : tensor<3x2x21x20xf64> to tensor<3x21x2x20xf64>
  %dq2 = dlc.reshape %dq1 : tensor<3x21x2x20xf64> to tensor<3x21x1x2x20xf64>
  %dk1 = dlc.transpose %dk perm [0, 2, 1, 3] : tensor<3x2x21x20xf64> to tensor<3x21x2x20xf64>
  %dk2 = dlc.reshape %dk1 : tensor<3x21x2x20xf64> to tensor<3x21x1x2x20xf64>
  %dv1 = dlc.transpose %dv perm [0, 2, 1, 3] : tensor<3x2x21x20xf64> to tensor<3x21x2x20xf64>
  %dv2 = dlc.reshape %dv1 : tensor<3x21x2x20xf64> to tensor<3x21x1x2x20xf64>
  %dx = dlc.concatenate %dq2, %dk2, %dv2 dim 2 : (tensor<3x21x1x2x20xf64>, tensor<3x21x1x2x20xf64>, tensor<3x21x1x2x20xf64>) -> tensor<3x21x3x2x20xf64>
  return %y, %dx, %q2, %k2, %v2, %dq2, %dk2, %dv2 : tensor<3x21x2x20xf64>, tensor<3x21x3x2x20xf64>, tensor<3x2x21x20xf64>, tensor<3x2x21x20xf64>, tensor<3x2x21x20xf64>, tensor<3x21x1x2x20xf64>, tensor<3x21x1x2x20xf64>, tensor<3x21x1x2x20xf64>
}
