// Convolutions of every kind: padded, cut, strided, dilated, transposed, grouped,
// the shape of a filter's gradient, in one to three dimensions, and empty ones.
// RUN: dlc run %s --function=plain --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=padded --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=strided --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=cut --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=transposed --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=dilated --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=grouped --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=wide_groups --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=depthwise --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=filters_gradient --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=batch_groups --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=one_tap --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=one_dimension --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=three_dimensions --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=long_rows --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=no_channels --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=nothing --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=doubles --backend=both --rtol=1e-12 --random=1
// RUN: dlc run %s --function=epilogue --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=channels_last --backend=both --rtol=1e-5 --random=1

func.func @plain(%x: tensor<2x3x9x11xf32>, %w: tensor<5x3x3x3xf32>) -> tensor<2x5x7x9xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<2x3x9x11xf32>, tensor<5x3x3x3xf32> to tensor<2x5x7x9xf32>
  return %y : tensor<2x5x7x9xf32>
}

func.func @padded(%x: tensor<2x3x8x8xf32>, %w: tensor<20x3x3x3xf32>) -> tensor<2x20x8x8xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<2x3x8x8xf32>, tensor<20x3x3x3xf32> to tensor<2x20x8x8xf32>
  return %y : tensor<2x20x8x8xf32>
}

func.func @strided(%x: tensor<1x4x17x13xf32>, %w: tensor<33x4x5x3xf32>) -> tensor<1x33x8x5xf32> {
  %y = dlc.convolution %x, %w strides [2, 3] low [2, 0] high [1, 4] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<1x4x17x13xf32>, tensor<33x4x5x3xf32> to tensor<1x33x8x5xf32>
  return %y : tensor<1x33x8x5xf32>
}

func.func @cut(%x: tensor<1x2x9x9xf32>, %w: tensor<3x2x2x2xf32>) -> tensor<1x3x5x8xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [-1, 1] high [-2, -1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<1x2x9x9xf32>, tensor<3x2x2x2xf32> to tensor<1x3x5x8xf32>
  return %y : tensor<1x3x5x8xf32>
}

func.func @transposed(%x: tensor<2x6x4x5xf32>, %w: tensor<7x6x4x4xf32>) -> tensor<2x7x9x10xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [2, 2] high [3, 2] image_dilation [2, 2] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<2x6x4x5xf32>, tensor<7x6x4x4xf32> to tensor<2x7x9x10xf32>
  return %y : tensor<2x7x9x10xf32>
}

func.func @dilated(%x: tensor<1x2x12x12xf32>, %w: tensor<3x2x3x3xf32>) -> tensor<1x3x12x10xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [2, 2] high [2, 2] image_dilation [1, 1] filter_dilation [2, 3] groups 1 batch_groups 1 : tensor<1x2x12x12xf32>, tensor<3x2x3x3xf32> to tensor<1x3x12x10xf32>
  return %y : tensor<1x3x12x10xf32>
}

func.func @grouped(%x: tensor<2x6x7x7xf32>, %w: tensor<9x2x3x3xf32>) -> tensor<2x9x7x7xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 3 batch_groups 1 : tensor<2x6x7x7xf32>, tensor<9x2x3x3xf32> to tensor<2x9x7x7xf32>
  return %y : tensor<2x9x7x7xf32>
}

func.func @wide_groups(%x: tensor<1x4x6x6xf32>, %w: tensor<64x2x3x3xf32>) -> tensor<1x64x4x4xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 2 batch_groups 1 : tensor<1x4x6x6xf32>, tensor<64x2x3x3xf32> to tensor<1x64x4x4xf32>
  return %y : tensor<1x64x4x4xf32>
}

func.func @depthwise(%x: tensor<2x37x7x7xf32>, %w: tensor<37x1x3x3xf32>) -> tensor<2x37x7x7xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 37 batch_groups 1 : tensor<2x37x7x7xf32>, tensor<37x1x3x3xf32> to tensor<2x37x7x7xf32>
  return %y : tensor<2x37x7x7xf32>
}

func.func @filters_gradient(%x: tensor<3x4x10x10xf32>, %w: tensor<18x4x8x8xf32>) -> tensor<3x18x3x3xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<3x4x10x10xf32>, tensor<18x4x8x8xf32> to tensor<3x18x3x3xf32>
  return %y : tensor<3x18x3x3xf32>
}

