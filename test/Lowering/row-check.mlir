// What a row has once is checked once, not in the loop over its columns.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @row_0(%{{.*}}, %[[LABELS:[^:]*]]: memref<8xi32>
// CHECK: %[[LABEL:.*]] = memref.load %[[LABELS]]
// CHECK: scf.if
// CHECK: memref.atomic_rmw
// CHECK: scf.for %{{.*}} step %c64
// CHECK-NOT: atomic
func.func @pick(%x: tensor<8x256xf32>, %labels: tensor<8xi32>) -> tensor<8xf32> {
  %r = dlc.kernel row(%x, %labels) {
  ^bb0(%a: tensor<8x256xf32>, %l: tensor<8xi32>):
    %c = dlc.check_index %l {limit = 256 : i64, op = "pick"} : tensor<8xi32>
    %lb = dlc.broadcast_in_dim %c dims [0] : tensor<8xi32> to tensor<8x256xi32>
    %i = dlc.iota dim 1 : tensor<8x256xi32>
    %p = dlc.compare EQ, %lb, %i : tensor<8x256xi32>
    %z = dlc.constant dense<0.0> : tensor<8x256xf32>
    %v = dlc.select %p, %a, %z : tensor<8x256xi1>, tensor<8x256xf32>
    %s = dlc.reduce add %v dims [1] : tensor<8x256xf32> to tensor<8xf32>
    dlc.yield %s : tensor<8xf32>
  } : (tensor<8x256xf32>, tensor<8xi32>) -> tensor<8xf32>
  return %r : tensor<8xf32>
}
