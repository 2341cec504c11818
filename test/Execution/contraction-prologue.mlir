// Products that compute an operand, or read a view, give the bits of products of
// arrays: where @stored returns the operands too, they lie in memory. Both sides,
// all transposes, batches, remainders, several blocks of k, few rows and columns.
// RUN: dlc compile %s --emit=fusion | FileCheck %s
// RUN: dlc compile %s -o %t.dlcprog
// RUN: dlc run %s --function=rows --random=5 --backend=both --rtol=2e-6
// RUN: dlc run %t.dlcprog --function=rows --random=5 --threads=1 --output=@%t.1-0.npy --output=@%t.1-1.npy --output=@%t.1-2.npy --output=@%t.1-3.npy
// RUN: dlc run %t.dlcprog --function=rows --random=5 --threads=3 --output=@%t.3-0.npy --output=@%t.3-1.npy --output=@%t.3-2.npy --output=@%t.3-3.npy
// RUN: dlc run %t.dlcprog --function=rows --random=5 --threads=16 --output=@%t.16-0.npy --output=@%t.16-1.npy --output=@%t.16-2.npy --output=@%t.16-3.npy
// RUN: dlc run %t.dlcprog --function=rows_stored --random=5 --output=@%t.s-0.npy --output=@%t.s-1.npy --output=@%t.s-2.npy --output=@%t.s-3.npy > %t.operands
// RUN: cmp %t.1-0.npy %t.3-0.npy
// RUN: cmp %t.1-0.npy %t.16-0.npy
// RUN: cmp %t.1-0.npy %t.s-0.npy
// RUN: cmp %t.1-1.npy %t.3-1.npy
// RUN: cmp %t.1-1.npy %t.16-1.npy
// RUN: cmp %t.1-1.npy %t.s-1.npy
// RUN: cmp %t.1-2.npy %t.3-2.npy
// RUN: cmp %t.1-2.npy %t.16-2.npy
// RUN: cmp %t.1-2.npy %t.s-2.npy
// RUN: cmp %t.1-3.npy %t.3-3.npy
// RUN: cmp %t.1-3.npy %t.16-3.npy
// RUN: cmp %t.1-3.npy %t.s-3.npy
// RUN: dlc run %s --function=narrow --random=5 --backend=both --rtol=2e-6
// RUN: dlc run %t.dlcprog --function=narrow --random=5 --threads=1 --output=@%t.1-0.npy --output=@%t.1-1.npy --output=@%t.1-2.npy --output=@%t.1-3.npy
// RUN: dlc run %t.dlcprog --function=narrow --random=5 --threads=3 --output=@%t.3-0.npy --output=@%t.3-1.npy --output=@%t.3-2.npy --output=@%t.3-3.npy
// RUN: dlc run %t.dlcprog --function=narrow --random=5 --threads=16 --output=@%t.16-0.npy --output=@%t.16-1.npy --output=@%t.16-2.npy --output=@%t.16-3.npy
// RUN: dlc run %t.dlcprog --function=narrow_stored --random=5 --output=@%t.s-0.npy --output=@%t.s-1.npy --output=@%t.s-2.npy --output=@%t.s-3.npy > %t.operands
// RUN: cmp %t.1-0.npy %t.3-0.npy
// RUN: cmp %t.1-0.npy %t.16-0.npy
// RUN: cmp %t.1-0.npy %t.s-0.npy
// RUN: cmp %t.1-1.npy %t.3-1.npy
// RUN: cmp %t.1-1.npy %t.16-1.npy
// RUN: cmp %t.1-1.npy %t.s-1.npy
// RUN: cmp %t.1-2.npy %t.3-2.npy
// RUN: cmp %t.1-2.npy %t.16-2.npy
// RUN: cmp %t.1-2.npy %t.s-2.npy
// RUN: cmp %t.1-3.npy %t.3-3.npy
// RUN: cmp %t.1-3.npy %t.16-3.npy
// RUN: cmp %t.1-3.npy %t.s-3.npy
// RUN: dlc run %s --function=views --random=5 --backend=both --rtol=2e-6
// RUN: dlc run %t.dlcprog --function=views --random=5 --threads=1 --output=@%t.1-0.npy --output=@%t.1-1.npy --output=@%t.1-2.npy --output=@%t.1-3.npy
// RUN: dlc run %t.dlcprog --function=views --random=5 --threads=3 --output=@%t.3-0.npy --output=@%t.3-1.npy --output=@%t.3-2.npy --output=@%t.3-3.npy
// RUN: dlc run %t.dlcprog --function=views --random=5 --threads=16 --output=@%t.16-0.npy --output=@%t.16-1.npy --output=@%t.16-2.npy --output=@%t.16-3.npy
// RUN: dlc run %t.dlcprog --function=views_stored --random=5 --output=@%t.s-0.npy --output=@%t.s-1.npy --output=@%t.s-2.npy --output=@%t.s-3.npy > %t.operands
// RUN: cmp %t.1-0.npy %t.3-0.npy
// RUN: cmp %t.1-0.npy %t.16-0.npy
// RUN: cmp %t.1-0.npy %t.s-0.npy
// RUN: cmp %t.1-1.npy %t.3-1.npy
// RUN: cmp %t.1-1.npy %t.16-1.npy
// RUN: cmp %t.1-1.npy %t.s-1.npy
// RUN: cmp %t.1-2.npy %t.3-2.npy
// RUN: cmp %t.1-2.npy %t.16-2.npy
// RUN: cmp %t.1-2.npy %t.s-2.npy
// RUN: cmp %t.1-3.npy %t.3-3.npy
// RUN: cmp %t.1-3.npy %t.16-3.npy
// RUN: cmp %t.1-3.npy %t.s-3.npy

