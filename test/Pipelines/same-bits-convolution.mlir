// Convolutions and their gradients give the same bits for any number of threads
// and on every ISA with fused multiply-adds, whichever layout they get.
// RUN: dlc run %s --function=channels_last --random=3 --threads=1 --output=@%t.channels_last.y1.npy --output=@%t.channels_last.dx1.npy --output=@%t.channels_last.dw1.npy
// RUN: dlc run %s --function=channels_last --random=3 --threads=2 --output=@%t.channels_last.y2.npy --output=@%t.channels_last.dx2.npy --output=@%t.channels_last.dw2.npy
// RUN: dlc run %s --function=channels_last --random=3 --threads=3 --output=@%t.channels_last.y3.npy --output=@%t.channels_last.dx3.npy --output=@%t.channels_last.dw3.npy
// RUN: dlc run %s --function=channels_last --random=3 --threads=16 --output=@%t.channels_last.y16.npy --output=@%t.channels_last.dx16.npy --output=@%t.channels_last.dw16.npy
// RUN: dlc run %s --function=channels_last --random=3 --mcpu=x86-64-v3 --output=@%t.channels_last.yavx.npy --output=@%t.channels_last.dxavx.npy --output=@%t.channels_last.dwavx.npy
// RUN: cmp %t.channels_last.y1.npy %t.channels_last.y2.npy
// RUN: cmp %t.channels_last.dx1.npy %t.channels_last.dx2.npy
// RUN: cmp %t.channels_last.dw1.npy %t.channels_last.dw2.npy
// RUN: cmp %t.channels_last.y1.npy %t.channels_last.y3.npy
// RUN: cmp %t.channels_last.dx1.npy %t.channels_last.dx3.npy
// RUN: cmp %t.channels_last.dw1.npy %t.channels_last.dw3.npy
// RUN: cmp %t.channels_last.y1.npy %t.channels_last.y16.npy
// RUN: cmp %t.channels_last.dx1.npy %t.channels_last.dx16.npy
// RUN: cmp %t.channels_last.dw1.npy %t.channels_last.dw16.npy
// RUN: cmp %t.channels_last.y1.npy %t.channels_last.yavx.npy
// RUN: cmp %t.channels_last.dx1.npy %t.channels_last.dxavx.npy
// RUN: cmp %t.channels_last.dw1.npy %t.channels_last.dwavx.npy
// RUN: dlc run %s --function=batch_last --random=3 --threads=1 --output=@%t.batch_last.y1.npy --output=@%t.batch_last.dx1.npy --output=@%t.batch_last.dw1.npy
// RUN: dlc run %s --function=batch_last --random=3 --threads=2 --output=@%t.batch_last.y2.npy --output=@%t.batch_last.dx2.npy --output=@%t.batch_last.dw2.npy
// RUN: dlc run %s --function=batch_last --random=3 --threads=3 --output=@%t.batch_last.y3.npy --output=@%t.batch_last.dx3.npy --output=@%t.batch_last.dw3.npy
// RUN: dlc run %s --function=batch_last --random=3 --threads=16 --output=@%t.batch_last.y16.npy --output=@%t.batch_last.dx16.npy --output=@%t.batch_last.dw16.npy
// RUN: dlc run %s --function=batch_last --random=3 --mcpu=x86-64-v3 --output=@%t.batch_last.yavx.npy --output=@%t.batch_last.dxavx.npy --output=@%t.batch_last.dwavx.npy
// RUN: cmp %t.batch_last.y1.npy %t.batch_last.y2.npy
// RUN: cmp %t.batch_last.dx1.npy %t.batch_last.dx2.npy
// RUN: cmp %t.batch_last.dw1.npy %t.batch_last.dw2.npy
// RUN: cmp %t.batch_last.y1.npy %t.batch_last.y3.npy
// RUN: cmp %t.batch_last.dx1.npy %t.batch_last.dx3.npy
// RUN: cmp %t.batch_last.dw1.npy %t.batch_last.dw3.npy
// RUN: cmp %t.batch_last.y1.npy %t.batch_last.y16.npy
// RUN: cmp %t.batch_last.dx1.npy %t.batch_last.dx16.npy
// RUN: cmp %t.batch_last.dw1.npy %t.batch_last.dw16.npy
// RUN: cmp %t.batch_last.y1.npy %t.batch_last.yavx.npy
// RUN: cmp %t.batch_last.dx1.npy %t.batch_last.dxavx.npy
// RUN: cmp %t.batch_last.dw1.npy %t.batch_last.dwavx.npy
// RUN: dlc run %s --function=whole_batch --random=3 --threads=1 --output=@%t.whole_batch.y1.npy --output=@%t.whole_batch.dx1.npy --output=@%t.whole_batch.dw1.npy
// RUN: dlc run %s --function=whole_batch --random=3 --threads=2 --output=@%t.whole_batch.y2.npy --output=@%t.whole_batch.dx2.npy --output=@%t.whole_batch.dw2.npy
// RUN: dlc run %s --function=whole_batch --random=3 --threads=3 --output=@%t.whole_batch.y3.npy --output=@%t.whole_batch.dx3.npy --output=@%t.whole_batch.dw3.npy
// RUN: dlc run %s --function=whole_batch --random=3 --threads=16 --output=@%t.whole_batch.y16.npy --output=@%t.whole_batch.dx16.npy --output=@%t.whole_batch.dw16.npy
// RUN: dlc run %s --function=whole_batch --random=3 --mcpu=x86-64-v3 --output=@%t.whole_batch.yavx.npy --output=@%t.whole_batch.dxavx.npy --output=@%t.whole_batch.dwavx.npy
// RUN: cmp %t.whole_batch.y1.npy %t.whole_batch.y2.npy
// RUN: cmp %t.whole_batch.dx1.npy %t.whole_batch.dx2.npy
// RUN: cmp %t.whole_batch.dw1.npy %t.whole_batch.dw2.npy
// RUN: cmp %t.whole_batch.y1.npy %t.whole_batch.y3.npy
// RUN: cmp %t.whole_batch.dx1.npy %t.whole_batch.dx3.npy
// RUN: cmp %t.whole_batch.dw1.npy %t.whole_batch.dw3.npy
// RUN: cmp %t.whole_batch.y1.npy %t.whole_batch.y16.npy
// RUN: cmp %t.whole_batch.dx1.npy %t.whole_batch.dx16.npy
// RUN: cmp %t.whole_batch.dw1.npy %t.whole_batch.dw16.npy
// RUN: cmp %t.whole_batch.y1.npy %t.whole_batch.yavx.npy
// RUN: cmp %t.whole_batch.dx1.npy %t.whole_batch.dxavx.npy
// RUN: cmp %t.whole_batch.dw1.npy %t.whole_batch.dwavx.npy

