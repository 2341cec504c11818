// A transposed operand is other dimension numbers.
// RUN: dlc-opt %s --dlc-simplify-algebra | FileCheck %s

// CHECK-LABEL: func @fold_transposed_operands
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[Y:[^:]*]]: tensor<4x3xf32>)
func.func @fold_transposed_operands(%x: tensor<2x3xf32>, %y: tensor<4x3xf32>) -> tensor<2x4xf32> {
  // CHECK-NOT: dlc.transpose
  // CHECK: %[[R:.*]] = dlc.dot_general %[[X]], %[[Y]] batch [] x [] contract [1] x [1]
  // CHECK: return %[[R]]
  %t = dlc.transpose %y perm [1, 0] : tensor<4x3xf32> to tensor<3x4xf32>
  %r = dlc.dot_general %x, %t batch [] x [] contract [1] x [0]
      : tensor<2x3xf32>, tensor<3x4xf32> to tensor<2x4xf32>
  return %r : tensor<2x4xf32>
}
