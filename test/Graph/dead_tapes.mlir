// Tapes that nobody reads are not made; a loop over a tape keeps one that says
// how many trips there are.
// RUN: dlc-opt %s --dlc-simplify-algebra | FileCheck %s

// CHECK-LABEL: func @dead_tapes
func.func @dead_tapes(%x: tensor<f32>, %p: tensor<i1>) -> tensor<f32> {
  // CHECK: dlc.yield %{{.*}}, %{{.*}} : tensor<f32>, tensor<f32>
  // CHECK-NEXT: -> (tensor<f32>, tensor<!dlc.tape<tensor<f32>>>)
  %y:3 = dlc.while init(%x) with(%p) {
  ^bb0(%c: tensor<f32>, %q: tensor<i1>):
    dlc.yield %q : tensor<i1>
  } do {
  ^bb0(%c: tensor<f32>, %q: tensor<i1>):
    %d = dlc.add %c, %c : tensor<f32>
    dlc.yield %d, %d, %c : tensor<f32>, tensor<f32>, tensor<f32>
  } : (tensor<f32>, tensor<i1>) -> (tensor<f32>, tensor<!dlc.tape<tensor<f32>>>, tensor<!dlc.tape<tensor<f32>>>)
  // CHECK: dlc.scan init(%{{.*}}) over(%{{.*}}#1) with()
  %z:2 = dlc.scan init(%x) over(%y#2) with(%p) {
  ^bb0(%c: tensor<f32>, %t: tensor<f32>, %q: tensor<i1>):
    %d = dlc.add %c, %c : tensor<f32>
    dlc.yield %d, %t : tensor<f32>, tensor<f32>
  } : (tensor<f32>, tensor<!dlc.tape<tensor<f32>>>, tensor<i1>) -> (tensor<f32>, tensor<!dlc.tape<tensor<f32>>>)
  return %z#0 : tensor<f32>
}