func.func @channels_last(%x: tensor<19x18x17x15xf32>, %w: tensor<37x18x3x3xf32>, %g: tensor<19x37x9x8xf32>) -> (tensor<19x37x9x8xf32>, tensor<19x18x17x15xf32>, tensor<37x18x3x3xf32>) {
  %u = dlc.variable %x : tensor<19x18x17x15xf32>
  %v = dlc.variable %w : tensor<37x18x3x3xf32>
  %y = dlc.convolution %u, %v strides [2, 2] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1
      : tensor<19x18x17x15xf32>, tensor<37x18x3x3xf32> to tensor<19x37x9x8xf32>
  %d:2 = dlc.grad of(%y) seed(%g) wrt(%u, %v) : (tensor<19x37x9x8xf32>, tensor<19x37x9x8xf32>, tensor<19x18x17x15xf32>, tensor<37x18x3x3xf32>) -> (tensor<19x18x17x15xf32>, tensor<37x18x3x3xf32>)
  return %y, %d#0, %d#1 : tensor<19x37x9x8xf32>, tensor<19x18x17x15xf32>, tensor<37x18x3x3xf32>
}

// 80 images come in five parts of 16, 70 stay together.
func.func @batch_last(%x: tensor<80x3x17x13xf32>, %w: tensor<6x3x5x5xf32>, %g: tensor<80x6x17x13xf32>) -> (tensor<80x6x17x13xf32>, tensor<80x3x17x13xf32>, tensor<6x3x5x5xf32>) {
  %u = dlc.variable %x : tensor<80x3x17x13xf32>
  %v = dlc.variable %w : tensor<6x3x5x5xf32>
  %y = dlc.convolution %u, %v strides [1, 1] low [2, 2] high [2, 2] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1
      : tensor<80x3x17x13xf32>, tensor<6x3x5x5xf32> to tensor<80x6x17x13xf32>
  %d:2 = dlc.grad of(%y) seed(%g) wrt(%u, %v) : (tensor<80x6x17x13xf32>, tensor<80x6x17x13xf32>, tensor<80x3x17x13xf32>, tensor<6x3x5x5xf32>) -> (tensor<80x3x17x13xf32>, tensor<6x3x5x5xf32>)
  return %y, %d#0, %d#1 : tensor<80x6x17x13xf32>, tensor<80x3x17x13xf32>, tensor<6x3x5x5xf32>
}

func.func @whole_batch(%x: tensor<70x3x17x13xf32>, %w: tensor<6x3x5x5xf32>, %g: tensor<70x6x17x13xf32>) -> (tensor<70x6x17x13xf32>, tensor<70x3x17x13xf32>, tensor<6x3x5x5xf32>) {
  %u = dlc.variable %x : tensor<70x3x17x13xf32>
  %v = dlc.variable %w : tensor<6x3x5x5xf32>
  %y = dlc.convolution %u, %v strides [1, 1] low [2, 2] high [2, 2] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1
      : tensor<70x3x17x13xf32>, tensor<6x3x5x5xf32> to tensor<70x6x17x13xf32>
  %d:2 = dlc.grad of(%y) seed(%g) wrt(%u, %v) : (tensor<70x6x17x13xf32>, tensor<70x6x17x13xf32>, tensor<70x3x17x13xf32>, tensor<6x3x5x5xf32>) -> (tensor<70x3x17x13xf32>, tensor<6x3x5x5xf32>)
  return %y, %d#0, %d#1 : tensor<70x6x17x13xf32>, tensor<70x3x17x13xf32>, tensor<6x3x5x5xf32>
}
