// One loop computes values and tangents: it takes the first one's place.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @jvp_scan
// CHECK-SAME: (%[[X:[^:]*]]: tensor<f32>, %[[V:[^:]*]]: tensor<f32>)
func.func @jvp_scan(%x: tensor<f32>, %v: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // CHECK: %[[S:.*]]:2 = dlc.scan 3 init(%[[X]], %[[V]])
  // CHECK: %[[C:.*]] = dlc.cosine
  // CHECK-NOT: dlc.scan
  // CHECK: return %[[S]]#0, %[[S]]#1
  %last = dlc.scan 3 init(%x) over() with() {
  ^bb0(%c: tensor<f32>):
    %s = dlc.sine %c : tensor<f32>
    dlc.yield %s : tensor<f32>
  } : (tensor<f32>) -> tensor<f32>
  %d = dlc.jvp of(%last) wrt(%x) along(%v) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  return %last, %d : tensor<f32>, tensor<f32>
}
