// A long dimension is cut into tiles of 16384 elements; a vector is four times
// 16 lanes.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @map_0
// CHECK-SAME: dlc.tiles = 3 : i64
// CHECK: scf.for %[[TILE:.*]] =
// CHECK: %[[LOWER:.*]] = arith.muli %{{.*}}, %c16384
// CHECK: %[[NEXT:.*]] = arith.addi %[[LOWER]], %c16384
// CHECK: %[[UPPER:.*]] = arith.minui %[[NEXT]], %c40960
// CHECK: scf.for %[[I:.*]] = %[[LOWER]] to %{{.*}} step %c64
// CHECK-NEXT: vector.load %{{.*}}[%[[I]]] : memref<40960xf32>, vector<64xf32>
// CHECK-NOT: mask
func.func @f(%x: tensor<40960xf32>) -> tensor<40960xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<40960xf32>):
    %b = dlc.negate %a : tensor<40960xf32>
    dlc.yield %b : tensor<40960xf32>
  } : (tensor<40960xf32>) -> tensor<40960xf32>
  return %r : tensor<40960xf32>
}
