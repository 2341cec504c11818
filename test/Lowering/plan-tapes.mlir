// Bounded tapes lie in the arena and are addressed by the trip; the others are
// the runtime's. A loop that makes some of these and passes none on ends them.
// RUN: dlc-opt %s --dlc-plan-memory=tape-limit=5000 | FileCheck %s

func.func private @more(memref<4xf32>, memref<i8>, index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}
func.func private @double(memref<4xf32>, memref<4xf32>, index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}
func.func private @add(memref<4xf32>, memref<4xf32>, memref<4xf32>, index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}

// CHECK-LABEL: @bounded
// CHECK-NOT: tapes
// CHECK:      dlc.repeat <arena, 0, [[P:[0-9]+]], []> max 9 tapes [#dlc.tape_use<count, <arena, 0, [[T:[0-9]+]], []>, 16>]
// CHECK:      } do {
// CHECK-NEXT:   dlc.launch @double [#dlc.at<result, 0, 0, []>, #dlc.at<arena, 0, {{[0-9]+}}, [16]>]
// CHECK:      dlc.loop 9 count <arena, 0, [[T]], []> reverse {
// CHECK-NEXT:   dlc.launch @add [#dlc.at<result, 0, 0, []>, #dlc.at<arena, 0, {{[0-9]+}}, [16]>, #dlc.at<result, 0, 0, []>]
func.func @bounded(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y, %tape = dlc.while max 9 init(%x) with() {
  ^bb0(%c: tensor<4xf32>):
    %p = dlc.kernel map(%c) {
    ^bb0(%a: tensor<4xf32>):
      %q = dlc.constant dense<true> : tensor<i1>
      dlc.yield %q : tensor<i1>
    } {callee = @more} : (tensor<4xf32>) -> tensor<i1>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%c: tensor<4xf32>):
    %d = dlc.kernel map(%c) {
    ^bb0(%a: tensor<4xf32>):
      %b = dlc.add %a, %a : tensor<4xf32>
      dlc.yield %b : tensor<4xf32>
    } {callee = @double} : (tensor<4xf32>) -> tensor<4xf32>
    dlc.yield %d, %d : tensor<4xf32>, tensor<4xf32>
  } : (tensor<4xf32>) -> (tensor<4xf32>, tensor<!dlc.tape<tensor<4xf32>, 9>>)
  %z = dlc.scan reverse init(%y) over(%tape) with() {
  ^bb0(%c: tensor<4xf32>, %t: tensor<4xf32>):
    %s = dlc.kernel map(%c, %t) {
    ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>):
      %r = dlc.add %a, %b : tensor<4xf32>
      dlc.yield %r : tensor<4xf32>
    } {callee = @add} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    dlc.yield %s : tensor<4xf32>
  } : (tensor<4xf32>, tensor<!dlc.tape<tensor<4xf32>, 9>>) -> tensor<4xf32>
  return %z : tensor<4xf32>
}

// CHECK-LABEL: @in_scan
// CHECK-SAME: tapes 5000
// CHECK:      dlc.loop 7 scoped {
// CHECK:        dlc.repeat <arena, 0, {{[0-9]+}}, []> tapes [#dlc.tape_use<append, <arena, 0, [[T:[0-9]+]], []>, 16>] "model.cpp:4:2" {
// CHECK:        } do {
// CHECK-NEXT:     dlc.launch @double [#dlc.at<{{.*}}>, #dlc.at<tape, 0, 0, []>]
// CHECK:        dlc.loop -1 count <arena, 0, [[T]], []> reverse tapes [#dlc.tape_use<read, <arena, 0, [[T]], []>, 16>] {
// CHECK-NEXT:     dlc.launch @add [#dlc.at<{{.*}}>, #dlc.at<tape, 0, 0, []>, #dlc.at<{{.*}}>]
// CHECK:      dlc.check
func.func @in_scan(%x: tensor<4xf32>) -> tensor<4xf32> {
  %last = dlc.scan 7 init(%x) over() with() {
  ^bb0(%h: tensor<4xf32>):
    %y, %tape = dlc.while init(%h) with() {
    ^bb0(%c: tensor<4xf32>):
      %p = dlc.kernel map(%c) {
      ^bb0(%a: tensor<4xf32>):
        %q = dlc.constant dense<true> : tensor<i1>
        dlc.yield %q : tensor<i1>
      } {callee = @more} : (tensor<4xf32>) -> tensor<i1>
      dlc.yield %p : tensor<i1>
    } do {
    ^bb0(%c: tensor<4xf32>):
      %d = dlc.kernel map(%c) {
      ^bb0(%a: tensor<4xf32>):
        %b = dlc.add %a, %a : tensor<4xf32>
        dlc.yield %b : tensor<4xf32>
      } {callee = @double} : (tensor<4xf32>) -> tensor<4xf32>
      dlc.yield %d, %d : tensor<4xf32>, tensor<4xf32>
    } : (tensor<4xf32>) -> (tensor<4xf32>, tensor<!dlc.tape<tensor<4xf32>>>) loc("model.cpp":4:2)
    %z = dlc.scan reverse init(%y) over(%tape) with() {
    ^bb0(%c: tensor<4xf32>, %t: tensor<4xf32>):
      %s = dlc.kernel map(%c, %t) {
      ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>):
        %r = dlc.add %a, %b : tensor<4xf32>
        dlc.yield %r : tensor<4xf32>
      } {callee = @add} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      dlc.yield %s : tensor<4xf32>
    } : (tensor<4xf32>, tensor<!dlc.tape<tensor<4xf32>>>) -> tensor<4xf32>
    dlc.yield %z : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return %last : tensor<4xf32>
}

// A stack of empty tapes: each gets a count of 0.
// CHECK-LABEL: @empty
// CHECK: dlc.branch <argument, 0, 0, []> {
// CHECK-NEXT: dlc.loop 3 {
// CHECK-NEXT: dlc.copy <constant, 0, 0, []> to <arena, 0, {{[0-9]+}}, [16]> bytes 16
func.func @empty(%p: tensor<i1>) {
  %t = dlc.if %p() {
    %e = dlc.empty_tape : tensor<3x!dlc.tape<tensor<4xf32>>>
    dlc.yield %e : tensor<3x!dlc.tape<tensor<4xf32>>>
  } else {
    %e = dlc.empty_tape : tensor<3x!dlc.tape<tensor<4xf32>>>
    dlc.yield %e : tensor<3x!dlc.tape<tensor<4xf32>>>
  } : (tensor<i1>) -> tensor<3x!dlc.tape<tensor<4xf32>>>
  return
}
