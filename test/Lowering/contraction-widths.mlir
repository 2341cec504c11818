// 784 columns are 49 vectors: no strips of 3 or 4 alone. 256 rows are 32 groups of
// 8, with strips of 3; 100 rows are 17 of 6, with strips of 4, which computes two
// rows again, for four.
// RUN: dlc-opt --split-input-file --dlc-lower-kernels %s | FileCheck %s

// CHECK-DAG: func.func private @gemm_f32_8x3x16
// CHECK-DAG: func.func private @gemm_f32_8x2x16
// CHECK: func.func private @contraction_0
func.func @eights(%x: tensor<256x256xf32>, %y: tensor<256x784xf32>) -> tensor<256x784xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<256x256xf32>, %b: tensor<256x784xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<256x256xf32>, tensor<256x784xf32> to tensor<256x784xf32>
    dlc.yield %c : tensor<256x784xf32>
  } : (tensor<256x256xf32>, tensor<256x784xf32>) -> tensor<256x784xf32>
  return %z : tensor<256x784xf32>
}

// -----

// CHECK-DAG: func.func private @gemm_f32_6x4x16
// CHECK-DAG: func.func private @gemm_f32_6x3x16
// CHECK: func.func private @contraction_0
func.func @sixes(%x: tensor<100x256xf32>, %y: tensor<256x784xf32>) -> tensor<100x784xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<100x256xf32>, %b: tensor<256x784xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<100x256xf32>, tensor<256x784xf32> to tensor<100x784xf32>
    dlc.yield %c : tensor<100x784xf32>
  } : (tensor<100x256xf32>, tensor<256x784xf32>) -> tensor<100x784xf32>
  return %z : tensor<100x784xf32>
}
