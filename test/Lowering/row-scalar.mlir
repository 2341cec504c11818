// A reduction of everything is one row; f64 has 8 logical lanes.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @row_0(%[[X:[^:]*]]: memref<4x320xf64>, %[[OUT:[^:]*]]: memref<f64>
// CHECK-SAME: dlc.tiles = 1 : i64
// CHECK: %[[SUM:.*]] = scf.for %[[I:.*]] = %c0 to %c4
// CHECK: scf.for %[[J:.*]] = %c0 to %c320 step %c32 {{.*}} -> (vector<32xf64>)
// CHECK: vector.load %[[X]][%[[I]], %[[J]]]
// CHECK: vector.shuffle %[[SUM]], %[[SUM]] [16, 17,
// CHECK: %[[ALL:.*]] = arith.addf %{{.*}} : f64
// CHECK: memref.store %[[ALL]], %[[OUT]][]
func.func @total(%x: tensor<4x320xf64>) -> tensor<f64> {
  %r = dlc.kernel row(%x) {
  ^bb0(%a: tensor<4x320xf64>):
    %s = dlc.reduce add %a dims [0, 1] : tensor<4x320xf64> to tensor<f64>
    dlc.yield %s : tensor<f64>
  } : (tensor<4x320xf64>) -> tensor<f64>
  return %r : tensor<f64>
}
