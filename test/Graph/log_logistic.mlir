// log(sigmoid(x)) = min(x, 0) - log(1 + exp(-|x|)).
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @log_logistic
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @log_logistic(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NOT: dlc.logistic
  // CHECK: %[[MIN:.*]] = dlc.minimum %[[X]], %{{.*}}
  // CHECK: %[[A:.*]] = dlc.abs %[[X]]
  // CHECK: %[[N:.*]] = dlc.negate %[[A]]
  // CHECK: %[[E:.*]] = dlc.exponential %[[N]]
  // CHECK: %[[O:.*]] = dlc.add %[[E]], %{{.*}}
  // CHECK: %[[L:.*]] = dlc.log %[[O]]
  // CHECK: %[[R:.*]] = dlc.subtract %[[MIN]], %[[L]]
  // CHECK: return %[[R]]
  %s = dlc.logistic %x : tensor<2x3xf32>
  %r = dlc.log %s : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
