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

// CHECK: error: [lowering] the kernel yields what its reductions do not walk over
func.func @beside(%x: tensor<4x2xf32>, %y: tensor<8x2xf32>) -> (tensor<2xf32>, tensor<8x2xf32>) {
  %r:2 = dlc.kernel column(%x, %y) {
  ^bb0(%a: tensor<4x2xf32>, %b: tensor<8x2xf32>):
    %s = dlc.reduce add %a dims [0] : tensor<4x2xf32> to tensor<2xf32>
    %n = dlc.negate %b : tensor<8x2xf32>
    dlc.yield %s, %n : tensor<2xf32>, tensor<8x2xf32>
  } : (tensor<4x2xf32>, tensor<8x2xf32>) -> (tensor<2xf32>, tensor<8x2xf32>)
  return %r#0, %r#1 : tensor<2xf32>, tensor<8x2xf32>
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

// -----

// CHECK: error: [lowering] dlc.convolution reads vectors whose elements lie apart
func.func @apart(%x: tensor<2x3x8xf32>, %w: tensor<4x2x3xf32>) -> tensor<2x7x4xf32> {
  %r = dlc.kernel window(%x, %w) {
  ^bb0(%a: tensor<2x3x8xf32>, %b: tensor<4x2x3xf32>):
    %f = dlc.transpose %b perm [2, 1, 0] : tensor<4x2x3xf32> to tensor<3x2x4xf32>
    %t = dlc.transpose %f perm [1, 0, 2] : tensor<3x2x4xf32> to tensor<2x3x4xf32>
    %s = dlc.transpose %a perm [0, 2, 1] : tensor<2x3x8xf32> to tensor<2x8x3xf32>
    %c = dlc.convolution %s, %t strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 channels_last
        : tensor<2x8x3xf32>, tensor<2x3x4xf32> to tensor<2x7x4xf32>
    dlc.yield %c : tensor<2x7x4xf32>
  } : (tensor<2x3x8xf32>, tensor<4x2x3xf32>) -> tensor<2x7x4xf32>
  return %r : tensor<2x7x4xf32>
}

// -----

// CHECK: error: [lowering] dlc.dot_general of halves is a GPU's: its module was fused for one
func.func @halves(%x: tensor<2x3xf16>, %y: tensor<3x2xf16>) -> tensor<2x2xf16> {
  %r = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<2x3xf16>, %b: tensor<3x2xf16>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<2x3xf16>, tensor<3x2xf16> to tensor<2x2xf16>
    dlc.yield %c : tensor<2x2xf16>
  } : (tensor<2x3xf16>, tensor<3x2xf16>) -> tensor<2x2xf16>
  return %r : tensor<2x2xf16>
}

// -----

// CHECK: error: [lowering] sums of columns stand beside those of rows and leave the kernel
func.func @columns_alone(%x: tensor<2x3x4xf32>) -> tensor<2x4xf32> {
  %r = dlc.kernel row(%x) {
  ^bb0(%a: tensor<2x3x4xf32>):
    %s = dlc.reduce add %a dims [1] : tensor<2x3x4xf32> to tensor<2x4xf32>
    dlc.yield %s : tensor<2x4xf32>
  } : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  return %r : tensor<2x4xf32>
}

// -----

// CHECK: error: [lowering] an operand of the product is neither a view nor computed element by element
func.func @turned(%x: tensor<64x8xf32>, %w: tensor<64x32xf32>) -> tensor<8x32xf32> {
  %r = dlc.kernel contraction(%x, %w) {
  ^bb0(%a: tensor<64x8xf32>, %b: tensor<64x32xf32>):
    %n = dlc.negate %a : tensor<64x8xf32>
    %t = dlc.transpose %n perm [1, 0] : tensor<64x8xf32> to tensor<8x64xf32>
    %z = dlc.dot_general %t, %b batch [] x [] contract [1] x [0] : tensor<8x64xf32>, tensor<64x32xf32> to tensor<8x32xf32>
    dlc.yield %z : tensor<8x32xf32>
  } : (tensor<64x8xf32>, tensor<64x32xf32>) -> tensor<8x32xf32>
  return %r : tensor<8x32xf32>
}

// -----

// CHECK: error: [lowering] a product's kernel reduces nothing but rows of its result, of at most 16384 elements
func.func @columns_of_product(%x: tensor<4x8xf32>, %w: tensor<8x5xf32>) -> tensor<5xf32> {
  %r = dlc.kernel contraction(%x, %w) {
  ^bb0(%a: tensor<4x8xf32>, %b: tensor<8x5xf32>):
    %z = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<4x8xf32>, tensor<8x5xf32> to tensor<4x5xf32>
    %s = dlc.reduce add %z dims [0] : tensor<4x5xf32> to tensor<5xf32>
    dlc.yield %s : tensor<5xf32>
  } : (tensor<4x8xf32>, tensor<8x5xf32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}
