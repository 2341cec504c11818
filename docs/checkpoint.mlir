func.func @checkpoint(%x: tensor<64xf32>, %g: tensor<64xf32>) -> tensor<64xf32> {
  %v = dlc.variable %x : tensor<64xf32>
  %y = dlc.checkpoint(%v) {
  ^bb0(%a: tensor<64xf32>):
    %s = dlc.sine %a : tensor<64xf32>
    %t = dlc.tanh %s : tensor<64xf32>
    dlc.yield %t : tensor<64xf32>
  } : (tensor<64xf32>) -> tensor<64xf32>
  %d = dlc.grad of(%y) seed(%g) wrt(%v)
      : (tensor<64xf32>, tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %r = dlc.add %d, %y : tensor<64xf32>
  return %r : tensor<64xf32>
}
