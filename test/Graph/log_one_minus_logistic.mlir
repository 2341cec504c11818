// log(1 - sigmoid(x)), the other half of binary cross entropy, is
// log(sigmoid(-x)).
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @log_one_minus_logistic
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @log_one_minus_logistic(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NOT: dlc.logistic
  // CHECK: %[[N:.*]] = dlc.negate %[[X]]
  // CHECK: dlc.minimum %[[N]], %{{.*}}
  // CHECK: dlc.abs %[[N]]
  %one = dlc.constant dense<1.0> : tensor<2x3xf32>
  %s = dlc.logistic %x : tensor<2x3xf32>
  %d = dlc.subtract %one, %s : tensor<2x3xf32>
  %r = dlc.log %d : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
