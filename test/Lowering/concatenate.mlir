// Pieces of a concatenate are copied by loops of their own: whole vectors that
// lie in one operand. Where lanes run across a border, masks part them.
// RUN: dlc-opt --dlc-lower-kernels --split-input-file %s | FileCheck %s

// CHECK: func.func private @map_0(%[[A:[^:]*]]: memref<4x64xf32>, %[[B:[^:]*]]: memref<4x128xf32>, %[[OUT:[^:]*]]: memref<4x192xf32>
// CHECK-SAME: dlc.tiles = 2
// CHECK-NOT: arith.select
// CHECK: %[[X:.*]] = vector.load %[[A]][%[[I:.*]], %c0]
// CHECK: vector.store %[[X]], %[[OUT]][%[[I]], %c0]
// CHECK: scf.for %[[J:.*]] = %c64 to %c192
// CHECK: %[[SHIFTED:.*]] = arith.addi %[[J]], %c-64
// CHECK: %[[Y:.*]] = vector.load %[[B]][%{{.*}}, %[[SHIFTED]]]
// CHECK: vector.store %[[Y]], %[[OUT]][%{{.*}}, %[[J]]]
func.func @pieces(%x: tensor<4x64xf32>, %y: tensor<4x128xf32>) -> tensor<4x192xf32> {
  %r = dlc.kernel map(%x, %y) {
  ^bb0(%a: tensor<4x64xf32>, %b: tensor<4x128xf32>):
    %c = dlc.concatenate %a, %b dim 1 : (tensor<4x64xf32>, tensor<4x128xf32>) -> tensor<4x192xf32>
    dlc.yield %c : tensor<4x192xf32>
  } : (tensor<4x64xf32>, tensor<4x128xf32>) -> tensor<4x192xf32>
  return %r : tensor<4x192xf32>
}

// -----

// A row kernel walks whole rows.
// CHECK: func.func private @row_0(%[[A:[^:]*]]: memref<4x7xf32>, %[[B:[^:]*]]: memref<4x9xf32>
// CHECK: %[[X:.*]] = vector.maskedload %[[A]]
// CHECK: %[[Y:.*]] = vector.maskedload %[[B]][%{{.*}}, %c-7]
// CHECK: arith.select %{{.*}}, %[[X]], %[[Y]] : vector<16xi1>, vector<16xf32>
func.func @row(%x: tensor<4x7xf32>, %y: tensor<4x9xf32>) -> tensor<4xf32> {
  %r = dlc.kernel row(%x, %y) {
  ^bb0(%a: tensor<4x7xf32>, %b: tensor<4x9xf32>):
    %c = dlc.concatenate %a, %b dim 1 : (tensor<4x7xf32>, tensor<4x9xf32>) -> tensor<4x16xf32>
    %d = dlc.reduce max %c dims [1] : tensor<4x16xf32> to tensor<4xf32>
    dlc.yield %d : tensor<4xf32>
  } : (tensor<4x7xf32>, tensor<4x9xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}
