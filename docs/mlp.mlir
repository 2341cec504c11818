func.func @step(%x: tensor<8x4xf32>, %labels: tensor<8xi32>,
    %w: tensor<4x16xf32> {dlc.name = "hidden.weight", dlc.donate = 1 : i64},
    %v: tensor<16x3xf32> {dlc.name = "output.weight", dlc.donate = 2 : i64},
    %lr: tensor<f32>) -> (tensor<f32>, tensor<4x16xf32>, tensor<16x3xf32>) {
  %w0 = dlc.variable %w : tensor<4x16xf32>
  %v0 = dlc.variable %v : tensor<16x3xf32>
  %z = dlc.dot_general %x, %w0 batch [] x [] contract [1] x [0] : tensor<8x4xf32>, tensor<4x16xf32> to tensor<8x16xf32>
  %h = dlc.relu %z : tensor<8x16xf32>
  %y = dlc.dot_general %h, %v0 batch [] x [] contract [1] x [0] : tensor<8x16xf32>, tensor<16x3xf32> to tensor<8x3xf32>
  %losses = dlc.softmax_cross_entropy %y, %labels : tensor<8x3xf32>, tensor<8xi32> to tensor<8xf32>
  %sum = dlc.reduce add %losses dims [0] : tensor<8xf32> to tensor<f32>
  %one = dlc.constant dense<1.0> : tensor<f32>
  %dw, %dv = dlc.grad of(%sum) seed(%one) wrt(%w0, %v0)
      : (tensor<f32>, tensor<f32>, tensor<4x16xf32>, tensor<16x3xf32>) -> (tensor<4x16xf32>, tensor<16x3xf32>)
  %lrw = dlc.broadcast_in_dim %lr dims [] : tensor<f32> to tensor<4x16xf32>
  %lrv = dlc.broadcast_in_dim %lr dims [] : tensor<f32> to tensor<16x3xf32>
  %uw = dlc.multiply %lrw, %dw : tensor<4x16xf32>
  %uv = dlc.multiply %lrv, %dv : tensor<16x3xf32>
  %w1 = dlc.subtract %w, %uw : tensor<4x16xf32>
  %v1 = dlc.subtract %v, %uv : tensor<16x3xf32>
  return %sum, %w1, %v1 : tensor<f32>, tensor<4x16xf32>, tensor<16x3xf32>
}