// CHECK-LABEL: func.func @rows(
// CHECK-NOT: dlc.kernel map
// CHECK-LABEL: func.func @rows_stored(
// CHECK-COUNT-6: dlc.kernel map
// CHECK-LABEL: func.func @narrow(
// CHECK-NOT: dlc.kernel map
// CHECK-LABEL: func.func @narrow_stored(
// CHECK-COUNT-6: dlc.kernel map
// CHECK-LABEL: func.func @views(
// CHECK-NOT: dlc.kernel map
// CHECK-LABEL: func.func @views_stored(
// CHECK-COUNT-6: dlc.kernel map

func.func @rows(
    %images.a0: tensor<33x40xui8>,
    %images.b: tensor<40x50xf32>,
    %turned.a0: tensor<33x45xbf16>,
    %turned.b0: tensor<70x33xbf16>,
    %blocks.a0: tensor<70x530xf32>,
    %blocks.b0: tensor<96x530xf16>,
    %tall.a0: tensor<300x100xf32>,
    %tall.a1: tensor<300x100xi1>,
    %tall.b: tensor<100x10xf32>)
    -> (tensor<33x50xf32>, tensor<45x70xf32>, tensor<70x96xf32>, tensor<300x10xf32>) {
  %images.a = dlc.convert %images.a0 : tensor<33x40xui8> to tensor<33x40xf32>
  %images = dlc.dot_general %images.a, %images.b batch [] x [] contract [1] x [0]
      : tensor<33x40xf32>, tensor<40x50xf32> to tensor<33x50xf32>
  %turned.a = dlc.convert %turned.a0 : tensor<33x45xbf16> to tensor<33x45xf32>
  %turned.b = dlc.convert %turned.b0 : tensor<70x33xbf16> to tensor<70x33xf32>
  %turned = dlc.dot_general %turned.a, %turned.b batch [] x [] contract [0] x [1]
      : tensor<33x45xf32>, tensor<70x33xf32> to tensor<45x70xf32>
  %blocks.a1 = dlc.constant dense<0.75> : tensor<70x530xf32>
  %blocks.a = dlc.multiply %blocks.a0, %blocks.a1 : tensor<70x530xf32>
  %blocks.b = dlc.convert %blocks.b0 : tensor<96x530xf16> to tensor<96x530xf32>
  %blocks = dlc.dot_general %blocks.a, %blocks.b batch [] x [] contract [1] x [1]
      : tensor<70x530xf32>, tensor<96x530xf32> to tensor<70x96xf32>
  %tall.a2 = dlc.constant dense<0.0> : tensor<300x100xf32>
  %tall.a = dlc.select %tall.a1, %tall.a0, %tall.a2 : tensor<300x100xi1>, tensor<300x100xf32>
  %tall = dlc.dot_general %tall.a, %tall.b batch [] x [] contract [1] x [0]
      : tensor<300x100xf32>, tensor<100x10xf32> to tensor<300x10xf32>
  return %images, %turned, %blocks, %tall
      : tensor<33x50xf32>, tensor<45x70xf32>, tensor<70x96xf32>, tensor<300x10xf32>
}

