// (exp(x) - exp(-x)) / (exp(x) + exp(-x)) is tanh(x).
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @tanh
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @tanh(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: %[[R:.*]] = dlc.tanh %[[X]]
  // CHECK: return %[[R]]
  %n = dlc.negate %x : tensor<2x3xf32>
  %a = dlc.exponential %x : tensor<2x3xf32>
  %b = dlc.exponential %n : tensor<2x3xf32>
  %d = dlc.subtract %a, %b : tensor<2x3xf32>
  %s = dlc.add %b, %a : tensor<2x3xf32>
  %r = dlc.divide %d, %s : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
