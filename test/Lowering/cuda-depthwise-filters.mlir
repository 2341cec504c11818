// The gradient of a depthwise convolution's filters: a thread has four channels
// of a row of three taps, loads each pixel and place once, as vectors, and
// leaves its part of the sums in scratch memory; a second launch adds the parts
// in order, and does the epilogue.
// RUN: dlc-opt --dlc-lower-kernels=target=cuda %s | FileCheck %s

// Four neighbouring places, six pixels that their taps see: the first meets one
// tap, the third three.
// CHECK: func.func private @window_0(
// CHECK-SAME: dlc.blocks = 2 : i64, dlc.scratch = [[#]] : i64, dlc.then = @window_0_then, dlc.tiles = 3 : i64
// CHECK: scf.for
// CHECK: scf.for %{{.*}} = %c0 to %c8 step %c4 iter_args({{.*}}) -> (vector<4xf32>, vector<4xf32>, vector<4xf32>)
// CHECK-COUNT-4: llvm.load {{.*}} : !llvm.ptr<1> -> vector<4xf32>
// CHECK: llvm.load {{.*}} : !llvm.ptr<1> -> vector<4xf32>
// CHECK-COUNT-1: math.fma {{.*}} : vector<4xf32>
// CHECK: llvm.load {{.*}} : !llvm.ptr<1> -> vector<4xf32>
// CHECK-COUNT-2: math.fma {{.*}} : vector<4xf32>
// CHECK: llvm.load {{.*}} : !llvm.ptr<1> -> vector<4xf32>
// CHECK-COUNT-3: math.fma {{.*}} : vector<4xf32>
// CHECK-COUNT-3: llvm.store {{.*}} : vector<4xf32>, !llvm.ptr<1>
// CHECK: func.func private @window_0_then(
// CHECK: scf.for %{{.*}} = %c0 to %c16 step %c1
// CHECK: llvm.load {{.*}} : !llvm.ptr<1> -> f32
// CHECK: arith.addf
// CHECK: arith.negf
// CHECK: memref.store
func.func @f(%x: tensor<2x10x10x64xf32>, %g: tensor<2x8x8x64xf32>) -> tensor<1x3x3x64xf32> {
  %0 = dlc.kernel window(%x, %g) {
  ^bb0(%a: tensor<2x10x10x64xf32>, %b: tensor<2x8x8x64xf32>):
    %p = dlc.transpose %b perm [1, 2, 0, 3] : tensor<2x8x8x64xf32> to tensor<8x8x2x64xf32>
    %i = dlc.transpose %a perm [3, 1, 2, 0] : tensor<2x10x10x64xf32> to tensor<64x10x10x2xf32>
    %c = dlc.convolution %i, %p strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 64 channels_last : tensor<64x10x10x2xf32>, tensor<8x8x2x64xf32> to tensor<1x3x3x64xf32>
    %n = dlc.negate %c : tensor<1x3x3x64xf32>
    dlc.yield %n : tensor<1x3x3x64xf32>
  } : (tensor<2x10x10x64xf32>, tensor<2x8x8x64xf32>) -> tensor<1x3x3x64xf32>
  return %0 : tensor<1x3x3x64xf32>
}