func.func @rows_stored(
    %images.a0: tensor<33x40xui8>,
    %images.b: tensor<40x50xf32>,
    %turned.a0: tensor<33x45xbf16>,
    %turned.b0: tensor<70x33xbf16>,
    %blocks.a0: tensor<70x530xf32>,
    %blocks.b0: tensor<96x530xf16>,
    %tall.a0: tensor<300x100xf32>,
    %tall.a1: tensor<300x100xi1>,
    %tall.b: tensor<100x10xf32>)
    -> (tensor<33x50xf32>, tensor<45x70xf32>, tensor<70x96xf32>, tensor<300x10xf32>, tensor<33x40xf32>, tensor<33x45xf32>, tensor<70x33xf32>, tensor<70x530xf32>, tensor<96x530xf32>, tensor<300x100xf32>) {
  %images.a = dlc.convert %images.a0 : tensor<33x40xui8> to tensor<33x40xf32>
  %images = dlc.dot_general %images.a, %images.b batch [] x [] contract [1] x [0]
      : tensor<33x40xf32>, tensor<40x50xf32> to tensor<33x50xf32>
  %turned.a = dlc.convert %turned.a0 : tensor<33x45xbf16> to tensor<33x45xf32>
  %turned.b = dlc.convert %turned.b0 : tensor<70x33xbf16> to tensor<70x33xf32>
  %turned = dlc.dot_general %turned.a, %turned.b batch [] x [] contract [0] x [1]
      : tensor<33x45xf32>, tensor<70x33xf32> to tensor<45x70xf32>
  %blocks.a1 = dlc.constant dense<0.75> : tensor<70x530xf32>
  %blocks.a = dlc.multiply %blocks.a0, %blocks.a1 : tensor<70x530xf32>
  %blocks.b = dlc.convert %blocks.b0 : tensor<96x530xf16> to tensor<96x530xf32>
  %blocks = dlc.dot_general %blocks.a, %blocks.b batch [] x [] contract [1] x [1]
      : tensor<70x530xf32>, tensor<96x530xf32> to tensor<70x96xf32>
  %tall.a2 = dlc.constant dense<0.0> : tensor<300x100xf32>
  %tall.a = dlc.select %tall.a1, %tall.a0, %tall.a2 : tensor<300x100xi1>, tensor<300x100xf32>
  %tall = dlc.dot_general %tall.a, %tall.b batch [] x [] contract [1] x [0]
      : tensor<300x100xf32>, tensor<100x10xf32> to tensor<300x10xf32>
  return %images, %turned, %blocks, %tall, %images.a, %turned.a, %turned.b, %blocks.a, %blocks.b, %tall.a
      : tensor<33x50xf32>, tensor<45x70xf32>, tensor<70x96xf32>, tensor<300x10xf32>, tensor<33x40xf32>, tensor<33x45xf32>, tensor<70x33xf32>, tensor<70x530xf32>, tensor<96x530xf32>, tensor<300x100xf32>
}

