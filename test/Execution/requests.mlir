// What a program asks of autodiff, compiled against interpreted, and against the
// derivatives known by hand.
// RUN: dlc run %s --function=checkpoint --input=2xf32=0,1 --backend=both
// RUN: dlc run %s --function=checkpoint --input=2xf32=0,1 | FileCheck %s --check-prefix=CHECKPOINT
// RUN: dlc run %s --function=custom --input=f32=3 | FileCheck %s --check-prefix=CUSTOM
// RUN: dlc run %s --function=custom --input=f32=3 --backend=both
// RUN: dlc run %s --function=directional --input=2xf32=3,4 --input=2xf32=1,10 | FileCheck %s --check-prefix=JVP
// RUN: dlc run %s --function=directional --input=2xf32=3,4 --input=2xf32=1,10 --backend=both
// RUN: dlc run %s --function=finite --input=2xf32=3,4 --backend=both
// RUN: not dlc run %s --function=finite --input=2xf32=0,4 2>&1 | FileCheck %s --check-prefix=FINITE
// RUN: not dlc run %s --function=placed --input=1x2x2x2xf32=1,1,1,1,1,1,0,1 --input=2x2x2x2xf32=0 2>&1 | FileCheck %s --check-prefix=PLACED
// RUN: not dlc run %s --function=placed --input=1x2x2x2xf32=1,1,1,1,1,1,0,1 --input=2x2x2x2xf32=0 --backend=interpreter 2>&1 | FileCheck %s --check-prefix=PLACED

// d (e^2x) = 2 e^2x, recomputed in the gradient.
// CHECKPOINT: 2, 14.778112
func.func @checkpoint(%w: tensor<2xf32>) -> tensor<2xf32> {
  %x = dlc.variable %w : tensor<2xf32>
  %y = dlc.checkpoint(%x) {
  ^bb0(%a: tensor<2xf32>):
    %d = dlc.add %a, %a : tensor<2xf32>
    %e = dlc.exponential %d : tensor<2xf32>
    dlc.yield %e : tensor<2xf32>
  } : (tensor<2xf32>) -> tensor<2xf32>
  %one = dlc.constant dense<1.0> : tensor<2xf32>
  %g = dlc.grad of(%y) seed(%one) wrt(%x) : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %g : tensor<2xf32>
}

// The rule says 10 · x · g, whatever x · x would give.
// CUSTOM: 9
// CUSTOM: 30
func.func @custom(%w: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %x = dlc.variable %w : tensor<f32>
  %y = dlc.custom_vjp(%x) {
  ^bb0(%a: tensor<f32>):
    %s = dlc.multiply %a, %a : tensor<f32>
    dlc.yield %s, %a : tensor<f32>, tensor<f32>
  } backward {
  ^bb0(%a: tensor<f32>, %g: tensor<f32>):
    %ten = dlc.constant dense<10.0> : tensor<f32>
    %t = dlc.multiply %a, %ten : tensor<f32>
    %r = dlc.multiply %t, %g : tensor<f32>
    dlc.yield %r : tensor<f32>
  } : (tensor<f32>) -> tensor<f32>
  %one = dlc.constant dense<1.0> : tensor<f32>
  %g = dlc.grad of(%y) seed(%one) wrt(%x) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  return %y, %g : tensor<f32>, tensor<f32>
}

// d (x · x) along v = 2 x v.
// JVP: 6, 80
func.func @directional(%w: tensor<2xf32>, %v: tensor<2xf32>) -> tensor<2xf32> {
  %x = dlc.variable %w : tensor<2xf32>
  %y = dlc.multiply %x, %x : tensor<2xf32>
  %t = dlc.jvp of(%y) wrt(%x) along(%v) : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %t : tensor<2xf32>
}

// FINITE: [log] the element at position 0 is not finite
func.func @finite(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = dlc.log %x : tensor<2xf32>
  %z = dlc.assert_finite %y {op = "log"} : tensor<2xf32>
  return %z : tensor<2xf32>
}

// Compiled convolutions have their channels last; a position is the user's.
// PLACED: [log] the element at position 6 is not finite
func.func @placed(%x: tensor<1x2x2x2xf32>, %w: tensor<2x2x2x2xf32>) -> tensor<1x2x2x2xf32> {
  %c = dlc.convolution %x, %w strides [1, 1] low [0, 0] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<1x2x2x2xf32>, tensor<2x2x2x2xf32> to tensor<1x2x2x2xf32>
  %s = dlc.add %c, %x : tensor<1x2x2x2xf32>
  %l = dlc.log %s : tensor<1x2x2x2xf32>
  %y = dlc.assert_finite %l {op = "log"} : tensor<1x2x2x2xf32>
  return %y : tensor<1x2x2x2xf32>
}
