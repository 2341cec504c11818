// An index out of range meets no position: a row of zeros.
// RUN: dlc-opt %s --dlc-decompose-composites | FileCheck %s

// CHECK-LABEL: func @one_hot
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2xi64>)
func.func @one_hot(%x: tensor<2xi64>) -> tensor<2x3xf64> {
  // CHECK: %[[I:.*]] = dlc.iota dim 1 : tensor<2x3xi64>
  // CHECK: %[[XB:.*]] = dlc.broadcast_in_dim %[[X]] dims [0]
  // CHECK: %[[HIT:.*]] = dlc.compare EQ, %[[I]], %[[XB]]
  // CHECK: %[[R:.*]] = dlc.convert %[[HIT]] : tensor<2x3xi1> to tensor<2x3xf64>
  // CHECK: return %[[R]]
  %r = dlc.one_hot %x : tensor<2xi64> to tensor<2x3xf64>
  return %r : tensor<2x3xf64>
}
