// The user's backward part gets the residuals that the forward part yields.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @custom_vjp
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @custom_vjp(%x: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[F:.*]] = dlc.floor %[[X]]
  %y = dlc.custom_vjp(%x) {
  ^bb0(%a: tensor<4xf32>):
    %f = dlc.floor %a : tensor<4xf32>
    dlc.yield %f, %f : tensor<4xf32>, tensor<4xf32>
  } backward {
  ^bb0(%f: tensor<4xf32>, %h: tensor<4xf32>):
    %d = dlc.multiply %h, %f : tensor<4xf32>
    dlc.yield %d : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  // CHECK: %[[D:.*]] = dlc.multiply %[[G]], %[[F]]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%y) seed(%g) wrt(%x) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
