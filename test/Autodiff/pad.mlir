// The operand gets the slice that it filled, the value the sum of the rest.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @pad
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2xf32>, %[[Y:[^:]*]]: tensor<f32>, %[[G:[^:]*]]: tensor<6xf32>)
func.func @pad(%x: tensor<2xf32>, %y: tensor<f32>, %g: tensor<6xf32>) -> (tensor<2xf32>, tensor<f32>) {
  %vx = dlc.variable %x : tensor<2xf32>
  %vy = dlc.variable %y : tensor<f32>
  %z = dlc.pad %vx with %vy low [1] high [2] interior [1] : tensor<2xf32>, tensor<f32> to tensor<6xf32>
  // CHECK: %[[DX:.*]] = dlc.slice %[[G]] from [1] to [4] by [2]
  // CHECK: %[[FILLED:.*]] = dlc.pad
  // CHECK: %[[P:.*]] = dlc.compare EQ, %[[FILLED]]
  // CHECK: %[[OWN:.*]] = dlc.select %[[P]], %[[G]]
  // CHECK: %[[DY:.*]] = dlc.reduce add %[[OWN]] dims [0]
  // CHECK: return %[[DX]], %[[DY]]
  %d:2 = dlc.grad of(%z) seed(%g) wrt(%vx, %vy)
      : (tensor<6xf32>, tensor<6xf32>, tensor<2xf32>, tensor<f32>) -> (tensor<2xf32>, tensor<f32>)
  return %d#0, %d#1 : tensor<2xf32>, tensor<f32>
}
