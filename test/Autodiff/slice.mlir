// The gradient is padded with zeros to where it came from.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @slice
// CHECK-SAME: (%[[X:[^:]*]]: tensor<7xf32>, %[[G:[^:]*]]: tensor<2xf32>)
func.func @slice(%x: tensor<7xf32>, %g: tensor<2xf32>) -> (tensor<7xf32>) {
  %vx = dlc.variable %x : tensor<7xf32>
  %z = dlc.slice %vx from [1] to [5] by [3] : tensor<7xf32> to tensor<2xf32>
  // CHECK: %[[ZERO:.*]] = dlc.constant dense<0.000000e+00> : tensor<f32>
  // CHECK: %[[D:.*]] = dlc.pad %[[G]] with %[[ZERO]] low [1] high [2] interior [2]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%z) seed(%g) wrt(%vx)
      : (tensor<2xf32>, tensor<2xf32>, tensor<7xf32>) -> (tensor<7xf32>)
  return %d : tensor<7xf32>
}
