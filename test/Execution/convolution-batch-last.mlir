// Convolutions with the batch last, written so or chosen because the channels
// are few, and their gradients.
// RUN: dlc run %s --function=plain --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=many_images --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=many_images --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64-v3
// RUN: dlc run %s --function=many_images --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64
// RUN: dlc run %s --function=few_images --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=strided --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=dilated --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=dilated --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64-v3
// RUN: dlc run %s --function=dilated --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64
// RUN: dlc run %s --function=gradients --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=gradients --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64-v3
// RUN: dlc run %s --function=strided_gradients --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=strided_gradients --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64-v3
// RUN: dlc run %s --function=uneven_batch --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=uneven_batch --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64-v3
// RUN: dlc run %s --function=double_gradients --backend=both --rtol=1e-12 --random=1
// RUN: dlc run %s --function=double_gradients --backend=both --rtol=1e-12 --random=1 --mcpu=x86-64-v3
// RUN: dlc run %s --function=long_images --backend=both --rtol=1e-4 --random=1
// RUN: dlc run %s --function=long_images --backend=both --rtol=1e-4 --random=1 --mcpu=x86-64-v3
// RUN: dlc run %s --function=model --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=model --backend=both --rtol=1e-5 --random=1 --mcpu=x86-64-v3
// RUN: dlc compile %s --emit=layout | FileCheck %s
// CHECK-LABEL: func.func @gradients
// CHECK: batch_last
// CHECK-LABEL: func.func @uneven_batch
// CHECK: batch_last

func.func @plain(%x: tensor<3x6x7x16xf32>, %w: tensor<5x3x3x3xf32>) -> tensor<5x6x7x16xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 batch_last
      : tensor<3x6x7x16xf32>, tensor<5x3x3x3xf32> to tensor<5x6x7x16xf32>
  return %y : tensor<5x6x7x16xf32>
}

func.func @many_images(%x: tensor<1x8x9x70xf32>, %w: tensor<6x1x5x5xf32>) -> tensor<6x8x9x70xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [2, 2] high [2, 2] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 batch_last
      : tensor<1x8x9x70xf32>, tensor<6x1x5x5xf32> to tensor<6x8x9x70xf32>
  return %y : tensor<6x8x9x70xf32>
}

func.func @few_images(%x: tensor<4x5x5x3xf32>, %w: tensor<7x4x3x2xf32>) -> tensor<7x5x4x3xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 0] high [1, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 batch_last
      : tensor<4x5x5x3xf32>, tensor<7x4x3x2xf32> to tensor<7x5x4x3xf32>
  return %y : tensor<7x5x4x3xf32>
}

func.func @strided(%x: tensor<3x9x8x32xf32>, %w: tensor<20x3x3x3xf32>) -> tensor<20x5x4x32xf32> {
  %y = dlc.convolution %x, %w strides [2, 2] low [1, 1] high [1, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 batch_last
      : tensor<3x9x8x32xf32>, tensor<20x3x3x3xf32> to tensor<20x5x4x32xf32>
  return %y : tensor<20x5x4x32xf32>
}

func.func @dilated(%x: tensor<6x4x5x16xf32>, %w: tensor<3x6x3x3xf32>) -> tensor<3x8x8x16xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [2, 2] image_dilation [2, 2] filter_dilation [1, 2] groups 1 batch_groups 1 batch_last
      : tensor<6x4x5x16xf32>, tensor<3x6x3x3xf32> to tensor<3x8x8x16xf32>
  return %y : tensor<3x8x8x16xf32>
}

func.func @gradients(%x: tensor<32x3x9x8xf32>, %w: tensor<6x3x3x3xf32>, %g: tensor<32x6x9x8xf32>) -> (tensor<32x6x9x8xf32>, tensor<32x3x9x8xf32>, tensor<6x3x3x3xf32>) {
  %u = dlc.variable %x : tensor<32x3x9x8xf32>
  %v = dlc.variable %w : tensor<6x3x3x3xf32>
  %y = dlc.convolution %u, %v strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1
      : tensor<32x3x9x8xf32>, tensor<6x3x3x3xf32> to tensor<32x6x9x8xf32>
  %d:2 = dlc.grad of(%y) seed(%g) wrt(%u, %v) : (tensor<32x6x9x8xf32>, tensor<32x6x9x8xf32>, tensor<32x3x9x8xf32>, tensor<6x3x3x3xf32>) -> (tensor<32x3x9x8xf32>, tensor<6x3x3x3xf32>)
  return %y, %d#0, %d#1 : tensor<32x6x9x8xf32>, tensor<32x3x9x8xf32>, tensor<6x3x3x3xf32>
}

