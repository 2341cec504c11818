// Chains that the emitter cannot compute are refused.
// RUN: not dlc-opt --dlc-lower-kernels --split-input-file %s 2>&1 | FileCheck %s
// RUN: not dlc-opt --dlc-lower-kernels=target=cuda --split-input-file %s 2>&1 | FileCheck %s --check-prefix=CUDA

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

// -----

// CUDA: error: [lowering] the chain's rows fit no block of a GPU: its module was fused for another target
func.func @long(%x: tensor<16x16xf32>, %y: tensor<8192x16xf32>) -> (tensor<16x16xf32>, tensor<16xf32>) {
  %r:2 = dlc.kernel chain(%x, %y) {
  ^bb0(%a: tensor<16x16xf32>, %b: tensor<8192x16xf32>):
    %s = dlc.dot_general %a, %b batch [] x [] contract [1] x [1] : tensor<16x16xf32>, tensor<8192x16xf32> to tensor<16x8192xf32>
    %p = dlc.exponential %s : tensor<16x8192xf32>
    %t = dlc.reduce add %p dims [1] : tensor<16x8192xf32> to tensor<16xf32>
    %c = dlc.dot_general %p, %b batch [] x [] contract [1] x [0] : tensor<16x8192xf32>, tensor<8192x16xf32> to tensor<16x16xf32>
    dlc.yield %c, %t : tensor<16x16xf32>, tensor<16xf32>
  } : (tensor<16x16xf32>, tensor<8192x16xf32>) -> (tensor<16x16xf32>, tensor<16xf32>)
  return %r#0, %r#1 : tensor<16x16xf32>, tensor<16xf32>
}

// -----

// Parts in place are a CPU's.
// CUDA: error: [lowering] the chain's rows fit no block of a GPU: its module was fused for another target
func.func @part(%x: tensor<16x2x16xf32>) -> tensor<16x16xf32> {
  %r = dlc.kernel chain(%x) {
  ^bb0(%a: tensor<16x2x16xf32>):
    %b = dlc.slice %a from [0, 1, 0] to [16, 2, 16] by [1, 1, 1] : tensor<16x2x16xf32> to tensor<16x1x16xf32>
    %c = dlc.reshape %b : tensor<16x1x16xf32> to tensor<16x16xf32>
    %s = dlc.dot_general %c, %c batch [] x [] contract [1] x [1] : tensor<16x16xf32>, tensor<16x16xf32> to tensor<16x16xf32>
    %p = dlc.exponential %s : tensor<16x16xf32>
    %o = dlc.dot_general %p, %c batch [] x [] contract [1] x [0] : tensor<16x16xf32>, tensor<16x16xf32> to tensor<16x16xf32>
    dlc.yield %o : tensor<16x16xf32>
  } : (tensor<16x2x16xf32>) -> tensor<16x16xf32>
  return %r : tensor<16x16xf32>
}
