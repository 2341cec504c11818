// A transpose moves behind ops that do not mind the order of dimensions.
// RUN: dlc-opt %s --dlc-sink-transposes | FileCheck %s

// CHECK-LABEL: func @pointwise
// CHECK: %[[N:.*]] = dlc.negate %arg0 : tensor<2x8x3xf32>
// CHECK: dlc.transpose %[[N]] perm [0, 2, 1]
func.func @pointwise(%x: tensor<2x8x3xf32>) -> tensor<2x3x8xf32> {
  %t = dlc.transpose %x perm [0, 2, 1] : tensor<2x8x3xf32> to tensor<2x3x8xf32>
  %y = dlc.negate %t : tensor<2x3x8xf32>
  return %y : tensor<2x3x8xf32>
}

// The sum over all but the features leaves nothing to transpose.
// CHECK-LABEL: func @reduce
// CHECK: %[[S:.*]] = dlc.reduce add %arg0 dims [0, 1]
// CHECK: return %[[S]]
func.func @reduce(%x: tensor<2x8x3xf32>) -> tensor<3xf32> {
  %t = dlc.transpose %x perm [0, 2, 1] : tensor<2x8x3xf32> to tensor<2x3x8xf32>
  %y = dlc.reduce add %t dims [0, 2] : tensor<2x3x8xf32> to tensor<3xf32>
  return %y : tensor<3xf32>
}

// CHECK-LABEL: func @slice_and_pad
// CHECK: dlc.slice %arg0 from [0, 2, 1] to [2, 6, 2] by [1, 2, 1]
// CHECK: dlc.pad %{{.*}} low [0, 1, 0] high [0, 2, 0] interior [0, 3, 0]
// Nothing is left to move but a dimension of size 1.
// CHECK-NOT: dlc.transpose
// CHECK: dlc.reshape
func.func @slice_and_pad(%x: tensor<2x8x3xf32>, %z: tensor<f32>) -> tensor<2x1x8xf32> {
  %t = dlc.transpose %x perm [0, 2, 1] : tensor<2x8x3xf32> to tensor<2x3x8xf32>
  %s = dlc.slice %t from [0, 1, 2] to [2, 2, 6] by [1, 1, 2] : tensor<2x3x8xf32> to tensor<2x1x2xf32>
  %y = dlc.pad %s with %z low [0, 0, 1] high [0, 0, 2] interior [0, 0, 3] : tensor<2x1x2xf32>, tensor<f32> to tensor<2x1x8xf32>
  return %y : tensor<2x1x8xf32>
}

// The other operand would need a transpose of its own.
// CHECK-LABEL: func @stays
// CHECK: dlc.transpose %arg0
// CHECK: dlc.add
func.func @stays(%x: tensor<2x8x3xf32>, %r: tensor<2x3x8xf32>) -> tensor<2x3x8xf32> {
  %t = dlc.transpose %x perm [0, 2, 1] : tensor<2x8x3xf32> to tensor<2x3x8xf32>
  %y = dlc.add %t, %r : tensor<2x3x8xf32>
  return %y : tensor<2x3x8xf32>
}

// It gets one where that lets the result's transpose cancel, at the place where
// its computation is smallest.
// CHECK-LABEL: func @meets
// CHECK-DAG: %[[C:.*]] = dlc.compare GT, %arg0
// CHECK-DAG: %[[T:.*]] = dlc.transpose %arg1 perm [0, 2, 1] : tensor<2x3x2xf32> to tensor<2x2x3xf32>
// CHECK-DAG: dlc.negate %[[T]]
// CHECK: %[[W:.*]] = dlc.reduce_window add %{{.*}} window [1, 2, 1] {{.*}} : tensor<2x3x3xf32> to tensor<2x4x3xf32>
// CHECK: %[[Y:.*]] = dlc.select %[[C]], %[[W]], %{{.*}} : tensor<2x4x3xi1>, tensor<2x4x3xf32>
// CHECK-NOT: dlc.transpose
// CHECK: return %[[Y]]
func.func @meets(%x: tensor<2x4x3xf32>, %g: tensor<2x3x2xf32>, %z: tensor<f32>) -> tensor<2x4x3xf32> {
  %zeros = dlc.constant dense<0.0> : tensor<2x4x3xf32>
  %positive = dlc.compare GT, %x, %zeros : tensor<2x4x3xf32>
  %t = dlc.transpose %positive perm [0, 2, 1] : tensor<2x4x3xi1> to tensor<2x3x4xi1>
  %n = dlc.negate %g : tensor<2x3x2xf32>
  %p = dlc.pad %n with %z low [0, 0, 0] high [0, 0, 0] interior [0, 0, 1] : tensor<2x3x2xf32>, tensor<f32> to tensor<2x3x3xf32>
  %w = dlc.reduce_window add %p window [1, 1, 2] strides [1, 1, 1] dilations [1, 1, 1] low [0, 0, 1] high [0, 0, 1] : tensor<2x3x3xf32> to tensor<2x3x4xf32>
  %none = dlc.constant dense<0.0> : tensor<2x3x4xf32>
  %s = dlc.select %t, %w, %none : tensor<2x3x4xi1>, tensor<2x3x4xf32>
  %y = dlc.transpose %s perm [0, 2, 1] : tensor<2x3x4xf32> to tensor<2x4x3xf32>
  return %y : tensor<2x4x3xf32>
}

