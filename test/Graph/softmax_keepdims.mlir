// The sum may have kept its dimension; the sum may run along any dimension.
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @softmax_keepdims
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @softmax_keepdims(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NOT: dlc.divide
  // CHECK: %[[Y:.*]] = dlc.softmax %[[X]] dim 0
  // CHECK: return %[[Y]]
  %e = dlc.exponential %x : tensor<2x3xf32>
  %s = dlc.reduce add %e dims [0] : tensor<2x3xf32> to tensor<3xf32>
  %k = dlc.reshape %s : tensor<3xf32> to tensor<1x3xf32>
  %b = dlc.broadcast_in_dim %k dims [0, 1] : tensor<1x3xf32> to tensor<2x3xf32>
  %r = dlc.divide %e, %b : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
