// Sums over a loop's trips, forwards and backwards, added to what they begin
// with; with the gradient of a recurrent weight.
// RUN: dlc run %s --function=sums --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=recurrent --backend=both --rtol=1e-5 --random=1

func.func @sums(%w: tensor<4x5xf32>, %b: tensor<4xf32>, %xs: tensor<9x2x4xf32>, %ys: tensor<9x2x5xf32>) -> (tensor<4x5xf32>, tensor<4xf32>) {
  %r:2 = dlc.scan 9 init(%w, %b) over(%xs, %ys) with() {
  ^bb0(%dw: tensor<4x5xf32>, %db: tensor<4xf32>, %x: tensor<2x4xf32>, %y: tensor<2x5xf32>):
    %p = dlc.dot_general %x, %y batch [] x [] contract [0] x [0] : tensor<2x4xf32>, tensor<2x5xf32> to tensor<4x5xf32>
    %q = dlc.reduce add %x dims [0] : tensor<2x4xf32> to tensor<4xf32>
    %dw1 = dlc.add %dw, %p : tensor<4x5xf32>
    %db1 = dlc.add %db, %q : tensor<4xf32>
    dlc.yield %dw1, %db1 : tensor<4x5xf32>, tensor<4xf32>
  } : (tensor<4x5xf32>, tensor<4xf32>, tensor<9x2x4xf32>, tensor<9x2x5xf32>) -> (tensor<4x5xf32>, tensor<4xf32>)
  return %r#0, %r#1 : tensor<4x5xf32>, tensor<4xf32>
}

func.func @recurrent(%h: tensor<3x8xf32>, %xs: tensor<6x3x8xf32>, %w: tensor<8x8xf32>, %b: tensor<8xf32>) -> (tensor<8x8xf32>, tensor<8xf32>, tensor<3x8xf32>) {
  %h0 = dlc.variable %h : tensor<3x8xf32>
  %w0 = dlc.variable %w : tensor<8x8xf32>
  %b0 = dlc.variable %b : tensor<8xf32>
  %last = dlc.scan 6 init(%h0) over(%xs) with(%w0, %b0) {
  ^bb0(%s: tensor<3x8xf32>, %x: tensor<3x8xf32>, %u: tensor<8x8xf32>, %c: tensor<8xf32>):
    %p = dlc.dot_general %s, %u batch [] x [] contract [1] x [0] : tensor<3x8xf32>, tensor<8x8xf32> to tensor<3x8xf32>
    %q = dlc.broadcast_in_dim %c dims [1] : tensor<8xf32> to tensor<3x8xf32>
    %a = dlc.add %p, %q : tensor<3x8xf32>
    %z = dlc.add %a, %x : tensor<3x8xf32>
    %t = dlc.tanh %z : tensor<3x8xf32>
    dlc.yield %t : tensor<3x8xf32>
  } : (tensor<3x8xf32>, tensor<6x3x8xf32>, tensor<8x8xf32>, tensor<8xf32>) -> tensor<3x8xf32>
  %one = dlc.constant dense<1.0> : tensor<3x8xf32>
  %dw, %db, %dh = dlc.grad of(%last) seed(%one) wrt(%w0, %b0, %h0) : (tensor<3x8xf32>, tensor<3x8xf32>, tensor<8x8xf32>, tensor<8xf32>, tensor<3x8xf32>) -> (tensor<8x8xf32>, tensor<8xf32>, tensor<3x8xf32>)
  return %dw, %db, %dh : tensor<8x8xf32>, tensor<8xf32>, tensor<3x8xf32>
}
