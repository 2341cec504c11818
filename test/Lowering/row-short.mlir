// A row of at most one vector is read once and stays in registers; dead lanes
// hold the identity of the reduction.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @row_0(%[[X:[^:]*]]: memref<8x10xf32>
// CHECK-NOT: alloca
// CHECK: scf.for
// CHECK: scf.for
// CHECK: %[[A:.*]] = vector.maskedload %[[X]]
// CHECK: %[[S:.*]] = arith.select %{{.*}}, %[[A]], %{{.*}}
// CHECK: arith.addf %{{.*}}, %[[S]] : vector<16xf32>
// CHECK-NOT: maskedload
// CHECK-NOT: scf.for
// CHECK: arith.subf %[[A]]
// CHECK: vector.maskedstore
func.func @center(%x: tensor<8x10xf32>) -> tensor<8x10xf32> {
  %r = dlc.kernel row(%x) {
  ^bb0(%a: tensor<8x10xf32>):
    %s = dlc.reduce add %a dims [1] : tensor<8x10xf32> to tensor<8xf32>
    %b = dlc.broadcast_in_dim %s dims [0] : tensor<8xf32> to tensor<8x10xf32>
    %d = dlc.subtract %a, %b : tensor<8x10xf32>
    dlc.yield %d : tensor<8x10xf32>
  } : (tensor<8x10xf32>) -> tensor<8x10xf32>
  return %r : tensor<8x10xf32>
}
