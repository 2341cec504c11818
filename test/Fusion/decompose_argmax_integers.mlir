// Integers have no NaN; the other dimensions keep their order.
// RUN: dlc-opt %s --dlc-decompose-composites | FileCheck %s

// CHECK-LABEL: func @argmax_integers
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3x4xi32>)
func.func @argmax_integers(%x: tensor<2x3x4xi32>) -> tensor<3x4xi32> {
  // CHECK: %[[T:.*]] = dlc.transpose %[[X]] perm [1, 2, 0]
  // CHECK-NOT: dlc.compare NE
  // CHECK: dlc.reduce min %{{.*}} dims [2] : tensor<3x4x2xi32> to tensor<3x4xi32>
  %r = dlc.argmax %x dim 0 : tensor<2x3x4xi32> to tensor<3x4xi32>
  return %r : tensor<3x4xi32>
}
