// The region is written again behind a barrier, which CSE respects; the first
// one gives way to its ops.
// RUN: dlc-opt %s --dlc-differentiate --cse | FileCheck %s

// CHECK-LABEL: func @checkpoint
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @checkpoint(%x: tensor<4xf32>, %g: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK: %[[Y:.*]] = dlc.exponential %[[X]]
  %y = dlc.checkpoint(%x) {
  ^bb0(%a: tensor<4xf32>):
    %e = dlc.exponential %a : tensor<4xf32>
    dlc.yield %e : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  // CHECK: %[[H:.*]]:2 = dlc.optimization_barrier %[[X]], %[[G]]
  // CHECK: %[[E:.*]] = dlc.exponential %[[H]]#0
  // CHECK: %[[D:.*]] = dlc.multiply %[[H]]#1, %[[E]]
  // CHECK: return %[[Y]], %[[D]]
  %d = dlc.grad of(%y) seed(%g) wrt(%x) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %y, %d : tensor<4xf32>, tensor<4xf32>
}
