// Draws made of random words: the same bits from the interpreter's formulas.
// RUN: dlc run %s --function=bernoulli --backend=both --input=2xi64=7,3 --input=f32=0.25
// RUN: dlc run %s --function=bernoulli --backend=both --input=2xi64=-1,-1 --input=f32=0
// RUN: dlc run %s --function=categorical --backend=both --input=2xi64=7,3 --random=1
// RUN: dlc run %s --function=permutation --backend=both --input=2xi64=7,3
// RUN: dlc run %s --function=dropout --backend=both --rtol=1e-6 --random=2
// RUN: dlc run %s --function=edges --backend=jit --input=4xf32=1,2,3,4 --input=2xi64=0,0 | FileCheck %s

func.func @bernoulli(%s: tensor<2xi64>, %p: tensor<f32>) -> tensor<1000xi1> {
  %0 = dlc.bernoulli %s, %p : tensor<2xi64>, tensor<f32> to tensor<1000xi1>
  return %0 : tensor<1000xi1>
}

func.func @categorical(%s: tensor<2xi64>, %x: tensor<4x10xf32>, %y: tensor<4x10xbf16>) -> (tensor<50x4xi32>, tensor<4xi32>) {
  %0 = dlc.categorical %s, %x : tensor<2xi64>, tensor<4x10xf32> to tensor<50x4xi32>
  %1 = dlc.categorical %s, %y : tensor<2xi64>, tensor<4x10xbf16> to tensor<4xi32>
  return %0, %1 : tensor<50x4xi32>, tensor<4xi32>
}

func.func @permutation(%s: tensor<2xi64>) -> (tensor<1000xi32>, tensor<0xi32>) {
  %0 = dlc.permutation %s : tensor<2xi64> to tensor<1000xi32>
  %1 = dlc.permutation %s : tensor<2xi64> to tensor<0xi32>
  return %0, %1 : tensor<1000xi32>, tensor<0xi32>
}

func.func @dropout(%x: tensor<30x7xf32>, %s: tensor<2xi64>) -> (tensor<30x7xf32>, tensor<30x7xf32>) {
  %0 = dlc.dropout %x, %s rate 0.3 : tensor<30x7xf32>, tensor<2xi64>
  %1 = dlc.dropout %x, %s rate 0.5 : tensor<30x7xf32>, tensor<2xi64>
  return %0, %1 : tensor<30x7xf32>, tensor<30x7xf32>
}

// Nothing is dropped at rate 0, everything at rate 1.
// CHECK: = [1, 2, 3, 4]
// CHECK: = [0, 0, 0, 0]
func.func @edges(%x: tensor<4xf32>, %s: tensor<2xi64>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = dlc.dropout %x, %s rate 0.0 : tensor<4xf32>, tensor<2xi64>
  %1 = dlc.dropout %x, %s rate 1.0 : tensor<4xf32>, tensor<2xi64>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}
