// Each branch keeps what its gradient needs and what would be dear to compute
// again, in additional results; two of one type share a place.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @if_keeps
// CHECK-SAME: (%[[P:[^:]*]]: tensor<i1>, %[[X:[^:]*]]: tensor<3xf32>, %[[G:[^:]*]]: tensor<f32>)
func.func @if_keeps(%p: tensor<i1>, %x: tensor<3xf32>, %g: tensor<f32>) -> tensor<3xf32> {
  // CHECK: %[[F:.*]]:3 = dlc.if %[[P]](%[[X]])
  // CHECK: dlc.subtract
  // CHECK: %[[NONE:.*]] = dlc.constant dense<false> : tensor<3xi1>
  // CHECK: dlc.yield %{{.*}}, %{{.*}}, %[[NONE]]
  %y = dlc.if %p(%x) {
  ^bb0(%a: tensor<3xf32>):
    %d = dlc.dot_general %a, %a batch [] x [] contract [0] x [0] : tensor<3xf32>, tensor<3xf32> to tensor<f32>
    %t = dlc.tanh %d : tensor<f32>
    dlc.yield %t : tensor<f32>
  } else {
  ^bb0(%a: tensor<3xf32>):
    %m = dlc.reduce max %a dims [0] : tensor<3xf32> to tensor<f32>
    dlc.yield %m : tensor<f32>
  } : (tensor<i1>, tensor<3xf32>) -> tensor<f32>
  // CHECK: %[[B:.*]] = dlc.if %[[P]](%[[F]]#1, %[[F]]#2, %[[X]], %[[G]])
  // CHECK-NOT: dlc.reduce
  // CHECK: return %[[B]]
  %dx = dlc.grad of(%y) seed(%g) wrt(%x) : (tensor<f32>, tensor<f32>, tensor<3xf32>) -> tensor<3xf32>
  return %dx : tensor<3xf32>
}