func.func @narrow(
    %narrow.a0: tensor<37x100xbf16>,
    %narrow.b0: tensor<37x10xf32>,
    %narrow.b1: tensor<37xf32>,
    %narrow.b2: tensor<10xf32>,
    %row.a: tensor<1x70xf32>,
    %row.b0: tensor<130x70xbf16>,
    %batch.a0: tensor<3x20x48xf32>,
    %batch.a1: tensor<3x20xf32>,
    %batch.a2: tensor<48xf32>,
    %batch.b0: tensor<3x48x33xi32>,
    %wide.a0: tensor<35x37xf32>,
    %wide.b: tensor<35x41xf64>)
    -> (tensor<100x10xf32>, tensor<1x130xf32>, tensor<3x20x33xf32>, tensor<37x41xf64>) {
  %narrow.a = dlc.convert %narrow.a0 : tensor<37x100xbf16> to tensor<37x100xf32>
  %narrow.b3 = dlc.broadcast_in_dim %narrow.b1 dims [0] : tensor<37xf32> to tensor<37x10xf32>
  %narrow.b4 = dlc.broadcast_in_dim %narrow.b2 dims [1] : tensor<10xf32> to tensor<37x10xf32>
  %narrow.b5 = dlc.subtract %narrow.b0, %narrow.b3 : tensor<37x10xf32>
  %narrow.b = dlc.multiply %narrow.b5, %narrow.b4 : tensor<37x10xf32>
  %narrow = dlc.dot_general %narrow.a, %narrow.b batch [] x [] contract [0] x [0]
      : tensor<37x100xf32>, tensor<37x10xf32> to tensor<100x10xf32>
  %row.b = dlc.convert %row.b0 : tensor<130x70xbf16> to tensor<130x70xf32>
  %row = dlc.dot_general %row.a, %row.b batch [] x [] contract [1] x [1]
      : tensor<1x70xf32>, tensor<130x70xf32> to tensor<1x130xf32>
  %batch.a3 = dlc.broadcast_in_dim %batch.a1 dims [0, 1] : tensor<3x20xf32> to tensor<3x20x48xf32>
  %batch.a4 = dlc.broadcast_in_dim %batch.a2 dims [2] : tensor<48xf32> to tensor<3x20x48xf32>
  %batch.a5 = dlc.subtract %batch.a0, %batch.a3 : tensor<3x20x48xf32>
  %batch.a = dlc.multiply %batch.a5, %batch.a4 : tensor<3x20x48xf32>
  %batch.b = dlc.convert %batch.b0 : tensor<3x48x33xi32> to tensor<3x48x33xf32>
  %batch = dlc.dot_general %batch.a, %batch.b batch [0] x [0] contract [2] x [1]
      : tensor<3x20x48xf32>, tensor<3x48x33xf32> to tensor<3x20x33xf32>
  %wide.a = dlc.convert %wide.a0 : tensor<35x37xf32> to tensor<35x37xf64>
  %wide = dlc.dot_general %wide.a, %wide.b batch [] x [] contract [0] x [0]
      : tensor<35x37xf64>, tensor<35x41xf64> to tensor<37x41xf64>
  return %narrow, %row, %batch, %wide
      : tensor<100x10xf32>, tensor<1x130xf32>, tensor<3x20x33xf32>, tensor<37x41xf64>
}

