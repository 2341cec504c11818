// log(sum(exp(x))) subtracts the largest x first; 0 takes the place of an
// infinite one, so that x = -inf everywhere still gives -inf. The result does not
// depend on m: its gradient stops.
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @log_sum_exp
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[G:[^:]*]]: tensor<2xf32>)
func.func @log_sum_exp(%x: tensor<2x3xf32>, %g: tensor<2xf32>) -> tensor<2x3xf32> {
  // CHECK: %[[V:.*]] = dlc.variable %[[X]]
  // CHECK: %[[M:.*]] = dlc.reduce max %[[V]] dims [1]
  // CHECK: %[[STOP:.*]] = dlc.stop_gradient %[[M]]
  // CHECK: %[[SIZE:.*]] = dlc.abs %[[STOP]]
  // CHECK: %[[FINITE:.*]] = dlc.compare LT, %[[SIZE]], %{{.*}}
  // CHECK: %[[SHIFT:.*]] = dlc.select %[[FINITE]], %[[STOP]], %{{.*}}
  // CHECK: %[[B:.*]] = dlc.broadcast_in_dim %[[SHIFT]] dims [0]
  // CHECK: %[[D:.*]] = dlc.subtract %[[V]], %[[B]]
  // CHECK: %[[E:.*]] = dlc.exponential %[[D]]
  // CHECK: %[[S:.*]] = dlc.reduce add %[[E]] dims [1]
  // CHECK: %[[L:.*]] = dlc.log %[[S]]
  // CHECK: dlc.add %[[SHIFT]], %[[L]]
  %v = dlc.variable %x : tensor<2x3xf32>
  %e = dlc.exponential %v : tensor<2x3xf32>
  %s = dlc.reduce add %e dims [1] : tensor<2x3xf32> to tensor<2xf32>
  %l = dlc.log %s : tensor<2xf32>
  %r = dlc.grad of(%l) seed(%g) wrt(%v) : (tensor<2xf32>, tensor<2xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
