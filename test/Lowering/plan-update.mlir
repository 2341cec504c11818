// A scatter changes its operand where it lies if nobody else needs it: an arena
// value, a donated argument, a carry. Else the operand is copied first. Sorting
// gets scratch memory.
// RUN: dlc-opt %s --dlc-lower-kernels --dlc-plan-memory --split-input-file | FileCheck %s

// The runtime skips the copy if the argument's buffer became the result's.
// CHECK: dlc.program @donated {{.*}} arena 0
// CHECK-NEXT: dlc.copy <argument, 0, 0, []> to <result, 0, 0, []> bytes 144
// CHECK-NEXT: dlc.launch @scatter_0 [#dlc.at<argument, 0, 0, []>, #dlc.at<argument, 1, 0, []>, #dlc.at<argument, 2, 0, []>, #dlc.at<result, 0, 0, []>]
func.func @donated(%x: tensor<1x9x4xf32> {dlc.donate = 0 : i64}, %i: tensor<1x2x1xi32>, %u: tensor<1x2x4xf32>) -> tensor<1x9x4xf32> {
  %r = dlc.kernel scatter(%x, %i, %u) {
  ^bb0(%a: tensor<1x9x4xf32>, %b: tensor<1x2x1xi32>, %c: tensor<1x2x4xf32>):
    %d = dlc.scatter add %a, %b, %c batch_dims 1 index_dims [1] : tensor<1x9x4xf32>, tensor<1x2x1xi32>, tensor<1x2x4xf32>
    dlc.yield %d : tensor<1x9x4xf32>
  } : (tensor<1x9x4xf32>, tensor<1x2x1xi32>, tensor<1x2x4xf32>) -> tensor<1x9x4xf32>
  return %r : tensor<1x9x4xf32>
}

// -----

// CHECK: dlc.program @dies {{.*}} arena 0
// CHECK-NEXT: dlc.launch @map_0 [#dlc.at<argument, 0, 0, []>, #dlc.at<result, 0, 0, []>]
// CHECK-NEXT: dlc.launch @scatter_1 [#dlc.at<result, 0, 0, []>, #dlc.at<argument, 1, 0, []>, #dlc.at<argument, 2, 0, []>, #dlc.at<result, 0, 0, []>]
func.func @dies(%x: tensor<8x4xf32>, %u: tensor<2x4xf32>, %at: tensor<i32>) -> tensor<8x4xf32> {
  %n = dlc.kernel map(%x) {
  ^bb0(%a: tensor<8x4xf32>):
    %b = dlc.negate %a : tensor<8x4xf32>
    dlc.yield %b : tensor<8x4xf32>
  } : (tensor<8x4xf32>) -> tensor<8x4xf32>
  %r = dlc.kernel scatter(%n, %u, %at) {
  ^bb0(%a: tensor<8x4xf32>, %b: tensor<2x4xf32>, %i: tensor<i32>):
    %d = dlc.dynamic_update_slice %a, %b at(%i, %i) : (tensor<8x4xf32>, tensor<2x4xf32>, tensor<i32>, tensor<i32>) -> tensor<8x4xf32>
    dlc.yield %d : tensor<8x4xf32>
  } : (tensor<8x4xf32>, tensor<2x4xf32>, tensor<i32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// -----

// CHECK: dlc.program @lives
// CHECK-NEXT: dlc.copy <argument, 0, 0, []> to <result, 0, 0, []> bytes 128
// CHECK-NEXT: dlc.launch @scatter_0
func.func @lives(%x: tensor<8x4xf32>, %u: tensor<2x4xf32>, %at: tensor<i32>) -> tensor<8x4xf32> {
  %r = dlc.kernel scatter(%x, %u, %at) {
  ^bb0(%a: tensor<8x4xf32>, %b: tensor<2x4xf32>, %i: tensor<i32>):
    %d = dlc.dynamic_update_slice %a, %b at(%i, %i) : (tensor<8x4xf32>, tensor<2x4xf32>, tensor<i32>, tensor<i32>) -> tensor<8x4xf32>
    dlc.yield %d : tensor<8x4xf32>
  } : (tensor<8x4xf32>, tensor<2x4xf32>, tensor<i32>) -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// -----

// CHECK: dlc.program @carry
// CHECK-NEXT: dlc.copy <argument, 0, 0, []> to <result, 0, 0, []> bytes 128
// CHECK-NEXT: dlc.loop 5 {
// CHECK-NEXT: dlc.launch @scatter_0 [#dlc.at<result, 0, 0, []>, #dlc.at<argument, 1, 0, [16]>, #dlc.at<argument, 2, 0, [4]>, #dlc.at<result, 0, 0, []>]
// CHECK-NEXT: }
func.func @carry(%x: tensor<8x4xf32>, %u: tensor<5x1x4xf32>, %at: tensor<5xi32>) -> tensor<8x4xf32> {
  %last = dlc.scan 5 init(%x) over(%u, %at) with() {
  ^bb0(%carry: tensor<8x4xf32>, %row: tensor<1x4xf32>, %n: tensor<i32>):
    %r = dlc.kernel scatter(%carry, %row, %n) {
    ^bb0(%a: tensor<8x4xf32>, %b: tensor<1x4xf32>, %i: tensor<i32>):
      %d = dlc.dynamic_update_slice %a, %b at(%i, %i) : (tensor<8x4xf32>, tensor<1x4xf32>, tensor<i32>, tensor<i32>) -> tensor<8x4xf32>
      dlc.yield %d : tensor<8x4xf32>
    } : (tensor<8x4xf32>, tensor<1x4xf32>, tensor<i32>) -> tensor<8x4xf32>
    dlc.yield %r : tensor<8x4xf32>
  } : (tensor<8x4xf32>, tensor<5x1x4xf32>, tensor<5xi32>) -> tensor<8x4xf32>
  return %last : tensor<8x4xf32>
}

// -----

// CHECK: dlc.program @sorted {{.*}} arena 512
// CHECK-NEXT: dlc.launch @sort_0 [#dlc.at<argument, 0, 0, []>, #dlc.at<result, 0, 0, []>, #dlc.at<arena, 0, 0, []>]
func.func @sorted(%x: tensor<1x20xf32>) -> tensor<1x20xf32> {
  %r = dlc.kernel sort(%x) {
  ^bb0(%a: tensor<1x20xf32>):
    %b = dlc.sort %a dim 1 : tensor<1x20xf32>
    dlc.yield %b : tensor<1x20xf32>
  } : (tensor<1x20xf32>) -> tensor<1x20xf32>
  return %r : tensor<1x20xf32>
}
