// Adding a negation subtracts; multiplying by -1 negates.
// RUN: dlc-opt %s --dlc-simplify-algebra | FileCheck %s

// CHECK-LABEL: func @negations
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[Y:[^:]*]]: tensor<2x3xf32>)
func.func @negations(%x: tensor<2x3xf32>, %y: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: %[[R:.*]] = dlc.subtract %[[Y]], %[[X]]
  // CHECK: return %[[R]]
  %m = dlc.constant dense<-1.0> : tensor<2x3xf32>
  %n = dlc.multiply %x, %m : tensor<2x3xf32>
  %r = dlc.add %y, %n : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}

// CHECK-LABEL: func @absolute
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2xi32>)
func.func @absolute(%x: tensor<2xi32>) -> tensor<2xi32> {
  // CHECK-NEXT: %[[R:.*]] = dlc.abs %[[X]]
  // CHECK-NEXT: return %[[R]]
  %n = dlc.negate %x : tensor<2xi32>
  %r = dlc.abs %n : tensor<2xi32>
  return %r : tensor<2xi32>
}

// A negated unsigned integer wraps (seed 44762 of dlc-smith).
// CHECK-LABEL: func @unsigned
func.func @unsigned(%x: tensor<2xui32>) -> tensor<2xui32> {
  // CHECK: dlc.negate
  %n = dlc.negate %x : tensor<2xui32>
  %r = dlc.abs %n : tensor<2xui32>
  return %r : tensor<2xui32>
}
