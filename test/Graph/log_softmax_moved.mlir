// The logarithm goes before the index map that moves the probabilities.
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @log_softmax_moved
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @log_softmax_moved(%x: tensor<2x3xf32>) -> tensor<1x2xf32> {
  // CHECK: %[[Y:.*]] = dlc.log_softmax %[[X]] dim 1
  // CHECK: %[[T:.*]] = dlc.transpose %[[Y]]
  // CHECK: %[[S:.*]] = dlc.slice %[[T]]
  // CHECK: return %[[S]]
  %p = dlc.softmax %x dim 1 : tensor<2x3xf32>
  %t = dlc.transpose %p perm [1, 0] : tensor<2x3xf32> to tensor<3x2xf32>
  %s = dlc.slice %t from [0, 0] to [1, 2] by [1, 1] : tensor<3x2xf32> to tensor<1x2xf32>
  %r = dlc.log %s : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}
