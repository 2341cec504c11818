// Convolutions, channels last, forward (with a bias) and both gradients. Named as
// in the peers' onednn_ops.

func.func @lenet1_256x1x28_6k5_fwd(%x: tensor<256x28x28x1xf32>, %w: tensor<5x5x1x6xf32>, %b: tensor<6xf32>) -> tensor<256x28x28x6xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [2, 2] high [2, 2] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<256x28x28x1xf32>, tensor<5x5x1x6xf32> to tensor<256x28x28x6xf32>
  %c = dlc.broadcast_in_dim %b dims [3] : tensor<6xf32> to tensor<256x28x28x6xf32>
  %z = dlc.add %y, %c : tensor<256x28x28x6xf32>
  return %z : tensor<256x28x28x6xf32>
}

func.func @lenet1_256x1x28_6k5_bwd_w(%x: tensor<256x28x28x1xf32>, %w: tensor<5x5x1x6xf32>, %dy: tensor<256x28x28x6xf32>) -> (tensor<5x5x1x6xf32>, tensor<6xf32>) {
  %v = dlc.variable %w : tensor<5x5x1x6xf32>
  %y = dlc.convolution %x, %v strides [1, 1] low [2, 2] high [2, 2] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<256x28x28x1xf32>, tensor<5x5x1x6xf32> to tensor<256x28x28x6xf32>
  %d = dlc.grad of(%y) seed(%dy) wrt(%v) : (tensor<256x28x28x6xf32>, tensor<256x28x28x6xf32>, tensor<5x5x1x6xf32>) -> tensor<5x5x1x6xf32>
  %db = dlc.reduce add %dy dims [0, 1, 2] : tensor<256x28x28x6xf32> to tensor<6xf32>
  return %d, %db : tensor<5x5x1x6xf32>, tensor<6xf32>
}

func.func @lenet2_256x6x14_16k5_fwd(%x: tensor<256x14x14x6xf32>, %w: tensor<5x5x6x16xf32>, %b: tensor<16xf32>) -> tensor<256x10x10x16xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<256x14x14x6xf32>, tensor<5x5x6x16xf32> to tensor<256x10x10x16xf32>
  %c = dlc.broadcast_in_dim %b dims [3] : tensor<16xf32> to tensor<256x10x10x16xf32>
  %z = dlc.add %y, %c : tensor<256x10x10x16xf32>
  return %z : tensor<256x10x10x16xf32>
}

func.func @lenet2_256x6x14_16k5_bwd_d(%x: tensor<256x14x14x6xf32>, %w: tensor<5x5x6x16xf32>, %dy: tensor<256x10x10x16xf32>) -> tensor<256x14x14x6xf32> {
  %v = dlc.variable %x : tensor<256x14x14x6xf32>
  %y = dlc.convolution %v, %w strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<256x14x14x6xf32>, tensor<5x5x6x16xf32> to tensor<256x10x10x16xf32>
  %d = dlc.grad of(%y) seed(%dy) wrt(%v) : (tensor<256x10x10x16xf32>, tensor<256x10x10x16xf32>, tensor<256x14x14x6xf32>) -> tensor<256x14x14x6xf32>
  return %d : tensor<256x14x14x6xf32>
}

func.func @lenet2_256x6x14_16k5_bwd_w(%x: tensor<256x14x14x6xf32>, %w: tensor<5x5x6x16xf32>, %dy: tensor<256x10x10x16xf32>) -> (tensor<5x5x6x16xf32>, tensor<16xf32>) {
  %v = dlc.variable %w : tensor<5x5x6x16xf32>
  %y = dlc.convolution %x, %v strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<256x14x14x6xf32>, tensor<5x5x6x16xf32> to tensor<256x10x10x16xf32>
  %d = dlc.grad of(%y) seed(%dy) wrt(%v) : (tensor<256x10x10x16xf32>, tensor<256x10x10x16xf32>, tensor<5x5x6x16xf32>) -> tensor<5x5x6x16xf32>
  %db = dlc.reduce add %dy dims [0, 1, 2] : tensor<256x10x10x16xf32> to tensor<16xf32>
  return %d, %db : tensor<5x5x6x16xf32>, tensor<16xf32>
}

