// Slices and stacks are addressed by strides, carries are updated in place.
// RUN: dlc-opt %s --dlc-plan-memory | FileCheck %s

func.func private @add(memref<4xf32>, memref<4xf32>, memref<4xf32>, index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}
func.func private @map(memref<4xf32>, memref<4xf32>, index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}
func.func private @mix(memref<4xf32>, memref<4xf32>, index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}

// The sum lies in the result from the start; its output slice is a copy.
// CHECK-LABEL: @sums
// CHECK-NEXT: dlc.copy <argument, 0, 0, []> to <result, 0, 0, []> bytes 16
// CHECK-NEXT: dlc.loop 3 reverse {
// CHECK-NEXT:   dlc.launch @map [#dlc.at<argument, 1, 0, [16]>, #dlc.at<result, 1, 0, [16]>]
// CHECK-NEXT:   dlc.launch @add [#dlc.at<result, 0, 0, []>, #dlc.at<result, 1, 0, [16]>, #dlc.at<result, 0, 0, []>]
// CHECK-NEXT: }
// CHECK-NEXT: }
func.func @sums(%zero: tensor<4xf32>, %xs: tensor<3x4xf32>) -> (tensor<4xf32>, tensor<3x4xf32>) {
  %last, %ys = dlc.scan 3 reverse init(%zero) over(%xs) with() {
  ^bb0(%acc: tensor<4xf32>, %x: tensor<4xf32>):
    %y = dlc.kernel map(%x) {
    ^bb0(%a: tensor<4xf32>):
      %b = dlc.negate %a : tensor<4xf32>
      dlc.yield %b : tensor<4xf32>
    } {callee = @map} : (tensor<4xf32>) -> tensor<4xf32>
    %sum = dlc.kernel map(%acc, %y) {
    ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>):
      %c = dlc.add %a, %b : tensor<4xf32>
      dlc.yield %c : tensor<4xf32>
    } {callee = @add} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    dlc.yield %sum, %y : tensor<4xf32>, tensor<4xf32>
  } : (tensor<4xf32>, tensor<3x4xf32>) -> (tensor<4xf32>, tensor<3x4xf32>)
  return %last, %ys : tensor<4xf32>, tensor<3x4xf32>
}

// A body that reads its carry out of order writes elsewhere and copies.
// CHECK-LABEL: @shuffled
// CHECK:      dlc.loop 2 {
// CHECK-NEXT:   dlc.launch @mix [#dlc.at<result, 0, 0, []>, #dlc.at<arena, 0, 0, []>]
// CHECK-NEXT:   dlc.copy <arena, 0, 0, []> to <result, 0, 0, []> bytes 16
func.func @shuffled(%zero: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %last = dlc.scan 2 init(%zero) over() with() {
  ^bb0(%acc: tensor<2x2xf32>):
    %next = dlc.kernel map(%acc) {
    ^bb0(%a: tensor<2x2xf32>):
      %b = dlc.transpose %a perm [1, 0] : tensor<2x2xf32> to tensor<2x2xf32>
      dlc.yield %b : tensor<2x2xf32>
    } {callee = @mix} : (tensor<2x2xf32>) -> tensor<2x2xf32>
    dlc.yield %next : tensor<2x2xf32>
  } : (tensor<2x2xf32>) -> tensor<2x2xf32>
  return %last : tensor<2x2xf32>
}

// CHECK-LABEL: @nested
// CHECK:      dlc.loop 3 {
// CHECK:        dlc.loop 5 {
// CHECK-NEXT:     dlc.launch @map [#dlc.at<argument, 0, 0, [80, 16]>, #dlc.at<result, 0, 0, [80, 16]>]
func.func @nested(%xs: tensor<3x5x4xf32>) -> tensor<3x5x4xf32> {
  %ys = dlc.scan 3 init() over(%xs) with() {
  ^bb0(%row: tensor<5x4xf32>):
    %inner = dlc.scan 5 init() over(%row) with() {
    ^bb0(%x: tensor<4xf32>):
      %y = dlc.kernel map(%x) {
      ^bb0(%a: tensor<4xf32>):
        %b = dlc.negate %a : tensor<4xf32>
        dlc.yield %b : tensor<4xf32>
      } {callee = @map} : (tensor<4xf32>) -> tensor<4xf32>
      dlc.yield %y : tensor<4xf32>
    } : (tensor<5x4xf32>) -> tensor<5x4xf32>
    dlc.yield %inner : tensor<5x4xf32>
  } : (tensor<3x5x4xf32>) -> tensor<3x5x4xf32>
  return %ys : tensor<3x5x4xf32>
}

// Carries that change places move at once; without trips they stay.
// CHECK-LABEL: @swap
// CHECK-NEXT: dlc.copy <argument, 0, 0, []> to <result, 0, 0, []>
// CHECK-NEXT: dlc.copy <constant, 0, 0, []> to <result, 1, 0, []>
// CHECK-NEXT: dlc.loop 3 {
// CHECK-NEXT:   dlc.copy <result, 1, 0, []> to <arena, 0, [[A:[0-9]+]], []>
// CHECK-NEXT:   dlc.copy <result, 0, 0, []> to <arena, 0, [[B:[0-9]+]], []>
// CHECK-NEXT:   dlc.copy <arena, 0, [[A]], []> to <result, 0, 0, []>
// CHECK-NEXT:   dlc.copy <arena, 0, [[B]], []> to <result, 1, 0, []>
// CHECK-NEXT: }
// CHECK-NEXT: dlc.copy <argument, 0, 0, []> to <result, 2, 0, []>
// CHECK-NEXT: }
func.func @swap(%a: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %one = dlc.constant dense<1.0> : tensor<4xf32>
  %r:2 = dlc.scan 3 init(%a, %one) over() with() {
  ^bb0(%x: tensor<4xf32>, %y: tensor<4xf32>):
    dlc.yield %y, %x : tensor<4xf32>, tensor<4xf32>
  } : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  %none = dlc.scan 0 init(%a) over() with() {
  ^bb0(%x: tensor<4xf32>):
    dlc.yield %x : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return %r#0, %r#1, %none : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}
