// One case for each reason why a shape function (compiler/IR/Shapes.cpp) that
// an op calls finds no shape.
// RUN: dlc-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{dimensions needs 1 entries for shape [2], got 2}}
  %0 = dlc.broadcast_in_dim %x dims [0, 1] : tensor<2xf32> to tensor<2x2xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{dimension 2 is out of range for rank 2}}
  %0 = dlc.broadcast_in_dim %x dims [2] : tensor<2xf32> to tensor<2x2xf32>
  return
}

// -----
func.func @f(%x: tensor<2x2xf32>) {
  // expected-error @+1 {{dimensions must increase: [1, 0]}}
  %0 = dlc.broadcast_in_dim %x dims [1, 0] : tensor<2x2xf32> to tensor<2x2xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>) {
  // expected-error @+1 {{size 2 of dimension 0 does not broadcast to 3}}
  %0 = dlc.broadcast_in_dim %x dims [0] : tensor<2xf32> to tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<f32>) {
  // expected-error @+1 {{rank 9 exceeds 8}}
  %0 = dlc.broadcast_in_dim %x dims [] : tensor<f32> to tensor<1x1x1x1x1x1x1x1x1xf32>
  return
}

// -----
func.func @f(%x: tensor<f32>) {
  // expected-error @+1 {{shape [4294967296, 4294967296] has too many elements}}
  %0 = dlc.broadcast_in_dim %x dims [] : tensor<f32> to tensor<4294967296x4294967296xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{cannot reshape [2, 3] to [5]: 6 elements vs 5}}
  %0 = dlc.reshape %x : tensor<2x3xf32> to tensor<5xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @+2 {{dimension 0 is named twice}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.transpose %x perm [0, 0] : tensor<2x3xf32> to tensor<2x2xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>) {
  // expected-error @+2 {{range 1:5 is outside dimension 0 of size 4}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.slice %x from [1] to [5] by [1] : tensor<4xf32> to tensor<4xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>) {
  // expected-error @+2 {{stride 0 of dimension 0 is not positive}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.slice %x from [0] to [4] by [0] : tensor<4xf32> to tensor<4xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error @+2 {{interior padding -1 is out of range}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.pad %x with %v low [0] high [0] interior [-1] : tensor<4xf32>, tensor<f32> to tensor<1xf32>
  return
}

// -----
func.func @f(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error @+2 {{interior padding 70368744177664 is too large}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.pad %x with %v low [0] high [0] interior [70368744177664] : tensor<4xf32>, tensor<f32> to tensor<3xf32>
  return
}

// -----
func.func @f(%a: tensor<2x3xf32>) {
  // expected-error @+2 {{inner sizes differ: 3 vs 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.dot_general %a, %a batch [] x [] contract [1] x [0] : tensor<2x3xf32>, tensor<2x3xf32> to tensor<2x3xf32>
  return
}

// -----
func.func @f(%a: tensor<2x3xf32>) {
  // expected-error @+2 {{batch sizes differ: 2 vs 3}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.dot_general %a, %a batch [0] x [1] contract [] x [] : tensor<2x3xf32>, tensor<2x3xf32> to tensor<2x3x2xf32>
  return
}

// -----
func.func @f(%a: tensor<2x3xf32>) {
  // expected-error @+2 {{batch dimensions differ in number: 1 vs 0}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.dot_general %a, %a batch [0] x [] contract [] x [] : tensor<2x3xf32>, tensor<2x3xf32> to tensor<f32>
  return
}

// -----
func.func @f(%a: tensor<2x3xf32>) {
  // expected-error @+2 {{contracting dimensions differ in number: 0 vs 1}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.dot_general %a, %a batch [] x [] contract [] x [0] : tensor<2x3xf32>, tensor<2x3xf32> to tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<f32>, %l: tensor<i32>) {
  // expected-error @+2 {{logits need a class dimension, got a scalar}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.softmax_cross_entropy %x, %l : tensor<f32>, tensor<i32> to tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %l: tensor<3xi32>) {
  // expected-error @+2 {{logits [2, 3] need labels [2], got [3]}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.softmax_cross_entropy %x, %l : tensor<2x3xf32>, tensor<3xi32> to tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2x0xf32>, %l: tensor<2xi32>) {
  // expected-error @+2 {{needs at least one class, got logits [2, 0]}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.softmax_cross_entropy %x, %l : tensor<2x0xf32>, tensor<2xi32> to tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2x0xf32>) {
  // expected-error @+2 {{dimension 1 of shape [2, 0] is empty}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.argmax %x dim 1 : tensor<2x0xf32> to tensor<2xi32>
  return
}
