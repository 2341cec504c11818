// Maps for a GPU name the dimension along which what they transpose lies.
// RUN: dlc-opt %s -split-input-file -pass-pipeline='builtin.module(func.func(dlc-turn-transposes))' | FileCheck %s

// What is computed before the transpose is turned, what lies along the last
// dimension is not.
// CHECK-LABEL: @epilogue
// CHECK: } {dlc.turned = 1 : i64} : (tensor<3x70x45xf32>, tensor<45x70xf32>)
func.func @epilogue(%x: tensor<3x70x45xf32>, %b: tensor<45x70xf32>) -> tensor<3x45x70xf32> {
  %y = dlc.kernel map(%x, %b) {
  ^bb0(%a: tensor<3x70x45xf32>, %c: tensor<45x70xf32>):
    %0 = dlc.negate %a : tensor<3x70x45xf32>
    %1 = dlc.transpose %0 perm [0, 2, 1] : tensor<3x70x45xf32> to tensor<3x45x70xf32>
    %2 = dlc.broadcast_in_dim %c dims [1, 2] : tensor<45x70xf32> to tensor<3x45x70xf32>
    %3 = dlc.add %1, %2 : tensor<3x45x70xf32>
    dlc.yield %3 : tensor<3x45x70xf32>
  } : (tensor<3x70x45xf32>, tensor<45x70xf32>) -> tensor<3x45x70xf32>
  return %y : tensor<3x45x70xf32>
}

// -----

// Of two dimensions the one with more bytes.
// CHECK-LABEL: @two
// CHECK: } {dlc.turned = 0 : i64}
func.func @two(%x: tensor<32x32x32xf32>, %z: tensor<32x32x32xf64>) -> tensor<32x32x32xf32> {
  %y = dlc.kernel map(%x, %z) {
  ^bb0(%a: tensor<32x32x32xf32>, %c: tensor<32x32x32xf64>):
    %0 = dlc.transpose %a perm [0, 2, 1] : tensor<32x32x32xf32> to tensor<32x32x32xf32>
    %1 = dlc.transpose %c perm [2, 1, 0] : tensor<32x32x32xf64> to tensor<32x32x32xf64>
    %2 = dlc.convert %1 : tensor<32x32x32xf64> to tensor<32x32x32xf32>
    %3 = dlc.add %0, %2 : tensor<32x32x32xf32>
    dlc.yield %3 : tensor<32x32x32xf32>
  } : (tensor<32x32x32xf32>, tensor<32x32x32xf64>) -> tensor<32x32x32xf32>
  return %y : tensor<32x32x32xf32>
}

// -----

// The last dimension stays last; few places; a value that is read along the
// last dimension, too; rows that are looked up.
// CHECK-LABEL: @none
// CHECK-NOT: dlc.turned
func.func @none(%x: tensor<64x64x64xf32>, %s: tensor<64x12xf32>, %w: tensor<12x64xf32>, %m: tensor<64x64xf32>, %i: tensor<64x1xi32>) -> (tensor<64x64x64xf32>, tensor<12x64xf32>, tensor<64x64xf32>, tensor<64x64xf32>) {
  %0 = dlc.kernel map(%x) {
  ^bb0(%a: tensor<64x64x64xf32>):
    %t = dlc.transpose %a perm [1, 0, 2] : tensor<64x64x64xf32> to tensor<64x64x64xf32>
    dlc.yield %t : tensor<64x64x64xf32>
  } : (tensor<64x64x64xf32>) -> tensor<64x64x64xf32>
  %1 = dlc.kernel map(%s) {
  ^bb0(%a: tensor<64x12xf32>):
    %t = dlc.transpose %a perm [1, 0] : tensor<64x12xf32> to tensor<12x64xf32>
    dlc.yield %t : tensor<12x64xf32>
  } : (tensor<64x12xf32>) -> tensor<12x64xf32>
  %2 = dlc.kernel map(%m) {
  ^bb0(%a: tensor<64x64xf32>):
    %u = dlc.transpose %a perm [1, 0] : tensor<64x64xf32> to tensor<64x64xf32>
    %v = dlc.add %u, %a : tensor<64x64xf32>
    %t = dlc.transpose %v perm [1, 0] : tensor<64x64xf32> to tensor<64x64xf32>
    dlc.yield %t : tensor<64x64xf32>
  } : (tensor<64x64xf32>) -> tensor<64x64xf32>
  %3 = dlc.kernel map(%m, %i) {
  ^bb0(%a: tensor<64x64xf32>, %j: tensor<64x1xi32>):
    %g = dlc.gather %a, %j batch_dims 0 index_dims [0] : tensor<64x64xf32>, tensor<64x1xi32> to tensor<64x64xf32>
    %t = dlc.transpose %g perm [1, 0] : tensor<64x64xf32> to tensor<64x64xf32>
    dlc.yield %t : tensor<64x64xf32>
  } : (tensor<64x64xf32>, tensor<64x1xi32>) -> tensor<64x64xf32>
  return %0, %1, %2, %3 : tensor<64x64x64xf32>, tensor<12x64xf32>, tensor<64x64xf32>, tensor<64x64xf32>
}
