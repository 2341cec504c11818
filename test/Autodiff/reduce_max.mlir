// The gradient goes to the largest elements, shared evenly among equal ones.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @reduce_max
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[G:[^:]*]]: tensor<2xf32>)
func.func @reduce_max(%x: tensor<2x3xf32>, %g: tensor<2xf32>) -> (tensor<2x3xf32>) {
  %vx = dlc.variable %x : tensor<2x3xf32>
  %z = dlc.reduce max %vx dims [1] : tensor<2x3xf32> to tensor<2xf32>
  // CHECK: %[[M:.*]] = dlc.reduce max
  // CHECK: %[[MM:.*]] = dlc.broadcast_in_dim %[[M]] dims [0]
  // CHECK: %[[HIT:.*]] = dlc.compare EQ, %[[X]], %[[MM]]
  // CHECK: %[[ONES:.*]] = dlc.convert %[[HIT]]
  // CHECK: %[[COUNT:.*]] = dlc.reduce add %[[ONES]] dims [1]
  // CHECK: %[[SHARE:.*]] = dlc.divide %[[G]], %[[COUNT]]
  // CHECK: %[[SHARES:.*]] = dlc.broadcast_in_dim %[[SHARE]] dims [0]
  // CHECK: %[[D:.*]] = dlc.select %[[HIT]], %[[SHARES]]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%z) seed(%g) wrt(%vx)
      : (tensor<2xf32>, tensor<2xf32>, tensor<2x3xf32>) -> (tensor<2x3xf32>)
  return %d : tensor<2x3xf32>
}