// What a user sees keeps the user's order of elements.
// CHECK-LABEL: func @shown
// CHECK: %[[T:.*]] = dlc.transpose %arg0
// CHECK: %[[P:.*]] = dlc.print %[[T]]
// CHECK: dlc.assert_finite %[[P]]
func.func @shown(%x: tensor<2x8x3xf32>) -> tensor<2x3x8xf32> {
  %t = dlc.transpose %x perm [0, 2, 1] : tensor<2x8x3xf32> to tensor<2x3x8xf32>
  %p = dlc.print %t {text = "t"} : tensor<2x3x8xf32>
  %y = dlc.assert_finite %p {op = "log"} : tensor<2x3x8xf32>
  return %y : tensor<2x3x8xf32>
}

// A pool and its gradient follow the operand's order; the smaller source pays.
// CHECK-LABEL: func @windows
// CHECK: %[[Y:.*]] = dlc.reduce_window max %arg0 window [1, 2, 1] strides [1, 2, 1]
// CHECK: dlc.transpose %[[Y]] perm [0, 2, 1]
// CHECK: %[[G:.*]] = dlc.transpose %arg1 perm [0, 2, 1]
// CHECK: %[[D:.*]] = dlc.select_and_scatter %arg0, %[[G]] window [1, 2, 1]
// CHECK: dlc.transpose %[[D]] perm [0, 2, 1]
func.func @windows(%x: tensor<2x8x3xf32>, %g: tensor<2x3x4xf32>) -> (tensor<2x3x4xf32>, tensor<2x3x8xf32>) {
  %t = dlc.transpose %x perm [0, 2, 1] : tensor<2x8x3xf32> to tensor<2x3x8xf32>
  %y = dlc.reduce_window max %t window [1, 1, 2] strides [1, 1, 2] dilations [1, 1, 1] low [0, 0, 0] high [0, 0, 0] : tensor<2x3x8xf32> to tensor<2x3x4xf32>
  %d = dlc.select_and_scatter %t, %g window [1, 1, 2] strides [1, 1, 2] dilations [1, 1, 1] low [0, 0, 0] high [0, 0, 0] : tensor<2x3x8xf32>, tensor<2x3x4xf32>
  return %y, %d : tensor<2x3x4xf32>, tensor<2x3x8xf32>
}

// The first of equal elements, in row-major order of the window, wins: a window
// over both dimensions keeps their order.
// CHECK-LABEL: func @row_major
// CHECK: %[[T:.*]] = dlc.transpose %arg0 perm [0, 2, 1]
// CHECK: dlc.reduce_window add %[[T]]
func.func @row_major(%x: tensor<2x8x4xf32>) -> tensor<2x2x4xf32> {
  %t = dlc.transpose %x perm [0, 2, 1] : tensor<2x8x4xf32> to tensor<2x4x8xf32>
  %y = dlc.reduce_window add %t window [1, 2, 2] strides [1, 2, 2] dilations [1, 1, 1] low [0, 0, 0] high [0, 0, 0] : tensor<2x4x8xf32> to tensor<2x2x4xf32>
  return %y : tensor<2x2x4xf32>
}
