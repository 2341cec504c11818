// one_hot * log_softmax selects: 0 * -inf would not be a loss.
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @weighted_log_softmax
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[L:[^:]*]]: tensor<2xi32>)
func.func @weighted_log_softmax(%x: tensor<2x3xf32>, %l: tensor<2xi32>) -> tensor<2x3xf32> {
  // CHECK: %[[T:.*]] = dlc.one_hot %[[L]]
  // CHECK: %[[P:.*]] = dlc.log_softmax
  // CHECK: %[[HIT:.*]] = dlc.compare NE, %[[T]], %{{.*}}
  // CHECK: %[[R:.*]] = dlc.select %[[HIT]], %[[P]], %{{.*}}
  // CHECK: return %[[R]]
  %t = dlc.one_hot %l : tensor<2xi32> to tensor<2x3xf32>
  %p = dlc.log_softmax %x dim 1 : tensor<2x3xf32>
  %r = dlc.multiply %p, %t : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
