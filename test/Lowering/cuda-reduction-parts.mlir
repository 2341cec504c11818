// On CUDA a few long reductions are split among blocks, which leave their sums
// in scratch memory; a second kernel adds those in order. Long rows take a block
// each, whose warps meet in shared memory.
// RUN: dlc-opt --dlc-lower-kernels=target=cuda %s | FileCheck %s
// RUN: dlc-opt --dlc-lower-kernels=target=cuda --dlc-plan-memory %s | FileCheck %s --check-prefix=LIST

// CHECK: func.func private @row_0(%[[X:[^:]*]]: memref<2x100000xf32>, %[[OUT:[^:]*]]: memref<2xf32>, %[[SUMS:[^:]*]]: memref<22xi64>
// CHECK-SAME: dlc.then = @row_0_then
// CHECK-SAME: dlc.tiles = 22 : i64
// CHECK: nvvm.barrier0
// CHECK: memref.store %{{.*}}, %[[SUMS]]
// CHECK-NOT: memref.store %{{.*}}, %[[OUT]]
// CHECK: func.func private @row_0_then(%{{.*}}, %[[OUT:[^:]*]]: memref<2xf32>, %[[SUMS:[^:]*]]: memref<22xi64>
// CHECK: scf.for %[[PART:.*]] = %c1 to %c11 step %c1
// CHECK: memref.load %[[SUMS]]
// CHECK: memref.store %{{.*}}, %[[OUT]]

// LIST: dlc.program @rows
// LIST: dlc.launch @row_0 [#dlc.at<argument, 0, 0, []>, #dlc.at<result, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 22
// LIST-NEXT: dlc.launch @row_0_then [#dlc.at<argument, 0, 0, []>, #dlc.at<result, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 1
func.func @rows(%x: tensor<2x100000xf32>) -> tensor<2xf32> {
  %r = dlc.kernel row(%x) {
  ^bb0(%a: tensor<2x100000xf32>):
    %b = dlc.reduce add %a dims [1] : tensor<2x100000xf32> to tensor<2xf32>
    dlc.yield %b : tensor<2xf32>
  } : (tensor<2x100000xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// Two passes: the block's threads all need the first one's result.
// CHECK: func.func private @row_1(
// CHECK-SAME: dlc.tiles = 4 : i64
// CHECK-COUNT-5: nvvm.shfl.sync bfly
// CHECK: nvvm.barrier0
// CHECK: nvvm.barrier0
// CHECK: scf.for
func.func @scaled(%x: tensor<4x5000xf32>) -> tensor<4x5000xf32> {
  %r = dlc.kernel row(%x) {
  ^bb0(%a: tensor<4x5000xf32>):
    %b = dlc.reduce add %a dims [1] : tensor<4x5000xf32> to tensor<4xf32>
    %c = dlc.broadcast_in_dim %b dims [0] : tensor<4xf32> to tensor<4x5000xf32>
    %d = dlc.divide %a, %c : tensor<4x5000xf32>
    dlc.yield %d : tensor<4x5000xf32>
  } : (tensor<4x5000xf32>) -> tensor<4x5000xf32>
  return %r : tensor<4x5000xf32>
}

// Few columns: 8 threads each, and several blocks.
// CHECK: func.func private @column_2(
// CHECK-SAME: memref<{{.*}}xi64>
// CHECK-SAME: dlc.then = @column_2_then
func.func @columns(%x: tensor<20000x40xf32>) -> tensor<40xf32> {
  %r = dlc.kernel column(%x) {
  ^bb0(%a: tensor<20000x40xf32>):
    %b = dlc.reduce add %a dims [0] : tensor<20000x40xf32> to tensor<40xf32>
    dlc.yield %b : tensor<40xf32>
  } : (tensor<20000x40xf32>) -> tensor<40xf32>
  return %r : tensor<40xf32>
}
