// 1 / (1 + exp(-x)) is the sigmoid, and so is exp(x) / (1 + exp(x)).
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @logistic
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @logistic(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NOT: dlc.divide
  // CHECK: %[[S:.*]] = dlc.logistic %[[X]]
  // CHECK: %[[R:.*]] = dlc.logistic %[[S]]
  // CHECK: return %[[R]]
  %one = dlc.constant dense<1.0> : tensor<2x3xf32>
  %n = dlc.negate %x : tensor<2x3xf32>
  %e = dlc.exponential %n : tensor<2x3xf32>
  %d = dlc.add %one, %e : tensor<2x3xf32>
  %s = dlc.divide %one, %d : tensor<2x3xf32>
  %f = dlc.exponential %s : tensor<2x3xf32>
  %h = dlc.add %f, %one : tensor<2x3xf32>
  %r = dlc.divide %f, %h : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
