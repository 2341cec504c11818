// Each side gets the gradient where it was chosen.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @select
// CHECK-SAME: (%[[P:[^:]*]]: tensor<4xi1>, %[[X:[^:]*]]: tensor<4xf32>, %[[Y:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @select(%p: tensor<4xi1>, %x: tensor<4xf32>, %y: tensor<4xf32>, %g: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %vx = dlc.variable %x : tensor<4xf32>
  %vy = dlc.variable %y : tensor<4xf32>
  %z = dlc.select %p, %vx, %vy : tensor<4xi1>, tensor<4xf32>
  // CHECK: %[[DX:.*]] = dlc.select %[[P]], %[[G]], %{{.*}}
  // CHECK: %[[DY:.*]] = dlc.select %[[P]], %{{.*}}, %[[G]]
  // CHECK: return %[[DX]], %[[DY]]
  %d:2 = dlc.grad of(%z) seed(%g) wrt(%vx, %vy)
      : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %d#0, %d#1 : tensor<4xf32>, tensor<4xf32>
}
