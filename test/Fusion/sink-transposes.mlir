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

// Parts of a batch that a reshape merges stay apart until the end, with the
// transpose before it, through all that leaves the batch alone.
// CHECK-LABEL: func @parts
// CHECK: %[[M:.*]] = dlc.maximum %arg0, %{{.*}} : tensor<6x2x4x16xf32>
// CHECK: %[[S:.*]] = dlc.reduce add %[[M]] dims [1, 2, 3] : tensor<6x2x4x16xf32> to tensor<6xf32>
// CHECK: %[[W:.*]] = dlc.reduce_window add %[[M]] window [1, 1, 2, 1] strides [1, 1, 2, 1] {{.*}} : tensor<6x2x4x16xf32> to tensor<6x2x2x16xf32>
// CHECK: %[[P:.*]] = dlc.pad %[[W]] with %arg2 low [0, 0, 1, 0] high [0, 0, 0, 0]
// CHECK: %[[C:.*]] = dlc.slice %[[P]] from [1, 0, 0, 0] to [4, 2, 3, 16] by [1, 1, 1, 1]
// CHECK: %[[B:.*]] = dlc.broadcast_in_dim %arg1 dims [0] : tensor<3xf32> to tensor<3x2x3x16xf32>
// CHECK: %[[A:.*]] = dlc.add %[[C]], %[[B]]
// CHECK: %[[T:.*]] = dlc.transpose %[[A]] perm [0, 1, 3, 2] : tensor<3x2x3x16xf32> to tensor<3x2x16x3xf32>
// CHECK: %[[R:.*]] = dlc.reshape %[[T]] : tensor<3x2x16x3xf32> to tensor<3x32x3xf32>
// CHECK: return %[[R]], %[[S]]
func.func @parts(%y: tensor<6x2x4x16xf32>, %b: tensor<3xf32>, %z: tensor<f32>) -> (tensor<3x32x3xf32>, tensor<6xf32>) {
  %t = dlc.transpose %y perm [1, 3, 0, 2] : tensor<6x2x4x16xf32> to tensor<2x16x6x4xf32>
  %x = dlc.reshape %t {dlc.merges_parts = 0 : i64} : tensor<2x16x6x4xf32> to tensor<32x6x4xf32>
  %zeros = dlc.constant dense<0.0> : tensor<32x6x4xf32>
  %m = dlc.maximum %x, %zeros : tensor<32x6x4xf32>
  %s = dlc.reduce add %m dims [0, 2] : tensor<32x6x4xf32> to tensor<6xf32>
  %w = dlc.reduce_window add %m window [1, 1, 2] strides [1, 1, 2] dilations [1, 1, 1] low [0, 0, 0] high [0, 0, 0] : tensor<32x6x4xf32> to tensor<32x6x2xf32>
  %p = dlc.pad %w with %z low [0, 0, 1] high [0, 0, 0] interior [0, 0, 0] : tensor<32x6x2xf32>, tensor<f32> to tensor<32x6x3xf32>
  %c = dlc.slice %p from [0, 1, 0] to [32, 4, 3] by [1, 1, 1] : tensor<32x6x3xf32> to tensor<32x3x3xf32>
  %d = dlc.broadcast_in_dim %b dims [1] : tensor<3xf32> to tensor<32x3x3xf32>
  %a = dlc.add %c, %d : tensor<32x3x3xf32>
  %r = dlc.transpose %a perm [1, 0, 2] : tensor<32x3x3xf32> to tensor<3x32x3xf32>
  return %r, %s : tensor<3x32x3xf32>, tensor<6xf32>
}

// Not if something happens along the batch.
// CHECK-LABEL: func @along_the_batch
// CHECK: dlc.transpose
// CHECK: %[[X:.*]] = dlc.reshape
// CHECK: dlc.slice %[[X]]
func.func @along_the_batch(%y: tensor<6x2x4x16xf32>) -> tensor<31x6x4xf32> {
  %t = dlc.transpose %y perm [1, 3, 0, 2] : tensor<6x2x4x16xf32> to tensor<2x16x6x4xf32>
  %x = dlc.reshape %t {dlc.merges_parts = 0 : i64} : tensor<2x16x6x4xf32> to tensor<32x6x4xf32>
  %s = dlc.slice %x from [1, 0, 0] to [32, 6, 4] by [1, 1, 1] : tensor<32x6x4xf32> to tensor<31x6x4xf32>
  return %s : tensor<31x6x4xf32>
}

// A gradient that meets the parts comes into their layout where it is smallest.
// CHECK-LABEL: func @meets_parts
// CHECK: %[[R:.*]] = dlc.reshape %arg1 : tensor<32x6x2xf32> to tensor<2x16x6x2xf32>
// CHECK: %[[T:.*]] = dlc.transpose %[[R]] perm [2, 0, 3, 1] : tensor<2x16x6x2xf32> to tensor<6x2x2x16xf32>
// CHECK: dlc.negate %[[T]]
// CHECK: %[[W:.*]] = dlc.reduce_window add %{{.*}} window [1, 1, 2, 1] {{.*}} to tensor<6x2x4x16xf32>
// CHECK: %[[Y:.*]] = dlc.multiply %arg0, %[[W]]
// CHECK: return %[[Y]]
func.func @meets_parts(%y: tensor<6x2x4x16xf32>, %g: tensor<32x6x2xf32>, %z: tensor<f32>) -> tensor<6x2x4x16xf32> {
  %t = dlc.transpose %y perm [1, 3, 0, 2] : tensor<6x2x4x16xf32> to tensor<2x16x6x4xf32>
  %x = dlc.reshape %t {dlc.merges_parts = 0 : i64} : tensor<2x16x6x4xf32> to tensor<32x6x4xf32>
  %n = dlc.negate %g : tensor<32x6x2xf32>
  %p = dlc.pad %n with %z low [0, 0, 1] high [0, 0, 1] interior [0, 0, 1] : tensor<32x6x2xf32>, tensor<f32> to tensor<32x6x5xf32>
  %w = dlc.reduce_window add %p window [1, 1, 2] strides [1, 1, 1] dilations [1, 1, 1] low [0, 0, 0] high [0, 0, 0] : tensor<32x6x5xf32> to tensor<32x6x4xf32>
  %m = dlc.multiply %x, %w : tensor<32x6x4xf32>
  %s = dlc.reshape %m : tensor<32x6x4xf32> to tensor<2x16x6x4xf32>
  %r = dlc.transpose %s perm [2, 0, 3, 1] : tensor<2x16x6x4xf32> to tensor<6x2x4x16xf32>
  return %r : tensor<6x2x4x16xf32>
}
