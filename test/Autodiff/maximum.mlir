// The larger side gets the gradient; equal sides get half of it each.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @maximum
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[Y:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @maximum(%x: tensor<4xf32>, %y: tensor<4xf32>, %g: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %vx = dlc.variable %x : tensor<4xf32>
  %vy = dlc.variable %y : tensor<4xf32>
  %z = dlc.maximum %vx, %vy : tensor<4xf32>
  // CHECK: %[[WINS:.*]] = dlc.compare GT, %[[X]], %[[Y]]
  // CHECK: %[[TIES:.*]] = dlc.compare EQ, %[[X]], %[[Y]]
  // CHECK: %[[HALF:.*]] = dlc.multiply %[[G]], %{{.*}}
  // CHECK: %[[REST:.*]] = dlc.select %[[TIES]], %[[HALF]], %{{.*}}
  // CHECK: %[[DX:.*]] = dlc.select %[[WINS]], %[[G]], %[[REST]]
  // CHECK: dlc.compare GT, %[[Y]], %[[X]]
  // CHECK: %[[DY:.*]] = dlc.select %{{.*}}, %[[G]], %{{.*}}
  // CHECK: return %[[DX]], %[[DY]]
  %d:2 = dlc.grad of(%z) seed(%g) wrt(%vx, %vy)
      : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %d#0, %d#1 : tensor<4xf32>, tensor<4xf32>
}
