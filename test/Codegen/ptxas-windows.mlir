// NVIDIA's assembler spills nothing of a product whose pieces come one by one,
// each from a place of its own: LeNet's first layer; nor of a residual layer.
// REQUIRES: ptxas
// DEFINE: %{chip} = sm_75
// DEFINE: %{assemble} = dlc compile %s --target=cuda:%{chip} --emit=ptx -o %t.ptx && %ptxas -v -arch=%{chip} %t.ptx -o %t.cubin 2>&1 | FileCheck %s
// RUN: %{assemble}
// REDEFINE: %{chip} = sm_80
// RUN: %{assemble}
// REDEFINE: %{chip} = sm_90
// RUN: %{assemble}

// CHECK: Compiling entry function
// CHECK-NOT: {{[1-9][0-9]*}} bytes spill

func.func @first(%x: tensor<256x1x28x28xf32>, %w: tensor<6x1x5x5xf32>) -> tensor<256x6x28x28xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [2, 2] high [2, 2] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<256x1x28x28xf32>, tensor<6x1x5x5xf32> to tensor<256x6x28x28xf32>
  return %y : tensor<256x6x28x28xf32>
}
func.func @residual(%x: tensor<128x32x16x16xf32>, %w: tensor<32x32x3x3xf32>) -> tensor<128x32x16x16xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<128x32x16x16xf32>, tensor<32x32x3x3xf32> to tensor<128x32x16x16xf32>
  return %y : tensor<128x32x16x16xf32>
}

// The gradient of a depthwise convolution's filters.
func.func @depthwise_filters(%x: tensor<8x16x16x64xf32>, %w: tensor<3x3x1x64xf32>, %g: tensor<8x16x16x64xf32>) -> tensor<3x3x1x64xf32> {
  %v = dlc.variable %w : tensor<3x3x1x64xf32>
  %y = dlc.convolution %x, %v strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 64 batch_groups 1 channels_last : tensor<8x16x16x64xf32>, tensor<3x3x1x64xf32> to tensor<8x16x16x64xf32>
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<8x16x16x64xf32>, tensor<8x16x16x64xf32>, tensor<3x3x1x64xf32>) -> tensor<3x3x1x64xf32>
  return %d : tensor<3x3x1x64xf32>
}
