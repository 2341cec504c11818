// Two free dimensions that change places are no dimension numbers.
// RUN: dlc-opt %s --dlc-simplify-algebra | FileCheck %s

// CHECK-LABEL: func @keep_interleaved_transpose
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3x4xf32>, %[[Y:[^:]*]]: tensor<4xf32>)
func.func @keep_interleaved_transpose(%x: tensor<2x3x4xf32>, %y: tensor<4xf32>) -> tensor<3x2xf32> {
  // CHECK: dlc.transpose
  // CHECK: dlc.dot_general
  %t = dlc.transpose %x perm [1, 0, 2] : tensor<2x3x4xf32> to tensor<3x2x4xf32>
  %r = dlc.dot_general %t, %y batch [] x [] contract [2] x [0]
      : tensor<3x2x4xf32>, tensor<4xf32> to tensor<3x2xf32>
  return %r : tensor<3x2xf32>
}
