// A loss and its gradient share the row statistics and what picks the label.
// RUN: dlc-opt %s --dlc-differentiate --dlc-decompose-composites --cse | FileCheck %s

// CHECK-LABEL: func @shared
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[LABELS:[^:]*]]: tensor<2xi32>)
func.func @shared(%x: tensor<2x3xf32>, %l: tensor<2xi32>) -> tensor<2x3xf32> {
  // CHECK: dlc.exponential
  // CHECK: dlc.compare EQ
  // CHECK-NOT: dlc.exponential
  // CHECK-NOT: dlc.compare
  // CHECK-NOT: dlc.check_index
  // CHECK: return
  %v = dlc.variable %x : tensor<2x3xf32>
  %one = dlc.constant dense<1.0> : tensor<2xf32>
  %y = dlc.softmax_cross_entropy %v, %l : tensor<2x3xf32>, tensor<2xi32> to tensor<2xf32>
  %d = dlc.grad of(%y) seed(%one) wrt(%v) : (tensor<2xf32>, tensor<2xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %b = dlc.broadcast_in_dim %y dims [0] : tensor<2xf32> to tensor<2x3xf32>
  %r = dlc.add %d, %b : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