func.func @narrow_stored(
    %narrow.a0: tensor<37x100xbf16>,
    %narrow.b0: tensor<37x10xf32>,
    %narrow.b1: tensor<37xf32>,
    %narrow.b2: tensor<10xf32>,
    %row.a: tensor<1x70xf32>,
    %row.b0: tensor<130x70xbf16>,
    %batch.a0: tensor<3x20x48xf32>,
    %batch.a1: tensor<3x20xf32>,
    %batch.a2: tensor<48xf32>,
    %batch.b0: tensor<3x48x33xi32>,
    %wide.a0: tensor<35x37xf32>,
    %wide.b: tensor<35x41xf64>)
    -> (tensor<100x10xf32>, tensor<1x130xf32>, tensor<3x20x33xf32>, tensor<37x41xf64>, tensor<37x100xf32>, tensor<37x10xf32>, tensor<130x70xf32>, tensor<3x20x48xf32>, tensor<3x48x33xf32>, tensor<35x37xf64>) {
  %narrow.a = dlc.convert %narrow.a0 : tensor<37x100xbf16> to tensor<37x100xf32>
  %narrow.b3 = dlc.broadcast_in_dim %narrow.b1 dims [0] : tensor<37xf32> to tensor<37x10xf32>
  %narrow.b4 = dlc.broadcast_in_dim %narrow.b2 dims [1] : tensor<10xf32> to tensor<37x10xf32>
  %narrow.b5 = dlc.subtract %narrow.b0, %narrow.b3 : tensor<37x10xf32>
  %narrow.b = dlc.multiply %narrow.b5, %narrow.b4 : tensor<37x10xf32>
  %narrow = dlc.dot_general %narrow.a, %narrow.b batch [] x [] contract [0] x [0]
      : tensor<37x100xf32>, tensor<37x10xf32> to tensor<100x10xf32>
  %row.b = dlc.convert %row.b0 : tensor<130x70xbf16> to tensor<130x70xf32>
  %row = dlc.dot_general %row.a, %row.b batch [] x [] contract [1] x [1]
      : tensor<1x70xf32>, tensor<130x70xf32> to tensor<1x130xf32>
  %batch.a3 = dlc.broadcast_in_dim %batch.a1 dims [0, 1] : tensor<3x20xf32> to tensor<3x20x48xf32>
  %batch.a4 = dlc.broadcast_in_dim %batch.a2 dims [2] : tensor<48xf32> to tensor<3x20x48xf32>
  %batch.a5 = dlc.subtract %batch.a0, %batch.a3 : tensor<3x20x48xf32>
  %batch.a = dlc.multiply %batch.a5, %batch.a4 : tensor<3x20x48xf32>
  %batch.b = dlc.convert %batch.b0 : tensor<3x48x33xi32> to tensor<3x48x33xf32>
  %batch = dlc.dot_general %batch.a, %batch.b batch [0] x [0] contract [2] x [1]
      : tensor<3x20x48xf32>, tensor<3x48x33xf32> to tensor<3x20x33xf32>
  %wide.a = dlc.convert %wide.a0 : tensor<35x37xf32> to tensor<35x37xf64>
  %wide = dlc.dot_general %wide.a, %wide.b batch [] x [] contract [0] x [0]
      : tensor<35x37xf64>, tensor<35x41xf64> to tensor<37x41xf64>
  return %narrow, %row, %batch, %wide, %narrow.a, %narrow.b, %row.b, %batch.a, %batch.b, %wide.a
      : tensor<100x10xf32>, tensor<1x130xf32>, tensor<3x20x33xf32>, tensor<37x41xf64>, tensor<37x100xf32>, tensor<37x10xf32>, tensor<130x70xf32>, tensor<3x20x48xf32>, tensor<3x48x33xf32>, tensor<35x37xf64>
}

