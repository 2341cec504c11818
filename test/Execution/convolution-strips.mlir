// The vectors of the last strip of output channels may lie beyond the channels
// entirely: they read and write nothing.
// RUN: dlc run %s --function=plain --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=plain --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64-v3
// RUN: dlc run %s --function=grouped --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=grouped --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64-v3

func.func @plain(%x: tensor<1x13x4xf32>, %w: tensor<4x4x70xf32>) -> tensor<1x4x70xf32> {
  %y = dlc.convolution %x, %w strides [3] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 channels_last : tensor<1x13x4xf32>, tensor<4x4x70xf32> to tensor<1x4x70xf32>
  return %y : tensor<1x4x70xf32>
}

func.func @grouped(%x: tensor<1x13x4xf32>, %w: tensor<4x2x70xf32>) -> tensor<1x4x70xf32> {
  %y = dlc.convolution %x, %w strides [3] low [0] high [0] image_dilation [1] filter_dilation [1] groups 2 batch_groups 1 channels_last : tensor<1x13x4xf32>, tensor<4x2x70xf32> to tensor<1x4x70xf32>
  return %y : tensor<1x4x70xf32>
}
