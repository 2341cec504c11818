// A while keeps what its gradient reads on a tape of max_trips entries; the
// backward loop runs as many trips as the forward one did.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @while_tape
// CHECK-SAME: (%[[X:[^:]*]]: tensor<f32>, %[[G:[^:]*]]: tensor<f32>)
func.func @while_tape(%x: tensor<f32>, %g: tensor<f32>) -> tensor<f32> {
  %limit = dlc.constant dense<9.0> : tensor<f32>
  // CHECK: %[[F:.*]]:3 = dlc.while  max 7 init(%[[X]], {{.*}}, {{.*}})
  // CHECK: %[[ENTRY:.*]] = dlc.reshape %{{.*}} : tensor<f32> to tensor<1xf32>
  // CHECK: dlc.dynamic_update_slice %{{.*}}, %[[ENTRY]]
  %y = dlc.while max 7 init(%x) with(%limit) {
  ^bb0(%c: tensor<f32>, %l: tensor<f32>):
    %p = dlc.compare LT, %c, %l : tensor<f32>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%c: tensor<f32>, %l: tensor<f32>):
    %s = dlc.multiply %c, %c : tensor<f32>
    dlc.yield %s : tensor<f32>
  } : (tensor<f32>, tensor<f32>) -> tensor<f32>
  // CHECK: %[[B:.*]]:2 = dlc.while  max 7 init(%[[F]]#1, %[[G]]) with(%[[F]]#2)
  // CHECK: dlc.compare GT
  // CHECK: dlc.dynamic_slice
  // CHECK: return %[[B]]#1
  %d = dlc.grad of(%y) seed(%g) wrt(%x) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  return %d : tensor<f32>
}
