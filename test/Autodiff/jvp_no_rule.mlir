// A rule of the user's for gradients says nothing about tangents.
// RUN: not dlc-opt %s --dlc-differentiate 2>&1 | FileCheck %s

func.func @jvp_no_rule(%x: tensor<f32>, %v: tensor<f32>) -> tensor<f32> {
  // CHECK: model.cpp:3:1: error: [custom_vjp] has no forward-mode rule, but a tangent passes through it
  %y = dlc.custom_vjp(%x) {
  ^bb0(%a: tensor<f32>):
    dlc.yield %a : tensor<f32>
  } backward {
  ^bb0(%g: tensor<f32>):
    dlc.yield %g : tensor<f32>
  } : (tensor<f32>) -> tensor<f32> loc("model.cpp":3:1)
  // CHECK: train.cpp:4:1: note: the tangent was asked for here
  %d = dlc.jvp of(%y) wrt(%x) along(%v) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32> loc("train.cpp":4:1)
  return %d : tensor<f32>
}
