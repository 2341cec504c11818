// Who reads a donated argument runs before it is overwritten; where the reader
// needs the new value, a copy at the end takes over.
// RUN: dlc-opt %s --dlc-plan-memory | FileCheck %s

func.func private @k(memref<16xf32>, memref<16xf32>, index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}
func.func private @k2(memref<16xf32>, memref<16xf32>, memref<16xf32>, index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}

// CHECK-LABEL: @reader_first
// CHECK-NEXT: dlc.launch @k [#dlc.at<argument, 0, 0, []>, #dlc.at<result, 1, 0, []>]
// CHECK-NEXT: dlc.launch @k [#dlc.at<argument, 0, 0, []>, #dlc.at<result, 0, 0, []>]
// CHECK-NEXT: }
func.func @reader_first(%w: tensor<16xf32> {dlc.donate = 0 : i64}) -> (tensor<16xf32>, tensor<16xf32>) {
  %new = dlc.kernel map(%w) {
  ^bb0(%a: tensor<16xf32>):
    %b = dlc.negate %a : tensor<16xf32>
    dlc.yield %b : tensor<16xf32>
  } {callee = @k} : (tensor<16xf32>) -> tensor<16xf32>
  %other = dlc.kernel map(%w) {
  ^bb0(%a: tensor<16xf32>):
    %b = dlc.abs %a : tensor<16xf32>
    dlc.yield %b : tensor<16xf32>
  } {callee = @k} : (tensor<16xf32>) -> tensor<16xf32>
  return %new, %other : tensor<16xf32>, tensor<16xf32>
}

// CHECK-LABEL: @reader_needs_new
// CHECK-NEXT: dlc.launch @k [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>]
// CHECK-NEXT: dlc.launch @k2 [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>, #dlc.at<result, 1, 0, []>]
// CHECK-NEXT: dlc.copy <arena, 0, 0, []> to <result, 0, 0, []> bytes 64
func.func @reader_needs_new(%w: tensor<16xf32> {dlc.donate = 0 : i64}) -> (tensor<16xf32>, tensor<16xf32>) {
  %new = dlc.kernel map(%w) {
  ^bb0(%a: tensor<16xf32>):
    %b = dlc.negate %a : tensor<16xf32>
    dlc.yield %b : tensor<16xf32>
  } {callee = @k} : (tensor<16xf32>) -> tensor<16xf32>
  %other = dlc.kernel map(%w, %new) {
  ^bb0(%a: tensor<16xf32>, %b: tensor<16xf32>):
    %c = dlc.add %a, %b : tensor<16xf32>
    dlc.yield %c : tensor<16xf32>
  } {callee = @k2} : (tensor<16xf32>, tensor<16xf32>) -> tensor<16xf32>
  return %new, %other : tensor<16xf32>, tensor<16xf32>
}

// A transposed read would find what another element's store left.
// CHECK-LABEL: @index_map
// CHECK-NEXT: dlc.launch @k [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>]
// CHECK-NEXT: dlc.copy <arena, 0, 0, []> to <result, 0, 0, []> bytes 64
func.func @index_map(%w: tensor<4x4xf32> {dlc.donate = 0 : i64}) -> tensor<4x4xf32> {
  %new = dlc.kernel map(%w) {
  ^bb0(%a: tensor<4x4xf32>):
    %b = dlc.transpose %a perm [1, 0] : tensor<4x4xf32> to tensor<4x4xf32>
    dlc.yield %b : tensor<4x4xf32>
  } {callee = @k} : (tensor<4x4xf32>) -> tensor<4x4xf32>
  return %new : tensor<4x4xf32>
}

// Two arguments change places: all is read before anything is overwritten.
// CHECK-LABEL: @swap
// CHECK-NEXT: dlc.copy <argument, 1, 0, []> to <arena, 0, [[T0:[0-9]+]], []>
// CHECK-NEXT: dlc.copy <argument, 0, 0, []> to <arena, 0, [[T1:[0-9]+]], []>
// CHECK-NEXT: dlc.copy <arena, 0, [[T0]], []> to <result, 0, 0, []>
// CHECK-NEXT: dlc.copy <arena, 0, [[T1]], []> to <result, 1, 0, []>
func.func @swap(%a: tensor<4xf32> {dlc.donate = 0 : i64}, %b: tensor<4xf32> {dlc.donate = 1 : i64})
    -> (tensor<4xf32>, tensor<4xf32>) {
  return %b, %a : tensor<4xf32>, tensor<4xf32>
}