func.func @views(
    %dots.a0: tensor<40x66xf32>,
    %dots.b0: tensor<5x66xf64>,
    %heads.a0: tensor<2x20x3x4x32xf32>,
    %heads.b0: tensor<2x20x3x4x32xf32>,
    %values.a: tensor<8x20x20xf32>,
    %values.b0: tensor<2x20x3x4x32xf32>,
    %columns.a0: tensor<40x2x66xf32>,
    %columns.b: tensor<40x64xf32>)
    -> (tensor<40x5xf64>, tensor<8x20x20xf32>, tensor<8x20x32xf32>, tensor<50x64xf32>) {
  %dots.a = dlc.convert %dots.a0 : tensor<40x66xf32> to tensor<40x66xf64>
  %dots.b1 = dlc.constant dense<0.75> : tensor<5x66xf64>
  %dots.b = dlc.multiply %dots.b0, %dots.b1 : tensor<5x66xf64>
  %dots = dlc.dot_general %dots.a, %dots.b batch [] x [] contract [1] x [1]
      : tensor<40x66xf64>, tensor<5x66xf64> to tensor<40x5xf64>
  %heads.a1 = dlc.slice %heads.a0 from [0, 0, 1, 0, 0] to [2, 20, 2, 4, 32] by [1, 1, 1, 1, 1] : tensor<2x20x3x4x32xf32> to tensor<2x20x1x4x32xf32>
  %heads.a2 = dlc.transpose %heads.a1 perm [2, 0, 3, 1, 4] : tensor<2x20x1x4x32xf32> to tensor<1x2x4x20x32xf32>
  %heads.a = dlc.reshape %heads.a2 : tensor<1x2x4x20x32xf32> to tensor<8x20x32xf32>
  %heads.b1 = dlc.slice %heads.b0 from [0, 0, 1, 0, 0] to [2, 20, 2, 4, 32] by [1, 1, 1, 1, 1] : tensor<2x20x3x4x32xf32> to tensor<2x20x1x4x32xf32>
  %heads.b2 = dlc.transpose %heads.b1 perm [2, 0, 3, 1, 4] : tensor<2x20x1x4x32xf32> to tensor<1x2x4x20x32xf32>
  %heads.b = dlc.reshape %heads.b2 : tensor<1x2x4x20x32xf32> to tensor<8x20x32xf32>
  %heads = dlc.dot_general %heads.a, %heads.b batch [0] x [0] contract [2] x [2]
      : tensor<8x20x32xf32>, tensor<8x20x32xf32> to tensor<8x20x20xf32>
  %values.b1 = dlc.slice %values.b0 from [0, 0, 1, 0, 0] to [2, 20, 2, 4, 32] by [1, 1, 1, 1, 1] : tensor<2x20x3x4x32xf32> to tensor<2x20x1x4x32xf32>
  %values.b2 = dlc.transpose %values.b1 perm [2, 0, 3, 1, 4] : tensor<2x20x1x4x32xf32> to tensor<1x2x4x20x32xf32>
  %values.b = dlc.reshape %values.b2 : tensor<1x2x4x20x32xf32> to tensor<8x20x32xf32>
  %values = dlc.dot_general %values.a, %values.b batch [0] x [0] contract [2] x [1]
      : tensor<8x20x20xf32>, tensor<8x20x32xf32> to tensor<8x20x32xf32>
  %columns.a1 = dlc.slice %columns.a0 from [0, 1, 3] to [40, 2, 53] by [1, 1, 1] : tensor<40x2x66xf32> to tensor<40x1x50xf32>
  %columns.a = dlc.reshape %columns.a1 : tensor<40x1x50xf32> to tensor<40x50xf32>
  %columns = dlc.dot_general %columns.a, %columns.b batch [] x [] contract [0] x [0]
      : tensor<40x50xf32>, tensor<40x64xf32> to tensor<50x64xf32>
  return %dots, %heads, %values, %columns
      : tensor<40x5xf64>, tensor<8x20x20xf32>, tensor<8x20x32xf32>, tensor<50x64xf32>
}

