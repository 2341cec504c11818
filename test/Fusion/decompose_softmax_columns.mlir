// Along another dimension than the last the statistics are still those of rows.
// RUN: dlc-opt %s --dlc-decompose-composites | FileCheck %s

// CHECK-LABEL: func @softmax_columns
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @softmax_columns(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: %[[T:.*]] = dlc.transpose %[[X]] perm [1, 0]
  // CHECK: dlc.reduce max %[[T]] dims [1]
  // CHECK: %[[Y:.*]] = dlc.divide
  // CHECK: %[[R:.*]] = dlc.transpose %[[Y]] perm [1, 0]
  // CHECK: return %[[R]]
  %r = dlc.softmax %x dim 0 : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
