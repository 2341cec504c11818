// What a trip of a small loop costs:
//   dlc run recurrence.mlir --function=forward --random=1 --threads=1 --repeat=200 --timing
// and so for `gradient` and `network`; 4096 trips each, twice as many in
// `gradient`.

func.func private @states(%h0: tensor<16xf32>, %xs: tensor<4096x16xf32>, %w: tensor<16xf32>) -> tensor<16xf32> {
  %last = dlc.scan 4096 init(%h0) over(%xs) with(%w) {
  ^bb0(%h: tensor<16xf32>, %x: tensor<16xf32>, %u: tensor<16xf32>):
    %a = dlc.multiply %h, %u : tensor<16xf32>
    %s = dlc.add %a, %x : tensor<16xf32>
    %t = dlc.tanh %s : tensor<16xf32>
    dlc.yield %t : tensor<16xf32>
  } : (tensor<16xf32>, tensor<4096x16xf32>, tensor<16xf32>) -> tensor<16xf32>
  return %last : tensor<16xf32>
}

func.func @forward(%h0: tensor<16xf32>, %xs: tensor<4096x16xf32>, %w: tensor<16xf32>) -> tensor<16xf32> {
  %last = func.call @states(%h0, %xs, %w) : (tensor<16xf32>, tensor<4096x16xf32>, tensor<16xf32>) -> tensor<16xf32>
  return %last : tensor<16xf32>
}

func.func @gradient(%h0: tensor<16xf32>, %xs: tensor<4096x16xf32>, %w: tensor<16xf32>) -> tensor<16xf32> {
  %v = dlc.variable %w : tensor<16xf32>
  %last = func.call @states(%h0, %xs, %v) : (tensor<16xf32>, tensor<4096x16xf32>, tensor<16xf32>) -> tensor<16xf32>
  %g = dlc.constant dense<1.0> : tensor<16xf32>
  %d = dlc.grad of(%last) seed(%g) wrt(%v) : (tensor<16xf32>, tensor<16xf32>, tensor<16xf32>) -> tensor<16xf32>
  return %d : tensor<16xf32>
}

// With a product of a state of 16 and a matrix.
func.func @network(%h0: tensor<16xf32>, %xs: tensor<4096x16xf32>, %w: tensor<16x16xf32>) -> tensor<16xf32> {
  %last = dlc.scan 4096 init(%h0) over(%xs) with(%w) {
  ^bb0(%h: tensor<16xf32>, %x: tensor<16xf32>, %u: tensor<16x16xf32>):
    %a = dlc.dot_general %h, %u batch [] x [] contract [0] x [0] : tensor<16xf32>, tensor<16x16xf32> to tensor<16xf32>
    %s = dlc.add %a, %x : tensor<16xf32>
    %t = dlc.tanh %s : tensor<16xf32>
    dlc.yield %t : tensor<16xf32>
  } : (tensor<16xf32>, tensor<4096x16xf32>, tensor<16x16xf32>) -> tensor<16xf32>
  return %last : tensor<16xf32>
}
