// Windows of every kind under each reduction, and where the largest element of
// each takes a gradient.
// RUN: dlc run %s --function=repeated --backend=both --rtol=1e-6 --random=1
// RUN: dlc run %s --function=halves --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=overlapping --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=dilated --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=cut --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=large --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=none --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=scalar --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=ties --input=6xf32=1,3,3,nan,nan,2 --input=5xf32=1,10,100,1000,10000 | FileCheck %s

func.func @halves(%x: tensor<2x3x8x8xf32>, %g: tensor<2x3x4x4xf32>, %i: tensor<2x3x8x8xi32>) -> (tensor<2x3x4x4xf32>, tensor<2x3x4x4xf32>, tensor<2x3x4x4xf32>, tensor<2x3x4x4xf32>, tensor<2x3x8x8xf32>, tensor<2x3x4x4xi32>) {
  %0 = dlc.reduce_window add %x window [1, 1, 2, 2] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 0, 0] high [0, 0, 0, 0] : tensor<2x3x8x8xf32> to tensor<2x3x4x4xf32>
  %1 = dlc.reduce_window mul %x window [1, 1, 2, 2] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 0, 0] high [0, 0, 0, 0] : tensor<2x3x8x8xf32> to tensor<2x3x4x4xf32>
  %2 = dlc.reduce_window max %x window [1, 1, 2, 2] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 0, 0] high [0, 0, 0, 0] : tensor<2x3x8x8xf32> to tensor<2x3x4x4xf32>
  %3 = dlc.reduce_window min %x window [1, 1, 2, 2] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 0, 0] high [0, 0, 0, 0] : tensor<2x3x8x8xf32> to tensor<2x3x4x4xf32>
  %4 = dlc.select_and_scatter %x, %g window [1, 1, 2, 2] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 0, 0] high [0, 0, 0, 0] : tensor<2x3x8x8xf32>, tensor<2x3x4x4xf32>
  %5 = dlc.reduce_window max %i window [1, 1, 2, 2] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 0, 0] high [0, 0, 0, 0] : tensor<2x3x8x8xi32> to tensor<2x3x4x4xi32>
  return %0, %1, %2, %3, %4, %5 : tensor<2x3x4x4xf32>, tensor<2x3x4x4xf32>, tensor<2x3x4x4xf32>, tensor<2x3x4x4xf32>, tensor<2x3x8x8xf32>, tensor<2x3x4x4xi32>
}

func.func @overlapping(%x: tensor<2x3x9x7xf32>, %g: tensor<2x3x5x4xf32>, %i: tensor<2x3x9x7xi32>) -> (tensor<2x3x5x4xf32>, tensor<2x3x5x4xf32>, tensor<2x3x5x4xf32>, tensor<2x3x5x4xf32>, tensor<2x3x9x7xf32>, tensor<2x3x5x4xi32>) {
  %0 = dlc.reduce_window add %x window [1, 1, 3, 3] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 1, 1] high [0, 0, 1, 1] : tensor<2x3x9x7xf32> to tensor<2x3x5x4xf32>
  %1 = dlc.reduce_window mul %x window [1, 1, 3, 3] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 1, 1] high [0, 0, 1, 1] : tensor<2x3x9x7xf32> to tensor<2x3x5x4xf32>
  %2 = dlc.reduce_window max %x window [1, 1, 3, 3] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 1, 1] high [0, 0, 1, 1] : tensor<2x3x9x7xf32> to tensor<2x3x5x4xf32>
  %3 = dlc.reduce_window min %x window [1, 1, 3, 3] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 1, 1] high [0, 0, 1, 1] : tensor<2x3x9x7xf32> to tensor<2x3x5x4xf32>
  %4 = dlc.select_and_scatter %x, %g window [1, 1, 3, 3] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 1, 1] high [0, 0, 1, 1] : tensor<2x3x9x7xf32>, tensor<2x3x5x4xf32>
  %5 = dlc.reduce_window max %i window [1, 1, 3, 3] strides [1, 1, 2, 2] dilations [1, 1, 1, 1] low [0, 0, 1, 1] high [0, 0, 1, 1] : tensor<2x3x9x7xi32> to tensor<2x3x5x4xi32>
  return %0, %1, %2, %3, %4, %5 : tensor<2x3x5x4xf32>, tensor<2x3x5x4xf32>, tensor<2x3x5x4xf32>, tensor<2x3x5x4xf32>, tensor<2x3x9x7xf32>, tensor<2x3x5x4xi32>
}