func.func @views_stored(
    %dots.a0: tensor<40x66xf32>,
    %dots.b0: tensor<5x66xf64>,
    %heads.a0: tensor<2x20x3x4x32xf32>,
    %heads.b0: tensor<2x20x3x4x32xf32>,
    %values.a: tensor<8x20x20xf32>,
    %values.b0: tensor<2x20x3x4x32xf32>,
    %columns.a0: tensor<40x2x66xf32>,
    %columns.b: tensor<40x64xf32>)
    -> (tensor<40x5xf64>, tensor<8x20x20xf32>, tensor<8x20x32xf32>, tensor<50x64xf32>, tensor<40x66xf64>, tensor<5x66xf64>, tensor<8x20x32xf32>, tensor<8x20x32xf32>, tensor<8x20x32xf32>, tensor<40x50xf32>) {
  %dots.a = dlc.convert %dots.a0 : tensor<40x66xf32> to tensor<40x66xf64>
  %dots.b1 = dlc.constant dense<0.75> : tensor<5x66xf64>
  %dots.b = dlc.multiply %dots.b0, %dots.b1 : tensor<5x66xf64>
  %dots = dlc.dot_general %dots.a, %dots.b batch [] x [] contract [1] x [1]
      : tensor<40x66xf64>, tensor<5x66xf64> to tensor<40x5xf64>
  %heads.a1 = dlc.slice %heads.a0 from [0, 0, 1, 0, 0] to [2, 20, 2, 4, 32] by [1, 1, 1, 1, 1] : tensor<2x20x3x4x32xf32> to tensor<2x20x1x4x32xf32>
  %heads.a2 = dlc.transpose %heads.a1 perm [2, 0, 3, 1, 4] : tensor<2x20x1x4x32xf32> to tensor<1x2x4x20x32xf32>
  %heads.a = dlc.reshape %heads.a2 : tensor<1x2x4x20x32xf32> to tensor<8x20x32xf32>
  %heads.b1 = dlc.slice %heads.b0 from [0, 0, 1, 0, 0] to [2, 20, 2, 4, 32] by [1, 1, 1, 1, 1] : tensor<2x20x3x4x32xf32> to tensor<2x20x1x4x32xf32>
  %heads.b2 = dlc.transpose %heads.b1 perm [2, 0, 3, 1, 4] : tensor<2x20x1x4x32xf32> to tensor<1x2x4x20x32xf32>
  %heads.b = dlc.reshape %heads.b2 : tensor<1x2x4x20x32xf32> to tensor<8x20x32xf32>
  %heads = dlc.dot_general %heads.a, %heads.b batch [0] x [0] contract [2] x [2]
      : tensor<8x20x32xf32>, tensor<8x20x32xf32> to tensor<8x20x20xf32>
  %values.b1 = dlc.slice %values.b0 from [0, 0, 1, 0, 0] to [2, 20, 2, 4, 32] by [1, 1, 1, 1, 1] : tensor<2x20x3x4x32xf32> to tensor<2x20x1x4x32xf32>
  %values.b2 = dlc.transpose %values.b1 perm [2, 0, 3, 1, 4] : tensor<2x20x1x4x32xf32> to tensor<1x2x4x20x32xf32>
  %values.b = dlc.reshape %values.b2 : tensor<1x2x4x20x32xf32> to tensor<8x20x32xf32>
  %values = dlc.dot_general %values.a, %values.b batch [0] x [0] contract [2] x [1]
      : tensor<8x20x20xf32>, tensor<8x20x32xf32> to tensor<8x20x32xf32>
  %columns.a1 = dlc.slice %columns.a0 from [0, 1, 3] to [40, 2, 53] by [1, 1, 1] : tensor<40x2x66xf32> to tensor<40x1x50xf32>
  %columns.a = dlc.reshape %columns.a1 : tensor<40x1x50xf32> to tensor<40x50xf32>
  %columns = dlc.dot_general %columns.a, %columns.b batch [] x [] contract [0] x [0]
      : tensor<40x50xf32>, tensor<40x64xf32> to tensor<50x64xf32>
  return %dots, %heads, %values, %columns, %dots.a, %dots.b, %heads.a, %heads.b, %values.b, %columns.a
      : tensor<40x5xf64>, tensor<8x20x20xf32>, tensor<8x20x32xf32>, tensor<50x64xf32>, tensor<40x66xf64>, tensor<5x66xf64>, tensor<8x20x32xf32>, tensor<8x20x32xf32>, tensor<8x20x32xf32>, tensor<40x50xf32>
}
