// A check that fails puts its number and the element's position into the fault
// word, if that is less than what stands there. The position is computed only
// then. A division by a constant needs no check.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: module attributes {dlc.checks = [
// CHECK-SAME: {limit = 10 : i64, loc = "a.cpp:3:4", op = "gather"},
// CHECK-SAME: {limit = -1 : i64, loc = "b.cpp:5:6", op = "divide"}]}
// CHECK: func.func private @map_0({{.*}}, %[[FAULT:[^:]*]]: memref<1xi64>)
// CHECK: %[[BAD:.*]] = arith.cmpi uge
// CHECK: %[[ANY:.*]] = vector.reduction <or>, %[[BAD]] : vector<16xi1> into i1
// CHECK: scf.if %[[ANY]] {
// CHECK: vector.reduction <minui>
// CHECK: memref.atomic_rmw minu %{{.*}}, %[[FAULT]][%c0]
// CHECK: scf.if
// CHECK: %[[POSITION:.*]] = vector.reduction <minui>
// CHECK: %[[ID:.*]] = arith.constant 1099511627776 : i64
// CHECK: arith.ori %[[ID]], %[[POSITION]]
// CHECK-NOT: scf.if
func.func @f(%x: tensor<16xi32>, %y: tensor<16xi32>) -> tensor<16xi32> {
  %r = dlc.kernel map(%x, %y) {
  ^bb0(%a: tensor<16xi32>, %b: tensor<16xi32>):
    %c = dlc.check_index %a {limit = 10 : i64, op = "gather"} : tensor<16xi32> loc("a.cpp":3:4)
    %d = dlc.divide %c, %b : tensor<16xi32> loc("b.cpp":5:6)
    %two = dlc.constant dense<2> : tensor<16xi32>
    %e = dlc.divide %d, %two : tensor<16xi32>
    dlc.yield %e : tensor<16xi32>
  } : (tensor<16xi32>, tensor<16xi32>) -> tensor<16xi32>
  return %r : tensor<16xi32>
}
