// A column reduction keeps lanes apart: a narrow one runs four chains, which are
// added in order, and its epilogue follows.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @column_0(%[[X:[^:]*]]: memref<32x16xf32>, %[[OUT:[^:]*]]: memref<16xf32>
// CHECK: %[[SUM:.*]]:4 = scf.for %[[I:.*]] = %c0 to %c32 step %c4
// CHECK: vector.load %[[X]][%[[I]],
// CHECK: %[[J:.*]] = arith.addi %[[I]], %c1
// CHECK: vector.load %[[X]][%[[J]],
// CHECK: %[[A:.*]] = arith.addf %[[SUM]]#0, %[[SUM]]#1
// CHECK: %[[B:.*]] = arith.addf %[[A]], %[[SUM]]#2
// CHECK: %[[C:.*]] = arith.addf %[[B]], %[[SUM]]#3
// CHECK: %[[N:.*]] = arith.negf %[[C]]
// CHECK: vector.store %[[N]], %[[OUT]]
func.func @bias_gradient(%x: tensor<32x16xf32>) -> tensor<16xf32> {
  %r = dlc.kernel column(%x) {
  ^bb0(%a: tensor<32x16xf32>):
    %s = dlc.reduce add %a dims [0] : tensor<32x16xf32> to tensor<16xf32>
    %n = dlc.negate %s : tensor<16xf32>
    dlc.yield %n : tensor<16xf32>
  } : (tensor<32x16xf32>) -> tensor<16xf32>
  return %r : tensor<16xf32>
}

// What is left beside whole vectors: narrow ones, the last with a mask.
// CHECK: func.func private @column_1(%[[X:[^:]*]]: memref<5x1000xf32>
// CHECK: scf.if
// CHECK: vector.load %[[X]]{{.*}} vector<64xf32>
// CHECK: } else {
// CHECK: scf.for %{{.*}} = %c960 to %c992 step %c16
// CHECK: vector.load %[[X]]{{.*}} vector<16xf32>
// CHECK: vector.maskedload %[[X]]{{.*}} vector<16xf32>
// CHECK-NOT: vector<64xi1>
func.func @rest(%x: tensor<5x1000xf32>) -> tensor<1000xf32> {
  %r = dlc.kernel column(%x) {
  ^bb0(%a: tensor<5x1000xf32>):
    %s = dlc.reduce add %a dims [0] : tensor<5x1000xf32> to tensor<1000xf32>
    dlc.yield %s : tensor<1000xf32>
  } : (tensor<5x1000xf32>) -> tensor<1000xf32>
  return %r : tensor<1000xf32>
}
