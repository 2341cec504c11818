// A recurrent network over four steps, its loss, and the gradient with respect
// to the weights.
func.func @rnn(%h0: tensor<8xf32>, %xs: tensor<4x8xf32>, %w: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %one = dlc.constant dense<1.0> : tensor<f32>
  %v = dlc.variable %w : tensor<8x8xf32>
  %last = dlc.scan 4 init(%h0) over(%xs) with(%v) {
  ^bb0(%h: tensor<8xf32>, %x: tensor<8xf32>, %u: tensor<8x8xf32>):
    %a = dlc.dot_general %h, %u batch [] x [] contract [0] x [0]
        : tensor<8xf32>, tensor<8x8xf32> to tensor<8xf32>
    %s = dlc.add %a, %x : tensor<8xf32>
    %t = dlc.tanh %s : tensor<8xf32>
    dlc.yield %t : tensor<8xf32>
  } : (tensor<8xf32>, tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<8xf32>
  %loss = dlc.reduce add %last dims [0] : tensor<8xf32> to tensor<f32>
  %dw = dlc.grad of(%loss) seed(%one) wrt(%v)
      : (tensor<f32>, tensor<f32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  return %dw : tensor<8x8xf32>
}
