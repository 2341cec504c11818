// Sums of bf16 and f16 are kept in f32, in order, and rounded at the end: bit
// for bit.
// RUN: dlc run %s --function=rows --random=1 --input=3xbf16=0.1 --input=12x0xi64=0 --backend=both
// RUN: dlc run %s --function=places --random=2 --input=4xf16=0.1 --input=40x1xi32=1 --backend=both
// RUN: dlc run %s --function=places --input=4xf16=2048 --input=40x1xi32=1 --input=40xf16=1 | FileCheck %s
// In f16 2048 + 1 is 2048.
// CHECK: tensor<4xf16> = [2048, 2088, 2048, 2048]

func.func @rows(%x: tensor<3xbf16>, %i: tensor<12x0xi64>, %u: tensor<12x3xbf16>) -> tensor<3xbf16> {
  %0 = dlc.scatter add %x, %i, %u batch_dims 0 index_dims [] : tensor<3xbf16>, tensor<12x0xi64>, tensor<12x3xbf16>
  return %0 : tensor<3xbf16>
}

func.func @places(%x: tensor<4xf16>, %i: tensor<40x1xi32>, %u: tensor<40xf16>) -> tensor<4xf16> {
  %0 = dlc.scatter add %x, %i, %u batch_dims 0 index_dims [0] : tensor<4xf16>, tensor<40x1xi32>, tensor<40xf16>
  return %0 : tensor<4xf16>
}
