// A convolution's micro-kernels compute taps that meet pixels, no others.
// RUN: dlc-opt %s --split-input-file --dlc-lower-kernels | FileCheck %s

// The first and the last place miss a tap: three segments. Rows of taps come
// with their bounds.
// CHECK-LABEL: func.func private @window_0_tile0(
// CHECK: scf.for %{{.*}} = %arg7 to %arg8
// CHECK-COUNT-4: math.fma
// CHECK: scf.for %{{.*}} = %c0
// CHECK-COUNT-5: math.fma
// CHECK: scf.for %{{.*}} = %c0
// CHECK-COUNT-4: math.fma
// CHECK-NOT: math.fma
// CHECK: return
// CHECK-LABEL: func.func private @window_0(
// CHECK: call @window_0_tile0
func.func @padded(%x: tensor<1x5x5x7xf32>, %w: tensor<3x3x7x16xf32>) -> tensor<1x5x5x16xf32> {
  %y = dlc.kernel window(%x, %w) {
  ^bb0(%a: tensor<1x5x5x7xf32>, %f: tensor<3x3x7x16xf32>):
    %c = dlc.convolution %a, %f strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
        : tensor<1x5x5x7xf32>, tensor<3x3x7x16xf32> to tensor<1x5x5x16xf32>
    dlc.yield %c : tensor<1x5x5x16xf32>
  } : (tensor<1x5x5x7xf32>, tensor<3x3x7x16xf32>) -> tensor<1x5x5x16xf32>
  return %y : tensor<1x5x5x16xf32>
}

// -----

// The gaps of a dilated image: even places meet one tap, odd ones two.
// CHECK-LABEL: func.func private @window_0_tile1(
// CHECK-COUNT-4: math.fma
// CHECK-COUNT-3: math.fma
// CHECK-NOT: math.fma
// CHECK: return
// CHECK-LABEL: func.func private @window_0_tile0(
// CHECK-COUNT-4: math.fma
// CHECK-NOT: math.fma
// CHECK: return
func.func @dilated(%x: tensor<1x4x7xf32>, %w: tensor<3x7x16xf32>) -> tensor<1x8x16xf32> {
  %y = dlc.kernel window(%x, %w) {
  ^bb0(%a: tensor<1x4x7xf32>, %f: tensor<3x7x16xf32>):
    %c = dlc.convolution %a, %f strides [1] low [1] high [2] image_dilation [2] filter_dilation [1] groups 1 batch_groups 1 channels_last
        : tensor<1x4x7xf32>, tensor<3x7x16xf32> to tensor<1x8x16xf32>
    dlc.yield %c : tensor<1x8x16xf32>
  } : (tensor<1x4x7xf32>, tensor<3x7x16xf32>) -> tensor<1x8x16xf32>
  return %y : tensor<1x8x16xf32>
}

// -----

// A filter's gradient adds up blocks of images in scratch memory.
// CHECK-LABEL: func.func private @window_0_tile0(
// CHECK-SAME: i1
// CHECK: scf.if
// CHECK: arith.addf
// CHECK-LABEL: func.func private @window_0(
// CHECK-SAME: memref<576xf32>
// CHECK-SAME: dlc.scratch = 2304
// CHECK: scf.for %{{.*}} = %c0 to %c{{[0-9]+}} step %c1
// CHECK: scf.for %{{.*}} = %arg4 to %arg5
// CHECK: call @window_0_tile0
// CHECK: scf.for %{{.*}} = %arg4 to %arg5
// CHECK: vector.maskedstore
func.func @gradient(%x: tensor<2000x8x3xf32>, %g: tensor<2000x8x4xf32>) -> tensor<3x3x4xf32> {
  %y = dlc.kernel window(%x, %g) {
  ^bb0(%a: tensor<2000x8x3xf32>, %b: tensor<2000x8x4xf32>):
    %t = dlc.transpose %a perm [2, 1, 0] : tensor<2000x8x3xf32> to tensor<3x8x2000xf32>
    %f = dlc.transpose %b perm [1, 0, 2] : tensor<2000x8x4xf32> to tensor<8x2000x4xf32>
    %c = dlc.convolution %t, %f strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 channels_last
        : tensor<3x8x2000xf32>, tensor<8x2000x4xf32> to tensor<3x3x4xf32>
    dlc.yield %c : tensor<3x3x4xf32>
  } : (tensor<2000x8x3xf32>, tensor<2000x8x4xf32>) -> tensor<3x3x4xf32>
  return %y : tensor<3x3x4xf32>
}

