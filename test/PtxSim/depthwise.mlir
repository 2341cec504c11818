// Depthwise convolutions on the simulated GPU: a thread has four channels of
// four neighbours, reads each pixel of a row once, and has the CPU's bits.
// DEFINE: %{f} = forward
// DEFINE: %{run} = dlc run %s --random=1 --function=%{f} --backend=both --device=simulator --rtol=1e-5 --atol=1e-5
// DEFINE: %{same} = dlc run %s --random=1 --function=%{f} --output=@%t.npy && ptx-sim %t.dlcprog --random=1 --function=%{f} --expect=@%t.npy --stats
// RUN: dlc compile %s --target=cuda:sm_80 -o %t.dlcprog
// RUN: %{same} | FileCheck %s --check-prefixes=SAME,COUNT
// REDEFINE: %{f} = padded
// RUN: %{same} | FileCheck %s --check-prefix=SAME
// REDEFINE: %{f} = uneven
// RUN: %{same} | FileCheck %s --check-prefix=SAME
// RUN: %{run}
// REDEFINE: %{f} = along
// RUN: %{same} | FileCheck %s --check-prefix=SAME
// REDEFINE: %{f} = channels_first
// RUN: %{run}
// REDEFINE: %{f} = half
// RUN: %{run} --rtol=2e-3

// Gradients of the filters: parts of sums, and a second step that adds them.
// REDEFINE: %{f} = filters
// RUN: %{run}
// RUN: ptx-sim %t.dlcprog --random=1 --function=%{f} --stats --output=@%t.npy | FileCheck %s --check-prefix=PARTS
// REDEFINE: %{f} = filters_strided
// RUN: %{run}
// REDEFINE: %{f} = filters_uneven
// RUN: %{run}
// REDEFINE: %{f} = filters_along
// RUN: %{run}
// REDEFINE: %{f} = filters_half
// RUN: %{run} --rtol=2e-3
// PARTS: kernel window_[[K:[0-9]+]]: 1 launch, 24 blocks
// PARTS: global loads: 7680 requests
// PARTS: global stores: 576 requests, 16.00 sectors each (at best 16.00)
// PARTS: kernel window_[[K]]_then: 1 launch

// SAME: result 0: {{.*}}: same bits
// COUNT: kernel window_0
// COUNT: global loads: 27648 requests, [[S:[0-9.]+]] sectors each (at best [[S]])
// COUNT: global stores: {{[0-9]+}} requests, 16.00 sectors each (at best 16.00)

