// One row uses no element of B twice, and waits for loads: B is fetched ahead
// only where it is larger than the caches.
// RUN: dlc-opt --dlc-lower-kernels --split-input-file %s | FileCheck %s

// CHECK: func.func private @gemm_f32_1x8x16_16_nb(
// CHECK-NOT: memref.prefetch
// CHECK: func.func private @contraction_0
func.func @cached(%x: tensor<1x784xf32>, %y: tensor<784x256xf32>) -> tensor<1x256xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<1x784xf32>, %b: tensor<784x256xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<1x784xf32>, tensor<784x256xf32> to tensor<1x256xf32>
    dlc.yield %c : tensor<1x256xf32>
  } : (tensor<1x784xf32>, tensor<784x256xf32>) -> tensor<1x256xf32>
  return %z : tensor<1x256xf32>
}

// -----

// CHECK: func.func private @gemm_f32_1x8x16_16(
// CHECK: memref.prefetch
// CHECK: func.func private @contraction_0
func.func @large(%x: tensor<1x4096xf32>, %y: tensor<4096x4096xf32>) -> tensor<1x4096xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<1x4096xf32>, %b: tensor<4096x4096xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<1x4096xf32>, tensor<4096x4096xf32> to tensor<1x4096xf32>
    dlc.yield %c : tensor<1x4096xf32>
  } : (tensor<1x4096xf32>, tensor<4096x4096xf32>) -> tensor<1x4096xf32>
  return %z : tensor<1x4096xf32>
}
