// One Philox block fills four neighbouring lanes.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @map_0(%[[STATE:[^:]*]]: memref<2xi64>
// CHECK-DAG: memref.load %[[STATE]][%c0]
// CHECK-DAG: memref.load %[[STATE]][%c1]
// CHECK: arith.muli {{.*}} : vector<32xi64>
// CHECK: %[[PAIRS:.*]] = vector.shuffle {{.*}} [0, 32, 1, 33,
// CHECK: vector.bitcast %[[PAIRS]] : vector<64xi64> to vector<128xi32>
func.func @bits(%state: tensor<2xi64>) -> tensor<4096xui32> {
  %r = dlc.kernel map(%state) {
  ^bb0(%s: tensor<2xi64>):
    %b = dlc.rng_bit_generator %s : tensor<2xi64> to tensor<4096xui32>
    dlc.yield %b : tensor<4096xui32>
  } : (tensor<2xi64>) -> tensor<4096xui32>
  return %r : tensor<4096xui32>
}
