// Rows are gathered as contiguous vectors at clamped indices; single elements by
// one gather a vector. Reversed lanes are a vector, turned.
// RUN: dlc-opt --dlc-lower-kernels --split-input-file %s | FileCheck %s

// CHECK: func.func private @map_0(%[[TABLE:[^:]*]]: memref<10x64xf32>, %[[I:[^:]*]]: memref<8x1xi32>, %[[OUT:[^:]*]]: memref<8x64xf32>
// CHECK: %[[RAW:.*]] = memref.load %[[I]][%[[ROW:.*]], %c0]
// CHECK: %[[LOW:.*]] = arith.minsi %[[RAW]], %c9_i32
// CHECK: %[[INSIDE:.*]] = arith.maxsi %[[LOW]], %c0_i32
// CHECK: %[[AT:.*]] = arith.index_cast %[[INSIDE]]
// CHECK: %[[X:.*]] = vector.load %[[TABLE]][%[[AT]], %c0] : memref<10x64xf32>, vector<64xf32>
// CHECK: vector.store %[[X]], %[[OUT]][%[[ROW]], %c0]
func.func @rows(%x: tensor<10x64xf32>, %i: tensor<8x1xi32>) -> tensor<8x64xf32> {
  %r = dlc.kernel map(%x, %i) {
  ^bb0(%a: tensor<10x64xf32>, %b: tensor<8x1xi32>):
    %c = dlc.gather %a, %b batch_dims 0 index_dims [0] : tensor<10x64xf32>, tensor<8x1xi32> to tensor<8x64xf32>
    dlc.yield %c : tensor<8x64xf32>
  } : (tensor<10x64xf32>, tensor<8x1xi32>) -> tensor<8x64xf32>
  return %r : tensor<8x64xf32>
}

// -----

// CHECK: func.func private @map_0(%[[TABLE:[^:]*]]: memref<10xf32>, %[[I:[^:]*]]: memref<16x1xi32>
// CHECK: %[[INDICES:.*]] = vector.load %[[I]]
// CHECK: arith.minsi
// CHECK: arith.maxsi
// CHECK: vector.gather %[[TABLE]][%c0]
func.func @elements(%x: tensor<10xf32>, %i: tensor<16x1xi32>) -> tensor<16xf32> {
  %r = dlc.kernel map(%x, %i) {
  ^bb0(%a: tensor<10xf32>, %b: tensor<16x1xi32>):
    %c = dlc.gather %a, %b batch_dims 0 index_dims [0] : tensor<10xf32>, tensor<16x1xi32> to tensor<16xf32>
    dlc.yield %c : tensor<16xf32>
  } : (tensor<10xf32>, tensor<16x1xi32>) -> tensor<16xf32>
  return %r : tensor<16xf32>
}

// -----

// CHECK: func.func private @map_0(%[[X:[^:]*]]: memref<16xf32>
// CHECK: %[[A:.*]] = vector.load %[[X]][%c0]
// CHECK: vector.shuffle %[[A]], %[[A]] [15, 14, 13,
func.func @reverse(%x: tensor<16xf32>) -> tensor<16xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<16xf32>):
    %c = dlc.reverse %a dims [0] : tensor<16xf32>
    dlc.yield %c : tensor<16xf32>
  } : (tensor<16xf32>) -> tensor<16xf32>
  return %r : tensor<16xf32>
}