func.func @dilated(%x: tensor<1x2x11x11xf32>, %g: tensor<1x2x10x5xf32>, %i: tensor<1x2x11x11xi32>) -> (tensor<1x2x10x5xf32>, tensor<1x2x10x5xf32>, tensor<1x2x10x5xf32>, tensor<1x2x10x5xf32>, tensor<1x2x11x11xf32>, tensor<1x2x10x5xi32>) {
  %0 = dlc.reduce_window add %x window [1, 1, 3, 2] strides [1, 1, 1, 2] dilations [1, 1, 2, 3] low [0, 0, 1, 0] high [0, 0, 2, 1] : tensor<1x2x11x11xf32> to tensor<1x2x10x5xf32>
  %1 = dlc.reduce_window mul %x window [1, 1, 3, 2] strides [1, 1, 1, 2] dilations [1, 1, 2, 3] low [0, 0, 1, 0] high [0, 0, 2, 1] : tensor<1x2x11x11xf32> to tensor<1x2x10x5xf32>
  %2 = dlc.reduce_window max %x window [1, 1, 3, 2] strides [1, 1, 1, 2] dilations [1, 1, 2, 3] low [0, 0, 1, 0] high [0, 0, 2, 1] : tensor<1x2x11x11xf32> to tensor<1x2x10x5xf32>
  %3 = dlc.reduce_window min %x window [1, 1, 3, 2] strides [1, 1, 1, 2] dilations [1, 1, 2, 3] low [0, 0, 1, 0] high [0, 0, 2, 1] : tensor<1x2x11x11xf32> to tensor<1x2x10x5xf32>
  %4 = dlc.select_and_scatter %x, %g window [1, 1, 3, 2] strides [1, 1, 1, 2] dilations [1, 1, 2, 3] low [0, 0, 1, 0] high [0, 0, 2, 1] : tensor<1x2x11x11xf32>, tensor<1x2x10x5xf32>
  %5 = dlc.reduce_window max %i window [1, 1, 3, 2] strides [1, 1, 1, 2] dilations [1, 1, 2, 3] low [0, 0, 1, 0] high [0, 0, 2, 1] : tensor<1x2x11x11xi32> to tensor<1x2x10x5xi32>
  return %0, %1, %2, %3, %4, %5 : tensor<1x2x10x5xf32>, tensor<1x2x10x5xf32>, tensor<1x2x10x5xf32>, tensor<1x2x10x5xf32>, tensor<1x2x11x11xf32>, tensor<1x2x10x5xi32>
}

func.func @cut(%x: tensor<3x20xf32>, %g: tensor<3x7xf32>, %i: tensor<3x20xi32>) -> (tensor<3x7xf32>, tensor<3x7xf32>, tensor<3x7xf32>, tensor<3x7xf32>, tensor<3x20xf32>, tensor<3x7xi32>) {
  %0 = dlc.reduce_window add %x window [1, 3] strides [1, 2] dilations [1, 1] low [0, -2] high [0, -3] : tensor<3x20xf32> to tensor<3x7xf32>
  %1 = dlc.reduce_window mul %x window [1, 3] strides [1, 2] dilations [1, 1] low [0, -2] high [0, -3] : tensor<3x20xf32> to tensor<3x7xf32>
  %2 = dlc.reduce_window max %x window [1, 3] strides [1, 2] dilations [1, 1] low [0, -2] high [0, -3] : tensor<3x20xf32> to tensor<3x7xf32>
  %3 = dlc.reduce_window min %x window [1, 3] strides [1, 2] dilations [1, 1] low [0, -2] high [0, -3] : tensor<3x20xf32> to tensor<3x7xf32>
  %4 = dlc.select_and_scatter %x, %g window [1, 3] strides [1, 2] dilations [1, 1] low [0, -2] high [0, -3] : tensor<3x20xf32>, tensor<3x7xf32>
  %5 = dlc.reduce_window max %i window [1, 3] strides [1, 2] dilations [1, 1] low [0, -2] high [0, -3] : tensor<3x20xi32> to tensor<3x7xi32>
  return %0, %1, %2, %3, %4, %5 : tensor<3x7xf32>, tensor<3x7xf32>, tensor<3x7xf32>, tensor<3x7xf32>, tensor<3x20xf32>, tensor<3x7xi32>
}

func.func @large(%x: tensor<2x70xf32>, %g: tensor<2x23xf32>, %i: tensor<2x70xi32>) -> (tensor<2x23xf32>, tensor<2x23xf32>, tensor<2x23xf32>, tensor<2x23xf32>, tensor<2x70xf32>, tensor<2x23xi32>) {
  %0 = dlc.reduce_window add %x window [1, 45] strides [1, 3] dilations [1, 1] low [0, 20] high [0, 22] : tensor<2x70xf32> to tensor<2x23xf32>
  %1 = dlc.reduce_window mul %x window [1, 45] strides [1, 3] dilations [1, 1] low [0, 20] high [0, 22] : tensor<2x70xf32> to tensor<2x23xf32>
  %2 = dlc.reduce_window max %x window [1, 45] strides [1, 3] dilations [1, 1] low [0, 20] high [0, 22] : tensor<2x70xf32> to tensor<2x23xf32>
  %3 = dlc.reduce_window min %x window [1, 45] strides [1, 3] dilations [1, 1] low [0, 20] high [0, 22] : tensor<2x70xf32> to tensor<2x23xf32>
  %4 = dlc.select_and_scatter %x, %g window [1, 45] strides [1, 3] dilations [1, 1] low [0, 20] high [0, 22] : tensor<2x70xf32>, tensor<2x23xf32>
  %5 = dlc.reduce_window max %i window [1, 45] strides [1, 3] dilations [1, 1] low [0, 20] high [0, 22] : tensor<2x70xi32> to tensor<2x23xi32>
  return %0, %1, %2, %3, %4, %5 : tensor<2x23xf32>, tensor<2x23xf32>, tensor<2x23xf32>, tensor<2x23xf32>, tensor<2x70xf32>, tensor<2x23xi32>
}

