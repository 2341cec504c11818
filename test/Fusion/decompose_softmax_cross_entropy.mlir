// log sum e^(x-m) - (x[label] - m); a label is checked before it picks.
// RUN: dlc-opt %s --dlc-decompose-composites | FileCheck %s

// CHECK-LABEL: func @softmax_cross_entropy
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[LABELS:[^:]*]]: tensor<2xi32>)
func.func @softmax_cross_entropy(%x: tensor<2x3xf32>, %l: tensor<2xi32>) -> tensor<2xf32> {
  // CHECK: %[[M:.*]] = dlc.reduce max %[[X]] dims [1]
  // CHECK: %[[MB:.*]] = dlc.broadcast_in_dim %[[M]] dims [0]
  // CHECK: %[[D:.*]] = dlc.subtract %[[X]], %[[MB]]
  // CHECK: %[[E:.*]] = dlc.exponential %[[D]]
  // CHECK: %[[S:.*]] = dlc.reduce add %[[E]] dims [1]
  // CHECK: %[[L:.*]] = dlc.log %[[S]]
  // CHECK: %[[I:.*]] = dlc.iota dim 1 : tensor<2x3xi32>
  // CHECK: %[[C:.*]] = dlc.check_index %[[LABELS]] {limit = 3 : i64, op = "softmax_cross_entropy"}
  // CHECK: %[[CB:.*]] = dlc.broadcast_in_dim %[[C]] dims [0]
  // CHECK: %[[HIT:.*]] = dlc.compare EQ, %[[I]], %[[CB]]
  // CHECK: %[[P:.*]] = dlc.select %[[HIT]], %[[D]], %{{.*}}
  // CHECK: %[[PS:.*]] = dlc.reduce add %[[P]] dims [1]
  // CHECK: %[[Y:.*]] = dlc.subtract %[[L]], %[[PS]]
  // CHECK: return %[[Y]]
  %r = dlc.softmax_cross_entropy %x, %l : tensor<2x3xf32>, tensor<2xi32> to tensor<2xf32>
  return %r : tensor<2xf32>
}
