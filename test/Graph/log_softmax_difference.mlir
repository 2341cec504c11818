// x - log(sum(exp(x))) is log_softmax(x).
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @log_softmax_difference
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @log_softmax_difference(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NOT: dlc.exponential
  // CHECK: %[[Y:.*]] = dlc.log_softmax %[[X]] dim 1
  // CHECK: return %[[Y]]
  %e = dlc.exponential %x : tensor<2x3xf32>
  %s = dlc.reduce add %e dims [1] : tensor<2x3xf32> to tensor<2xf32>
  %l = dlc.log %s : tensor<2xf32>
  %b = dlc.broadcast_in_dim %l dims [0] : tensor<2xf32> to tensor<2x3xf32>
  %r = dlc.subtract %x, %b : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
