// A convolution gets its channels last; one tap that meets every pixel is a
// product of matrices; what stands between two convolutions stays channels last.
// RUN: dlc-opt %s --dlc-normalize-convolutions --dlc-sink-transposes --canonicalize --cse | FileCheck %s

// CHECK-LABEL: func @padded
// CHECK-NOT: dlc.pad
// CHECK: %[[X:.*]] = dlc.transpose %arg0 perm [0, 2, 1]
// CHECK: dlc.convolution %[[X]], %{{.*}} low [1] high [2] image_dilation [2] {{.*}} channels_last : tensor<2x8x3xf32>, tensor<3x3x4xf32> to tensor<2x16x4xf32>
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

// CHECK-LABEL: func @strided_tap
// CHECK: dlc.convolution {{.*}} strides [2] {{.*}} channels_last
func.func @strided_tap(%x: tensor<2x3x8xf32>, %w: tensor<4x3x1xf32>) -> tensor<2x4x4xf32> {
  %y = dlc.convolution %x, %w strides [2] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1
      : tensor<2x3x8xf32>, tensor<4x3x1xf32> to tensor<2x4x4xf32>
  return %y : tensor<2x4x4xf32>
}

// Without spatial dimensions it gets one.
// CHECK-LABEL: func @no_space
// CHECK: dlc.convolution {{.*}} groups 2 {{.*}} : tensor<2x1x6xf32>, tensor<1x3x4xf32> to tensor<2x1x4xf32>
// CHECK: dlc.reshape %{{.*}} : tensor<2x1x4xf32> to tensor<2x4xf32>
func.func @no_space(%x: tensor<2x6xf32>, %w: tensor<4x3xf32>) -> tensor<2x4xf32> {
  %y = dlc.convolution %x, %w strides [] low [] high [] image_dilation [] filter_dilation [] groups 2 batch_groups 1
      : tensor<2x6xf32>, tensor<4x3xf32> to tensor<2x4xf32>
  return %y : tensor<2x4xf32>
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

// A batch of 32 fills more lanes than 6 channels. It comes as two parts of 16
// images, which sink through what stands between two convolutions; a filter's
// gradient, whose channels are those images, then needs no transpose of them;
// but not on a GPU.
// RUN: dlc-opt %s --dlc-normalize-convolutions --dlc-sink-transposes --canonicalize --cse | FileCheck %s --check-prefix=FEW
// RUN: dlc-opt %s --dlc-normalize-convolutions=batch-last=false | FileCheck %s --check-prefix=NEVER
// NEVER-NOT: batch_last
// FEW-LABEL: func @few_channels
// FEW: %[[S:.*]] = dlc.reshape %arg0 : tensor<32x3x8xf32> to tensor<2x16x3x8xf32>
// FEW: %[[X:.*]] = dlc.transpose %[[S]] perm [2, 0, 3, 1] : tensor<2x16x3x8xf32> to tensor<3x2x8x16xf32>
// FEW: %[[W:.*]] = dlc.reshape %arg1 : tensor<6x3x3xf32> to tensor<6x3x1x3xf32>
// FEW: %[[A:.*]] = dlc.convolution %[[X]], %[[W]] strides [1, 1] low [0, 0] {{.*}} batch_last : tensor<3x2x8x16xf32>, tensor<6x3x1x3xf32> to tensor<6x2x6x16xf32>
// FEW: %[[T:.*]] = dlc.tanh %[[A]]
// FEW: %[[Y:.*]] = dlc.convolution %[[T]], %{{.*}} batch_last
// FEW: %[[P:.*]] = dlc.transpose %[[Y]] perm [1, 3, 0, 2] : tensor<5x2x4x16xf32> to tensor<2x16x5x4xf32>
// FEW: dlc.reshape %[[P]] : tensor<2x16x5x4xf32> to tensor<32x5x4xf32>
// FEW: %[[R:.*]] = dlc.reshape %arg3 : tensor<32x6x6xf32> to tensor<2x16x6x6xf32>
// FEW: %[[G:.*]] = dlc.transpose %[[R]] perm [0, 3, 1, 2] : tensor<2x16x6x6xf32> to tensor<2x6x16x6xf32>
// FEW: dlc.convolution %[[X]], %[[G]] {{.*}} channels_last : tensor<3x2x8x16xf32>, tensor<2x6x16x6xf32> to tensor<3x1x3x6xf32>
func.func @few_channels(%x: tensor<32x3x8xf32>, %w: tensor<6x3x3xf32>, %v: tensor<5x6x3xf32>, %g: tensor<32x6x6xf32>) -> (tensor<32x5x4xf32>, tensor<3x6x3xf32>) {
  %a = dlc.convolution %x, %w strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1
      : tensor<32x3x8xf32>, tensor<6x3x3xf32> to tensor<32x6x6xf32>
  %b = dlc.tanh %a : tensor<32x6x6xf32>
  %y = dlc.convolution %b, %v strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1
      : tensor<32x6x6xf32>, tensor<5x6x3xf32> to tensor<32x5x4xf32>
  %s = dlc.transpose %x perm [1, 0, 2] : tensor<32x3x8xf32> to tensor<3x32x8xf32>
  %h = dlc.transpose %g perm [1, 0, 2] : tensor<32x6x6xf32> to tensor<6x32x6xf32>
  %d = dlc.convolution %s, %h strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1
      : tensor<3x32x8xf32>, tensor<6x32x6xf32> to tensor<3x6x3xf32>
  return %y, %d : tensor<32x5x4xf32>, tensor<3x6x3xf32>
}

// What lies with the batch last, or with what a filter's gradient makes last,
// stays whole.
// FEW-LABEL: func @last_already
// FEW-NOT: dlc.reshape
// FEW: dlc.convolution %arg0, %arg1 {{.*}} batch_last
// FEW: return
func.func @last_already(%x: tensor<3x8x32xf32>, %w: tensor<6x3x3xf32>) -> tensor<6x6x32xf32> {
  %y = dlc.convolution %x, %w strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 batch_last
      : tensor<3x8x32xf32>, tensor<6x3x3xf32> to tensor<6x6x32xf32>
  return %y : tensor<6x6x32xf32>
}

// FEW-LABEL: func @outputs_last
// FEW-NOT: dlc.reshape
// FEW: dlc.convolution %{{.*}}, %{{.*}} channels_last : tensor<3x8x32xf32>, tensor<6x32x6xf32> to tensor<3x3x6xf32>
// FEW: return
func.func @outputs_last(%x: tensor<32x8x3xf32>, %g: tensor<32x6x6xf32>) -> tensor<3x3x6xf32> {
  %s = dlc.transpose %x perm [2, 1, 0] : tensor<32x8x3xf32> to tensor<3x8x32xf32>
  %h = dlc.transpose %g perm [1, 0, 2] : tensor<32x6x6xf32> to tensor<6x32x6xf32>
  %d = dlc.convolution %s, %h strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 channels_last
      : tensor<3x8x32xf32>, tensor<6x32x6xf32> to tensor<3x3x6xf32>
  return %d : tensor<3x3x6xf32>
}
