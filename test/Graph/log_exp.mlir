// log(exp(x)) is x, also where exp(x) overflows.
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @log_exp
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @log_exp(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: return %[[X]]
  %e = dlc.exponential %x : tensor<2x3xf32>
  %r = dlc.log %e : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
