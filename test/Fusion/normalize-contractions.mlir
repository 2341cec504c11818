// RUN: dlc-opt %s --dlc-normalize-axes | FileCheck %s

// CHECK-LABEL: func @two_free
func.func @two_free(%x: tensor<2x3x4xf32>, %w: tensor<4x5xf32>) -> tensor<2x3x5xf32> {
  // CHECK-NEXT: %[[A:.*]] = dlc.reshape %{{.*}} : tensor<2x3x4xf32> to tensor<6x4xf32>
  // CHECK-NEXT: %[[B:.*]] = dlc.dot_general %[[A]], %{{.*}} contract [1] x [0]
  // CHECK-NEXT: dlc.reshape %[[B]] : tensor<6x5xf32> to tensor<2x3x5xf32>
  %z = dlc.dot_general %x, %w batch [] x [] contract [2] x [0]
      : tensor<2x3x4xf32>, tensor<4x5xf32> to tensor<2x3x5xf32>
  return %z : tensor<2x3x5xf32>
}

// CHECK-LABEL: func @inner_product
func.func @inner_product(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<f32> {
  // CHECK: dlc.dot_general %{{.*}} contract [1] x [1] : tensor<1x4xf32>, tensor<1x4xf32> to tensor<1x1xf32>
  %z = dlc.dot_general %x, %y batch [] x [] contract [0] x [0]
      : tensor<4xf32>, tensor<4xf32> to tensor<f32>
  return %z : tensor<f32>
}

// The batch is neither first nor next to what it must meet: a transpose.
// CHECK-LABEL: func @interleaved
func.func @interleaved(%x: tensor<3x2x4xf32>, %y: tensor<2x4x5xf32>) -> tensor<2x3x5xf32> {
  // CHECK-NEXT: %[[T:.*]] = dlc.transpose %{{.*}} perm [1, 0, 2]
  // CHECK-NEXT: dlc.dot_general %[[T]], %{{.*}} batch [0] x [0] contract [2] x [1]
  %z = dlc.dot_general %x, %y batch [1] x [0] contract [2] x [1]
      : tensor<3x2x4xf32>, tensor<2x4x5xf32> to tensor<2x3x5xf32>
  return %z : tensor<2x3x5xf32>
}
