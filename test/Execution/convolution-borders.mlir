// Borders and dilated images of convolutions: windows that lie in the padding
// entirely, cut images, taps further apart than the image is wide, and all
// classes of places that a dilated image has.
// RUN: dlc run %s --function=all_padding --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=even_filters --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=cut_and_padded --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=wide_taps --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=strided_gradient --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=strided_gradient --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64-v3
// RUN: dlc run %s --function=strides_of_three --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=empty_classes --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=stride_and_dilation --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=common_factors --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=grouped_borders --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=grouped_borders --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64-v3
// RUN: dlc run %s --function=depthwise_borders --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=long_row --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=small_images --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=small_images --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64-v3

func.func @all_padding(%x: tensor<2x3x2x3xf32>, %w: tensor<2x2x3x5xf32>) -> tensor<2x11x8x5xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [4, 3] high [5, 4] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<2x3x2x3xf32>, tensor<2x2x3x5xf32> to tensor<2x11x8x5xf32>
  return %y : tensor<2x11x8x5xf32>
}

func.func @even_filters(%x: tensor<1x7x6x4xf32>, %w: tensor<4x2x4x17xf32>) -> tensor<1x7x6x17xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [2, 1] high [1, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<1x7x6x4xf32>, tensor<4x2x4x17xf32> to tensor<1x7x6x17xf32>
  return %y : tensor<1x7x6x17xf32>
}

func.func @cut_and_padded(%x: tensor<2x9x8x3xf32>, %w: tensor<3x3x3x16xf32>) -> tensor<2x7x6x16xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [-2, 1] high [2, -1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<2x9x8x3xf32>, tensor<3x3x3x16xf32> to tensor<2x7x6x16xf32>
  return %y : tensor<2x7x6x16xf32>
}

func.func @wide_taps(%x: tensor<1x5x6x2xf32>, %w: tensor<3x3x2x33xf32>) -> tensor<1x5x5x33xf32> {
  %y = dlc.convolution %x, %w strides [1, 2] low [4, 5] high [4, 5] image_dilation [1, 1] filter_dilation [4, 3] groups 1 batch_groups 1 channels_last
      : tensor<1x5x6x2xf32>, tensor<3x3x2x33xf32> to tensor<1x5x5x33xf32>
  return %y : tensor<1x5x5x33xf32>
}

func.func @strided_gradient(%x: tensor<2x5x5x4xf32>, %w: tensor<3x3x4x20xf32>) -> tensor<2x10x10x20xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [2, 2] image_dilation [2, 2] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<2x5x5x4xf32>, tensor<3x3x4x20xf32> to tensor<2x10x10x20xf32>
  return %y : tensor<2x10x10x20xf32>
}

func.func @strides_of_three(%x: tensor<1x4x5x3xf32>, %w: tensor<5x4x3x18xf32>) -> tensor<1x11x14x18xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [2, 3] high [3, 1] image_dilation [3, 3] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<1x4x5x3xf32>, tensor<5x4x3x18xf32> to tensor<1x11x14x18xf32>
  return %y : tensor<1x11x14x18xf32>
}

func.func @empty_classes(%x: tensor<2x4x4x3xf32>, %w: tensor<1x1x3x16xf32>) -> tensor<2x8x8x16xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [0, 0] high [1, 1] image_dilation [2, 2] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<2x4x4x3xf32>, tensor<1x1x3x16xf32> to tensor<2x8x8x16xf32>
  return %y : tensor<2x8x8x16xf32>
}

func.func @stride_and_dilation(%x: tensor<1x7x9x3xf32>, %w: tensor<3x4x3x16xf32>) -> tensor<1x6x14x16xf32> {
  %y = dlc.convolution %x, %w strides [3, 2] low [2, 1] high [4, 3] image_dilation [2, 4] filter_dilation [1, 3] groups 1 batch_groups 1 channels_last
      : tensor<1x7x9x3xf32>, tensor<3x4x3x16xf32> to tensor<1x6x14x16xf32>
  return %y : tensor<1x6x14x16xf32>
}

func.func @common_factors(%x: tensor<1x6x5x3xf32>, %w: tensor<3x3x3x16xf32>) -> tensor<1x11x6x16xf32> {
  %y = dlc.convolution %x, %w strides [2, 4] low [1, 2] high [3, 2] image_dilation [4, 6] filter_dilation [2, 3] groups 1 batch_groups 1 channels_last
      : tensor<1x6x5x3xf32>, tensor<3x3x3x16xf32> to tensor<1x11x6x16xf32>
  return %y : tensor<1x11x6x16xf32>
}

