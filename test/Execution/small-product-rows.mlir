// Products of few rows, few columns, several blocks of k or none whose rows are
// reduced in their kernels, which fusion does not form.
// RUN: dlc run %s --function=narrow --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --function=one_row --backend=both --rtol=1e-5 --random=2
// RUN: dlc run %s --function=empty --backend=both --rtol=1e-5 --random=3

module attributes {dlc.stage = "layout"} {
func.func @narrow(%x: tensor<77x1100xf32>, %w: tensor<3x1100xf32>) -> (tensor<77x3xf32>, tensor<77xf32>) {
  %r:2 = dlc.kernel contraction(%x, %w) {
  ^bb0(%a: tensor<77x1100xf32>, %b: tensor<3x1100xf32>):
    %z = dlc.dot_general %a, %b batch [] x [] contract [1] x [1] : tensor<77x1100xf32>, tensor<3x1100xf32> to tensor<77x3xf32>
    %m = dlc.reduce max %z dims [1] : tensor<77x3xf32> to tensor<77xf32>
    %c = dlc.broadcast_in_dim %m dims [0] : tensor<77xf32> to tensor<77x3xf32>
    %d = dlc.subtract %z, %c : tensor<77x3xf32>
    dlc.yield %d, %m : tensor<77x3xf32>, tensor<77xf32>
  } : (tensor<77x1100xf32>, tensor<3x1100xf32>) -> (tensor<77x3xf32>, tensor<77xf32>)
  return %r#0, %r#1 : tensor<77x3xf32>, tensor<77xf32>
}

func.func @one_row(%x: tensor<2x1x600xf32>, %w: tensor<2x600x130xf32>) -> tensor<2x1xf32> {
  %r = dlc.kernel contraction(%x, %w) {
  ^bb0(%a: tensor<2x1x600xf32>, %b: tensor<2x600x130xf32>):
    %z = dlc.dot_general %a, %b batch [0] x [0] contract [2] x [1] : tensor<2x1x600xf32>, tensor<2x600x130xf32> to tensor<2x1x130xf32>
    %s = dlc.reduce add %z dims [2] : tensor<2x1x130xf32> to tensor<2x1xf32>
    dlc.yield %s : tensor<2x1xf32>
  } : (tensor<2x1x600xf32>, tensor<2x600x130xf32>) -> tensor<2x1xf32>
  return %r : tensor<2x1xf32>
}

func.func @empty(%x: tensor<9x0xf32>, %w: tensor<0x100xf32>, %y: tensor<9x100xf32>) -> tensor<9xf32> {
  %r = dlc.kernel contraction(%x, %w, %y) {
  ^bb0(%a: tensor<9x0xf32>, %b: tensor<0x100xf32>, %c: tensor<9x100xf32>):
    %z = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<9x0xf32>, tensor<0x100xf32> to tensor<9x100xf32>
    %d = dlc.add %z, %c : tensor<9x100xf32>
    %s = dlc.reduce add %d dims [1] : tensor<9x100xf32> to tensor<9xf32>
    dlc.yield %s : tensor<9xf32>
  } : (tensor<9x0xf32>, tensor<0x100xf32>, tensor<9x100xf32>) -> tensor<9xf32>
  return %r : tensor<9xf32>
}
}
