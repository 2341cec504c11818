// An op without a rule on a path that carries a gradient is an error at the
// user's line, not a silent zero.
// RUN: not dlc-opt %s --dlc-differentiate --split-input-file 2>&1 | FileCheck %s

func.func private @opaque(tensor<4xf32>) -> tensor<4xf32>

func.func @call(%x: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: model.cpp:7:3: error: [call] has no gradient rule, but a gradient passes through it
  %y = func.call @opaque(%x) : (tensor<4xf32>) -> tensor<4xf32> loc("model.cpp":7:3)
  // CHECK: train.cpp:9:5: note: the gradient was asked for here
  %d = dlc.grad of(%y) seed(%g) wrt(%x) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> loc("train.cpp":9:5)
  return %d : tensor<4xf32>
}

// -----

func.func private @opaque(tensor<f32>) -> tensor<f32>

func.func @in_a_loop(%x: tensor<f32>, %g: tensor<f32>) -> tensor<f32> {
  %y = dlc.scan 3 init(%x) over() with() {
  ^bb0(%c: tensor<f32>):
    // CHECK: model.cpp:8:1: error: [call] has no gradient rule
    %n = func.call @opaque(%c) : (tensor<f32>) -> tensor<f32> loc("model.cpp":8:1)
    dlc.yield %n : tensor<f32>
  } : (tensor<f32>) -> tensor<f32>
  %d = dlc.grad of(%y) seed(%g) wrt(%x) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  return %d : tensor<f32>
}
