// Index maps, alone and between elementwise ops, move the right elements.
// RUN: dlc run %s --function=broadcast --backend=both --random=1
// RUN: dlc run %s --function=transpose --backend=both --random=2
// RUN: dlc run %s --function=slice --backend=both --random=3
// RUN: dlc run %s --function=pad --backend=both --random=4
// RUN: dlc run %s --function=reshape --backend=both --random=5
// RUN: dlc run %s --function=chain --backend=both --random=6

func.func @broadcast(%row: tensor<19xf32>, %column: tensor<5x1xf32>, %scalar: tensor<f32>, %p: tensor<5xi1>) -> (tensor<5x19xf32>, tensor<5x19xf32>, tensor<5x19xi1>) {
  %0 = dlc.broadcast_in_dim %row dims [1] : tensor<19xf32> to tensor<5x19xf32>
  %1 = dlc.broadcast_in_dim %column dims [0, 1] : tensor<5x1xf32> to tensor<5x19xf32>
  %2 = dlc.broadcast_in_dim %scalar dims [] : tensor<f32> to tensor<5x19xf32>
  %3 = dlc.subtract %0, %1 : tensor<5x19xf32>
  %4 = dlc.multiply %3, %2 : tensor<5x19xf32>
  %5 = dlc.broadcast_in_dim %p dims [0] : tensor<5xi1> to tensor<5x19xi1>
  return %0, %4, %5 : tensor<5x19xf32>, tensor<5x19xf32>, tensor<5x19xi1>
}

func.func @transpose(%x: tensor<5x19xf32>, %y: tensor<2x3x4xui8>) -> (tensor<19x5xf32>, tensor<4x2x3xui8>, tensor<19x5xf32>) {
  %0 = dlc.transpose %x perm [1, 0] : tensor<5x19xf32> to tensor<19x5xf32>
  %1 = dlc.transpose %y perm [2, 0, 1] : tensor<2x3x4xui8> to tensor<4x2x3xui8>
  %2 = dlc.negate %0 : tensor<19x5xf32>
  return %0, %1, %2 : tensor<19x5xf32>, tensor<4x2x3xui8>, tensor<19x5xf32>
}

func.func @slice(%x: tensor<7x37xf32>) -> (tensor<3x12xf32>, tensor<0x37xf32>, tensor<7x1xf32>) {
  %0 = dlc.slice %x from [1, 2] to [7, 36] by [2, 3] : tensor<7x37xf32> to tensor<3x12xf32>
  %1 = dlc.slice %x from [3, 0] to [3, 37] by [1, 1] : tensor<7x37xf32> to tensor<0x37xf32>
  %2 = dlc.slice %x from [0, 36] to [7, 37] by [1, 1] : tensor<7x37xf32> to tensor<7x1xf32>
  return %0, %1, %2 : tensor<3x12xf32>, tensor<0x37xf32>, tensor<7x1xf32>
}

func.func @pad(%x: tensor<3x5xf32>, %v: tensor<f32>, %empty: tensor<0xi32>, %i: tensor<i32>) -> (tensor<8x17xf32>, tensor<3xi32>) {
  %0 = dlc.pad %x with %v low [1, 2] high [2, 2] interior [1, 2] : tensor<3x5xf32>, tensor<f32> to tensor<8x17xf32>
  %1 = dlc.pad %empty with %i low [1] high [2] interior [4] : tensor<0xi32>, tensor<i32> to tensor<3xi32>
  return %0, %1 : tensor<8x17xf32>, tensor<3xi32>
}

func.func @reshape(%x: tensor<6x10xf32>, %y: tensor<6x10xf32>) -> (tensor<60xf32>, tensor<3x20xf32>, tensor<10x6xf32>) {
  %0 = dlc.reshape %x : tensor<6x10xf32> to tensor<60xf32>
  %sum = dlc.add %x, %y : tensor<6x10xf32>
  %1 = dlc.reshape %sum : tensor<6x10xf32> to tensor<3x20xf32>
  %t = dlc.transpose %x perm [1, 0] : tensor<6x10xf32> to tensor<10x6xf32>
  %flat = dlc.reshape %t : tensor<10x6xf32> to tensor<60xf32>
  %2 = dlc.reshape %flat : tensor<60xf32> to tensor<10x6xf32>
  return %0, %1, %2 : tensor<60xf32>, tensor<3x20xf32>, tensor<10x6xf32>
}

func.func @chain(%x: tensor<4x33xf32>, %v: tensor<f32>) -> tensor<35x8xf32> {
  %0 = dlc.abs %x : tensor<4x33xf32>
  %1 = dlc.pad %0 with %v low [0, 1] high [1, 1] interior [1, 0] : tensor<4x33xf32>, tensor<f32> to tensor<8x35xf32>
  %2 = dlc.transpose %1 perm [1, 0] : tensor<8x35xf32> to tensor<35x8xf32>
  %3 = dlc.negate %2 : tensor<35x8xf32>
  return %3 : tensor<35x8xf32>
}
