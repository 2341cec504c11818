// On CUDA a thread has four neighbouring columns, 16 bytes at once; neighbouring
// threads read neighbouring elements.
// RUN: dlc-opt --dlc-lower-kernels=target=cuda %s | FileCheck %s

// CHECK: func.func private @column_0(%[[X:[^:]*]]: memref<9x100xf32>, %[[OUT:[^:]*]]: memref<100xf32>
// CHECK-SAME: dlc.block = 256 : i64, dlc.blocks = {{[34]}} : i64, dlc.tiles = 1 : i64
// CHECK: %[[SUM:.*]] = scf.for %[[I:.*]] = %c0 to %c9 step %c1 {{.*}} -> (vector<4xf32>)
// CHECK: llvm.load %{{.*}} {alignment = 16 : i64} : !llvm.ptr<1> -> vector<4xf32>
// CHECK: llvm.store %[[SUM]], %{{.*}} {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<1>

// Three columns are never 16 bytes.
// CHECK: func.func private @column_1(%[[X:[^:]*]]: memref<9x3xf32>, %[[OUT:[^:]*]]: memref<3xf32>
// CHECK: %[[SUM:.*]] = scf.for %[[I:.*]] = %c0 to %c9 step %c1
// CHECK-NEXT: memref.load %[[X]][%[[I]], %[[J:.*]]]
// CHECK: memref.store %[[SUM]], %[[OUT]][%[[J]]]
func.func @f(%x: tensor<9x100xf32>) -> tensor<100xf32> {
  %r = dlc.kernel column(%x) {
  ^bb0(%a: tensor<9x100xf32>):
    %b = dlc.reduce add %a dims [0] : tensor<9x100xf32> to tensor<100xf32>
    dlc.yield %b : tensor<100xf32>
  } : (tensor<9x100xf32>) -> tensor<100xf32>
  return %r : tensor<100xf32>
}
func.func @g(%x: tensor<9x3xf32>) -> tensor<3xf32> {
  %r = dlc.kernel column(%x) {
  ^bb0(%a: tensor<9x3xf32>):
    %b = dlc.reduce add %a dims [0] : tensor<9x3xf32> to tensor<3xf32>
    dlc.yield %b : tensor<3xf32>
  } : (tensor<9x3xf32>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}