func.func @forward(%x: tensor<8x34x34x64xf32>, %w: tensor<3x3x1x64xf32>) -> tensor<8x32x32x64xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 64 batch_groups 1 channels_last : tensor<8x34x34x64xf32>, tensor<3x3x1x64xf32> to tensor<8x32x32x64xf32>
  return %y : tensor<8x32x32x64xf32>
}
// Padding; an epilogue.
func.func @padded(%x: tensor<8x32x32x64xf32>, %w: tensor<3x3x1x64xf32>, %b: tensor<64xf32>) -> tensor<8x32x32x64xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 64 batch_groups 1 channels_last : tensor<8x32x32x64xf32>, tensor<3x3x1x64xf32> to tensor<8x32x32x64xf32>
  %1 = dlc.broadcast_in_dim %b dims [3] : tensor<64xf32> to tensor<8x32x32x64xf32>
  %2 = dlc.add %y, %1 : tensor<8x32x32x64xf32>
  return %2 : tensor<8x32x32x64xf32>
}
// Neighbours beyond the last, channels that no vector divides, strides,
// dilation.
func.func @uneven(%x: tensor<9x63x67x13xf32>, %w: tensor<3x5x1x13xf32>) -> tensor<9x31x65x13xf32> {
  %y = dlc.convolution %x, %w strides [2, 1] low [1, 3] high [1, 3] image_dilation [1, 1] filter_dilation [1, 2] groups 13 batch_groups 1 channels_last : tensor<9x63x67x13xf32>, tensor<3x5x1x13xf32> to tensor<9x32x65x13xf32>
  %z = dlc.slice %y from [0, 0, 0, 0] to [9, 31, 65, 13] by [1, 1, 1, 1] : tensor<9x32x65x13xf32> to tensor<9x31x65x13xf32>
  return %z : tensor<9x31x65x13xf32>
}
// One spatial dimension.
func.func @along(%x: tensor<60x200x12xf32>, %w: tensor<4x1x12xf32>) -> tensor<60x197x12xf32> {
  %y = dlc.convolution %x, %w strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 12 batch_groups 1 channels_last : tensor<60x200x12xf32>, tensor<4x1x12xf32> to tensor<60x197x12xf32>
  return %y : tensor<60x197x12xf32>
}
func.func @channels_first(%x: tensor<2x6x9x9xf32>, %w: tensor<6x1x3x3xf32>) -> tensor<2x6x5x5xf32> {
  %y = dlc.convolution %x, %w strides [2, 2] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 6 batch_groups 1 : tensor<2x6x9x9xf32>, tensor<6x1x3x3xf32> to tensor<2x6x5x5xf32>
  return %y : tensor<2x6x5x5xf32>
}
func.func @half(%x: tensor<8x16x16x128xf16>, %w: tensor<3x3x1x128xf16>) -> tensor<8x16x16x128xf16> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 128 batch_groups 1 channels_last : tensor<8x16x16x128xf16>, tensor<3x3x1x128xf16> to tensor<8x16x16x128xf16>
  return %y : tensor<8x16x16x128xf16>
}
// As its filters are used: padded; an epilogue, in the second step.
func.func @filters(%x: tensor<8x16x16x64xf32>, %w: tensor<3x3x1x64xf32>, %g: tensor<8x16x16x64xf32>) -> tensor<3x3x1x64xf32> {
  %v = dlc.variable %w : tensor<3x3x1x64xf32>
  %y = dlc.convolution %x, %v strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 64 batch_groups 1 channels_last : tensor<8x16x16x64xf32>, tensor<3x3x1x64xf32> to tensor<8x16x16x64xf32>
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<8x16x16x64xf32>, tensor<8x16x16x64xf32>, tensor<3x3x1x64xf32>) -> tensor<3x3x1x64xf32>
  %r = dlc.negate %d : tensor<3x3x1x64xf32>
  return %r : tensor<3x3x1x64xf32>
}
// Rows of 7 places; strides, and a border that no place sees.
func.func @filters_strided(%x: tensor<3x14x14x8xf32>, %w: tensor<3x3x1x8xf32>, %g: tensor<3x7x7x8xf32>) -> tensor<3x3x1x8xf32> {
  %v = dlc.variable %w : tensor<3x3x1x8xf32>
  %y = dlc.convolution %x, %v strides [2, 2] low [0, 1] high [1, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 8 batch_groups 1 channels_last : tensor<3x14x14x8xf32>, tensor<3x3x1x8xf32> to tensor<3x7x7x8xf32>
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<3x7x7x8xf32>, tensor<3x7x7x8xf32>, tensor<3x3x1x8xf32>) -> tensor<3x3x1x8xf32>
  return %d : tensor<3x3x1x8xf32>
}
// Channels that no vector divides, dilation, other sizes of taps.
func.func @filters_uneven(%x: tensor<9x13x19x13xf32>, %w: tensor<3x5x1x13xf32>, %g: tensor<9x7x17x13xf32>) -> tensor<3x5x1x13xf32> {
  %v = dlc.variable %w : tensor<3x5x1x13xf32>
  %y = dlc.convolution %x, %v strides [2, 1] low [1, 3] high [1, 3] image_dilation [1, 1] filter_dilation [1, 2] groups 13 batch_groups 1 channels_last : tensor<9x13x19x13xf32>, tensor<3x5x1x13xf32> to tensor<9x7x17x13xf32>
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<9x7x17x13xf32>, tensor<9x7x17x13xf32>, tensor<3x5x1x13xf32>) -> tensor<3x5x1x13xf32>
  return %d : tensor<3x5x1x13xf32>
}
func.func @filters_along(%x: tensor<6x200x12xf32>, %w: tensor<4x1x12xf32>, %g: tensor<6x197x12xf32>) -> tensor<4x1x12xf32> {
  %v = dlc.variable %w : tensor<4x1x12xf32>
  %y = dlc.convolution %x, %v strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 12 batch_groups 1 channels_last : tensor<6x200x12xf32>, tensor<4x1x12xf32> to tensor<6x197x12xf32>
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<6x197x12xf32>, tensor<6x197x12xf32>, tensor<4x1x12xf32>) -> tensor<4x1x12xf32>
  return %d : tensor<4x1x12xf32>
}
func.func @filters_half(%x: tensor<4x8x8x16xf16>, %w: tensor<3x3x1x16xf16>, %g: tensor<4x8x8x16xf16>) -> tensor<3x3x1x16xf16> {
  %v = dlc.variable %w : tensor<3x3x1x16xf16>
  %y = dlc.convolution %x, %v strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 16 batch_groups 1 channels_last : tensor<4x8x8x16xf16>, tensor<3x3x1x16xf16> to tensor<4x8x8x16xf16>
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<4x8x8x16xf16>, tensor<4x8x8x16xf16>, tensor<3x3x1x16xf16>) -> tensor<3x3x1x16xf16>
  return %d : tensor<3x3x1x16xf16>
}
