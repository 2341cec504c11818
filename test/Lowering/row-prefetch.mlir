// A long row asks for the row after next, a cache line at a time.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @row_0(%[[X:[^:]*]]: memref<8x512xf32>
// CHECK: scf.for
// CHECK: scf.for %[[I:.*]] =
// CHECK: %[[NEXT:.*]] = arith.addi %[[I]], %c2
// CHECK: scf.for %[[J:.*]] = %c0 to %c512 step %c64
// CHECK-DAG: memref.prefetch %[[X]][%[[NEXT]], %[[J]]], read, locality<2>, data
// CHECK-DAG: %[[LINE:.*]] = arith.addi %[[J]], %c16
// CHECK-DAG: memref.prefetch %[[X]][%[[NEXT]], %[[LINE]]]
func.func @sum(%x: tensor<8x512xf32>) -> tensor<8xf32> {
  %r = dlc.kernel row(%x) {
  ^bb0(%a: tensor<8x512xf32>):
    %s = dlc.reduce add %a dims [1] : tensor<8x512xf32> to tensor<8xf32>
    dlc.yield %s : tensor<8xf32>
  } : (tensor<8x512xf32>) -> tensor<8xf32>
  return %r : tensor<8xf32>
}
