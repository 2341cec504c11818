// NVIDIA's assembler keeps the sums of attention, and of its gradient, in
// registers. (It may spill a few words that the loops do not need.)
// REQUIRES: ptxas
// DEFINE: %{chip} = sm_75
// DEFINE: %{flags} =
// DEFINE: %{assemble} = dlc compile %s --target=cuda:%{chip} %{flags} --emit=ptx -o %t.ptx && %ptxas -v -arch=%{chip} %t.ptx -o %t.cubin 2>&1 | FileCheck %s
// RUN: %{assemble}
// REDEFINE: %{chip} = sm_80
// RUN: %{assemble}
// REDEFINE: %{chip} = sm_90
// RUN: %{assemble}
// REDEFINE: %{flags} = --precision=tf32
// RUN: %{assemble}
// REDEFINE: %{chip} = sm_80
// RUN: %{assemble}

// CHECK: Compiling entry function
// CHECK-NOT: {{[0-9][0-9][0-9]+|[3-9][0-9]}} bytes spill

func.func @attention(%q: tensor<16x256x64xf32>, %k: tensor<16x256x64xf32>, %v: tensor<16x256x64xf32>, %g: tensor<16x256x64xf32>)
    -> (tensor<16x256x64xf32>, tensor<16x256x64xf32>, tensor<16x256x64xf32>, tensor<16x256x64xf32>) {
  %vq = dlc.variable %q : tensor<16x256x64xf32>
  %vk = dlc.variable %k : tensor<16x256x64xf32>
  %vv = dlc.variable %v : tensor<16x256x64xf32>
  %o, %l = dlc.scaled_dot_product_attention %vq, %vk, %vv scale 0.125 causal : (tensor<16x256x64xf32>, tensor<16x256x64xf32>, tensor<16x256x64xf32>) -> (tensor<16x256x64xf32>, tensor<16x256xf32>)
  %dq, %dk, %dv = dlc.grad of(%o) seed(%g) wrt(%vq, %vk, %vv) : (tensor<16x256x64xf32>, tensor<16x256x64xf32>, tensor<16x256x64xf32>, tensor<16x256x64xf32>, tensor<16x256x64xf32>) -> (tensor<16x256x64xf32>, tensor<16x256x64xf32>, tensor<16x256x64xf32>)
  return %o, %dq, %dk, %dv : tensor<16x256x64xf32>, tensor<16x256x64xf32>, tensor<16x256x64xf32>, tensor<16x256x64xf32>
}
