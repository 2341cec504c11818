// Dimensions that an index map moves along as along one become one.
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-collapse-dims))' | FileCheck %s

// Joining along a dimension joins whole blocks of those behind it.
// CHECK-LABEL: func @concatenate
func.func @concatenate(%x: tensor<2x3x4xf32>, %y: tensor<2x5x4xf32>) -> tensor<2x8x4xf32> {
  // CHECK: dlc.concatenate %{{.*}}, %{{.*}} dim 1 : (tensor<2x12xf32>, tensor<2x20xf32>) -> tensor<2x32xf32>
  %r = dlc.kernel map(%x, %y) {
  ^bb0(%a: tensor<2x3x4xf32>, %b: tensor<2x5x4xf32>):
    %c = dlc.concatenate %a, %b dim 1 : (tensor<2x3x4xf32>, tensor<2x5x4xf32>) -> tensor<2x8x4xf32>
    dlc.yield %c : tensor<2x8x4xf32>
  } : (tensor<2x3x4xf32>, tensor<2x5x4xf32>) -> tensor<2x8x4xf32>
  return %r : tensor<2x8x4xf32>
}

// CHECK-LABEL: func @channels_last
func.func @channels_last(%x: tensor<2x3x4x5xf32>) -> tensor<2x4x5x3xf32> {
  // CHECK: dlc.transpose %{{.*}} perm [0, 2, 1] : tensor<2x3x20xf32> to tensor<2x20x3xf32>
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<2x3x4x5xf32>):
    %b = dlc.transpose %a perm [0, 2, 3, 1] : tensor<2x3x4x5xf32> to tensor<2x4x5x3xf32>
    dlc.yield %b : tensor<2x4x5x3xf32>
  } : (tensor<2x3x4x5xf32>) -> tensor<2x4x5x3xf32>
  return %r : tensor<2x4x5x3xf32>
}

// CHECK-LABEL: func @boxes
func.func @boxes(%x: tensor<9x4x5xf32>, %v: tensor<f32>) -> tensor<2x4x5xf32> {
  // CHECK: dlc.slice %{{.*}} from [20] to [80] by [1] : tensor<180xf32> to tensor<60xf32>
  // CHECK: dlc.pad %{{.*}} low [-40] high [20] interior [0] : tensor<60xf32>, tensor<f32> to tensor<40xf32>
  // CHECK: dlc.reverse %{{.*}} dims [0] : tensor<40xf32>
  %r = dlc.kernel map(%x, %v) {
  ^bb0(%a: tensor<9x4x5xf32>, %b: tensor<f32>):
    %c = dlc.slice %a from [1, 0, 0] to [4, 4, 5] by [1, 1, 1] : tensor<9x4x5xf32> to tensor<3x4x5xf32>
    %d = dlc.pad %c with %b low [-2, 0, 0] high [1, 0, 0] interior [0, 0, 0] : tensor<3x4x5xf32>, tensor<f32> to tensor<2x4x5xf32>
    %e = dlc.reverse %d dims [0, 1, 2] : tensor<2x4x5xf32>
    dlc.yield %e : tensor<2x4x5xf32>
  } : (tensor<9x4x5xf32>, tensor<f32>) -> tensor<2x4x5xf32>
  return %r : tensor<2x4x5xf32>
}

// A start is not multiplied: only dimensions that are taken whole merge.
// CHECK-LABEL: func @dynamic_slice
func.func @dynamic_slice(%x: tensor<9x4x5xf32>, %i: tensor<i32>) -> tensor<2x4x5xf32> {
  // CHECK: dlc.dynamic_slice %{{.*}} at(%[[I:.*]], %[[I]]) sizes [2, 20] : (tensor<9x20xf32>, tensor<i32>, tensor<i32>) -> tensor<2x20xf32>
  %r = dlc.kernel map(%x, %i) {
  ^bb0(%a: tensor<9x4x5xf32>, %b: tensor<i32>):
    %c = dlc.dynamic_slice %a at(%b, %b, %b) sizes [2, 4, 5] : (tensor<9x4x5xf32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<2x4x5xf32>
    dlc.yield %c : tensor<2x4x5xf32>
  } : (tensor<9x4x5xf32>, tensor<i32>) -> tensor<2x4x5xf32>
  return %r : tensor<2x4x5xf32>
}

// Rows among themselves, the window among itself.
// CHECK-LABEL: func @gather
func.func @gather(%x: tensor<9x4x5xf32>, %i: tensor<2x3x1xi32>) -> tensor<2x3x4x5xf32> {
  // CHECK: dlc.gather %{{.*}}, %{{.*}} batch_dims 0 index_dims [0] : tensor<9x20xf32>, tensor<6x1xi32> to tensor<6x20xf32>
  %r = dlc.kernel map(%x, %i) {
  ^bb0(%a: tensor<9x4x5xf32>, %b: tensor<2x3x1xi32>):
    %c = dlc.gather %a, %b batch_dims 0 index_dims [0] : tensor<9x4x5xf32>, tensor<2x3x1xi32> to tensor<2x3x4x5xf32>
    dlc.yield %c : tensor<2x3x4x5xf32>
  } : (tensor<9x4x5xf32>, tensor<2x3x1xi32>) -> tensor<2x3x4x5xf32>
  return %r : tensor<2x3x4x5xf32>
}

// The dimension that an iota counts along is its gather's own.
// CHECK-LABEL: func @gather_of_iota
func.func @gather_of_iota(%i: tensor<2x3x1xi32>) -> tensor<2x3xf32> {
  // CHECK: dlc.iota dim 0 : tensor<9xf32>
  // CHECK: dlc.gather %{{.*}}, %{{.*}} batch_dims 0 index_dims [0] : tensor<9xf32>, tensor<6x1xi32> to tensor<6xf32>
  %r = dlc.kernel map(%i) {
  ^bb0(%b: tensor<2x3x1xi32>):
    %a = dlc.iota dim 0 : tensor<9xf32>
    %c = dlc.gather %a, %b batch_dims 0 index_dims [0] : tensor<9xf32>, tensor<2x3x1xi32> to tensor<2x3xf32>
    dlc.yield %c : tensor<2x3xf32>
  } : (tensor<2x3x1xi32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
