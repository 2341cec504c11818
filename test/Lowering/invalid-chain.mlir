// Chains that the emitter cannot compute are refused.
// RUN: not dlc-opt --dlc-lower-kernels --split-input-file %s 2>&1 | FileCheck %s
// RUN: not dlc-opt --dlc-lower-kernels=target=cuda --split-input-file %s 2>&1 | FileCheck %s --check-prefix=CUDA

// CUDA: error: [lowering] a chain is a CPU's: its module was fused for one
// CHECK: error: [lowering] the chain multiplies no operands
func.func @none(%x: tensor<4x16xf32>) -> tensor<4x16xf32> {
  %r = dlc.kernel chain(%x) {
  ^bb0(%a: tensor<4x16xf32>):
    %b = dlc.exponential %a : tensor<4x16xf32>
    dlc.yield %b : tensor<4x16xf32>
  } : (tensor<4x16xf32>) -> tensor<4x16xf32>
  return %r : tensor<4x16xf32>
}

// -----

// CHECK: error: [lowering] the product has no place in a chain
func.func @right(%x: tensor<16x16xf32>) -> tensor<16x16xf32> {
  %r = dlc.kernel chain(%x) {
  ^bb0(%a: tensor<16x16xf32>):
    %b = dlc.exponential %a : tensor<16x16xf32>
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<16x16xf32>, tensor<16x16xf32> to tensor<16x16xf32>
    dlc.yield %c : tensor<16x16xf32>
  } : (tensor<16x16xf32>) -> tensor<16x16xf32>
  return %r : tensor<16x16xf32>
}
