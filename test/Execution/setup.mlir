// A setup prepares what the interpreter computes in each call: filters in their
// kernels' order, strips of a loop's weights, weights in another element type.
// RUN: dlc run %s --function=convolutions --backend=both --rtol=1e-5 --random=1 --repeat=3
// RUN: dlc run %s --function=loop --backend=both --rtol=1e-5 --random=1 --repeat=3
// RUN: dlc run %s --function=quantized --backend=both --rtol=1e-5 --random=1 --repeat=3
// RUN: dlc run %s --function=all --backend=both --rtol=1e-5 --random=1 --repeat=3
// RUN: dlc run %s --function=chooses --backend=both --rtol=1e-5 --random=1 --input=i1=true --repeat=3
// RUN: dlc run %s --function=chooses --backend=both --rtol=1e-5 --random=1 --input=i1=false --repeat=3
// RUN: dlc run %s --function=walks --backend=both --rtol=1e-5 --random=1 --repeat=3
// RUN: dlc compile %s --emit=lowering | FileCheck %s

// CHECK: dlc.program @convolutions {{.*}} setup {
func.func @convolutions(%x: tensor<1x3x9x9xf32>, %v: tensor<20x3x3x3xf32> {dlc.invariant},
                        %w: tensor<7x20x3x3xf32> {dlc.invariant}) -> tensor<1x7x9x9xf32> {
  %y = dlc.convolution %x, %v strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<1x3x9x9xf32>, tensor<20x3x3x3xf32> to tensor<1x20x9x9xf32>
  %z = dlc.relu %y : tensor<1x20x9x9xf32>
  %r = dlc.convolution %z, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<1x20x9x9xf32>, tensor<7x20x3x3xf32> to tensor<1x7x9x9xf32>
  return %r : tensor<1x7x9x9xf32>
}

// CHECK: dlc.program @loop {{.*}} setup {
func.func @loop(%h: tensor<32x128xf32>, %w: tensor<128x128xf32> {dlc.invariant}) -> tensor<32x128xf32> {
  %y = dlc.scan 8 init(%h) over() with(%w) {
  ^bb0(%a: tensor<32x128xf32>, %b: tensor<128x128xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [1] : tensor<32x128xf32>, tensor<128x128xf32> to tensor<32x128xf32>
    %k = dlc.constant dense<0.01> : tensor<32x128xf32>
    %s = dlc.multiply %c, %k : tensor<32x128xf32>
    %d = dlc.tanh %s : tensor<32x128xf32>
    dlc.yield %d : tensor<32x128xf32>
  } : (tensor<32x128xf32>, tensor<128x128xf32>) -> tensor<32x128xf32>
  return %y : tensor<32x128xf32>
}

// A softmax of weights that are dequantised.
// CHECK: dlc.program @quantized {{.*}} setup {
func.func @quantized(%x: tensor<4x32xf32>, %q: tensor<32x32xi8> {dlc.invariant}, %scale: tensor<32xf32> {dlc.invariant})
    -> tensor<4x32xf32> {
  %f = dlc.convert %q : tensor<32x32xi8> to tensor<32x32xf32>
  %s = dlc.broadcast_in_dim %scale dims [1] : tensor<32xf32> to tensor<32x32xf32>
  %l = dlc.multiply %f, %s : tensor<32x32xf32>
  %k = dlc.constant dense<0.01> : tensor<32x32xf32>
  %m = dlc.multiply %l, %k : tensor<32x32xf32>
  %e = dlc.exponential %m : tensor<32x32xf32>
  %n = dlc.reduce add %e dims [1] : tensor<32x32xf32> to tensor<32xf32>
  %b = dlc.broadcast_in_dim %n dims [0] : tensor<32xf32> to tensor<32x32xf32>
  %p = dlc.divide %e, %b : tensor<32x32xf32>
  %y = dlc.dot_general %x, %p batch [] x [] contract [1] x [0] : tensor<4x32xf32>, tensor<32x32xf32> to tensor<4x32xf32>
  return %y : tensor<4x32xf32>
}

// Nothing varies: what is returned is computed in each call.
// CHECK: dlc.program @all {{.*}} setup {
// CHECK: } body {
// CHECK: dlc.launch
func.func @all(%x: tensor<6x40xf32> {dlc.invariant}, %w: tensor<40x50xf32> {dlc.invariant}) -> tensor<50xf32> {
  %y = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<6x40xf32>, tensor<40x50xf32> to tensor<6x50xf32>
  %s = dlc.reduce add %y dims [0] : tensor<6x50xf32> to tensor<50xf32>
  return %s : tensor<50xf32>
}

// Branches, and carries that begin with what is prepared.
// CHECK: dlc.program @chooses {{.*}} setup {
func.func @chooses(%p: tensor<i1>, %x: tensor<3x4xf32>, %w: tensor<3x4xf32> {dlc.invariant}) -> tensor<4xf32> {
  %e = dlc.exponential %w : tensor<3x4xf32>
  %s = dlc.reduce add %e dims [0] : tensor<3x4xf32> to tensor<4xf32>
  %chosen = dlc.if %p(%s, %x) {
  ^bb0(%a: tensor<4xf32>, %b: tensor<3x4xf32>):
    dlc.yield %a : tensor<4xf32>
  } else {
  ^bb0(%a: tensor<4xf32>, %b: tensor<3x4xf32>):
    %n = dlc.reduce add %b dims [0] : tensor<3x4xf32> to tensor<4xf32>
    dlc.yield %n : tensor<4xf32>
  } : (tensor<i1>, tensor<4xf32>, tensor<3x4xf32>) -> tensor<4xf32>
  %y = dlc.scan 3 init(%s) over(%x) with(%chosen) {
  ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>, %c: tensor<4xf32>):
    %d = dlc.multiply %a, %b : tensor<4xf32>
    %f = dlc.add %d, %c : tensor<4xf32>
    dlc.yield %f : tensor<4xf32>
  } : (tensor<4xf32>, tensor<3x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// A loop that walks over what is prepared.
// CHECK: dlc.program @walks {{.*}} setup {
func.func @walks(%h: tensor<4xf32>, %w: tensor<3x6x4xf32> {dlc.invariant}) -> tensor<4xf32> {
  %s = dlc.reduce add %w dims [0] : tensor<3x6x4xf32> to tensor<6x4xf32>
  %y = dlc.scan 6 init(%h) over(%s) with() {
  ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>):
    %d = dlc.add %a, %b : tensor<4xf32>
    %e = dlc.tanh %d : tensor<4xf32>
    dlc.yield %e : tensor<4xf32>
  } : (tensor<4xf32>, tensor<6x4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
