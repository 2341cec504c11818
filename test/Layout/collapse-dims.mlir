// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-collapse-dims))' | FileCheck %s

// CHECK-LABEL: func @all
func.func @all(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: ^bb0(%{{.*}}: tensor<6xf32>):
  // CHECK: } : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %y = dlc.kernel map(%x) {
  ^bb0(%a: tensor<2x3xf32>):
    %b = dlc.negate %a : tensor<2x3xf32>
    dlc.yield %b : tensor<2x3xf32>
  } : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// The bias keeps the last dimension apart.
// CHECK-LABEL: func @bias
func.func @bias(%x: tensor<2x3x4xf32>, %v: tensor<4xf32>) -> tensor<2x3x4xf32> {
  // CHECK: dlc.broadcast_in_dim %{{.*}} dims [1] : tensor<4xf32> to tensor<6x4xf32>
  %y = dlc.kernel map(%x, %v) {
  ^bb0(%a: tensor<2x3x4xf32>, %b: tensor<4xf32>):
    %c = dlc.broadcast_in_dim %b dims [2] : tensor<4xf32> to tensor<2x3x4xf32>
    %d = dlc.add %a, %c : tensor<2x3x4xf32>
    dlc.yield %d : tensor<2x3x4xf32>
  } : (tensor<2x3x4xf32>, tensor<4xf32>) -> tensor<2x3x4xf32>
  return %y : tensor<2x3x4xf32>
}

// Reduced and kept dimensions merge among themselves.
// CHECK-LABEL: func @rows
func.func @rows(%x: tensor<2x3x4x5xf32>) -> tensor<2x3xf32> {
  // CHECK: dlc.reduce add %{{.*}} dims [1] : tensor<6x20xf32> to tensor<6xf32>
  %y = dlc.kernel row(%x) {
  ^bb0(%a: tensor<2x3x4x5xf32>):
    %s = dlc.reduce add %a dims [2, 3] : tensor<2x3x4x5xf32> to tensor<2x3xf32>
    dlc.yield %s : tensor<2x3xf32>
  } : (tensor<2x3x4x5xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// A transpose needs every dimension.
// CHECK-LABEL: func @transposed
func.func @transposed(%x: tensor<3x2xf32>) -> tensor<2x3xf32> {
  // CHECK: dlc.transpose %{{.*}} : tensor<3x2xf32> to tensor<2x3xf32>
  %y = dlc.kernel map(%x) {
  ^bb0(%a: tensor<3x2xf32>):
    %t = dlc.transpose %a perm [1, 0] : tensor<3x2xf32> to tensor<2x3xf32>
    dlc.yield %t : tensor<2x3xf32>
  } : (tensor<3x2xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}
