// The sums of a convolution's micro-kernel stay in registers.
// RUN: %dlc compile %s --emit=asm --mcpu=x86-64-v4 | FileCheck %s --check-prefix=ZMM
// RUN: %dlc compile %s --emit=asm --mcpu=x86-64-v3 | FileCheck %s --check-prefix=YMM

// ZMM-LABEL: {{^}}window_0_tile0:
// ZMM-NOT: {{zmm.*\(%rsp|\(%rsp.*zmm}}
// ZMM-COUNT-16: vfmadd231ps {{.*}}%zmm
// ZMM-NOT: {{zmm.*\(%rsp|\(%rsp.*zmm}}
// ZMM: retq

// YMM-LABEL: {{^}}window_0_tile0:
// YMM-NOT: {{ymm.*\(%rsp|\(%rsp.*ymm}}
// YMM-COUNT-8: vfmadd231ps {{.*}}%ymm
// YMM-NOT: {{ymm.*\(%rsp|\(%rsp.*ymm}}
// YMM: retq
func.func @f(%x: tensor<2x8x8x64xf32>, %w: tensor<3x3x64x64xf32>) -> tensor<2x8x8x64xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
      : tensor<2x8x8x64xf32>, tensor<3x3x64x64xf32> to tensor<2x8x8x64xf32>
  return %y : tensor<2x8x8x64xf32>
}