func.func @res_64x3x32_16k3_fwd(%x: tensor<64x32x32x3xf32>, %w: tensor<3x3x3x16xf32>, %b: tensor<16xf32>) -> tensor<64x32x32x16xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<64x32x32x3xf32>, tensor<3x3x3x16xf32> to tensor<64x32x32x16xf32>
  %c = dlc.broadcast_in_dim %b dims [3] : tensor<16xf32> to tensor<64x32x32x16xf32>
  %z = dlc.add %y, %c : tensor<64x32x32x16xf32>
  return %z : tensor<64x32x32x16xf32>
}

func.func @res_64x3x32_16k3_bwd_w(%x: tensor<64x32x32x3xf32>, %w: tensor<3x3x3x16xf32>, %dy: tensor<64x32x32x16xf32>) -> (tensor<3x3x3x16xf32>, tensor<16xf32>) {
  %v = dlc.variable %w : tensor<3x3x3x16xf32>
  %y = dlc.convolution %x, %v strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<64x32x32x3xf32>, tensor<3x3x3x16xf32> to tensor<64x32x32x16xf32>
  %d = dlc.grad of(%y) seed(%dy) wrt(%v) : (tensor<64x32x32x16xf32>, tensor<64x32x32x16xf32>, tensor<3x3x3x16xf32>) -> tensor<3x3x3x16xf32>
  %db = dlc.reduce add %dy dims [0, 1, 2] : tensor<64x32x32x16xf32> to tensor<16xf32>
  return %d, %db : tensor<3x3x3x16xf32>, tensor<16xf32>
}

func.func @res_64x16x32_16k3_fwd(%x: tensor<64x32x32x16xf32>, %w: tensor<3x3x16x16xf32>, %b: tensor<16xf32>) -> tensor<64x32x32x16xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<64x32x32x16xf32>, tensor<3x3x16x16xf32> to tensor<64x32x32x16xf32>
  %c = dlc.broadcast_in_dim %b dims [3] : tensor<16xf32> to tensor<64x32x32x16xf32>
  %z = dlc.add %y, %c : tensor<64x32x32x16xf32>
  return %z : tensor<64x32x32x16xf32>
}

func.func @res_64x16x32_16k3_bwd_d(%x: tensor<64x32x32x16xf32>, %w: tensor<3x3x16x16xf32>, %dy: tensor<64x32x32x16xf32>) -> tensor<64x32x32x16xf32> {
  %v = dlc.variable %x : tensor<64x32x32x16xf32>
  %y = dlc.convolution %v, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<64x32x32x16xf32>, tensor<3x3x16x16xf32> to tensor<64x32x32x16xf32>
  %d = dlc.grad of(%y) seed(%dy) wrt(%v) : (tensor<64x32x32x16xf32>, tensor<64x32x32x16xf32>, tensor<64x32x32x16xf32>) -> tensor<64x32x32x16xf32>
  return %d : tensor<64x32x32x16xf32>
}

func.func @res_64x16x32_16k3_bwd_w(%x: tensor<64x32x32x16xf32>, %w: tensor<3x3x16x16xf32>, %dy: tensor<64x32x32x16xf32>) -> (tensor<3x3x16x16xf32>, tensor<16xf32>) {
  %v = dlc.variable %w : tensor<3x3x16x16xf32>
  %y = dlc.convolution %x, %v strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<64x32x32x16xf32>, tensor<3x3x16x16xf32> to tensor<64x32x32x16xf32>
  %d = dlc.grad of(%y) seed(%dy) wrt(%v) : (tensor<64x32x32x16xf32>, tensor<64x32x32x16xf32>, tensor<3x3x16x16xf32>) -> tensor<3x3x16x16xf32>
  %db = dlc.reduce add %dy dims [0, 1, 2] : tensor<64x32x32x16xf32> to tensor<16xf32>
  return %d, %db : tensor<3x3x16x16xf32>, tensor<16xf32>
}

func.func @res_64x32x16_32k3_fwd(%x: tensor<64x16x16x32xf32>, %w: tensor<3x3x32x32xf32>, %b: tensor<32xf32>) -> tensor<64x16x16x32xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<64x16x16x32xf32>, tensor<3x3x32x32xf32> to tensor<64x16x16x32xf32>
  %c = dlc.broadcast_in_dim %b dims [3] : tensor<32xf32> to tensor<64x16x16x32xf32>
  %z = dlc.add %y, %c : tensor<64x16x16x32xf32>
  return %z : tensor<64x16x16x32xf32>
}

