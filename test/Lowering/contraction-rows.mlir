// A row of sums is complete before it is reduced: all strips of a group of rows
// if there is one block of k, else all blocks of a band. The result goes to the
// output, not to memory and back.
// RUN: dlc-opt --dlc-lower-kernels --split-input-file %s | FileCheck %s

// CHECK: func.func private @contraction_0(%{{[^:]*}}: memref<64x32xf32>, %{{[^:]*}}: memref<32x100xf32>, %[[R:[^:]*]]: memref<64x100xf32>, %[[OUT:[^:]*]]: memref<64xf32>
// CHECK-SAME: dlc.tiles = 2
// A group's rows of 112 columns, and a vector.
// CHECK: %[[SUMS:.*]] = memref.alloca() {alignment = 64 : i64} : memref<{{.*}}xf32>
// CHECK: call @gemm
// CHECK: scf.for %[[ROW:.*]] =
// CHECK: scf.for %[[COLUMN:.*]] = {{.*}} iter_args
// CHECK: vector.load %[[SUMS]]
// CHECK: vector.load %[[R]][%[[ROW]], %[[COLUMN]]]
// CHECK: arith.addf
// CHECK: memref.store {{.*}}, %[[OUT]][%[[ROW]]]
func.func @one_block(%x: tensor<64x32xf32>, %y: tensor<32x100xf32>, %r: tensor<64x100xf32>) -> tensor<64xf32> {
  %z = dlc.kernel contraction(%x, %y, %r) {
  ^bb0(%a: tensor<64x32xf32>, %b: tensor<32x100xf32>, %c: tensor<64x100xf32>):
    %d = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<64x32xf32>, tensor<32x100xf32> to tensor<64x100xf32>
    %e = dlc.add %d, %c : tensor<64x100xf32>
    %s = dlc.reduce add %e dims [1] : tensor<64x100xf32> to tensor<64xf32>
    dlc.yield %s : tensor<64xf32>
  } : (tensor<64x32xf32>, tensor<32x100xf32>, tensor<64x100xf32>) -> tensor<64xf32>
  return %z : tensor<64xf32>
}

// -----

// CHECK: func.func private @contraction_0(
// CHECK: %[[LAST:.*]] = arith.constant 600 : index
// CHECK: scf.for
// CHECK: call @gemm
// CHECK: %[[IS_LAST:.*]] = arith.cmpi eq, %{{.*}}, %[[LAST]]
// CHECK: scf.if %[[IS_LAST]]
// CHECK: scf.for
// CHECK: scf.for {{.*}} iter_args
// CHECK: memref.store
func.func @blocks(%x: tensor<64x600xf32>, %y: tensor<600x96xf32>) -> tensor<64xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<64x600xf32>, %b: tensor<600x96xf32>):
    %d = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<64x600xf32>, tensor<600x96xf32> to tensor<64x96xf32>
    %s = dlc.reduce max %d dims [1] : tensor<64x96xf32> to tensor<64xf32>
    dlc.yield %s : tensor<64xf32>
  } : (tensor<64x600xf32>, tensor<600x96xf32>) -> tensor<64xf32>
  return %z : tensor<64xf32>
}
