// A log-sum-exp that is stable already stays as it is: stabilising twice changes
// nothing.
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @log_sum_exp_stable
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @log_sum_exp_stable(%x: tensor<2x3xf32>) -> tensor<2xf32> {
  // CHECK: %[[M:.*]] = dlc.reduce max
  // CHECK-NOT: dlc.reduce max
  // CHECK-NOT: dlc.select
  // CHECK: dlc.log
  %m = dlc.reduce max %x dims [1] : tensor<2x3xf32> to tensor<2xf32>
  %b = dlc.broadcast_in_dim %m dims [0] : tensor<2xf32> to tensor<2x3xf32>
  %d = dlc.subtract %x, %b : tensor<2x3xf32>
  %e = dlc.exponential %d : tensor<2x3xf32>
  %s = dlc.reduce add %e dims [1] : tensor<2x3xf32> to tensor<2xf32>
  %l = dlc.log %s : tensor<2xf32>
  %r = dlc.add %m, %l : tensor<2xf32>
  return %r : tensor<2xf32>
}
