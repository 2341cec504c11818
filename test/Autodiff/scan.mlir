// The forward scan stacks the carry that each trip starts with; a scan in the
// other direction carries its gradient and the sum of the constant's.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @scan
// CHECK-SAME: (%[[H:[^:]*]]: tensor<2xf32>, %[[XS:[^:]*]]: tensor<3x2xf32>, %[[W:[^:]*]]: tensor<2xf32>, %[[G:[^:]*]]: tensor<2xf32>)
func.func @scan(%h: tensor<2xf32>, %xs: tensor<3x2xf32>, %w: tensor<2xf32>, %g: tensor<2xf32>) -> (tensor<2xf32>, tensor<3x2xf32>, tensor<2xf32>) {
  // CHECK: %[[F:.*]]:2 = dlc.scan 3 init(%[[H]]) over(%[[XS]]) with(%[[W]])
  // CHECK-NEXT: ^bb0(%[[START:[^:]*]]: tensor<2xf32>,
  // CHECK: dlc.yield %{{.*}}, %[[START]]
  %last = dlc.scan 3 init(%h) over(%xs) with(%w) {
  ^bb0(%c: tensor<2xf32>, %x: tensor<2xf32>, %v: tensor<2xf32>):
    %m = dlc.multiply %c, %v : tensor<2xf32>
    %n = dlc.add %m, %x : tensor<2xf32>
    dlc.yield %n : tensor<2xf32>
  } : (tensor<2xf32>, tensor<3x2xf32>, tensor<2xf32>) -> tensor<2xf32>
  // CHECK: %[[ZERO:.*]] = dlc.constant dense<0.000000e+00> : tensor<2xf32>
  // CHECK: %[[B:.*]]:3 = dlc.scan 3 reverse init(%[[G]], %[[ZERO]]) over(%[[F]]#1) with(%[[W]])
  // CHECK-NEXT: ^bb0(%[[DN:[^:]*]]: tensor<2xf32>, %[[SUM:[^:]*]]: tensor<2xf32>, %[[C:[^:]*]]: tensor<2xf32>, %[[V:[^:]*]]: tensor<2xf32>):
  // CHECK-NEXT: %[[DC:.*]] = dlc.multiply %[[DN]], %[[V]]
  // CHECK-NEXT: %[[DV:.*]] = dlc.multiply %[[DN]], %[[C]]
  // CHECK-NEXT: %[[NEXT:.*]] = dlc.add %[[SUM]], %[[DV]]
  // CHECK-NEXT: dlc.yield %[[DC]], %[[NEXT]], %[[DN]]
  // CHECK: return %[[B]]#0, %[[B]]#2, %[[B]]#1
  %d:3 = dlc.grad of(%last) seed(%g) wrt(%h, %xs, %w)
      : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<3x2xf32>, tensor<2xf32>) -> (tensor<2xf32>, tensor<3x2xf32>, tensor<2xf32>)
  return %d#0, %d#1, %d#2 : tensor<2xf32>, tensor<3x2xf32>, tensor<2xf32>
}
