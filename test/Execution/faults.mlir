// What a kernel finds wrong ends the run in one line; both backends say it.
// RUN: not dlc run %s --function=index --input=4xi32=0,9,10,-1 2>&1 | FileCheck %s --check-prefix=INDEX
// RUN: not dlc run %s --function=index --input=4xi32=0,9,10,-1 --backend=interpreter 2>&1 | FileCheck %s --check-prefix=INDEX
// RUN: dlc run %s --function=index --backend=both --input=4xi32=0,9,1,2
// RUN: not dlc run %s --function=label --input=2x3xf32=1 --input=2xi64=0,3 2>&1 | FileCheck %s --check-prefix=LABEL
// RUN: not dlc run %s --function=label --input=2x3xf32=1 --input=2xi64=0,3 --backend=interpreter 2>&1 | FileCheck %s --check-prefix=LABEL
// RUN: not dlc run %s --function=divide --input=3xi32=1 --input=3xi32=1,0,0 2>&1 | FileCheck %s --check-prefix=ZERO
// RUN: not dlc run %s --function=divide --input=3xi32=1 --input=3xi32=1,0,0 --backend=interpreter 2>&1 | FileCheck %s --check-prefix=ZERO

// INDEX: [gather] index {{.*}}at position 2 is outside [0, 10)
func.func @index(%i: tensor<4xi32>) -> tensor<4xi32> {
  %0 = dlc.check_index %i {limit = 10 : i64, op = "gather"} : tensor<4xi32>
  return %0 : tensor<4xi32>
}

// LABEL: [softmax_cross_entropy] index {{.*}}at position 1 is outside [0, 3)
func.func @label(%x: tensor<2x3xf32>, %labels: tensor<2xi64>) -> tensor<2xf32> {
  %0 = dlc.softmax_cross_entropy %x, %labels : tensor<2x3xf32>, tensor<2xi64> to tensor<2xf32>
  return %0 : tensor<2xf32>
}

// ZERO: [divide] the divisor at position 1 is zero
func.func @divide(%x: tensor<3xi32>, %y: tensor<3xi32>) -> tensor<3xi32> {
  %0 = dlc.divide %x, %y : tensor<3xi32>
  return %0 : tensor<3xi32>
}
