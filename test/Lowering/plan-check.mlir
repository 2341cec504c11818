// A donated argument is overwritten only after the last kernel that may find a
// fault, and after the check.
// RUN: dlc-opt %s --dlc-plan-memory | FileCheck %s

func.func private @plain(memref<16xf32>, memref<16xf32>, index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}
func.func private @checking(%in: memref<16xi32>, %out: memref<16xi32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
    attributes {dlc.tiles = 1 : i64} {
  %zero = arith.constant 0 : index
  %id = arith.constant 0 : i64
  %old = memref.atomic_rmw minu %id, %fault[%zero] : (i64, memref<1xi64>) -> i64
  return
}

// CHECK-LABEL: @step
// CHECK-NEXT: dlc.launch @checking
// CHECK-NEXT: dlc.check
// CHECK-NEXT: dlc.launch @plain {{.*}}<result, 0, 0, []>]
// CHECK-NEXT: }
func.func @step(%w: tensor<16xf32> {dlc.donate = 0 : i64}, %i: tensor<16xi32>) -> (tensor<16xf32>, tensor<16xi32>) {
  %new = dlc.kernel map(%w) {
  ^bb0(%a: tensor<16xf32>):
    %b = dlc.negate %a : tensor<16xf32>
    dlc.yield %b : tensor<16xf32>
  } {callee = @plain} : (tensor<16xf32>) -> tensor<16xf32>
  %checked = dlc.kernel map(%i) {
  ^bb0(%a: tensor<16xi32>):
    %b = dlc.check_index %a {limit = 4 : i64, op = "f"} : tensor<16xi32>
    dlc.yield %b : tensor<16xi32>
  } {callee = @checking} : (tensor<16xi32>) -> tensor<16xi32>
  return %new, %checked : tensor<16xf32>, tensor<16xi32>
}

// The kernel that checks cannot itself overwrite what it would have to spare.
// CHECK-LABEL: @itself
// CHECK-NEXT: dlc.launch @checking [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>]
// CHECK-NEXT: dlc.check
// CHECK-NEXT: dlc.copy <arena, 0, 0, []> to <result, 0, 0, []> bytes 64
func.func @itself(%i: tensor<16xi32> {dlc.donate = 0 : i64}) -> tensor<16xi32> {
  %checked = dlc.kernel map(%i) {
  ^bb0(%a: tensor<16xi32>):
    %b = dlc.check_index %a {limit = 4 : i64, op = "f"} : tensor<16xi32>
    dlc.yield %b : tensor<16xi32>
  } {callee = @checking} : (tensor<16xi32>) -> tensor<16xi32>
  return %checked : tensor<16xi32>
}
