// What no emitter can lower is refused at the op.
// RUN: not dlc-opt --dlc-lower-kernels --split-input-file %s 2>&1 | FileCheck %s

// CHECK: error: [lowering] dlc.relu has no place in a kernel
func.func @composite(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<4xf32>):
    %b = dlc.relu %a : tensor<4xf32>
    dlc.yield %b : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// CHECK: error: [lowering] a constant of several values must be an operand of its kernel
func.func @table(%x: tensor<2xf32>) -> tensor<2xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<2xf32>):
    %t = dlc.constant dense<[1.0, 2.0]> : tensor<2xf32>
    %b = dlc.add %a, %t : tensor<2xf32>
    dlc.yield %b : tensor<2xf32>
  } : (tensor<2xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// -----

// CHECK: error: [lowering] the kernel reduces nothing
func.func @idle(%x: tensor<2xf32>) -> tensor<2xf32> {
  %r = dlc.kernel row(%x) {
  ^bb0(%a: tensor<2xf32>):
    dlc.yield %a : tensor<2xf32>
  } : (tensor<2xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// -----

// CHECK: error: [lowering] dlc.reduce is used at an element that is not at hand
func.func @crossed(%x: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %r = dlc.kernel row(%x) {
  ^bb0(%a: tensor<4x4xf32>):
    %s = dlc.reduce add %a dims [1] : tensor<4x4xf32> to tensor<4xf32>
    %b = dlc.broadcast_in_dim %s dims [1] : tensor<4xf32> to tensor<4x4xf32>
    dlc.yield %b : tensor<4x4xf32>
  } : (tensor<4x4xf32>) -> tensor<4x4xf32>
  return %r : tensor<4x4xf32>
}
