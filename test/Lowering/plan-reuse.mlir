// Values that do not live at the same time share memory; an input that dies
// lies where the output will; constants are kept once.
// RUN: dlc-opt %s --dlc-plan-memory | FileCheck %s

func.func private @map(memref<64xf32>, memref<64xf32>, index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}
func.func private @mix(memref<64xf32>, memref<64xf32>, index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}
func.func private @add(memref<64xf32>, memref<64xf32>, memref<64xf32>, index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}

// CHECK: module attributes {dlc.constants = [dense<3.000000e+00> : tensor<64xf32>, dense<true> : tensor<3xi1>]}

// mix cannot write over its input: two blocks take turns.
// CHECK-LABEL: @chain
// CHECK-SAME: arena 512 attributes {
// CHECK-SAME: dlc.plan = [array<i64: [[A:[0-9]+]], 256, 0, 2>, array<i64: [[B:[0-9]+]], 256, 2, 3>]
// CHECK-NEXT: dlc.launch @mix [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, [[A]], []>]
// CHECK-NEXT: dlc.launch @map [#dlc.at<arena, 0, [[A]], []>, #dlc.at<arena, 0, [[A]], []>]
// CHECK-NEXT: dlc.launch @mix [#dlc.at<arena, 0, [[A]], []>, #dlc.at<arena, 0, [[B]], []>]
// CHECK-NEXT: dlc.launch @mix [#dlc.at<arena, 0, [[B]], []>, #dlc.at<result, 0, 0, []>]
func.func @chain(%x: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %0 = dlc.kernel map(%x) {
  ^bb0(%a: tensor<8x8xf32>):
    %t = dlc.transpose %a perm [1, 0] : tensor<8x8xf32> to tensor<8x8xf32>
    dlc.yield %t : tensor<8x8xf32>
  } {callee = @mix} : (tensor<8x8xf32>) -> tensor<8x8xf32>
  %1 = dlc.kernel map(%0) {
  ^bb0(%a: tensor<8x8xf32>):
    %t = dlc.negate %a : tensor<8x8xf32>
    dlc.yield %t : tensor<8x8xf32>
  } {callee = @map} : (tensor<8x8xf32>) -> tensor<8x8xf32>
  %2 = dlc.kernel map(%1) {
  ^bb0(%a: tensor<8x8xf32>):
    %t = dlc.transpose %a perm [1, 0] : tensor<8x8xf32> to tensor<8x8xf32>
    dlc.yield %t : tensor<8x8xf32>
  } {callee = @mix} : (tensor<8x8xf32>) -> tensor<8x8xf32>
  %3 = dlc.kernel map(%2) {
  ^bb0(%a: tensor<8x8xf32>):
    %t = dlc.transpose %a perm [1, 0] : tensor<8x8xf32> to tensor<8x8xf32>
    dlc.yield %t : tensor<8x8xf32>
  } {callee = @mix} : (tensor<8x8xf32>) -> tensor<8x8xf32>
  return %3 : tensor<8x8xf32>
}

// CHECK-LABEL: @constants
// CHECK-NEXT: dlc.launch @add [#dlc.at<argument, 0, 0, []>, #dlc.at<constant, 0, 0, []>, #dlc.at<result, 0, 0, []>]
// CHECK-NEXT: dlc.copy <constant, 0, 256, []> to <result, 1, 0, []> bytes 3
// CHECK-NEXT: dlc.copy <result, 0, 0, []> to <result, 2, 0, []> bytes 256
func.func @constants(%x: tensor<64xf32>) -> (tensor<64xf32>, tensor<3xi1>, tensor<8x8xf32>, tensor<0xf32>) {
  %three = dlc.constant dense<3.0> : tensor<64xf32>
  %true = dlc.constant dense<true> : tensor<3xi1>
  %none = dlc.constant dense<> : tensor<0xf32>
  %sum = dlc.kernel map(%x, %three) {
  ^bb0(%a: tensor<64xf32>, %b: tensor<64xf32>):
    %t = dlc.add %a, %b : tensor<64xf32>
    dlc.yield %t : tensor<64xf32>
  } {callee = @add} : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %square = dlc.reshape %sum : tensor<64xf32> to tensor<8x8xf32>
  return %sum, %true, %square, %none : tensor<64xf32>, tensor<3xi1>, tensor<8x8xf32>, tensor<0xf32>
}