func.func @res_64x32x16_32k3_bwd_d(%x: tensor<64x16x16x32xf32>, %w: tensor<3x3x32x32xf32>, %dy: tensor<64x16x16x32xf32>) -> tensor<64x16x16x32xf32> {
  %v = dlc.variable %x : tensor<64x16x16x32xf32>
  %y = dlc.convolution %v, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<64x16x16x32xf32>, tensor<3x3x32x32xf32> to tensor<64x16x16x32xf32>
  %d = dlc.grad of(%y) seed(%dy) wrt(%v) : (tensor<64x16x16x32xf32>, tensor<64x16x16x32xf32>, tensor<64x16x16x32xf32>) -> tensor<64x16x16x32xf32>
  return %d : tensor<64x16x16x32xf32>
}

func.func @res_64x32x16_32k3_bwd_w(%x: tensor<64x16x16x32xf32>, %w: tensor<3x3x32x32xf32>, %dy: tensor<64x16x16x32xf32>) -> (tensor<3x3x32x32xf32>, tensor<32xf32>) {
  %v = dlc.variable %w : tensor<3x3x32x32xf32>
  %y = dlc.convolution %x, %v strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<64x16x16x32xf32>, tensor<3x3x32x32xf32> to tensor<64x16x16x32xf32>
  %d = dlc.grad of(%y) seed(%dy) wrt(%v) : (tensor<64x16x16x32xf32>, tensor<64x16x16x32xf32>, tensor<3x3x32x32xf32>) -> tensor<3x3x32x32xf32>
  %db = dlc.reduce add %dy dims [0, 1, 2] : tensor<64x16x16x32xf32> to tensor<32xf32>
  return %d, %db : tensor<3x3x32x32xf32>, tensor<32xf32>
}

func.func @res_64x64x8_64k3_fwd(%x: tensor<64x8x8x64xf32>, %w: tensor<3x3x64x64xf32>, %b: tensor<64xf32>) -> tensor<64x8x8x64xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<64x8x8x64xf32>, tensor<3x3x64x64xf32> to tensor<64x8x8x64xf32>
  %c = dlc.broadcast_in_dim %b dims [3] : tensor<64xf32> to tensor<64x8x8x64xf32>
  %z = dlc.add %y, %c : tensor<64x8x8x64xf32>
  return %z : tensor<64x8x8x64xf32>
}

func.func @res_64x64x8_64k3_bwd_d(%x: tensor<64x8x8x64xf32>, %w: tensor<3x3x64x64xf32>, %dy: tensor<64x8x8x64xf32>) -> tensor<64x8x8x64xf32> {
  %v = dlc.variable %x : tensor<64x8x8x64xf32>
  %y = dlc.convolution %v, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<64x8x8x64xf32>, tensor<3x3x64x64xf32> to tensor<64x8x8x64xf32>
  %d = dlc.grad of(%y) seed(%dy) wrt(%v) : (tensor<64x8x8x64xf32>, tensor<64x8x8x64xf32>, tensor<64x8x8x64xf32>) -> tensor<64x8x8x64xf32>
  return %d : tensor<64x8x8x64xf32>
}

func.func @res_64x64x8_64k3_bwd_w(%x: tensor<64x8x8x64xf32>, %w: tensor<3x3x64x64xf32>, %dy: tensor<64x8x8x64xf32>) -> (tensor<3x3x64x64xf32>, tensor<64xf32>) {
  %v = dlc.variable %w : tensor<3x3x64x64xf32>
  %y = dlc.convolution %x, %v strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<64x8x8x64xf32>, tensor<3x3x64x64xf32> to tensor<64x8x8x64xf32>
  %d = dlc.grad of(%y) seed(%dy) wrt(%v) : (tensor<64x8x8x64xf32>, tensor<64x8x8x64xf32>, tensor<3x3x64x64xf32>) -> tensor<3x3x64x64xf32>
  %db = dlc.reduce add %dy dims [0, 1, 2] : tensor<64x8x8x64xf32> to tensor<64xf32>
  return %d, %db : tensor<3x3x64x64xf32>, tensor<64xf32>
}
