// Rows that do not fill a vector: 16 of them at once, a lane each; columns are
// unrolled, so that sums need no other lane. The last 4 rows are masked.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @row_0(%[[X:[^:]*]]: memref<20x3xf32>, %[[Y:[^:]*]]: memref<20x3xf32>, %[[S:[^:]*]]: memref<20xf32>
// CHECK-SAME: dlc.tiles = 1 : i64
// CHECK-DAG: %[[OFFSETS:.*]] = arith.constant dense<[0, 3, 6,
// CHECK: scf.for
// CHECK: scf.for %[[GROUP:.*]] = %{{.*}} {
// CHECK: %[[ROW:.*]] = arith.muli %[[GROUP]], %c16
// CHECK: %[[LEFT:.*]] = arith.subi %c20, %[[ROW]]
// CHECK: %[[MASK:.*]] = arith.cmpi slt
// CHECK: %[[A:.*]] = vector.gather %[[X]][%[[ROW]], %c0] [%[[OFFSETS]]], %[[MASK]]
// CHECK: %[[B:.*]] = vector.gather %[[X]][%[[ROW]], %c1] [%[[OFFSETS]]], %[[MASK]]
// CHECK: %[[AB:.*]] = arith.addf %[[A]], %[[B]]
// CHECK: %[[C:.*]] = vector.gather %[[X]][%[[ROW]], %c2]
// CHECK: %[[ABC:.*]] = arith.addf %[[AB]], %[[C]]
// CHECK-NOT: gather
// CHECK: %[[DA:.*]] = arith.subf %[[A]], %[[ABC]]
// CHECK: vector.scatter %[[Y]][%[[ROW]], %c0] [%[[OFFSETS]]], %[[MASK]], %[[DA]]
// CHECK: vector.scatter %[[Y]][%[[ROW]], %c2]
// CHECK: vector.maskedstore %[[S]][%[[ROW]]], %[[MASK]], %[[ABC]]
func.func @center(%x: tensor<20x3xf32>) -> (tensor<20x3xf32>, tensor<20xf32>) {
  %r:2 = dlc.kernel row(%x) {
  ^bb0(%a: tensor<20x3xf32>):
    %s = dlc.reduce add %a dims [1] : tensor<20x3xf32> to tensor<20xf32>
    %b = dlc.broadcast_in_dim %s dims [0] : tensor<20xf32> to tensor<20x3xf32>
    %d = dlc.subtract %a, %b : tensor<20x3xf32>
    dlc.yield %d, %s : tensor<20x3xf32>, tensor<20xf32>
  } : (tensor<20x3xf32>) -> (tensor<20x3xf32>, tensor<20xf32>)
  return %r#0, %r#1 : tensor<20x3xf32>, tensor<20xf32>
}
