// A left operand whose k lie a multiple of 2 KB apart is copied a band at a time,
// for all its strips; micro-kernels are those of any other product of this width.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @contraction_0(
// CHECK-DAG: %[[BAND:.*]] = memref.alloca() {alignment = 64 : i64} : memref<32768xf32>
// CHECK-DAG: %[[OPERAND:.*]] = memref.reinterpret_cast %[[BAND]]
// CHECK: call @copy_f32_1x8_w{{.*}}, %[[BAND]],
// CHECK: scf.for
// CHECK: scf.for
// CHECK: call @gemm_f32_8x3x16_16(%[[OPERAND]],
func.func @f(%x: tensor<64x512xf32>, %y: tensor<64x96xf32>) -> tensor<512x96xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<64x512xf32>, %b: tensor<64x96xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<64x512xf32>, tensor<64x96xf32> to tensor<512x96xf32>
    dlc.yield %c : tensor<512x96xf32>
  } : (tensor<64x512xf32>, tensor<64x96xf32>) -> tensor<512x96xf32>
  return %z : tensor<512x96xf32>
}

// Where they lie pages apart, eight groups of rows are copied together, k by k.
// CHECK: func.func private @contraction_1(
// CHECK: call @copy_f32_1x8_w{{.*}}_8x8_512(
// CHECK: call @gemm_f32_8x3x16_16(
func.func @pages(%x: tensor<64x1024xf32>, %y: tensor<64x96xf32>) -> tensor<1024x96xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<64x1024xf32>, %b: tensor<64x96xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<64x1024xf32>, tensor<64x96xf32> to tensor<1024x96xf32>
    dlc.yield %c : tensor<1024x96xf32>
  } : (tensor<64x1024xf32>, tensor<64x96xf32>) -> tensor<1024x96xf32>
  return %z : tensor<1024x96xf32>
}

// Rows that lie pages apart would share a set of the cache: they are copied row by
// row, a vector further apart.
// CHECK: func.func private @contraction_2(
// CHECK: call @copy_f32_1x16_w{{.*}}_8x1024_528(
// CHECK: call @gemm_f32_8x3x16_16(
func.func @rows(%x: tensor<64x1024xf32>, %y: tensor<1024x96xf32>) -> tensor<64x96xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<64x1024xf32>, %b: tensor<1024x96xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<64x1024xf32>, tensor<1024x96xf32> to tensor<64x96xf32>
    dlc.yield %c : tensor<64x96xf32>
  } : (tensor<64x1024xf32>, tensor<1024x96xf32>) -> tensor<64x96xf32>
  return %z : tensor<64x96xf32>
}

// Elsewhere it is read in place and fetched ahead, and so is the right one.
// CHECK: func.func private @contraction_3(
// CHECK-NOT: call @copy
// CHECK: call @gemm_f32_8x3x16_16_fa(
func.func @place(%x: tensor<64x784xf32>, %y: tensor<64x96xf32>) -> tensor<784x96xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<64x784xf32>, %b: tensor<64x96xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<64x784xf32>, tensor<64x96xf32> to tensor<784x96xf32>
    dlc.yield %c : tensor<784x96xf32>
  } : (tensor<64x784xf32>, tensor<64x96xf32>) -> tensor<784x96xf32>
  return %z : tensor<784x96xf32>
}
