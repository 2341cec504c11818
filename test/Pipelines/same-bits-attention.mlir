// Attention and its gradient: the same bits for any number of threads and on
// every ISA with fused multiply-adds, and what the interpreter computes.
// RUN: dlc explain %s | FileCheck %s
// CHECK-COUNT-2: chain
// DEFINE: %{run} = dlc run --random=3
// RUN: %{run} %s --threads=1 --output=@%t.o1.npy --output=@%t.q1.npy --output=@%t.k1.npy --output=@%t.v1.npy
// RUN: %{run} %s --threads=2 --output=@%t.o2.npy --output=@%t.q2.npy --output=@%t.k2.npy --output=@%t.v2.npy
// RUN: %{run} %s --threads=16 --output=@%t.o16.npy --output=@%t.q16.npy --output=@%t.k16.npy --output=@%t.v16.npy
// RUN: %{run} %s --mcpu=x86-64-v3 --output=@%t.oavx.npy --output=@%t.qavx.npy --output=@%t.kavx.npy --output=@%t.vavx.npy
// RUN: cmp %t.o1.npy %t.o2.npy
// RUN: cmp %t.q1.npy %t.q2.npy
// RUN: cmp %t.k1.npy %t.k2.npy
// RUN: cmp %t.v1.npy %t.v2.npy
// RUN: cmp %t.o1.npy %t.o16.npy
// RUN: cmp %t.q1.npy %t.q16.npy
// RUN: cmp %t.k1.npy %t.k16.npy
// RUN: cmp %t.v1.npy %t.v16.npy
// RUN: cmp %t.o1.npy %t.oavx.npy
// RUN: cmp %t.q1.npy %t.qavx.npy
// RUN: cmp %t.k1.npy %t.kavx.npy
// RUN: cmp %t.v1.npy %t.vavx.npy

// 200 rows are three whole blocks and one of 8; 600 keys two chains of
// multiply-adds; 17, 9 and 19 leave parts of vectors.
func.func @attention(%q: tensor<3x200x17xf32>, %k: tensor<3x600x17xf32>, %v: tensor<3x600x19xf32>, %mask: tensor<600xi1>, %g: tensor<3x200x19xf32>)
    -> (tensor<3x200x19xf32>, tensor<3x200x17xf32>, tensor<3x600x17xf32>, tensor<3x600x19xf32>) {
  %m = dlc.broadcast_in_dim %mask dims [2] : tensor<600xi1> to tensor<3x200x600xi1>
  %vq = dlc.variable %q : tensor<3x200x17xf32>
  %vk = dlc.variable %k : tensor<3x600x17xf32>
  %vv = dlc.variable %v : tensor<3x600x19xf32>
  %o, %l = dlc.scaled_dot_product_attention %vq, %vk, %vv mask %m scale 0.2 causal
      : (tensor<3x200x17xf32>, tensor<3x600x17xf32>, tensor<3x600x19xf32>, tensor<3x200x600xi1>) -> (tensor<3x200x19xf32>, tensor<3x200xf32>)
  %dq, %dk, %dv = dlc.grad of(%o) seed(%g) wrt(%vq, %vk, %vv)
      : (tensor<3x200x19xf32>, tensor<3x200x19xf32>, tensor<3x200x17xf32>, tensor<3x600x17xf32>, tensor<3x600x19xf32>) -> (tensor<3x200x17xf32>, tensor<3x600x17xf32>, tensor<3x600x19xf32>)
  return %o, %dq, %dk, %dv : tensor<3x200x19xf32>, tensor<3x200x17xf32>, tensor<3x600x17xf32>, tensor<3x600x19xf32>
}
