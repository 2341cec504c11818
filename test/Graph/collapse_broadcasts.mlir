// A broadcast of a broadcast, and of a reshape that only keeps a dimension, is one.
// RUN: dlc-opt %s --dlc-simplify-algebra | FileCheck %s

// CHECK-LABEL: func @collapse_broadcasts
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2xf32>)
func.func @collapse_broadcasts(%x: tensor<2xf32>) -> tensor<5x2x3xf32> {
  // CHECK-NOT: dlc.reshape
  // CHECK: %[[R:.*]] = dlc.broadcast_in_dim %[[X]] dims [1] : tensor<2xf32> to tensor<5x2x3xf32>
  // CHECK: return %[[R]]
  %k = dlc.reshape %x : tensor<2xf32> to tensor<2x1xf32>
  %a = dlc.broadcast_in_dim %k dims [0, 1] : tensor<2x1xf32> to tensor<2x3xf32>
  %r = dlc.broadcast_in_dim %a dims [1, 2] : tensor<2x3xf32> to tensor<5x2x3xf32>
  return %r : tensor<5x2x3xf32>
}
