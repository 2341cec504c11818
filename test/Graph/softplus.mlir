// log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)).
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @softplus
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @softplus(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: %[[MAX:.*]] = dlc.maximum %[[X]], %{{.*}}
  // CHECK: %[[A:.*]] = dlc.abs %[[X]]
  // CHECK: %[[L:.*]] = dlc.log
  // CHECK: %[[R:.*]] = dlc.add %[[MAX]], %[[L]]
  // CHECK: return %[[R]]
  %one = dlc.constant dense<1.0> : tensor<2x3xf32>
  %e = dlc.exponential %x : tensor<2x3xf32>
  %d = dlc.add %one, %e : tensor<2x3xf32>
  %r = dlc.log %d : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