func.func @grouped_borders(%x: tensor<2x6x6x4xf32>, %w: tensor<3x3x2x36xf32>) -> tensor<2x3x13x36xf32> {
  %y = dlc.convolution %x, %w strides [2, 1] low [1, 2] high [1, 2] image_dilation [1, 2] filter_dilation [1, 1] groups 2 batch_groups 1 channels_last
      : tensor<2x6x6x4xf32>, tensor<3x3x2x36xf32> to tensor<2x3x13x36xf32>
  return %y : tensor<2x3x13x36xf32>
}

func.func @depthwise_borders(%x: tensor<2x6x7x37xf32>, %w: tensor<3x3x1x37xf32>) -> tensor<2x11x7x37xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [2, 1] filter_dilation [1, 1] groups 37 batch_groups 1 channels_last
      : tensor<2x6x7x37xf32>, tensor<3x3x1x37xf32> to tensor<2x11x7x37xf32>
  return %y : tensor<2x11x7x37xf32>
}

func.func @long_row(%x: tensor<1x2x90x2xf32>, %w: tensor<1x9x2x16xf32>) -> tensor<1x2x90x16xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [0, 4] high [0, 4] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<1x2x90x2xf32>, tensor<1x9x2x16xf32> to tensor<1x2x90x16xf32>
  return %y : tensor<1x2x90x16xf32>
}

func.func @small_images(%x: tensor<37x2x2x5xf32>, %w: tensor<3x3x5x16xf32>) -> tensor<37x2x2x16xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<37x2x2x5xf32>, tensor<3x3x5x16xf32> to tensor<37x2x2x16xf32>
  return %y : tensor<37x2x2x16xf32>
}

// Padding is no pixel: it is not multiplied.
// RUN: dlc run %s --function=infinite --backend=jit --input=1x3x1xf32=1,2,3 --input=3x1x1xf32=inf,1,nan | FileCheck %s
// RUN: dlc run %s --function=infinite --backend=interpreter --input=1x3x1xf32=1,2,3 --input=3x1x1xf32=inf,1,nan | FileCheck %s
// CHECK: nan{{.*}}nan{{.*}}inf
func.func @infinite(%x: tensor<1x3x1xf32>, %w: tensor<3x1x1xf32>) -> tensor<1x3x1xf32> {
  %y = dlc.convolution %x, %w strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 channels_last
      : tensor<1x3x1xf32>, tensor<3x1x1xf32> to tensor<1x3x1xf32>
  return %y : tensor<1x3x1xf32>
}

// A filter's gradient in blocks of images, its operands in several layouts.
// RUN: dlc run %s --function=gradient --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=gradient --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64
// RUN: dlc run %s --function=gradient_first --backend=both --rtol=1e-5 --random=1
func.func @gradient(%x: tensor<70x9x8x18xf32>, %w: tensor<3x3x18x20xf32>, %g: tensor<70x5x4x20xf32>) -> tensor<3x3x18x20xf32> {
  %v = dlc.variable %w : tensor<3x3x18x20xf32>
  %y = dlc.convolution %x, %v strides [2, 2] low [1, 1] high [1, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<70x9x8x18xf32>, tensor<3x3x18x20xf32> to tensor<70x5x4x20xf32>
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<70x5x4x20xf32>, tensor<70x5x4x20xf32>, tensor<3x3x18x20xf32>) -> tensor<3x3x18x20xf32>
  return %d : tensor<3x3x18x20xf32>
}

// The last strip of output channels reaches far beyond them.
// RUN: dlc run %s --function=wide_gradient --backend=both --rtol=1e-5 --random=1
func.func @wide_gradient(%x: tensor<20x5x5x3xf32>, %g: tensor<20x5x5x112xf32>) -> tensor<3x3x3x112xf32> {
  %a = dlc.transpose %x perm [3, 1, 2, 0] : tensor<20x5x5x3xf32> to tensor<3x5x5x20xf32>
  %f = dlc.transpose %g perm [1, 2, 0, 3] : tensor<20x5x5x112xf32> to tensor<5x5x20x112xf32>
  %y = dlc.convolution %a, %f strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<3x5x5x20xf32>, tensor<5x5x20x112xf32> to tensor<3x3x3x112xf32>
  return %y : tensor<3x3x3x112xf32>
}

func.func @gradient_first(%x: tensor<70x3x9x8xf32>, %w: tensor<20x3x3x3xf32>, %g: tensor<70x20x9x8xf32>) -> tensor<20x3x3x3xf32> {
  %v = dlc.variable %w : tensor<20x3x3x3xf32>
  %y = dlc.convolution %x, %v strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1
      : tensor<70x3x9x8xf32>, tensor<20x3x3x3xf32> to tensor<70x20x9x8xf32>
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<70x20x9x8xf32>, tensor<70x20x9x8xf32>, tensor<20x3x3x3xf32>) -> tensor<20x3x3x3xf32>
  return %d : tensor<20x3x3x3xf32>
}
