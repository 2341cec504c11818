// A softmax that subtracts the largest logit by hand is the same composite.
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @softmax_shifted
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @softmax_shifted(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: %[[Y:.*]] = dlc.softmax %[[X]] dim 1
  // CHECK: return %[[Y]]
  %m = dlc.reduce max %x dims [1] : tensor<2x3xf32> to tensor<2xf32>
  %mb = dlc.broadcast_in_dim %m dims [0] : tensor<2xf32> to tensor<2x3xf32>
  %d = dlc.subtract %x, %mb : tensor<2x3xf32>
  %e = dlc.exponential %d : tensor<2x3xf32>
  %s = dlc.reduce add %e dims [1] : tensor<2x3xf32> to tensor<2xf32>
  %b = dlc.broadcast_in_dim %s dims [0] : tensor<2xf32> to tensor<2x3xf32>
  %r = dlc.divide %e, %b : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
