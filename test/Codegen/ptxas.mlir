// NVIDIA's assembler takes the PTX, the math included, for every chip we name.
// REQUIRES: ptxas
// RUN: %dlc compile %s --target=cuda:sm_75 --emit=ptx -o %t.75 && %ptxas -arch=sm_75 %t.75 -o %t.cubin
// RUN: %dlc compile %s --target=cuda:sm_80 --emit=ptx -o %t.80 && %ptxas -arch=sm_80 %t.80 -o %t.cubin
// RUN: %dlc compile %s --target=cuda:sm_89 --emit=ptx -o %t.89 && %ptxas -arch=sm_89 %t.89 -o %t.cubin
// RUN: %dlc compile %s --target=cuda:sm_90 --emit=ptx -o %t.90 && %ptxas -arch=sm_90 %t.90 -o %t.cubin

func.func @f(%x: tensor<64x100xf32>, %y: tensor<64x100xf32>) -> (tensor<64x100xf32>, tensor<64x100xf32>) {
  %0 = dlc.exponential %x : tensor<64x100xf32>
  %1 = dlc.tanh %y : tensor<64x100xf32>
  %2 = dlc.multiply %0, %1 : tensor<64x100xf32>
  %3 = dlc.softmax %x dim 1 : tensor<64x100xf32>
  return %2, %3 : tensor<64x100xf32>, tensor<64x100xf32>
}
