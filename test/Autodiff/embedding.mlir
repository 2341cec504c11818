// Rows are added where the checked indices point; nothing is checked twice.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @embedding
// CHECK-SAME: (%[[T:[^:]*]]: tensor<5x2xf32>, %[[I:[^:]*]]: tensor<3xi32>, %[[G:[^:]*]]: tensor<3x2xf32>)
func.func @embedding(%t: tensor<5x2xf32>, %i: tensor<3xi32>, %g: tensor<3x2xf32>) -> tensor<5x2xf32> {
  // CHECK: %[[C:.*]] = dlc.check_index %[[I]]
  // CHECK: %[[R:.*]] = dlc.reshape %[[C]]
  // CHECK-NOT: dlc.clamp
  // CHECK: %[[D:.*]] = dlc.scatter  add %{{.*}}, %[[R]], %[[G]] batch_dims 0 index_dims [0]
  // CHECK: return %[[D]]
  %y = dlc.embedding %t, %i : tensor<5x2xf32>, tensor<3xi32> to tensor<3x2xf32>
  %d = dlc.grad of(%y) seed(%g) wrt(%t) : (tensor<3x2xf32>, tensor<3x2xf32>, tensor<5x2xf32>) -> tensor<5x2xf32>
  return %d : tensor<5x2xf32>
}
