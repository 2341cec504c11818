// A while tapes what its gradient reads; a scan walks the tape backwards, as
// many trips as it has entries.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @while_tape
// CHECK-SAME: (%[[X:[^:]*]]: tensor<f32>, %[[G:[^:]*]]: tensor<f32>)
func.func @while_tape(%x: tensor<f32>, %g: tensor<f32>) -> tensor<f32> {
  %limit = dlc.constant dense<9.0> : tensor<f32>
  // CHECK: %[[F:.*]]:2 = dlc.while max 7 init(%[[X]])
  // CHECK: } do {
  // CHECK-NEXT: ^bb0(%[[C:[^:]*]]: tensor<f32>, %{{.*}}: tensor<f32>):
  // CHECK-NEXT: %[[S:.*]] = dlc.multiply %[[C]], %[[C]]
  // CHECK-NEXT: dlc.yield %[[S]], %[[C]] : tensor<f32>, tensor<f32>
  // CHECK-NEXT: -> (tensor<f32>, tensor<!dlc.tape<tensor<f32>, 7>>)
  %y = dlc.while max 7 init(%x) with(%limit) {
  ^bb0(%c: tensor<f32>, %l: tensor<f32>):
    %p = dlc.compare LT, %c, %l : tensor<f32>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%c: tensor<f32>, %l: tensor<f32>):
    %s = dlc.multiply %c, %c : tensor<f32>
    dlc.yield %s : tensor<f32>
  } : (tensor<f32>, tensor<f32>) -> tensor<f32>
  // CHECK: %[[B:.*]] = dlc.scan reverse init(%[[G]]) over(%[[F]]#1)
  // CHECK: return %[[B]]
  %d = dlc.grad of(%y) seed(%g) wrt(%x) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  return %d : tensor<f32>
}

// Without max_trips the tape has no bound. A gradient that reads nothing of a
// trip still has to know how many there were.
// CHECK-LABEL: func @counted
func.func @counted(%x: tensor<f32>, %g: tensor<f32>) -> tensor<f32> {
  %limit = dlc.constant dense<9.0> : tensor<f32>
  // CHECK: dlc.yield %{{.*}}, %{{.*}} : tensor<f32>, tensor<0xi1>
  // CHECK-NEXT: -> (tensor<f32>, tensor<!dlc.tape<tensor<0xi1>>>)
  %y = dlc.while init(%x) with(%limit) {
  ^bb0(%c: tensor<f32>, %l: tensor<f32>):
    %p = dlc.compare LT, %c, %l : tensor<f32>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%c: tensor<f32>, %l: tensor<f32>):
    %s = dlc.add %c, %c : tensor<f32>
    dlc.yield %s : tensor<f32>
  } : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %d = dlc.grad of(%y) seed(%g) wrt(%x) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  return %d : tensor<f32>
}
