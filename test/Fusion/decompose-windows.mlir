// A pool is its taps, slices of the operand, combined; a large window goes by
// halves.
// RUN: dlc-opt %s --dlc-decompose-windows | FileCheck %s

// CHECK-LABEL: func @pool
// CHECK: %[[A:.*]] = dlc.slice %arg0 from [0] to [3] by [2]
// CHECK: %[[B:.*]] = dlc.slice %arg0 from [1] to [4] by [2]
// CHECK: %[[Y:.*]] = dlc.maximum %[[A]], %[[B]]
// CHECK: return %[[Y]]
func.func @pool(%x: tensor<4xf32>) -> tensor<2xf32> {
  %y = dlc.reduce_window max %x window [2] strides [2] dilations [1] low [0] high [0] : tensor<4xf32> to tensor<2xf32>
  return %y : tensor<2xf32>
}

// 64 taps are six additions of windows half as long.
// CHECK-LABEL: func @large
// CHECK-COUNT-6: dlc.add
// CHECK-NOT: dlc.add
func.func @large(%x: tensor<128xf32>) -> tensor<65xf32> {
  %y = dlc.reduce_window add %x window [64] strides [1] dilations [1] low [0] high [0] : tensor<128xf32> to tensor<65xf32>
  return %y : tensor<65xf32>
}

// Side by side, each element asks the one window that it lies in.
// CHECK-LABEL: func @tiles
// CHECK: %[[O:.*]] = dlc.broadcast_in_dim %{{.*}} dims [0, 1] : tensor<3x2xi32> to tensor<3x2x2xi32>
// CHECK: %[[I:.*]] = dlc.iota dim 2
// CHECK: dlc.compare EQ, %[[O]]
// CHECK: %[[S:.*]] = dlc.broadcast_in_dim %arg1 dims [0, 1]
// CHECK: dlc.select %{{.*}}, %[[S]]
// CHECK: %[[P:.*]] = dlc.reshape %{{.*}} : tensor<3x2x2xf32> to tensor<3x4xf32>
// The element that no window reaches.
// CHECK: dlc.pad %[[P]] with %{{.*}} low [0, 0] high [0, 1]
func.func @tiles(%x: tensor<3x5xf32>, %g: tensor<3x2xf32>) -> tensor<3x5xf32> {
  %d = dlc.select_and_scatter %x, %g window [1, 2] strides [1, 2] dilations [1, 1] low [0, 0] high [0, 0] : tensor<3x5xf32>, tensor<3x2xf32>
  return %d : tensor<3x5xf32>
}

// The gradient of windows side by side repeats elements.
// CHECK-LABEL: func @repeated
// CHECK: %[[S:.*]] = dlc.broadcast_in_dim %arg0 dims [0, 1] : tensor<3x2xf32> to tensor<3x2x4xf32>
// CHECK: %[[R:.*]] = dlc.reshape %[[S]] : tensor<3x2x4xf32> to tensor<3x8xf32>
// CHECK: %[[P:.*]] = dlc.pad %[[R]] {{.*}} low [0, 0] high [0, 1] interior [0, 0]
// CHECK: return %[[P]]
func.func @repeated(%g: tensor<3x2xf32>) -> tensor<3x9xf32> {
  %zero = dlc.constant dense<0.0> : tensor<f32>
  %p = dlc.pad %g with %zero low [0, 0] high [0, 0] interior [0, 3] : tensor<3x2xf32>, tensor<f32> to tensor<3x5xf32>
  %y = dlc.reduce_window add %p window [1, 4] strides [1, 1] dilations [1, 1] low [0, 3] high [0, 4] : tensor<3x5xf32> to tensor<3x9xf32>
  return %y : tensor<3x9xf32>
}