func.func @strided_gradients(%x: tensor<48x2x9x8xf32>, %w: tensor<5x2x3x2xf32>, %g: tensor<48x5x5x4xf32>) -> (tensor<48x5x5x4xf32>, tensor<48x2x9x8xf32>, tensor<5x2x3x2xf32>) {
  %u = dlc.variable %x : tensor<48x2x9x8xf32>
  %v = dlc.variable %w : tensor<5x2x3x2xf32>
  %y = dlc.convolution %u, %v strides [2, 2] low [1, 0] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1
      : tensor<48x2x9x8xf32>, tensor<5x2x3x2xf32> to tensor<48x5x5x4xf32>
  %d:2 = dlc.grad of(%y) seed(%g) wrt(%u, %v) : (tensor<48x5x5x4xf32>, tensor<48x5x5x4xf32>, tensor<48x2x9x8xf32>, tensor<5x2x3x2xf32>) -> (tensor<48x2x9x8xf32>, tensor<5x2x3x2xf32>)
  return %y, %d#0, %d#1 : tensor<48x5x5x4xf32>, tensor<48x2x9x8xf32>, tensor<5x2x3x2xf32>
}

func.func @uneven_batch(%x: tensor<90x6x7x7xf32>, %w: tensor<5x6x5x5xf32>, %g: tensor<90x5x3x3xf32>) -> (tensor<90x5x3x3xf32>, tensor<90x6x7x7xf32>, tensor<5x6x5x5xf32>) {
  %u = dlc.variable %x : tensor<90x6x7x7xf32>
  %v = dlc.variable %w : tensor<5x6x5x5xf32>
  %y = dlc.convolution %u, %v strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1
      : tensor<90x6x7x7xf32>, tensor<5x6x5x5xf32> to tensor<90x5x3x3xf32>
  %d:2 = dlc.grad of(%y) seed(%g) wrt(%u, %v) : (tensor<90x5x3x3xf32>, tensor<90x5x3x3xf32>, tensor<90x6x7x7xf32>, tensor<5x6x5x5xf32>) -> (tensor<90x6x7x7xf32>, tensor<5x6x5x5xf32>)
  return %y, %d#0, %d#1 : tensor<90x5x3x3xf32>, tensor<90x6x7x7xf32>, tensor<5x6x5x5xf32>
}

func.func @double_gradients(%x: tensor<24x3x6x5xf64>, %w: tensor<5x3x3x3xf64>, %g: tensor<24x5x6x5xf64>) -> (tensor<24x5x6x5xf64>, tensor<24x3x6x5xf64>, tensor<5x3x3x3xf64>) {
  %u = dlc.variable %x : tensor<24x3x6x5xf64>
  %v = dlc.variable %w : tensor<5x3x3x3xf64>
  %y = dlc.convolution %u, %v strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1
      : tensor<24x3x6x5xf64>, tensor<5x3x3x3xf64> to tensor<24x5x6x5xf64>
  %d:2 = dlc.grad of(%y) seed(%g) wrt(%u, %v) : (tensor<24x5x6x5xf64>, tensor<24x5x6x5xf64>, tensor<24x3x6x5xf64>, tensor<5x3x3x3xf64>) -> (tensor<24x3x6x5xf64>, tensor<5x3x3x3xf64>)
  return %y, %d#0, %d#1 : tensor<24x5x6x5xf64>, tensor<24x3x6x5xf64>, tensor<5x3x3x3xf64>
}

