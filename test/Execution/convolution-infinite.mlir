// Padding, and the gaps of a dilated image, contribute nothing: an infinite
// filter's tap over them gives no NaN.
// DEFINE: %{corner} = inf,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17
// RUN: dlc run %s --function=corner --backend=both --rtol=1e-6 --input=1x16x16x1xf32=1 --input=3x3x1x2xf32=%{corner}
// RUN: dlc run %s --function=corner --backend=jit --input=1x16x16x1xf32=1 --input=3x3x1x2xf32=%{corner} | FileCheck %s
// RUN: dlc run %s --function=double --backend=both --rtol=1e-6 --input=1x16x16x1xf64=1 --input=3x3x1x2xf64=%{corner}
// RUN: dlc run %s --function=half --backend=both --input=1x16x16x1xbf16=1 --input=3x3x1x2xbf16=%{corner}
// RUN: dlc run %s --function=all_padding --backend=both --rtol=1e-6 --input=2x3x2x3xf32=1 --input=2x2x3x15xf32=inf
// RUN: dlc run %s --function=dilated --backend=both --rtol=1e-6 --input=2x5x5x4xf32=1 --input=3x3x4x20xf32=nan
// RUN: dlc run %s --function=grouped --backend=both --rtol=1e-6 --input=2x6x7x7xf32=1 --input=12x2x3x3xf32=inf
// RUN: dlc run %s --function=deep --backend=both --rtol=1e-6 --input=2x18x18x8xf32=1 --input=17x17x8x20xf32=inf

// The corner's tap lies over padding in the first row and column alone.
// CHECK: result 0: tensor<1x16x16x2xf32> = {{\[+}}48, 52], [66, 72], {{.*}}, {{\[+}}54, 60], [inf, 81],
func.func @corner(%x: tensor<1x16x16x1xf32>, %w: tensor<3x3x1x2xf32>) -> tensor<1x16x16x2xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<1x16x16x1xf32>, tensor<3x3x1x2xf32> to tensor<1x16x16x2xf32>
  return %y : tensor<1x16x16x2xf32>
}

func.func @double(%x: tensor<1x16x16x1xf64>, %w: tensor<3x3x1x2xf64>) -> tensor<1x16x16x2xf64> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<1x16x16x1xf64>, tensor<3x3x1x2xf64> to tensor<1x16x16x2xf64>
  return %y : tensor<1x16x16x2xf64>
}

func.func @half(%x: tensor<1x16x16x1xbf16>, %w: tensor<3x3x1x2xbf16>) -> tensor<1x16x16x2xbf16> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<1x16x16x1xbf16>, tensor<3x3x1x2xbf16> to tensor<1x16x16x2xbf16>
  return %y : tensor<1x16x16x2xbf16>
}

// Windows that lie in the padding entirely.
func.func @all_padding(%x: tensor<2x3x2x3xf32>, %w: tensor<2x2x3x15xf32>) -> tensor<2x11x8x15xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [4, 3] high [5, 4] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<2x3x2x3xf32>, tensor<2x2x3x15xf32> to tensor<2x11x8x15xf32>
  return %y : tensor<2x11x8x15xf32>
}

func.func @dilated(%x: tensor<2x5x5x4xf32>, %w: tensor<3x3x4x20xf32>) -> tensor<2x12x12x20xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [2, 2] high [3, 3] image_dilation [2, 2] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<2x5x5x4xf32>, tensor<3x3x4x20xf32> to tensor<2x12x12x20xf32>
  return %y : tensor<2x12x12x20xf32>
}

func.func @grouped(%x: tensor<2x6x7x7xf32>, %w: tensor<12x2x3x3xf32>) -> tensor<2x12x8x8xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [2, 2] image_dilation [1, 1] filter_dilation [1, 1] groups 3 batch_groups 1
      : tensor<2x6x7x7xf32>, tensor<12x2x3x3xf32> to tensor<2x12x8x8xf32>
  return %y : tensor<2x12x8x8xf32>
}

// So deep that a GPU computes its sums in parts.
func.func @deep(%x: tensor<2x18x18x8xf32>, %w: tensor<17x17x8x20xf32>) -> tensor<2x4x4x20xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<2x18x18x8xf32>, tensor<17x17x8x20xf32> to tensor<2x4x4x20xf32>
  return %y : tensor<2x4x4x20xf32>
}
