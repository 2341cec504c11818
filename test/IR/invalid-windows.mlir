// One case for each reason why a window or a convolution has no shape.
// RUN: dlc-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<4xi1>) {
  // expected-error @+1 {{must be}}
  %0 = dlc.reduce_window or %x window [2] strides [2] dilations [1] low [0] high [0] : tensor<4xi1> to tensor<2xi1>
  return
}

// -----
func.func @f(%x: tensor<4xf32>) {
  // expected-error @+1 {{and does not reduce elements of type 'f32'}}
  %0 = dlc.reduce_window and %x window [2] strides [2] dilations [1] low [0] high [0] : tensor<4xf32> to tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>) {
  // expected-error @+2 {{window 0 is out of range}}
  // expected-error @+1 {{failed to infer}}
  %0 = dlc.reduce_window add %x window [0] strides [2] dilations [1] low [0] high [0] : tensor<4xf32> to tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>) {
  // expected-error @+2 {{strides 0 is out of range}}
  // expected-error @+1 {{failed to infer}}
  %0 = dlc.reduce_window add %x window [2] strides [0] dilations [1] low [0] high [0] : tensor<4xf32> to tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>) {
  // expected-error @+2 {{padding -3, -2 does not suit dimension 0 of size 4}}
  // expected-error @+1 {{failed to infer}}
  %0 = dlc.reduce_window add %x window [1] strides [1] dilations [1] low [-3] high [-2] : tensor<4xf32> to tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>, %g: tensor<3xf32>) {
  // expected-error @+1 {{windows over [4] need a source of shape [2], got [3]}}
  %0 = dlc.select_and_scatter %x, %g window [2] strides [2] dilations [1] low [0] high [0] : tensor<4xf32>, tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3x8xf32>, %w: tensor<4x2x3xf32>) {
  // expected-error @+2 {{images with 3 channels in 1 groups need filters with 3 channels, got 2}}
  // expected-error @+1 {{failed to infer}}
  %0 = dlc.convolution %x, %w strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1
      : tensor<2x3x8xf32>, tensor<4x2x3xf32> to tensor<2x4x8xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error @+2 {{groups 3 and batch_groups 2: both must be positive, one of them 1}}
  // expected-error @+1 {{failed to infer}}
  %0 = dlc.convolution %x, %w strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 3 batch_groups 2
      : tensor<2x3x8xf32>, tensor<4x3x3xf32> to tensor<2x4x8xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3x8xf32>, %w: tensor<4x1x3xf32>) {
  // expected-error @+2 {{groups 3 do not divide}}
  // expected-error @+1 {{failed to infer}}
  %0 = dlc.convolution %x, %w strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 3 batch_groups 1
      : tensor<2x3x8xf32>, tensor<4x1x3xf32> to tensor<2x4x8xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3x8xf32>, %w: tensor<4x3xf32>) {
  // expected-error @+2 {{of one rank, got [2, 3, 8] and [4, 3]}}
  // expected-error @+1 {{failed to infer}}
  %0 = dlc.convolution %x, %w strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1
      : tensor<2x3x8xf32>, tensor<4x3xf32> to tensor<2x4x8xf32>
  return
}

// -----
func.func @f(%x: tensor<2x8x3xf32>, %w: tensor<3x3x4xf32>) {
  // expected-error @+2 {{cannot have both channels and batch last}}
  // expected-error @+1 {{failed to infer}}
  %0 = dlc.convolution %x, %w strides [1] low [1] high [1] image_dilation [1] filter_dilation [1] groups 1 batch_groups 1 channels_last batch_last
      : tensor<2x8x3xf32>, tensor<3x3x4xf32> to tensor<2x8x4xf32>
  return
}
