// Convolutions as products in tiles on the simulated GPU.
// DEFINE: %{f} = last
// DEFINE: %{run} = dlc run %s --backend=interpreter --random=1 --function=%{f} --output=@%t.npy && dlc compile %s --target=cuda:sm_80 -o %t.dlcprog && ptx-sim %t.dlcprog --random=1 --function=%{f} --expect=@%t.npy --rtol=1e-6 --stats
// RUN: %{run} | FileCheck %s --check-prefixes=CHECK,WHOLE
// REDEFINE: %{f} = first
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = transposed
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = gradient
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = deep_gradient
// RUN: %{run} | FileCheck %s --check-prefixes=CHECK,PARTS

// CHECK: kernel window
// WHOLE: global loads: {{[0-9]+}} requests, [[S:[0-9.]+]] sectors each (at best [[S]])
// CHECK: shared: {{[0-9]+}} requests, 0 bank conflicts
// PARTS: kernel window_{{[0-9]+}}_then

func.func @last(%x: tensor<2x9x9x16xf32>, %w: tensor<3x3x16x32xf32>) -> tensor<2x7x7x32xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<2x9x9x16xf32>, tensor<3x3x16x32xf32> to tensor<2x7x7x32xf32>
  return %y : tensor<2x7x7x32xf32>
}
func.func @first(%x: tensor<2x6x9x9xf32>, %w: tensor<20x6x3x3xf32>, %b: tensor<20xf32>) -> tensor<2x20x5x5xf32> {
  %y = dlc.convolution %x, %w strides [2, 2] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<2x6x9x9xf32>, tensor<20x6x3x3xf32> to tensor<2x20x5x5xf32>
  %1 = dlc.broadcast_in_dim %b dims [1] : tensor<20xf32> to tensor<2x20x5x5xf32>
  %2 = dlc.add %y, %1 : tensor<2x20x5x5xf32>
  return %2 : tensor<2x20x5x5xf32>
}
func.func @transposed(%x: tensor<2x5x4x4xf32>, %w: tensor<8x5x3x3xf32>) -> tensor<2x8x8x8xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [2, 2] image_dilation [2, 2] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<2x5x4x4xf32>, tensor<8x5x3x3xf32> to tensor<2x8x8x8xf32>
  return %y : tensor<2x8x8x8xf32>
}
func.func @deep_gradient(%x: tensor<10x18x18x6xf32>, %g: tensor<10x16x16x20xf32>) -> tensor<6x3x3x20xf32> {
  %a = dlc.transpose %x perm [3, 1, 2, 0] : tensor<10x18x18x6xf32> to tensor<6x18x18x10xf32>
  %b = dlc.transpose %g perm [1, 2, 0, 3] : tensor<10x16x16x20xf32> to tensor<16x16x10x20xf32>
  %y = dlc.convolution %a, %b strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<6x18x18x10xf32>, tensor<16x16x10x20xf32> to tensor<6x3x3x20xf32>
  return %y : tensor<6x3x3x20xf32>
}
func.func @gradient(%x: tensor<4x8x8x12xf32>, %g: tensor<4x6x6x20xf32>) -> tensor<12x3x3x20xf32> {
  %a = dlc.transpose %x perm [3, 1, 2, 0] : tensor<4x8x8x12xf32> to tensor<12x8x8x4xf32>
  %b = dlc.transpose %g perm [1, 2, 0, 3] : tensor<4x6x6x20xf32> to tensor<6x6x4x20xf32>
  %y = dlc.convolution %a, %b strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<12x8x8x4xf32>, tensor<6x6x4x20xf32> to tensor<12x3x3x20xf32>
  return %y : tensor<12x3x3x20xf32>
}
