// RUN: dlc-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<4xf32>) {
  // expected-error @+1 {{dimension 0 is named twice}}
  %0 = dlc.reverse %x dims [0, 0] : tensor<4xf32>
  return
}

// -----
func.func @f(%x: tensor<4x2xf32>, %y: tensor<4x3xf32>) {
  // expected-error @+2 {{shapes [4, 2] and [4, 3] differ outside dimension 0}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.concatenate %x, %y dim 0 : (tensor<4x2xf32>, tensor<4x3xf32>) -> tensor<8x2xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>, %y: tensor<4xi32>) {
  // expected-error @+2 {{element types differ: 'f32' vs 'i32'}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.concatenate %x, %y dim 0 : (tensor<4xf32>, tensor<4xi32>) -> tensor<8xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error @+2 {{padding cuts more off dimension 0 than its 4 elements}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.pad %x with %v low [-3] high [-2] interior [0] : tensor<4xf32>, tensor<f32> to tensor<0xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>, %i: tensor<i32>) {
  // expected-error @+2 {{size 5 does not fit dimension 0 of size 4}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.dynamic_slice %x at(%i) sizes [5] : (tensor<4xf32>, tensor<i32>) -> tensor<5xf32>
  return
}

// -----
func.func @f(%x: tensor<4x2xf32>, %u: tensor<1x2xf32>, %i: tensor<i32>) {
  // expected-error @+1 {{needs 2 start indices for shape [4, 2], got 1}}
  %0 = dlc.dynamic_update_slice %x, %u at(%i) : (tensor<4x2xf32>, tensor<1x2xf32>, tensor<i32>) -> tensor<4x2xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>, %u: tensor<1xf32>, %i: tensor<1xi32>) {
  // expected-error @+1 {{a start index must be a scalar, got 'tensor<1xi32>'}}
  %0 = dlc.dynamic_update_slice %x, %u at(%i) : (tensor<4xf32>, tensor<1xf32>, tensor<1xi32>) -> tensor<4xf32>
  return
}

// -----
func.func @f(%x: tensor<4x2xf32>, %i: tensor<3x2xi32>) {
  // expected-error @+2 {{indices [3, 2] must end in a dimension of 1, one for each indexed dimension}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.gather %x, %i batch_dims 0 index_dims [0] : tensor<4x2xf32>, tensor<3x2xi32> to tensor<3x2xf32>
  return
}

// -----
func.func @f(%x: tensor<0x2xf32>, %i: tensor<3x1xi32>) {
  // expected-error @+2 {{nothing to index: dimension 0 of shape [0, 2] is empty}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.gather %x, %i batch_dims 0 index_dims [0] : tensor<0x2xf32>, tensor<3x1xi32> to tensor<3x2xf32>
  return
}

// -----
func.func @f(%x: tensor<4x2xf32>, %i: tensor<3x1xi32>, %u: tensor<3x4xf32>) {
  // expected-error @+1 {{updates must have shape [3, 2], got [3, 4]}}
  %0 = dlc.scatter add %x, %i, %u batch_dims 0 index_dims [0] : tensor<4x2xf32>, tensor<3x1xi32>, tensor<3x4xf32>
  return
}

// -----
func.func @f(%x: tensor<4xi1>, %i: tensor<3x1xi32>, %u: tensor<3xi1>) {
  // expected-error @+1 {{cannot add truth values}}
  %0 = dlc.scatter add %x, %i, %u batch_dims 0 index_dims [0] : tensor<4xi1>, tensor<3x1xi32>, tensor<3xi1>
  return
}

// -----
func.func @f(%x: tensor<4xi1>) {
  // expected-error @+1 {{cannot sort truth values}}
  %0 = dlc.sort %x dim 0 : tensor<4xi1>
  return
}

// -----
func.func @f(%x: tensor<4xf32>, %y: tensor<3xf32>) {
  // expected-error @+1 {{shapes [4] and [3] differ}}
  %0:2 = dlc.sort %x, %y dim 0 : tensor<4xf32>, tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>) {
  // expected-error @+1 {{dimension 1 is out of range}}
  %0 = dlc.cumulative_sum %x dim 1 : tensor<4xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>) {
  // expected-error @+2 {{failed to infer returned types}}
  // expected-error @+1 {{inferred type(s) 'tensor<4xf32>' are incompatible with return type(s)}}
  %0 = "dlc.optimization_barrier"(%x) : (tensor<4xf32>) -> tensor<3xf32>
  return
}
