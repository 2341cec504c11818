// What a trip passes to the next one is not kept by both: the backward loop
// carries it, from the last value on. tanh' is cheap from there.
// RUN: dlc-opt %s --dlc-differentiate --canonicalize | FileCheck %s

// CHECK-LABEL: func @scan_passes_on
// CHECK-SAME: (%[[H:[^:]*]]: tensor<2xf32>, %[[W:[^:]*]]: tensor<2x2xf32>, %[[G:[^:]*]]: tensor<2xf32>)
func.func @scan_passes_on(%h: tensor<2xf32>, %w: tensor<2x2xf32>, %g: tensor<2xf32>) -> tensor<2x2xf32> {
  // CHECK: %[[F:.*]]:2 = dlc.scan 3 init
  // CHECK-NEXT: ^bb0(%[[C:[^:]*]]: tensor<2xf32>
  // CHECK: %[[T:.*]] = dlc.tanh
  // CHECK: dlc.yield %[[T]], %[[C]] : tensor<2xf32>, tensor<2xf32>
  %last = dlc.scan 3 init(%h) over() with(%w) {
  ^bb0(%c: tensor<2xf32>, %v: tensor<2x2xf32>):
    %a = dlc.dot_general %c, %v batch [] x [] contract [0] x [0] : tensor<2xf32>, tensor<2x2xf32> to tensor<2xf32>
    %t = dlc.tanh %a : tensor<2xf32>
    dlc.yield %t : tensor<2xf32>
  } : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  // CHECK: dlc.scan 3 reverse init(%[[G]], %[[F]]#0, %{{.*}}) over(%[[F]]#1)
  // CHECK-NEXT: ^bb0(%{{.*}}: tensor<2xf32>, %[[AFTER:[^:]*]]: tensor<2xf32>, %{{.*}}: tensor<2x2xf32>, %[[BEFORE:[^:]*]]: tensor<2xf32>
  // CHECK: dlc.multiply %[[AFTER]], %[[AFTER]]
  // CHECK: dlc.yield %{{.*}}, %[[BEFORE]], %{{.*}}
  %d = dlc.grad of(%last) seed(%g) wrt(%w) : (tensor<2xf32>, tensor<2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %d : tensor<2x2xf32>
}
