// Convolutions read their operands through transposes, if the filters' output
// channels stay neighbours and the channels summed for a tap are neighbours or
// few. A filter's gradient, whose channels are images, sums them last.
// RUN: dlc-opt %s --dlc-form-kernels | FileCheck %s

// CHECK-LABEL: func @few_channels
// CHECK: %[[W:.*]] = dlc.kernel map(%arg1)
// CHECK: dlc.kernel window(%arg0, %[[W]])
// CHECK-NEXT: ^bb0(%[[X:.*]]: tensor<2x3x8xf32>, %[[F:.*]]: tensor<3x3x4xf32>)
// CHECK-NEXT: %[[T:.*]] = dlc.transpose %[[X]] perm [0, 2, 1]
// CHECK-NEXT: dlc.convolution %[[T]], %[[F]]
func.func @few_channels(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) -> tensor<2x6x4xf32> {
  %a = dlc.transpose %x perm [0, 2, 1] : tensor<2x3x8xf32> to tensor<2x8x3xf32>
  %f = dlc.transpose %w perm [2, 1, 0] : tensor<4x3x3xf32> to tensor<3x3x4xf32>
  %y = dlc.convolution %a, %f strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 channels_last
      : tensor<2x8x3xf32>, tensor<3x3x4xf32> to tensor<2x6x4xf32>
  return %y : tensor<2x6x4xf32>
}

// CHECK-LABEL: func @many_channels
// CHECK: %[[X:.*]] = dlc.kernel map(%arg0)
// CHECK: dlc.kernel window(%[[X]], %arg1)
// CHECK-NOT: dlc.transpose
// CHECK: dlc.yield
func.func @many_channels(%x: tensor<2x9x8xf32>, %w: tensor<3x9x4xf32>) -> tensor<2x6x4xf32> {
  %a = dlc.transpose %x perm [0, 2, 1] : tensor<2x9x8xf32> to tensor<2x8x9xf32>
  %y = dlc.convolution %a, %w strides [1] low [0] high [0] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 channels_last
      : tensor<2x8x9xf32>, tensor<3x9x4xf32> to tensor<2x6x4xf32>
  return %y : tensor<2x6x4xf32>
}

// What a transpose reads lies in memory.
// CHECK-LABEL: func @gradient
// CHECK: %[[G:.*]] = dlc.kernel map(%arg1)
// CHECK: dlc.negate
// CHECK: dlc.kernel window(%arg0, %[[G]])
// CHECK: %[[F:.*]] = dlc.transpose %{{.*}} perm [1, 0, 2]
// CHECK: %[[X:.*]] = dlc.transpose %{{.*}} perm [2, 1, 0]
// CHECK: dlc.convolution %[[X]], %[[F]]
func.func @gradient(%x: tensor<20x8x9xf32>, %g: tensor<20x8x4xf32>) -> tensor<9x3x4xf32> {
  %n = dlc.negate %g : tensor<20x8x4xf32>
  %a = dlc.transpose %x perm [2, 1, 0] : tensor<20x8x9xf32> to tensor<9x8x20xf32>
  %f = dlc.transpose %n perm [1, 0, 2] : tensor<20x8x4xf32> to tensor<8x20x4xf32>
  %y = dlc.convolution %a, %f strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 channels_last
      : tensor<9x8x20xf32>, tensor<8x20x4xf32> to tensor<9x3x4xf32>
  return %y : tensor<9x3x4xf32>
}