func.func @none(%x: tensor<2x3xf32>, %g: tensor<2x0xf32>, %i: tensor<2x3xi32>) -> (tensor<2x0xf32>, tensor<2x0xf32>, tensor<2x0xf32>, tensor<2x0xf32>, tensor<2x3xf32>, tensor<2x0xi32>) {
  %0 = dlc.reduce_window add %x window [1, 5] strides [1, 1] dilations [1, 1] low [0, 0] high [0, 0] : tensor<2x3xf32> to tensor<2x0xf32>
  %1 = dlc.reduce_window mul %x window [1, 5] strides [1, 1] dilations [1, 1] low [0, 0] high [0, 0] : tensor<2x3xf32> to tensor<2x0xf32>
  %2 = dlc.reduce_window max %x window [1, 5] strides [1, 1] dilations [1, 1] low [0, 0] high [0, 0] : tensor<2x3xf32> to tensor<2x0xf32>
  %3 = dlc.reduce_window min %x window [1, 5] strides [1, 1] dilations [1, 1] low [0, 0] high [0, 0] : tensor<2x3xf32> to tensor<2x0xf32>
  %4 = dlc.select_and_scatter %x, %g window [1, 5] strides [1, 1] dilations [1, 1] low [0, 0] high [0, 0] : tensor<2x3xf32>, tensor<2x0xf32>
  %5 = dlc.reduce_window max %i window [1, 5] strides [1, 1] dilations [1, 1] low [0, 0] high [0, 0] : tensor<2x3xi32> to tensor<2x0xi32>
  return %0, %1, %2, %3, %4, %5 : tensor<2x0xf32>, tensor<2x0xf32>, tensor<2x0xf32>, tensor<2x0xf32>, tensor<2x3xf32>, tensor<2x0xi32>
}

func.func @scalar(%x: tensor<f32>, %g: tensor<f32>, %i: tensor<i32>) -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<i32>) {
  %0 = dlc.reduce_window add %x window [] strides [] dilations [] low [] high [] : tensor<f32> to tensor<f32>
  %1 = dlc.reduce_window mul %x window [] strides [] dilations [] low [] high [] : tensor<f32> to tensor<f32>
  %2 = dlc.reduce_window max %x window [] strides [] dilations [] low [] high [] : tensor<f32> to tensor<f32>
  %3 = dlc.reduce_window min %x window [] strides [] dilations [] low [] high [] : tensor<f32> to tensor<f32>
  %4 = dlc.select_and_scatter %x, %g window [] strides [] dilations [] low [] high [] : tensor<f32>, tensor<f32>
  %5 = dlc.reduce_window max %i window [] strides [] dilations [] low [] high [] : tensor<i32> to tensor<i32>
  return %0, %1, %2, %3, %4, %5 : tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<i32>
}

// Of equal elements the first wins, and the first NaN.
// CHECK: 0, 11, 0, 1100, 10000, 0
func.func @ties(%x: tensor<6xf32>, %g: tensor<5xf32>) -> tensor<6xf32> {
  %y = dlc.select_and_scatter %x, %g window [2] strides [1] dilations [1] low [0] high [0] : tensor<6xf32>, tensor<5xf32>
  return %y : tensor<6xf32>
}

// Of windows side by side, some elements being in none.
func.func @repeated(%x: tensor<2x3x9x11xf32>, %g: tensor<2x3x4x3xf32>) -> tensor<2x3x9x11xf32> {
  %v = dlc.variable %x : tensor<2x3x9x11xf32>
  %y = dlc.reduce_window add %v window [1, 1, 2, 3] strides [1, 1, 2, 3] dilations [1, 1, 1, 1] low [0, 0, 0, 0] high [0, 0, 0, 0] : tensor<2x3x9x11xf32> to tensor<2x3x4x3xf32>
  %d = dlc.grad of(%y) seed(%g) wrt(%v) : (tensor<2x3x4x3xf32>, tensor<2x3x4x3xf32>, tensor<2x3x9x11xf32>) -> tensor<2x3x9x11xf32>
  return %d : tensor<2x3x9x11xf32>
}
