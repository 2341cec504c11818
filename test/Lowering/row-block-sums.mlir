// Sums down a block's columns are kept beside a row; each row adds to them
// before it is written, and what is behind the last column is not stored.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @row_0(%[[X:[^:]*]]: memref<4x8x20xf32>{{.*}}
// CHECK: %[[SUMS:.*]] = memref.alloca() {alignment = 64 : i64} : memref<32xf32>
// Blocks, then nothing yet, then rows.
// CHECK: scf.for %[[B:.*]] =
// CHECK: vector.store %{{.*}}, %[[SUMS]]
// CHECK: scf.for %{{.*}} = %c0 to %c8 step
// CHECK: vector.load %[[SUMS]]
// CHECK: arith.addf
// CHECK: vector.store %{{.*}}, %[[SUMS]]
// CHECK: vector.maskedstore
// CHECK: %[[LAST:.*]] = vector.load %[[SUMS]]
// CHECK: vector.maskedstore {{.*}}, %[[LAST]] : memref<4x20xf32>
func.func @scaled(%x: tensor<4x8x20xf32>) -> (tensor<4x8x20xf32>, tensor<4x20xf32>) {
  %r:2 = dlc.kernel row(%x) {
  ^bb0(%a: tensor<4x8x20xf32>):
    %m = dlc.reduce max %a dims [2] : tensor<4x8x20xf32> to tensor<4x8xf32>
    %b = dlc.broadcast_in_dim %m dims [0, 1] : tensor<4x8xf32> to tensor<4x8x20xf32>
    %y = dlc.multiply %a, %b : tensor<4x8x20xf32>
    %s = dlc.reduce add %a dims [1] : tensor<4x8x20xf32> to tensor<4x20xf32>
    dlc.yield %y, %s : tensor<4x8x20xf32>, tensor<4x20xf32>
  } : (tensor<4x8x20xf32>) -> (tensor<4x8x20xf32>, tensor<4x20xf32>)
  return %r#0, %r#1 : tensor<4x8x20xf32>, tensor<4x20xf32>
}
