// The micro-kernel fills the machine's registers; tiles stay as they are.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s --check-prefixes=CHECK,ZMM
// RUN: dlc-opt --pass-pipeline='builtin.module(dlc-lower-kernels{vector-bytes=32 vector-registers=16})' %s | FileCheck %s --check-prefixes=CHECK,YMM

// ZMM: func.func private @gemm_f32_8x3x16
// YMM: func.func private @gemm_f32_6x1x16
// CHECK: func.func private @contraction_0
// CHECK-SAME: dlc.tiles = 12 : i64
func.func @f(%x: tensor<96x256xf32>, %y: tensor<256x192xf32>) -> tensor<96x192xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<96x256xf32>, %b: tensor<256x192xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<96x256xf32>, tensor<256x192xf32> to tensor<96x192xf32>
    dlc.yield %c : tensor<96x192xf32>
  } : (tensor<96x256xf32>, tensor<256x192xf32>) -> tensor<96x192xf32>
  return %z : tensor<96x192xf32>
}
