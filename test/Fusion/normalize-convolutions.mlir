// A convolution gets its channels last and its padding before; one tap is a
// product of matrices; what stands between two convolutions stays channels last.
// RUN: dlc-opt %s --dlc-normalize-convolutions --dlc-sink-transposes --canonicalize --cse | FileCheck %s

// CHECK-LABEL: func @padded
// CHECK: %[[P:.*]] = dlc.pad %{{.*}} low [0, 0, 1] high [0, 0, 2] interior [0, 0, 1]
// CHECK: %[[X:.*]] = dlc.transpose %[[P]] perm [0, 2, 1]
// CHECK: dlc.convolution %[[X]], %{{.*}} low [0] high [0] image_dilation [1] {{.*}} channels_last : tensor<2x18x3xf32>, tensor<3x3x4xf32> to tensor<2x16x4xf32>
func.func @padded(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) -> tensor<2x4x16xf32> {
  %y = dlc.convolution %x, %w strides [1] low [1] high [2] image_dilation [2] filter_dilation [1] groups 1 batch_groups 1
      : tensor<2x3x8xf32>, tensor<4x3x3xf32> to tensor<2x4x16xf32>
  return %y : tensor<2x4x16xf32>
}

// CHECK-LABEL: func @one_tap
// CHECK-NOT: dlc.convolution
// CHECK: dlc.dot_general %{{.*}}, %{{.*}} batch [] x [] contract [2] x [0] : tensor<2x8x3xf32>, tensor<3x4xf32> to tensor<2x8x4xf32>
func.func @one_tap(%x: tensor<2x3x8xf32>, %w: tensor<4x3x1xf32>) -> tensor<2x4x8xf32> {
  %y = dlc.convolution %x, %w strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1
      : tensor<2x3x8xf32>, tensor<4x3x1xf32> to tensor<2x4x8xf32>
  return %y : tensor<2x4x8xf32>
}

// CHECK-LABEL: func @two
// CHECK: %[[A:.*]] = dlc.convolution
// CHECK: %[[B:.*]] = dlc.broadcast_in_dim %arg3 dims [2] : tensor<4xf32> to tensor<2x6x4xf32>
// CHECK: %[[C:.*]] = dlc.add %[[A]], %[[B]]
// CHECK: %[[D:.*]] = dlc.tanh %[[C]]
// CHECK: dlc.convolution %[[D]]
func.func @two(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>, %v: tensor<5x4x3xf32>, %b: tensor<4xf32>) -> tensor<2x5x4xf32> {
  %a = dlc.convolution %x, %w strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1
      : tensor<2x3x8xf32>, tensor<4x3x3xf32> to tensor<2x4x6xf32>
  %c = dlc.broadcast_in_dim %b dims [1] : tensor<4xf32> to tensor<2x4x6xf32>
  %d = dlc.add %a, %c : tensor<2x4x6xf32>
  %e = dlc.tanh %d : tensor<2x4x6xf32>
  %y = dlc.convolution %e, %v strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1
      : tensor<2x4x6xf32>, tensor<5x4x3xf32> to tensor<2x5x4xf32>
  return %y : tensor<2x5x4xf32>
}
