// With few columns the lanes hold neighbouring k, or the product is computed
// transposed.
// RUN: dlc-opt --dlc-lower-kernels --split-input-file %s | FileCheck %s

// CHECK: func.func private @dot_f32_{{[0-9]}}x10x16
// CHECK: vector.load {{.*}} vector<16xf32>
// CHECK: math.fma
// CHECK: vector.shuffle %{{.*}}, %{{.*}} [0, 1, 2, 3, 4, 5, 6, 7, 16, 17
// CHECK-NOT: @gemm
// CHECK: func.func private @contraction_0
func.func @along_k(%x: tensor<32x256xf32>, %y: tensor<10x256xf32>) -> tensor<32x10xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<32x256xf32>, %b: tensor<10x256xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [1] : tensor<32x256xf32>, tensor<10x256xf32> to tensor<32x10xf32>
    dlc.yield %c : tensor<32x10xf32>
  } : (tensor<32x256xf32>, tensor<10x256xf32>) -> tensor<32x10xf32>
  return %z : tensor<32x10xf32>
}

// -----

// CHECK-DAG: func.func private @gemm_f32_10x2x16
// CHECK-DAG: func.func private @transpose_f32_16
// CHECK: func.func private @contraction_0
// CHECK: call @gemm_f32_10x2x16
// CHECK: call @transpose_f32_16
// CHECK: vector.maskedstore
func.func @turned(%x: tensor<256x32xf32>, %y: tensor<256x10xf32>) -> tensor<32x10xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<256x32xf32>, %b: tensor<256x10xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<256x32xf32>, tensor<256x10xf32> to tensor<32x10xf32>
    dlc.yield %c : tensor<32x10xf32>
  } : (tensor<256x32xf32>, tensor<256x10xf32>) -> tensor<32x10xf32>
  return %z : tensor<32x10xf32>
}
