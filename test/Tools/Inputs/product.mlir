func.func @main(%x: tensor<32x64xf32>, %w: tensor<64x16xf32>) -> tensor<32x16xf32> {
  %0 = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<32x64xf32>, tensor<64x16xf32> to tensor<32x16xf32>
  return %0 : tensor<32x16xf32>
}
