// A loop of no trips has empty stacks and gives its carries back.
// RUN: dlc run %s --backend=both --random=1

func.func @none(%a: tensor<3xf32>, %xs: tensor<0x2xf32>) -> (tensor<3xf32>, tensor<0x3xf32>) {
  %0:2 = dlc.scan 0 init(%a) over(%xs) with() {
  ^bb0(%c: tensor<3xf32>, %x: tensor<2xf32>):
    %n = dlc.negate %c : tensor<3xf32>
    dlc.yield %n, %n : tensor<3xf32>, tensor<3xf32>
  } : (tensor<3xf32>, tensor<0x2xf32>) -> (tensor<3xf32>, tensor<0x3xf32>)
  return %0#0, %0#1 : tensor<3xf32>, tensor<0x3xf32>
}
