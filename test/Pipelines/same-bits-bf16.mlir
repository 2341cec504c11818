// A step of bf16 by vdpbf16ps has the bits of one by multiply-adds: forward,
// both gradients and an update; numbers of all sizes, subnormal sums among them.
// REQUIRES: avx512bf16
// DEFINE: %{run} = dlc run %s --random=3
// RUN: %{run} --mcpu=cooperlake --threads=1 --output=@%t.y1.npy --output=@%t.w1.npy --output=@%t.v1.npy
// RUN: %{run} --mcpu=cooperlake --threads=3 --output=@%t.y3.npy --output=@%t.w3.npy --output=@%t.v3.npy
// RUN: %{run} --mcpu=x86-64-v3 --output=@%t.yavx.npy --output=@%t.wavx.npy --output=@%t.vavx.npy
// RUN: cmp %t.y1.npy %t.yavx.npy
// RUN: cmp %t.w1.npy %t.wavx.npy
// RUN: cmp %t.v1.npy %t.vavx.npy
// RUN: cmp %t.y3.npy %t.yavx.npy
// RUN: cmp %t.w3.npy %t.wavx.npy
// RUN: cmp %t.v3.npy %t.vavx.npy
// RUN: dlc run %s --random=3 --mcpu=cooperlake --backend=both --rtol=0.05 --atol=1e-30
// RUN: dlc compile %s --mcpu=cooperlake --emit=asm | FileCheck %s
// CHECK: vdpbf16ps

// Row i of x is 2^-i as large as drawn, so its products are, and so are those
// of its gradient.
func.func @step(%x: tensor<130x74xbf16>, %w: tensor<74x130xbf16> {dlc.donate = 1 : i64}, %v: tensor<130x66xbf16> {dlc.donate = 2 : i64})
    -> (tensor<130x66xbf16>, tensor<74x130xbf16>, tensor<130x66xbf16>) {
  %i = dlc.iota dim 0 : tensor<130x74xf32>
  %n = dlc.negate %i : tensor<130x74xf32>
  %c = dlc.constant dense<0.6931472> : tensor<130x74xf32>
  %l = dlc.multiply %n, %c : tensor<130x74xf32>
  %p = dlc.exponential %l : tensor<130x74xf32>
  %s = dlc.convert %p : tensor<130x74xf32> to tensor<130x74xbf16>
  %a = dlc.multiply %x, %s : tensor<130x74xbf16>
  %w0 = dlc.variable %w : tensor<74x130xbf16>
  %v0 = dlc.variable %v : tensor<130x66xbf16>
  %z = dlc.dot_general %a, %w0 batch [] x [] contract [1] x [0] : tensor<130x74xbf16>, tensor<74x130xbf16> to tensor<130x130xbf16>
  %h = dlc.relu %z : tensor<130x130xbf16>
  %y = dlc.dot_general %h, %v0 batch [] x [] contract [1] x [0] : tensor<130x130xbf16>, tensor<130x66xbf16> to tensor<130x66xbf16>
  %q = dlc.multiply %y, %y : tensor<130x66xbf16>
  %loss = dlc.reduce add %q dims [0, 1] : tensor<130x66xbf16> to tensor<bf16>
  %one = dlc.constant dense<1.0> : tensor<bf16>
  %dw, %dv = dlc.grad of(%loss) seed(%one) wrt(%w0, %v0) : (tensor<bf16>, tensor<bf16>, tensor<74x130xbf16>, tensor<130x66xbf16>) -> (tensor<74x130xbf16>, tensor<130x66xbf16>)
  %w1 = dlc.subtract %w0, %dw : tensor<74x130xbf16>
  %v1 = dlc.subtract %v0, %dv : tensor<130x66xbf16>
  return %y, %w1, %v1 : tensor<130x66xbf16>, tensor<74x130xbf16>, tensor<130x66xbf16>
}
