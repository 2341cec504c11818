// Both gradients are convolutions: by the filters turned around, and by the
// result's gradient with batch and channels exchanged.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @convolution
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3x8xf32>, %[[W:[^:]*]]: tensor<4x3x3xf32>, %[[G:[^:]*]]: tensor<2x4x4xf32>)
func.func @convolution(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>, %g: tensor<2x4x4xf32>) -> (tensor<2x3x8xf32>, tensor<4x3x3xf32>) {
  %y = dlc.convolution %x, %w strides [2] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1
      : tensor<2x3x8xf32>, tensor<4x3x3xf32> to tensor<2x4x4xf32>
  // CHECK: %[[R:.*]] = dlc.reverse
  // CHECK: %[[DX:.*]] = dlc.convolution %[[G]], %[[R]] strides [1] low [1] high [2] image_dilation [2] filter_dilation [1]
  // CHECK: %[[XT:.*]] = dlc.transpose %[[X]] perm [1, 0, 2]
  // CHECK: %[[GT:.*]] = dlc.transpose %[[G]] perm [1, 0, 2]
  // CHECK: %[[DWT:.*]] = dlc.convolution %[[XT]], %[[GT]] strides [1] low [1] high [0] image_dilation [1] filter_dilation [2]
  // CHECK: %[[DW:.*]] = dlc.transpose %[[DWT]] perm [1, 0, 2]
  // CHECK: return %[[DX]], %[[DW]]
  %d:2 = dlc.grad of(%y) seed(%g) wrt(%x, %w) : (tensor<2x4x4xf32>, tensor<2x4x4xf32>, tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> (tensor<2x3x8xf32>, tensor<4x3x3xf32>)
  return %d#0, %d#1 : tensor<2x3x8xf32>, tensor<4x3x3xf32>
}
