// On CUDA an element of a tiny product is one thread, its epilogue included.
// More than 512 products are added in blocks.
// RUN: dlc-opt --dlc-lower-kernels=target=cuda %s | FileCheck %s

// CHECK: func.func private @contraction_0(%[[X:[^:]*]]: memref<1000x2xf32>, %[[Y:[^:]*]]: memref<1000x2xf32>, %[[OUT:[^:]*]]: memref<2x2xf32>
// CHECK-SAME: dlc.block = 256 : i64, dlc.tiles = 1 : i64
// CHECK: %[[SUM:.*]] = scf.for %[[LOWER:.*]] = %c0 to %c1000 step %c512
// CHECK: scf.for %[[K:.*]] = %[[LOWER]] to
// CHECK-NEXT: %[[A:.*]] = memref.load %[[X]][%[[K]], %[[M:.*]]]
// CHECK-NEXT: %[[B:.*]] = memref.load %[[Y]][%[[K]], %[[N:.*]]]
// CHECK-NEXT: math.fma %[[A]], %[[B]]
// CHECK: %[[R:.*]] = arith.negf %[[SUM]]
// CHECK: memref.store %[[R]], %[[OUT]][%[[M]], %[[N]]]
func.func @f(%x: tensor<1000x2xf32>, %y: tensor<1000x2xf32>) -> tensor<2x2xf32> {
  %r = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<1000x2xf32>, %b: tensor<1000x2xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<1000x2xf32>, tensor<1000x2xf32> to tensor<2x2xf32>
    %d = dlc.negate %c : tensor<2x2xf32>
    dlc.yield %d : tensor<2x2xf32>
  } : (tensor<1000x2xf32>, tensor<1000x2xf32>) -> tensor<2x2xf32>
  return %r : tensor<2x2xf32>
}
