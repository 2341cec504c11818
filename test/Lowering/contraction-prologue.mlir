// Operands that a product computes are evaluated into scratch, and views are
// read in place.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// Rows of a left operand go to the band as they are, a vector apart; no array of
// floats is read.
// CHECK: func.func private @contraction_0(%{{[a-z0-9]+}}: memref<32x96xf32>, %[[X:[a-z0-9]+]]: memref<24x32xi8>,
// CHECK: %[[BAND:.*]] = memref.alloca() {alignment = 64 : i64} : memref<1152xf32>
// CHECK: %[[V:.*]] = vector.load %[[X]][{{.*}} : memref<24x32xi8>, vector<32xi8>
// CHECK: %[[F:.*]] = arith.uitofp %[[V]] : vector<32xi8> to vector<32xf32>
// CHECK: vector.store %[[F]], %[[BAND]]
// CHECK: call @gemm_f32_
func.func @left(%x: tensor<24x32xui8>, %w: tensor<32x96xf32>) -> tensor<24x96xf32> {
  %z = dlc.kernel contraction(%w, %x) {
  ^bb0(%b: tensor<32x96xf32>, %in: tensor<24x32xui8>):
    %a = dlc.convert %in : tensor<24x32xui8> to tensor<24x32xf32>
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<24x32xf32>, tensor<32x96xf32> to tensor<24x96xf32>
    dlc.yield %c : tensor<24x96xf32>
  } : (tensor<32x96xf32>, tensor<24x32xui8>) -> tensor<24x96xf32>
  return %z : tensor<24x96xf32>
}

// A right operand whose k are neighbours: vectors of k, 16 columns at a time,
// are turned on their way to the strip.
// CHECK: func.func private @contraction_1(%{{[a-z0-9]+}}: memref<24x32xf32>, %[[W:[a-z0-9]+]]: memref<96x32xi16>,
// CHECK: %[[SQUARE:.*]] = memref.alloca() {alignment = 64 : i64} : memref<256xf32>
// CHECK: %[[STRIP:.*]] = memref.alloca()
// CHECK: vector.load %[[W]][{{.*}} : memref<96x32xi16>, vector<16xi16>
// CHECK: vector.store %{{.*}}, %[[SQUARE]]
// CHECK: call @transpose_f32_{{.*}}(%[[SQUARE]], {{.*}}, %[[STRIP]]
// CHECK: call @gemm_f32_
func.func @right(%x: tensor<24x32xf32>, %w: tensor<96x32xbf16>) -> tensor<24x96xf32> {
  %z = dlc.kernel contraction(%x, %w) {
  ^bb0(%a: tensor<24x32xf32>, %in: tensor<96x32xbf16>):
    %b = dlc.convert %in : tensor<96x32xbf16> to tensor<96x32xf32>
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [1] : tensor<24x32xf32>, tensor<96x32xf32> to tensor<24x96xf32>
    dlc.yield %c : tensor<24x96xf32>
  } : (tensor<24x32xf32>, tensor<96x32xbf16>) -> tensor<24x96xf32>
  return %z : tensor<24x96xf32>
}

// A view: its rows start 192 elements apart, from 64 on. Nothing is copied.
// CHECK: func.func private @contraction_2(
// CHECK-NOT: call @copy
// CHECK-DAG: arith.constant 192 : index
// CHECK-DAG: arith.constant 64 : index
// CHECK-NOT: call @copy
// CHECK: call @gemm_f32_
// CHECK: return
func.func @view(%x: tensor<24x3x64xf32>, %w: tensor<64x48xf32>) -> tensor<24x48xf32> {
  %z = dlc.kernel contraction(%w, %x) {
  ^bb0(%b: tensor<64x48xf32>, %in: tensor<24x3x64xf32>):
    %s = dlc.slice %in from [0, 1, 0] to [24, 2, 64] by [1, 1, 1] : tensor<24x3x64xf32> to tensor<24x1x64xf32>
    %a = dlc.reshape %s : tensor<24x1x64xf32> to tensor<24x64xf32>
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<24x64xf32>, tensor<64x48xf32> to tensor<24x48xf32>
    dlc.yield %c : tensor<24x48xf32>
  } : (tensor<64x48xf32>, tensor<24x3x64xf32>) -> tensor<24x48xf32>
  return %z : tensor<24x48xf32>
}
