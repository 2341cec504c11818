// The first position that holds the maximum, or a NaN: then the maximum is NaN
// and equals nothing, and only NaN differs from itself.
// RUN: dlc-opt %s --dlc-decompose-composites | FileCheck %s

// CHECK-LABEL: func @argmax
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @argmax(%x: tensor<2x3xf32>) -> tensor<2xi32> {
  // CHECK: %[[M:.*]] = dlc.reduce max %[[X]] dims [1]
  // CHECK: %[[MB:.*]] = dlc.broadcast_in_dim %[[M]] dims [0]
  // CHECK: %[[EQ:.*]] = dlc.compare EQ, %[[X]], %[[MB]]
  // CHECK: %[[NAN:.*]] = dlc.compare NE, %[[X]], %[[X]]
  // CHECK: %[[HIT:.*]] = dlc.or %[[EQ]], %[[NAN]]
  // CHECK: %[[I:.*]] = dlc.iota dim 1 : tensor<2x3xi32>
  // CHECK: %[[BEYOND:.*]] = dlc.constant dense<3>
  // CHECK: %[[P:.*]] = dlc.select %[[HIT]], %[[I]], %[[BEYOND]]
  // CHECK: %[[R:.*]] = dlc.reduce min %[[P]] dims [1]
  // CHECK: return %[[R]]
  %r = dlc.argmax %x dim 1 : tensor<2x3xf32> to tensor<2xi32>
  return %r : tensor<2xi32>
}
