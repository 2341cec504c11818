// exp(x) / sum(exp(x)) is softmax(x).
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @softmax
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @softmax(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NOT: dlc.divide
  // CHECK: %[[Y:.*]] = dlc.softmax %[[X]] dim 1
  // CHECK: return %[[Y]]
  %e = dlc.exponential %x : tensor<2x3xf32>
  %s = dlc.reduce add %e dims [1] : tensor<2x3xf32> to tensor<2xf32>
  %b = dlc.broadcast_in_dim %s dims [0] : tensor<2xf32> to tensor<2x3xf32>
  %r = dlc.divide %e, %b : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
