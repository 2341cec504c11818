// Arithmetic on constants is done; dividing by a power of two multiplies, which is
// as exact, dividing by three does not.
// RUN: dlc-opt %s --dlc-simplify-algebra | FileCheck %s

// CHECK-LABEL: func @constants
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @constants(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-DAG: %[[HALF:.*]] = dlc.constant dense<5.000000e-01>
  // CHECK-DAG: %[[THREE:.*]] = dlc.constant dense<3.000000e+00>
  // CHECK: %[[A:.*]] = dlc.multiply %[[X]], %[[HALF]]
  // CHECK: %[[R:.*]] = dlc.divide %[[A]], %[[THREE]]
  // CHECK: return %[[R]]
  %two = dlc.constant dense<2.0> : tensor<2x3xf32>
  %one = dlc.constant dense<1.0> : tensor<2x3xf32>
  %three = dlc.add %two, %one : tensor<2x3xf32>
  %a = dlc.divide %x, %two : tensor<2x3xf32>
  %r = dlc.divide %a, %three : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
