// A batch of one: the row's own dimension has size 1, and a broadcast along it
// is none.
// RUN: dlc run %s --function=main --input=1x2xf32=1,2 --input=1xi32=1 | FileCheck %s

// CHECK: 0.31326
func.func @main(%x: tensor<1x2xf32>, %labels: tensor<1xi32>) -> tensor<f32> {
  %l = dlc.softmax_cross_entropy %x, %labels : tensor<1x2xf32>, tensor<1xi32> to tensor<1xf32>
  %s = dlc.reduce add %l dims [0] : tensor<1xf32> to tensor<f32>
  return %s : tensor<f32>
}
