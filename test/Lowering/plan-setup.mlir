// What follows from invariant arguments alone becomes the setup: %turned, and
// %wide, which only the setup reads and so lies in the arena, but not what is
// returned, may find a fault, is printed first or depends on %x.
// RUN: dlc-opt %s --dlc-plan-memory | FileCheck %s
// RUN: dlc-opt %s --dlc-plan-memory=memory-limit=100000 | FileCheck %s --check-prefix=LIMIT

func.func private @unary(memref<64xf32>, memref<64xf32>, index, index, memref<1xi64>)
    attributes {dlc.tiles = 2 : i64, dlc.work = 900 : i64}
func.func private @widen(memref<64xf32>, memref<64xf64>, index, index, memref<1xi64>)
    attributes {dlc.tiles = 2 : i64, dlc.work = 900 : i64}
func.func private @narrow(memref<64xf64>, memref<64xf32>, memref<64xf32>, index, index, memref<1xi64>)
    attributes {dlc.tiles = 2 : i64, dlc.work = 900 : i64}
func.func private @binary(memref<64xf32>, memref<64xf32>, memref<64xf32>, index, index, memref<1xi64>)
    attributes {dlc.tiles = 2 : i64, dlc.work = 900 : i64}
func.func private @checks(%in: memref<64xf32>, %out: memref<64xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
    attributes {dlc.tiles = 2 : i64, dlc.work = 900 : i64} {
  %c0 = arith.constant 0 : index
  %f = memref.load %fault[%c0] : memref<1xi64>
  return
}

// CHECK: dlc.program @infer {{.*}} arena 512 prepared 256
// CHECK-SAME: dlc.plan = [array<i64: 0, 512, 0, 1>
// CHECK-SAME: setup {
// CHECK-NEXT: dlc.launch @widen [#dlc.at<argument, 1, 0, []>, #dlc.at<arena, 0, 0, []>]
// CHECK-NEXT: dlc.launch @narrow [#dlc.at<arena, 0, 0, []>, #dlc.at<constant, 0, 0, []>, #dlc.at<prepared, 0, 0, []>]
// CHECK-NEXT: } body {
// CHECK-NEXT: dlc.launch @binary [#dlc.at<argument, 0, 0, []>, #dlc.at<prepared, 0, 0, []>, #dlc.at<result, 0, 0, []>]
// CHECK: dlc.launch @checks [#dlc.at<argument, 1, 0, []>
// CHECK: dlc.show "w"
// CHECK-NEXT: dlc.launch @unary [#dlc.at<argument, 1, 0, []>
// CHECK: dlc.launch @unary [#dlc.at<prepared, 0, 0, []>, #dlc.at<result, 1, 0, []>]

// LIMIT: dlc.program @infer
// LIMIT-NOT: setup {
// LIMIT-NOT: prepared,
func.func @infer(%x: tensor<64xf32>, %w: tensor<64xf32> {dlc.invariant})
    -> (tensor<64xf32>, tensor<64xf32>) {
  %c = dlc.constant dense<1.5> : tensor<64xf32>
  %wide = dlc.kernel map(%w) {
  ^bb0(%a: tensor<64xf32>):
    %b = dlc.convert %a : tensor<64xf32> to tensor<64xf64>
    dlc.yield %b : tensor<64xf64>
  } {callee = @widen} : (tensor<64xf32>) -> tensor<64xf64>
  %square = dlc.reshape %wide : tensor<64xf64> to tensor<8x8xf64>
  %flat = dlc.reshape %square : tensor<8x8xf64> to tensor<64xf64>
  %turned = dlc.kernel map(%flat, %c) {
  ^bb0(%a: tensor<64xf64>, %b: tensor<64xf32>):
    %d = dlc.convert %a : tensor<64xf64> to tensor<64xf32>
    %e = dlc.add %d, %b : tensor<64xf32>
    dlc.yield %e : tensor<64xf32>
  } {callee = @narrow} : (tensor<64xf64>, tensor<64xf32>) -> tensor<64xf32>
  %y = dlc.kernel map(%x, %turned) {
  ^bb0(%a: tensor<64xf32>, %b: tensor<64xf32>):
    %d = dlc.add %a, %b : tensor<64xf32>
    dlc.yield %d : tensor<64xf32>
  } {callee = @binary} : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %checked = dlc.kernel map(%w) {
  ^bb0(%a: tensor<64xf32>):
    %b = dlc.negate %a : tensor<64xf32>
    dlc.yield %b : tensor<64xf32>
  } {callee = @checks} : (tensor<64xf32>) -> tensor<64xf32>
  %z = dlc.kernel map(%y, %checked) {
  ^bb0(%a: tensor<64xf32>, %b: tensor<64xf32>):
    %d = dlc.add %a, %b : tensor<64xf32>
    dlc.yield %d : tensor<64xf32>
  } {callee = @binary} : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %printed = dlc.print %w {text = "w"} : tensor<64xf32>
  %after = dlc.kernel map(%printed) {
  ^bb0(%a: tensor<64xf32>):
    %b = dlc.negate %a : tensor<64xf32>
    dlc.yield %b : tensor<64xf32>
  } {callee = @unary} : (tensor<64xf32>) -> tensor<64xf32>
  %r = dlc.kernel map(%z, %after) {
  ^bb0(%a: tensor<64xf32>, %b: tensor<64xf32>):
    %d = dlc.add %a, %b : tensor<64xf32>
    dlc.yield %d : tensor<64xf32>
  } {callee = @binary} : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %returned = dlc.kernel map(%turned) {
  ^bb0(%a: tensor<64xf32>):
    %b = dlc.negate %a : tensor<64xf32>
    dlc.yield %b : tensor<64xf32>
  } {callee = @unary} : (tensor<64xf32>) -> tensor<64xf32>
  return %r, %returned : tensor<64xf32>, tensor<64xf32>
}
