// Rows that do not fill a vector: 16 of them at once, a lane each, so that sums
// need no other lane. The last 4 rows are masked. What is gathered is kept for
// the next pass.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @row_0(%[[X:[^:]*]]: memref<20x3xf32>, %[[Y:[^:]*]]: memref<20x3xf32>, %[[S:[^:]*]]: memref<20xf32>
// CHECK-SAME: dlc.tiles = 1 : i64
// CHECK-DAG: %[[OFFSETS:.*]] = arith.constant dense<[0, 3, 6,
// CHECK-DAG: %[[KEPT:.*]] = memref.alloca() {{.*}} : memref<3x16xf32>
// CHECK: scf.for
// CHECK: scf.for %[[GROUP:.*]] = %{{.*}} {
// CHECK: %[[ROW:.*]] = arith.muli %[[GROUP]], %c16
// CHECK: %[[LEFT:.*]] = arith.subi %c20, %[[ROW]]
// CHECK: %[[MASK:.*]] = arith.cmpi slt
// CHECK: %[[SUM:.*]] = scf.for %[[I:.*]] = %c0{{.*}} to %c3{{.*}} iter_args(%[[ACC:.*]] =
// CHECK: %[[A:.*]] = vector.gather %[[X]][%[[ROW]], %[[I]]] [%[[OFFSETS]]], %[[MASK]]
// CHECK: %[[NEXT:.*]] = arith.addf %[[ACC]], %[[A]]
// CHECK: vector.store %[[A]], %[[KEPT]][%[[I]],
// CHECK: scf.yield %[[NEXT]]
// CHECK: scf.for %[[J:.*]] = %c0{{.*}} to %c3
// CHECK-NOT: gather
// CHECK: %[[B:.*]] = vector.load %[[KEPT]][%[[J]],
// CHECK: %[[D:.*]] = arith.subf %[[B]], %[[SUM]]
// CHECK: vector.scatter %[[Y]][%[[ROW]], %[[J]]] [%[[OFFSETS]]], %[[MASK]], %[[D]]
// CHECK: vector.maskedstore %[[S]][%[[ROW]]], %[[MASK]], %[[SUM]]
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
