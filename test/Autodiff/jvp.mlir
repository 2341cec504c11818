// Forward mode: the tangent of a product, written behind it.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @jvp
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[V:[^:]*]]: tensor<4xf32>)
func.func @jvp(%x: tensor<4xf32>, %v: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[E:.*]] = dlc.exponential %[[X]]
  // CHECK: %[[DE:.*]] = dlc.multiply %[[V]], %[[E]]
  // CHECK: dlc.multiply %[[E]], %[[X]]
  // CHECK: %[[L:.*]] = dlc.multiply %[[DE]], %[[X]]
  // CHECK: %[[R:.*]] = dlc.multiply %[[V]], %[[E]]
  // CHECK: %[[D:.*]] = dlc.add %[[L]], %[[R]]
  // CHECK: return %[[D]]
  %e = dlc.exponential %x : tensor<4xf32>
  %y = dlc.multiply %e, %x : tensor<4xf32>
  %d = dlc.jvp of(%y) wrt(%x) along(%v) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
