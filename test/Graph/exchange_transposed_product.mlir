// The transpose of a product is the product of the exchanged operands.
// RUN: dlc-opt %s --dlc-simplify-algebra | FileCheck %s

// CHECK-LABEL: func @exchange_transposed_product
// CHECK-SAME: (%[[X:[^:]*]]: tensor<5x2x3xf32>, %[[Y:[^:]*]]: tensor<5x3x4xf32>)
func.func @exchange_transposed_product(%x: tensor<5x2x3xf32>, %y: tensor<5x3x4xf32>) -> tensor<5x4x2xf32> {
  // CHECK-NOT: dlc.transpose
  // CHECK: %[[R:.*]] = dlc.dot_general %[[Y]], %[[X]] batch [0] x [0] contract [1] x [2]
  // CHECK: return %[[R]]
  %d = dlc.dot_general %x, %y batch [0] x [0] contract [2] x [1]
      : tensor<5x2x3xf32>, tensor<5x3x4xf32> to tensor<5x2x4xf32>
  %r = dlc.transpose %d perm [0, 2, 1] : tensor<5x2x4xf32> to tensor<5x4x2xf32>
  return %r : tensor<5x4x2xf32>
}