// The batch in parts, through a bias, an activation, both kinds of pools and a
// filter of one tap.
func.func @model(%x: tensor<48x2x9x10xf32>, %w: tensor<5x2x3x3xf32>, %b: tensor<5xf32>, %v: tensor<3x5x2x2xf32>, %p: tensor<3x3x1x1xf32>, %g: tensor<48x3x2x3xf32>) -> (tensor<48x3x2x3xf32>, tensor<48x2x9x10xf32>, tensor<5x2x3x3xf32>, tensor<5xf32>, tensor<3x5x2x2xf32>, tensor<3x3x1x1xf32>) {
  %x0 = dlc.variable %x : tensor<48x2x9x10xf32>
  %w0 = dlc.variable %w : tensor<5x2x3x3xf32>
  %b0 = dlc.variable %b : tensor<5xf32>
  %v0 = dlc.variable %v : tensor<3x5x2x2xf32>
  %p0 = dlc.variable %p : tensor<3x3x1x1xf32>
  %zero = dlc.constant dense<0.0> : tensor<48x5x9x10xf32>
  %a = dlc.convolution %x0, %w0 strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1
      : tensor<48x2x9x10xf32>, tensor<5x2x3x3xf32> to tensor<48x5x9x10xf32>
  %c = dlc.broadcast_in_dim %b0 dims [1] : tensor<5xf32> to tensor<48x5x9x10xf32>
  %d = dlc.add %a, %c : tensor<48x5x9x10xf32>
  %e = dlc.maximum %d, %zero : tensor<48x5x9x10xf32>
  %f = dlc.reduce_window max %e window [1, 1, 2, 2] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 0, 0] high [0, 0, 0, 0] : tensor<48x5x9x10xf32> to tensor<48x5x4x5xf32>
  %h = dlc.convolution %f, %v0 strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1
      : tensor<48x5x4x5xf32>, tensor<3x5x2x2xf32> to tensor<48x3x3x4xf32>
  %i = dlc.convolution %h, %p0 strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1
      : tensor<48x3x3x4xf32>, tensor<3x3x1x1xf32> to tensor<48x3x3x4xf32>
  %j = dlc.reduce_window add %i window [1, 1, 2, 2] strides [1, 1, 1, 1] dilations [1, 1, 1, 1] low [0, 0, 0, 0] high [0, 0, 0, 0] : tensor<48x3x3x4xf32> to tensor<48x3x2x3xf32>
  %y = dlc.negate %j : tensor<48x3x2x3xf32>
  %r:5 = dlc.grad of(%y) seed(%g) wrt(%x0, %w0, %b0, %v0, %p0) : (tensor<48x3x2x3xf32>, tensor<48x3x2x3xf32>, tensor<48x2x9x10xf32>, tensor<5x2x3x3xf32>, tensor<5xf32>, tensor<3x5x2x2xf32>, tensor<3x3x1x1xf32>) -> (tensor<48x2x9x10xf32>, tensor<5x2x3x3xf32>, tensor<5xf32>, tensor<3x5x2x2xf32>, tensor<3x3x1x1xf32>)
  return %y, %r#0, %r#1, %r#2, %r#3, %r#4 : tensor<48x3x2x3xf32>, tensor<48x2x9x10xf32>, tensor<5x2x3x3xf32>, tensor<5xf32>, tensor<3x5x2x2xf32>, tensor<3x3x1x1xf32>
}

// An image takes more than a block of a filter's gradient does.
func.func @long_images(%x: tensor<16x1x8192xf32>, %w: tensor<4x1x3xf32>, %v: tensor<4x4x3xf32>, %g: tensor<16x4x8192xf32>) -> (tensor<4x4x3xf32>, tensor<4x1x3xf32>) {
  %y = dlc.convolution %x, %w strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 : tensor<16x1x8192xf32>, tensor<4x1x3xf32> to tensor<16x4x8192xf32>
  %z = dlc.convolution %y, %v strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 : tensor<16x4x8192xf32>, tensor<4x4x3xf32> to tensor<16x4x8192xf32>
  %dv, %dw = dlc.grad of(%z) seed(%g) wrt(%v, %w) : (tensor<16x4x8192xf32>, tensor<16x4x8192xf32>, tensor<4x4x3xf32>, tensor<4x1x3xf32>) -> (tensor<4x4x3xf32>, tensor<4x1x3xf32>)
  return %dv, %dw : tensor<4x4x3xf32>, tensor<4x1x3xf32>
}
