// A map walks rows; its vectors are loaded, computed and stored, and what is
// left of a row is masked.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: callee = @map_0
// CHECK: func.func private @map_0(
// CHECK-SAME: %[[X:[^:]*]]: memref<6x100xf32>, %[[Y:[^:]*]]: memref<6x100xf32>,
// CHECK-SAME: %[[OUT:[^:]*]]: memref<6x100xf32>,
// CHECK-SAME: %[[TILE0:[^:]*]]: index, %[[TILE1:[^:]*]]: index, %{{.*}}: memref<1xi64>)
// CHECK-SAME: dlc.tiles = 1 : i64, dlc.work = 7800 : i64
// CHECK: %[[MASK:.*]] = arith.constant dense<[true, true, true, true, false
// CHECK: scf.for %{{.*}} = %[[TILE0]] to %[[TILE1]]
// CHECK: scf.for %[[I:.*]] =
// CHECK: scf.for %[[J:.*]] = %c0 to %c96 step %c16
// CHECK-NEXT: %[[A:.*]] = vector.load %[[X]][%[[I]], %[[J]]]
// CHECK-NEXT: %[[B:.*]] = vector.load %[[Y]][%[[I]], %[[J]]]
// CHECK-NEXT: %[[SUM:.*]] = arith.addf %[[A]], %[[B]] : vector<16xf32>
// CHECK-NEXT: vector.store %[[SUM]], %[[OUT]][%[[I]], %[[J]]]
// CHECK: vector.maskedload %[[X]][%[[I]], %c96], %[[MASK]]
// CHECK: vector.maskedstore %[[OUT]][%[[I]], %c96], %[[MASK]]
func.func @f(%x: tensor<6x100xf32>, %y: tensor<6x100xf32>) -> tensor<6x100xf32> {
  %r = dlc.kernel map(%x, %y) {
  ^bb0(%a: tensor<6x100xf32>, %b: tensor<6x100xf32>):
    %c = dlc.add %a, %b : tensor<6x100xf32>
    dlc.yield %c : tensor<6x100xf32>
  } : (tensor<6x100xf32>, tensor<6x100xf32>) -> tensor<6x100xf32>
  return %r : tensor<6x100xf32>
}
