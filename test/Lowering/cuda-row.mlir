// On CUDA a row is one warp, whose lanes take neighbouring elements, as many as
// leave none of them idle, and exchange their sums; its first lane writes what
// the row has once.
// RUN: dlc-opt --dlc-lower-kernels=target=cuda %s | FileCheck %s

// CHECK: func.func private @row_0(%[[X:[^:]*]]: memref<9x100xf32>, %[[OUT:[^:]*]]: memref<9xf32>
// CHECK-SAME: dlc.block = 256 : i64, dlc.blocks = {{[34]}} : i64, dlc.tiles = 2 : i64
// CHECK: %[[LANE:.*]] = arith.remui %{{.*}}, %c32
// CHECK: %[[FROM:.*]] = arith.muli %[[LANE]], %c2
// CHECK: %[[SUM:.*]] = scf.for %{{.*}} = %[[FROM]] to %c100 step %c64
// CHECK: llvm.load %{{.*}} {alignment = 8 : i64} : !llvm.ptr<1> -> vector<2xf32>
// CHECK: vector.extract %[[SUM]][0]
// CHECK-COUNT-5: nvvm.shfl.sync bfly
// CHECK: %[[FIRST:.*]] = arith.cmpi eq, %[[LANE]], %c0
// CHECK: scf.if %[[FIRST]]
// CHECK: memref.store %{{.*}}, %[[OUT]]
func.func @f(%x: tensor<9x100xf32>) -> tensor<9xf32> {
  %r = dlc.kernel row(%x) {
  ^bb0(%a: tensor<9x100xf32>):
    %b = dlc.reduce add %a dims [1] : tensor<9x100xf32> to tensor<9xf32>
    dlc.yield %b : tensor<9xf32>
  } : (tensor<9x100xf32>) -> tensor<9xf32>
  return %r : tensor<9xf32>
}
