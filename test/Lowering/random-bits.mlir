// One Philox block fills four neighbouring lanes. Four registers of blocks are
// made at once, none of which is wider than a register.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @map_0(%[[STATE:[^:]*]]: memref<2xi64>
// CHECK-DAG: memref.load %[[STATE]][%c0]
// CHECK-DAG: memref.load %[[STATE]][%c1]
// The first round, in which two words are 0:
// CHECK: scf.for
// CHECK-COUNT-4: arith.muli {{.*}} : vector<8xi64>
// CHECK-NOT: arith.muli
// The others:
// CHECK: scf.for
// CHECK-COUNT-8: arith.muli {{.*}} : vector<8xi64>
// CHECK-NOT: arith.muli
// CHECK: scf.yield
// CHECK: %[[PAIRS:.*]] = vector.shuffle {{.*}} [0, 8, 1, 9, 2, 10, 3, 11]
// CHECK: vector.bitcast %[[PAIRS]] : vector<8xi64> to vector<16xi32>
// CHECK: vector.shuffle {{.*}} [4, 12, 5, 13, 6, 14, 7, 15]
// CHECK: vector<64xi32>, vector<64xi32>
func.func @bits(%state: tensor<2xi64>) -> tensor<4096xui32> {
  %r = dlc.kernel map(%state) {
  ^bb0(%s: tensor<2xi64>):
    %b = dlc.rng_bit_generator %s : tensor<2xi64> to tensor<4096xui32>
    dlc.yield %b : tensor<4096xui32>
  } : (tensor<2xi64>) -> tensor<4096xui32>
  return %r : tensor<4096xui32>
}
