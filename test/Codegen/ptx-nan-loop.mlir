// The sum of a padded convolution that is NaN is computed once more, tap by tap.
// NVIDIA's assembler would unroll that loop, and keep the loads of many taps in
// registers for what hardly ever runs.
// RUN: dlc compile %s --target=cuda:sm_80 --emit=ptx | FileCheck %s

// CHECK: setp.{{nan|num}}.f32
// CHECK: .pragma "nounroll";
// CHECK: ld.global.f32
// CHECK: fma.rn.f32
// CHECK-NOT: .pragma

func.func @f(%x: tensor<2x14x14x32xf32>, %w: tensor<3x3x32x16xf32>) -> tensor<2x14x14x16xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<2x14x14x32xf32>, tensor<3x3x32x16xf32> to tensor<2x14x14x16xf32>
  return %y : tensor<2x14x14x16xf32>
}
