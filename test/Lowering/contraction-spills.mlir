// The accumulators of a micro-kernel stay in registers.
// RUN: %dlc compile %s --emit=asm --mcpu=x86-64-v4 | FileCheck %s --check-prefix=ZMM
// RUN: %dlc compile %s --emit=asm --mcpu=x86-64-v3 | FileCheck %s --check-prefix=YMM

// ZMM-LABEL: {{^}}gemm_f32_8x3x16{{.*}}:
// ZMM-NOT: {{zmm.*\(%rsp|\(%rsp.*zmm}}
// ZMM-COUNT-24: vfmadd231ps {{.*}}%zmm
// ZMM-NOT: {{vfmadd|zmm.*\(%rsp|\(%rsp.*zmm}}
// ZMM: retq

// YMM-LABEL: {{^}}gemm_f32_6x1x16{{.*}}:
// YMM-NOT: {{ymm.*\(%rsp|\(%rsp.*ymm}}
// YMM-COUNT-12: vfmadd231ps {{.*}}%ymm
// YMM-NOT: {{vfmadd|ymm.*\(%rsp|\(%rsp.*ymm}}
// YMM: retq
func.func @f(%x: tensor<24x64xf32>, %y: tensor<64x48xf32>) -> tensor<24x48xf32> {
  %z = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<24x64xf32>, tensor<64x48xf32> to tensor<24x48xf32>
  return %z : tensor<24x48xf32>
}
