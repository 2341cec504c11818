// A sum of something else, or along another dimension than it is spread, is no
// softmax.
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @softmax_other_sum
// CHECK-SAME: (%[[X:[^:]*]]: tensor<3x3xf32>)
func.func @softmax_other_sum(%x: tensor<3x3xf32>) -> tensor<3x3xf32> {
  // CHECK-NOT: dlc.softmax
  // CHECK: dlc.divide
  %e = dlc.exponential %x : tensor<3x3xf32>
  %s = dlc.reduce add %e dims [1] : tensor<3x3xf32> to tensor<3xf32>
  %b = dlc.broadcast_in_dim %s dims [1] : tensor<3xf32> to tensor<3x3xf32>
  %r = dlc.divide %e, %b : tensor<3x3xf32>
  return %r : tensor<3x3xf32>
}
