// With few columns the lanes hold neighbouring k, or the product is computed
// transposed.
// RUN: dlc-opt --dlc-lower-kernels --split-input-file %s | FileCheck %s

// CHECK-DAG: func.func private @[[DOT:dot_f32_5x10x16[^(]*]](
// CHECK-DAG: func.func private @[[SUM:sum_lanes_f32_16[^(]*]](
// CHECK-NOT: @gemm
// CHECK: func.func private @contraction_0
// CHECK: call @[[DOT]]({{.*}}, %[[CHAINS:alloca[_0-9]*]],
// CHECK: call @[[SUM]](%[[CHAINS]], %[[SUMS:alloca[_0-9]*]],
// CHECK: %[[RESULT:.*]] = vector.load %[[SUMS]]
// CHECK: vector.maskedstore {{.*}}, %[[RESULT]]
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
// CHECK: call @transpose_f32_16_10x16x16_all
// CHECK: vector.maskedstore
func.func @turned(%x: tensor<256x32xf32>, %y: tensor<256x10xf32>) -> tensor<32x10xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<256x32xf32>, %b: tensor<256x10xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<256x32xf32>, tensor<256x10xf32> to tensor<32x10xf32>
    dlc.yield %c : tensor<32x10xf32>
  } : (tensor<256x32xf32>, tensor<256x10xf32>) -> tensor<32x10xf32>
  return %z : tensor<32x10xf32>
}

// -----

// So it is with up to 48, if the left operand does not lie along k. Where B's
// rows lie in as many pages it is copied for fewer rows.
// CHECK: func.func private @contraction_0
// CHECK: call @copy_f32_4x16
// CHECK: call @gemm_f32_6x4x16
// CHECK: call @transpose_f32_16_6x16x16_all
func.func @turned_wider(%x: tensor<100x1024xf32>, %y: tensor<100x28xf32>) -> tensor<1024x28xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<100x1024xf32>, %b: tensor<100x28xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<100x1024xf32>, tensor<100x28xf32> to tensor<1024x28xf32>
    dlc.yield %c : tensor<1024x28xf32>
  } : (tensor<100x1024xf32>, tensor<100x28xf32>) -> tensor<1024x28xf32>
  return %z : tensor<1024x28xf32>
}
