// A tape that no memory holds is refused where the loop was written.
// RUN: not dlc-opt %s --dlc-differentiate 2>&1 | FileCheck %s

func.func @while_too_long(%x: tensor<4xf32>, %p: tensor<i1>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: model.cpp:4:2: error: [while] a tape of 4611686018427387904 entries of 'tensor<4xf32>' is too large
  %y = dlc.while max 4611686018427387904 init(%x) with(%p) {
  ^bb0(%c: tensor<4xf32>, %q: tensor<i1>):
    dlc.yield %q : tensor<i1>
  } do {
  ^bb0(%c: tensor<4xf32>, %q: tensor<i1>):
    %s = dlc.multiply %c, %c : tensor<4xf32>
    dlc.yield %s : tensor<4xf32>
  } : (tensor<4xf32>, tensor<i1>) -> tensor<4xf32> loc("model.cpp":4:2)
  %d = dlc.grad of(%y) seed(%g) wrt(%x) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
