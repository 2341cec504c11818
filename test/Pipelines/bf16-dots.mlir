// Products of bf16 use vdpbf16ps on CPUs where that is faster than
// multiply-adds: kernels leave bf16 for each other, and the micro-kernel keeps
// its sums in registers.
// RUN: dlc compile %s --mcpu=cooperlake --emit=fusion --verify-contracts | FileCheck %s --check-prefix=FUSED
// RUN: dlc compile %s --mcpu=cooperlake --emit=lowering --verify-contracts | FileCheck %s --check-prefix=LOWERED
// RUN: dlc compile %s --mcpu=cooperlake --emit=asm | FileCheck %s --check-prefix=DOTS
// RUN: dlc compile %s --mcpu=znver5 --emit=asm | FileCheck %s --check-prefix=DOTS
// RUN: dlc compile %s --mcpu=emeraldrapids --emit=asm | FileCheck %s --check-prefix=PLAIN
// RUN: dlc compile %s --mcpu=emeraldrapids --emit=fusion | FileCheck %s --check-prefix=WIDE

// FUSED: dlc.kernel contraction(%arg0, %arg1)
// FUSED: yield %{{.*}} : tensor<48x96xbf16>
// FUSED: dlc.kernel contraction(
// FUSED: dlc.convert %{{.*}} : tensor<48x96xbf16> to tensor<48x96xf32>
// FUSED: yield %{{.*}} : tensor<48x96xbf16>
// WIDE: yield %{{.*}} : tensor<48x96xf32>

// LOWERED-LABEL: func.func private @gemm_f32_8x3x16_16_dots(
// LOWERED: llvm.call_intrinsic "llvm.x86.avx512bf16.dpbf16ps.512"
// LOWERED-LABEL: func.func private @contraction_0(
// LOWERED: call @least_exponent_bf16(
// LOWERED: call @least_exponent_bf16(
// LOWERED: scf.if
// LOWERED-NEXT: func.call @gemm_f32_8x3x16_16_dots(
// LOWERED-NEXT: } else {
// LOWERED-NEXT: func.call @gemm_f32_8x3x16_16_pairs(

// DOTS-LABEL: {{^}}gemm_f32_8x3x16_16_dots:
// DOTS-NOT: {{zmm.*\(%rsp|\(%rsp.*zmm}}
// DOTS-COUNT-24: vdpbf16ps {{.*}}%zmm
// DOTS-NOT: {{vdpbf16ps|zmm.*\(%rsp|\(%rsp.*zmm}}
// DOTS: retq

// PLAIN-NOT: vdpbf16ps

func.func @main(%x: tensor<48x64xbf16>, %w: tensor<64x96xbf16>, %v: tensor<96x96xbf16>) -> tensor<48x96xbf16> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<48x64xbf16>, tensor<64x96xbf16> to tensor<48x96xbf16>
  %h = dlc.relu %z : tensor<48x96xbf16>
  %y = dlc.dot_general %h, %v batch [] x [] contract [1] x [0] : tensor<48x96xbf16>, tensor<96x96xbf16> to tensor<48x96xbf16>
  return %y : tensor<48x96xbf16>
}
