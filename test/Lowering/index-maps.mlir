// Index maps move the point at which an operand is read: a transpose and a
// stride gather, a pad masks.
// RUN: dlc-opt --dlc-lower-kernels --split-input-file %s | FileCheck %s

// CHECK: func.func private @map_0(%[[X:[^:]*]]: memref<16x8xf32>
// CHECK: %[[STEPS:.*]] = arith.constant dense<[0, 8, 16, 24,
// CHECK: vector.gather %[[X]][%c0, %{{.*}}] [%[[STEPS]]]
func.func @transpose(%x: tensor<16x8xf32>) -> tensor<8x16xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<16x8xf32>):
    %b = dlc.transpose %a perm [1, 0] : tensor<16x8xf32> to tensor<8x16xf32>
    dlc.yield %b : tensor<8x16xf32>
  } : (tensor<16x8xf32>) -> tensor<8x16xf32>
  return %r : tensor<8x16xf32>
}

// -----

// CHECK: func.func private @map_0(%[[X:[^:]*]]: memref<40xf32>
// CHECK: arith.constant dense<[0, 2, 4, 6,
// CHECK: vector.gather %[[X]][%c3]
func.func @slice(%x: tensor<40xf32>) -> tensor<16xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<40xf32>):
    %b = dlc.slice %a from [3] to [35] by [2] : tensor<40xf32> to tensor<16xf32>
    dlc.yield %b : tensor<16xf32>
  } : (tensor<40xf32>) -> tensor<16xf32>
  return %r : tensor<16xf32>
}

// -----

// CHECK: func.func private @map_0(%[[X:[^:]*]]: memref<12xf32>, %[[V:[^:]*]]: memref<f32>
// CHECK: %[[INSIDE:.*]] = arith.cmpi ult, %{{.*}} : vector<16xi64>
// CHECK: %[[A:.*]] = vector.maskedload %[[X]][%c-3], %[[INSIDE]]
// CHECK: arith.select %[[INSIDE]], %[[A]], %{{.*}} : vector<16xi1>, vector<16xf32>
func.func @pad(%x: tensor<12xf32>, %v: tensor<f32>) -> tensor<16xf32> {
  %r = dlc.kernel map(%x, %v) {
  ^bb0(%a: tensor<12xf32>, %b: tensor<f32>):
    %c = dlc.pad %a with %b low [3] high [1] interior [0] : tensor<12xf32>, tensor<f32> to tensor<16xf32>
    dlc.yield %c : tensor<16xf32>
  } : (tensor<12xf32>, tensor<f32>) -> tensor<16xf32>
  return %r : tensor<16xf32>
}
