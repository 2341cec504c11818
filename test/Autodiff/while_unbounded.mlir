// Without max_trips nothing says how long the tape is.
// RUN: not dlc-opt %s --dlc-differentiate 2>&1 | FileCheck %s

func.func @while_unbounded(%x: tensor<f32>, %g: tensor<f32>) -> tensor<f32> {
  // CHECK: model.cpp:4:2: error: [while] needs max_trips to be differentiated
  %y = dlc.while init(%x) with() {
  ^bb0(%c: tensor<f32>):
    %p = dlc.compare LT, %c, %c : tensor<f32>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%c: tensor<f32>):
    %s = dlc.multiply %c, %c : tensor<f32>
    dlc.yield %s : tensor<f32>
  } : (tensor<f32>) -> tensor<f32> loc("model.cpp":4:2)
  // CHECK: train.cpp:5:1: note: the gradient was asked for here
  %d = dlc.grad of(%y) seed(%g) wrt(%x) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32> loc("train.cpp":5:1)
  return %d : tensor<f32>
}
