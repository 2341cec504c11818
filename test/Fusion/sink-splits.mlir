// What follows a product of sequences is its epilogue, whatever their number of
// dimensions.
// RUN: dlc-opt %s --dlc-sink-splits --split-input-file | FileCheck %s
// RUN: dlc explain %s | FileCheck %s --check-prefix=KERNELS

// KERNELS: kernels of @layer
// KERNELS-NEXT: 1  contraction {{.*}} dot_general add maximum
// KERNELS-NEXT: 2  row {{.*}} reduce
// KERNELS-NEXT: kernels of
func.func @layer(%x: tensor<2x3x4xf32>, %w: tensor<4x5xf32>, %bias: tensor<5xf32>) -> tensor<2x3x5xf32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [2] x [0] : tensor<2x3x4xf32>, tensor<4x5xf32> to tensor<2x3x5xf32>
  %b = dlc.broadcast_in_dim %bias dims [2] : tensor<5xf32> to tensor<2x3x5xf32>
  %a = dlc.add %z, %b : tensor<2x3x5xf32>
  %r = dlc.relu %a : tensor<2x3x5xf32>
  %y = dlc.softmax %r dim 2 : tensor<2x3x5xf32>
  return %y : tensor<2x3x5xf32>
}

// Random bits follow from an element's place, which stays; a residual is an
// alias.
// CHECK-LABEL: @dropout
// CHECK-DAG: %[[BITS:.*]] = dlc.rng_bit_generator %{{.*}} to tensor<6x5xui32>
// CHECK-DAG: %[[X:.*]] = dlc.reshape %{{.*}} : tensor<2x3x5xf32> to tensor<6x5xf32>
// CHECK-DAG: %[[M:.*]] = dlc.compare LT, %[[BITS]]
// CHECK: %[[S:.*]] = dlc.select %[[M]], %arg0, %[[X]]
// CHECK: dlc.reshape %[[S]] : tensor<6x5xf32> to tensor<2x3x5xf32>
func.func @dropout(%z: tensor<6x5xf32>, %x: tensor<2x3x5xf32>, %state: tensor<2xi64>) -> tensor<2x3x5xf32> {
  %r = dlc.reshape %z : tensor<6x5xf32> to tensor<2x3x5xf32>
  %bits = dlc.rng_bit_generator %state : tensor<2xi64> to tensor<2x3x5xui32>
  %half = dlc.constant dense<2147483648> : tensor<2x3x5xui32>
  %m = dlc.compare LT, %bits, %half : tensor<2x3x5xui32>
  %y = dlc.select %m, %r, %x : tensor<2x3x5xi1>, tensor<2x3x5xf32>
  return %y : tensor<2x3x5xf32>
}

// -----

// Rows, all rows together, but not a part of them.
// CHECK-LABEL: @sums
// CHECK: dlc.reduce add %arg0 dims [1] : tensor<6x5xf32> to tensor<6xf32>
// CHECK: dlc.reduce add %arg0 dims [0] : tensor<6x5xf32> to tensor<5xf32>
// CHECK: dlc.reduce add %{{.*}} dims [1] : tensor<2x3x5xf32> to tensor<2x5xf32>
func.func @sums(%z: tensor<6x5xf32>) -> (tensor<2x3xf32>, tensor<5xf32>, tensor<2x5xf32>) {
  %r = dlc.reshape %z : tensor<6x5xf32> to tensor<2x3x5xf32>
  %a = dlc.reduce add %r dims [2] : tensor<2x3x5xf32> to tensor<2x3xf32>
  %b = dlc.reduce add %r dims [0, 1] : tensor<2x3x5xf32> to tensor<5xf32>
  %c = dlc.reduce add %r dims [1] : tensor<2x3x5xf32> to tensor<2x5xf32>
  return %a, %b, %c : tensor<2x3xf32>, tensor<5xf32>, tensor<2x5xf32>
}

// What stands with computed values of another shape would lose its kernel.
// CHECK-LABEL: @stays
// CHECK: dlc.add {{.*}} tensor<2x3x5xf32>
func.func @stays(%z: tensor<6x5xf32>, %x: tensor<2x3x8xf32>) -> tensor<2x3x5xf32> {
  %r = dlc.reshape %z : tensor<6x5xf32> to tensor<2x3x5xf32>
  %s = dlc.slice %x from [0, 0, 0] to [2, 3, 5] by [1, 1, 1] : tensor<2x3x8xf32> to tensor<2x3x5xf32>
  %y = dlc.add %r, %s : tensor<2x3x5xf32>
  return %y : tensor<2x3x5xf32>
}
