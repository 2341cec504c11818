// Rows shorter than a vector, a lane each: whole groups of 16 and a rest, one
// column, f64, faults, rows that share their memory with the result.
// RUN: dlc run %s --function=loss --backend=both --rtol=1e-5 --random=1 --input=70x10xf32=0.5 --input=70xi32=3
// RUN: dlc run %s --function=norm --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=one --backend=both --rtol=1e-6 --random=1
// RUN: dlc run %s --function=doubles --backend=both --rtol=1e-14 --random=1
// RUN: dlc run %s --function=places --backend=both --random=1
// RUN: not dlc run %s --function=loss --random=1 --input=70x10xf32=0.5 --input=70xi32=10 2>&1 | FileCheck %s
// CHECK: index at position 0 is outside [0, 10)
// RUN: dlc run %s --function=norm --random=1 --threads=1 > %t.one
// RUN: dlc run %s --function=norm --random=1 --threads=3 > %t.three
// RUN: cmp %t.one %t.three

func.func @loss(%x: tensor<70x10xf32>, %labels: tensor<70xi32>) -> (tensor<70xf32>, tensor<70x10xf32>) {
  %v = dlc.variable %x : tensor<70x10xf32>
  %losses = dlc.softmax_cross_entropy %v, %labels : tensor<70x10xf32>, tensor<70xi32> to tensor<70xf32>
  %one = dlc.constant dense<1.0> : tensor<70xf32>
  %d = dlc.grad of(%losses) seed(%one) wrt(%v) : (tensor<70xf32>, tensor<70xf32>, tensor<70x10xf32>) -> tensor<70x10xf32>
  return %losses, %d : tensor<70xf32>, tensor<70x10xf32>
}

func.func @norm(%x: tensor<4099x7xf32>, %s: tensor<7xf32>, %b: tensor<7xf32>) -> tensor<4099x7xf32> {
  %0 = dlc.layer_norm %x, %s, %b epsilon 1.0e-5 : tensor<4099x7xf32>, tensor<7xf32>
  return %0 : tensor<4099x7xf32>
}

func.func @one(%x: tensor<33x1xf32>, %y: tensor<33xf32>) -> tensor<33xf32> {
  %0 = dlc.exponential %x : tensor<33x1xf32>
  %1 = dlc.reduce add %0 dims [1] : tensor<33x1xf32> to tensor<33xf32>
  %2 = dlc.multiply %1, %y : tensor<33xf32>
  return %2 : tensor<33xf32>
}

func.func @doubles(%x: tensor<19x5xf64>) -> (tensor<19x5xf64>, tensor<19xf64>) {
  %0 = dlc.softmax %x dim 1 : tensor<19x5xf64>
  %1 = dlc.reduce max %x dims [1] : tensor<19x5xf64> to tensor<19xf64>
  return %0, %1 : tensor<19x5xf64>, tensor<19xf64>
}

func.func @places(%x: tensor<40x6xf32>) -> tensor<40xi32> {
  %0 = dlc.argmax %x dim 1 : tensor<40x6xf32> to tensor<40xi32>
  return %0 : tensor<40xi32>
}