// -----

// With the batch last a weight is broadcast to images.
// CHECK-LABEL: func.func private @window_0_tile0(
// CHECK: vector.load %arg0
// CHECK: %[[W:.*]] = memref.load %arg2
// CHECK-NEXT: %[[B:.*]] = vector.broadcast %[[W]]
// CHECK: math.fma %{{.*}}, %[[B]]
// CHECK: call @window_0_tile0
func.func @batch_last(%x: tensor<3x5x16xf32>, %w: tensor<6x3x3xf32>) -> tensor<6x3x16xf32> {
  %y = dlc.kernel window(%x, %w) {
  ^bb0(%a: tensor<3x5x16xf32>, %f: tensor<6x3x3xf32>):
    %c = dlc.convolution %a, %f strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 batch_last
        : tensor<3x5x16xf32>, tensor<6x3x3xf32> to tensor<6x3x16xf32>
    dlc.yield %c : tensor<6x3x16xf32>
  } : (tensor<3x5x16xf32>, tensor<6x3x3xf32>) -> tensor<6x3x16xf32>
  return %y : tensor<6x3x16xf32>
}

// -----

// Its filter's gradient multiplies vectors of images, and adds up their lanes.
// CHECK-LABEL: func.func private @window_0_tile0(
// CHECK: scf.for %{{.*}} = %arg7 to %arg8 step %c16
// CHECK: vector.load %arg2
// CHECK: vector.load %arg0
// CHECK: math.fma
// CHECK: vector.shuffle
// CHECK: vector.maskedstore %arg4
func.func @batch_last_gradient(%x: tensor<3x5x32xf32>, %g: tensor<6x3x32xf32>) -> tensor<3x3x6xf32> {
  %y = dlc.kernel window(%x, %g) {
  ^bb0(%a: tensor<3x5x32xf32>, %b: tensor<6x3x32xf32>):
    %f = dlc.transpose %b perm [1, 2, 0] : tensor<6x3x32xf32> to tensor<3x32x6xf32>
    %c = dlc.convolution %a, %f strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 channels_last
        : tensor<3x5x32xf32>, tensor<3x32x6xf32> to tensor<3x3x6xf32>
    dlc.yield %c : tensor<3x3x6xf32>
  } : (tensor<3x5x32xf32>, tensor<6x3x32xf32>) -> tensor<3x3x6xf32>
  return %y : tensor<3x3x6xf32>
}

// -----

// Of images in parts it is summed in blocks of some parts: 62 of 1024.
// CHECK-LABEL: func.func private @window_0(
// CHECK: scf.for %[[BLOCK:.*]] = %c0 to %c17 step
// CHECK: %[[FIRST:.*]] = arith.muli %[[BLOCK]], %c62
// CHECK: %[[END:.*]] = arith.addi %[[FIRST]], %c62
// CHECK: %[[FROM:.*]] = arith.maxui %[[FIRST]], %c0
// CHECK: %[[TO:.*]] = arith.minui %[[END]], %c1024
// CHECK: call @window_0_tile0({{.*}}%[[FROM]], %[[TO]]
func.func @parts_gradient(%x: tensor<3x1024x5x16xf32>, %g: tensor<6x1024x3x16xf32>) -> tensor<3x1x3x6xf32> {
  %y = dlc.kernel window(%x, %g) {
  ^bb0(%a: tensor<3x1024x5x16xf32>, %b: tensor<6x1024x3x16xf32>):
    %f = dlc.transpose %b perm [1, 2, 3, 0] : tensor<6x1024x3x16xf32> to tensor<1024x3x16x6xf32>
    %c = dlc.convolution %a, %f strides [1, 1] low [0, 0] high [0, 0] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last
        : tensor<3x1024x5x16xf32>, tensor<1024x3x16x6xf32> to tensor<3x1x3x6xf32>
    dlc.yield %c : tensor<3x1x3x6xf32>
  } : (tensor<3x1024x5x16xf32>, tensor<6x1024x3x16xf32>) -> tensor<3x1x3x6xf32>
  return %y : tensor<3x1x3x6xf32>
}
