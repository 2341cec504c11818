// A loop whose number of trips depends on its values, and its gradient.
func.func @grow(%x: tensor<4xf32>, %w: tensor<4xf32>) -> tensor<4xf32> {
  %limit = dlc.constant dense<40.0> : tensor<f32>
  %one = dlc.constant dense<1.0> : tensor<4xf32>
  %v = dlc.variable %w : tensor<4xf32>
  %last = dlc.while init(%x) with(%v, %limit) {
  ^bb0(%c: tensor<4xf32>, %u: tensor<4xf32>, %l: tensor<f32>):
    %s = dlc.reduce add %c dims [0] : tensor<4xf32> to tensor<f32>
    %p = dlc.compare LT, %s, %l : tensor<f32>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%c: tensor<4xf32>, %u: tensor<4xf32>, %l: tensor<f32>):
    %m = dlc.multiply %c, %u : tensor<4xf32>
    %d = dlc.add %c, %m : tensor<4xf32>
    dlc.yield %d : tensor<4xf32>
  } : (tensor<4xf32>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %dw = dlc.grad of(%last) seed(%one) wrt(%v)
      : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %dw : tensor<4xf32>
}
