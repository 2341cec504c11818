// A GPU reduces no rows of a product.
// RUN: not dlc-opt --dlc-lower-kernels=target=cuda %s 2>&1 | FileCheck %s
// CHECK: error: [lowering] a product on a GPU reduces no rows: its module was fused for a CPU
func.func @f(%x: tensor<4x8xf32>, %w: tensor<8x5xf32>) -> tensor<4xf32> {
  %r = dlc.kernel contraction(%x, %w) {
  ^bb0(%a: tensor<4x8xf32>, %b: tensor<8x5xf32>):
    %z = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<4x8xf32>, tensor<8x5xf32> to tensor<4x5xf32>
    %s = dlc.reduce add %z dims [1] : tensor<4x5xf32> to tensor<4xf32>
    dlc.yield %s : tensor<4xf32>
  } : (tensor<4x8xf32>, tensor<8x5xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}