func.func @batch_groups(%x: tensor<6x2x6x6xf32>, %w: tensor<9x2x4x4xf32>) -> tensor<2x9x3x3xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 3 : tensor<6x2x6x6xf32>, tensor<9x2x4x4xf32> to tensor<2x9x3x3xf32>
  return %y : tensor<2x9x3x3xf32>
}

func.func @one_tap(%x: tensor<2x5x6x6xf32>, %w: tensor<7x5x1x1xf32>) -> tensor<2x7x3x4xf32> {
  %y = dlc.convolution %x, %w strides [2, 2] low [0, 1] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<2x5x6x6xf32>, tensor<7x5x1x1xf32> to tensor<2x7x3x4xf32>
  return %y : tensor<2x7x3x4xf32>
}

func.func @one_dimension(%x: tensor<2x5x20xf32>, %w: tensor<7x5x3xf32>) -> tensor<2x7x20xf32> {
  %y = dlc.convolution %x, %w strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 : tensor<2x5x20xf32>, tensor<7x5x3xf32> to tensor<2x7x20xf32>
  return %y : tensor<2x7x20xf32>
}

func.func @three_dimensions(%x: tensor<1x2x4x5x6xf32>, %w: tensor<3x2x2x2x3xf32>) -> tensor<1x3x4x3x6xf32> {
  %y = dlc.convolution %x, %w strides [1, 2, 1] low [0, 1, 1] high [1, 0, 1] image_dilation [1, 1, 1] filter_dilation [1, 1, 1] groups 1 batch_groups 1 : tensor<1x2x4x5x6xf32>, tensor<3x2x2x2x3xf32> to tensor<1x3x4x3x6xf32>
  return %y : tensor<1x3x4x3x6xf32>
}

func.func @long_rows(%x: tensor<1x1x3x200xf32>, %w: tensor<1x1x3x7xf32>) -> tensor<1x1x3x200xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 3] high [1, 3] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<1x1x3x200xf32>, tensor<1x1x3x7xf32> to tensor<1x1x3x200xf32>
  return %y : tensor<1x1x3x200xf32>
}

func.func @no_channels(%x: tensor<2x0x5x5xf32>, %w: tensor<3x0x2x2xf32>) -> tensor<2x3x4x4xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<2x0x5x5xf32>, tensor<3x0x2x2xf32> to tensor<2x3x4x4xf32>
  return %y : tensor<2x3x4x4xf32>
}

func.func @nothing(%x: tensor<0x2x5x5xf32>, %w: tensor<3x2x2x2xf32>) -> tensor<0x3x4x4xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<0x2x5x5xf32>, tensor<3x2x2x2xf32> to tensor<0x3x4x4xf32>
  return %y : tensor<0x3x4x4xf32>
}

func.func @doubles(%x: tensor<2x3x8x8xf64>, %w: tensor<10x3x3x3xf64>) -> tensor<2x10x8x8xf64> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<2x3x8x8xf64>, tensor<10x3x3x3xf64> to tensor<2x10x8x8xf64>
  return %y : tensor<2x10x8x8xf64>
}

func.func @epilogue(%x: tensor<2x3x9x9xf32>, %w: tensor<20x3x3x3xf32>, %b: tensor<20xf32>, %r: tensor<2x20x9x9xf32>) -> tensor<2x20x9x9xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<2x3x9x9xf32>, tensor<20x3x3x3xf32> to tensor<2x20x9x9xf32>
  %c = dlc.broadcast_in_dim %b dims [1] : tensor<20xf32> to tensor<2x20x9x9xf32>
  %z = dlc.add %y, %c : tensor<2x20x9x9xf32>
  %s = dlc.add %z, %r : tensor<2x20x9x9xf32>
  %a = dlc.relu %s : tensor<2x20x9x9xf32>
  return %a : tensor<2x20x9x9xf32>
}

func.func @channels_last(%x: tensor<2x9x9x3xf32>, %w: tensor<3x3x3x20xf32>) -> tensor<2x9x9x20xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<2x9x9x3xf32>, tensor<3x3x3x20xf32> to tensor<2x9x9x20xf32>
  return %y : tensor<2x9x9x20xf32>
}
