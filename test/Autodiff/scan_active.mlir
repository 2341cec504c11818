// Only what lies on a path has a gradient, only what the backward reads is kept.
// Of the counter, which chooses, nothing is: the backward loop counts it down.
// b is not read, and neither has a carry of its gradient.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @scan_active
// CHECK-SAME: (%[[A:[^:]*]]: tensor<f32>, %[[B:[^:]*]]: tensor<f32>, %[[G:[^:]*]]: tensor<f32>)
func.func @scan_active(%a: tensor<f32>, %b: tensor<f32>, %g: tensor<f32>) -> tensor<f32> {
  %zero = dlc.constant dense<0> : tensor<i32>
  // CHECK: %[[F:.*]]:3 = dlc.scan 5 init
  // CHECK-SAME: over() with()
  %last:3 = dlc.scan 5 init(%a, %b, %zero) over() with() {
  ^bb0(%p: tensor<f32>, %q: tensor<f32>, %i: tensor<i32>):
    %two = dlc.constant dense<2> : tensor<i32>
    %late = dlc.compare GE, %i, %two : tensor<i32>
    %n = dlc.negate %p : tensor<f32>
    %c = dlc.select %late, %n, %p : tensor<i1>, tensor<f32>
    %t = dlc.tanh %q : tensor<f32>
    %s = dlc.add %c, %t : tensor<f32>
    %j = dlc.add %i, %two : tensor<i32>
    dlc.yield %s, %t, %j : tensor<f32>, tensor<f32>, tensor<i32>
  } : (tensor<f32>, tensor<f32>, tensor<i32>) -> (tensor<f32>, tensor<f32>, tensor<i32>)
  // CHECK: %[[D:.*]]:2 = dlc.scan 5 reverse init(%[[G]], %[[F]]#2) over() with()
  // CHECK-NEXT: ^bb0(%{{.*}}: tensor<f32>, %[[AFTER:[^:]*]]: tensor<i32>):
  // CHECK: %[[I:.*]] = dlc.subtract %[[AFTER]]
  // CHECK: dlc.compare {{.*}}GE, %[[I]]
  // CHECK-NOT: dlc.tanh
  // CHECK: return %[[D]]#0
  %d = dlc.grad of(%last#0) seed(%g) wrt(%a) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  return %d : tensor<f32>
}
