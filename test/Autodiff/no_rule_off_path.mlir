// Off the path an op without a rule does no harm.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

func.func private @opaque(tensor<4xf32>) -> tensor<4xf32>

// CHECK-LABEL: func @off_path
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4xf32>, %[[G:[^:]*]]: tensor<4xf32>)
func.func @off_path(%x: tensor<4xf32>, %g: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[C:.*]] = call @opaque(%[[X]])
  %s = dlc.stop_gradient %x : tensor<4xf32>
  %c = func.call @opaque(%s) : (tensor<4xf32>) -> tensor<4xf32>
  %y = dlc.multiply %x, %c : tensor<4xf32>
  // CHECK: %[[D:.*]] = dlc.multiply %[[G]], %[[C]]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%y) seed(%g) wrt(%x) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %d : tensor<4xf32>
}
