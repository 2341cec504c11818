// e^(x-m) / sum e^(x-m).
// RUN: dlc-opt %s --dlc-decompose-composites | FileCheck %s

// CHECK-LABEL: func @softmax
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @softmax(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: %[[M:.*]] = dlc.reduce max %[[X]] dims [1]
  // CHECK: %[[MB:.*]] = dlc.broadcast_in_dim %[[M]] dims [0]
  // CHECK: %[[D:.*]] = dlc.subtract %[[X]], %[[MB]]
  // CHECK: %[[E:.*]] = dlc.exponential %[[D]]
  // CHECK: %[[S:.*]] = dlc.reduce add %[[E]] dims [1]
  // CHECK: %[[SB:.*]] = dlc.broadcast_in_dim %[[S]] dims [0]
  // CHECK: %[[Y:.*]] = dlc.divide %[[E]], %[[SB]]
  // CHECK: return %[[Y]]
  %r = dlc.softmax %x dim 1 : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
