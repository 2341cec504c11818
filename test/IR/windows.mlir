// Windows and convolutions survive a round trip, in their own and in generic
// form.
// RUN: dlc-opt %s | dlc-opt | FileCheck %s
// RUN: dlc-opt %s --mlir-print-op-generic | dlc-opt | FileCheck %s

// CHECK-LABEL: func @windows
func.func @windows(%x: tensor<2x4xf32>, %g: tensor<2x2xf32>) {
  // CHECK: dlc.reduce_window max %{{.*}} window [1, 2] strides [1, 2] dilations [1, 1] low [0, 0] high [0, 0] : tensor<2x4xf32> to tensor<2x2xf32>
  %0 = dlc.reduce_window max %x window [1, 2] strides [1, 2] dilations [1, 1] low [0, 0] high [0, 0]
      : tensor<2x4xf32> to tensor<2x2xf32>
  // CHECK: dlc.select_and_scatter %{{.*}}, %{{.*}} window [1, 2] strides [1, 2] dilations [1, 1] low [0, 0] high [0, 0] : tensor<2x4xf32>, tensor<2x2xf32>
  %1 = dlc.select_and_scatter %x, %g window [1, 2] strides [1, 2] dilations [1, 1] low [0, 0] high [0, 0]
      : tensor<2x4xf32>, tensor<2x2xf32>
  return
}

// CHECK-LABEL: func @convolution
func.func @convolution(%x: tensor<2x3x8xf64>, %w: tensor<4x3x3xf64>, %l: tensor<2x8x3xf64>, %f: tensor<3x3x4xf64>, %b: tensor<3x8x2xf64>) {
  // CHECK: dlc.convolution %{{.*}}, %{{.*}} strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 : tensor<2x3x8xf64>, tensor<4x3x3xf64> to tensor<2x4x8xf64>
  %0 = dlc.convolution %x, %w strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1
      : tensor<2x3x8xf64>, tensor<4x3x3xf64> to tensor<2x4x8xf64>
  // CHECK: dlc.convolution %{{.*}} batch_groups 1 channels_last : tensor<2x8x3xf64>, tensor<3x3x4xf64> to tensor<2x8x4xf64>
  %1 = dlc.convolution %l, %f strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 channels_last
      : tensor<2x8x3xf64>, tensor<3x3x4xf64> to tensor<2x8x4xf64>
  // CHECK: dlc.convolution %{{.*}} batch_groups 1 batch_last : tensor<3x8x2xf64>, tensor<4x3x3xf64> to tensor<4x8x2xf64>
  %2 = dlc.convolution %b, %w strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 batch_last
      : tensor<3x8x2xf64>, tensor<4x3x3xf64> to tensor<4x8x2xf64>
  return
}
