// Index maps and sources survive a round trip, in their own and in generic form.
// RUN: dlc-opt %s | dlc-opt | FileCheck %s
// RUN: dlc-opt %s --mlir-print-op-generic | dlc-opt | FileCheck %s

// CHECK-LABEL: func @index_maps
func.func @index_maps(%x: tensor<2x3xf32>, %zero: tensor<f32>) {
  // CHECK: dlc.broadcast_in_dim %{{.*}} dims [0, 2] : tensor<2x3xf32> to tensor<2x4x3xf32>
  %0 = dlc.broadcast_in_dim %x dims [0, 2] : tensor<2x3xf32> to tensor<2x4x3xf32>
  // CHECK: dlc.broadcast_in_dim %{{.*}} dims [] : tensor<f32> to tensor<4xf32>
  %1 = dlc.broadcast_in_dim %zero dims [] : tensor<f32> to tensor<4xf32>
  // CHECK: dlc.reshape %{{.*}} : tensor<2x3xf32> to tensor<6xf32>
  %2 = dlc.reshape %x : tensor<2x3xf32> to tensor<6xf32>
  // CHECK: dlc.transpose %{{.*}} perm [1, 0] : tensor<2x3xf32> to tensor<3x2xf32>
  %3 = dlc.transpose %x perm [1, 0] : tensor<2x3xf32> to tensor<3x2xf32>
  // CHECK: dlc.slice %{{.*}} from [0, 1] to [2, 3] by [1, 2] : tensor<2x3xf32> to tensor<2x1xf32>
  %4 = dlc.slice %x from [0, 1] to [2, 3] by [1, 2] : tensor<2x3xf32> to tensor<2x1xf32>
  // CHECK: dlc.pad %{{.*}} with %{{.*}} low [1, 0] high [0, 2] interior [1, 0] : tensor<2x3xf32>, tensor<f32> to tensor<4x5xf32>
  %5 = dlc.pad %x with %zero low [1, 0] high [0, 2] interior [1, 0]
      : tensor<2x3xf32>, tensor<f32> to tensor<4x5xf32>
  return
}

// CHECK-LABEL: func @sources
func.func @sources(%state: tensor<2xi64>) {
  // CHECK: dlc.constant dense<[1, 2]> : tensor<2xui8>
  %0 = dlc.constant dense<[1, 2]> : tensor<2xui8>
  // CHECK: dlc.constant dense<-0.000000e+00> : tensor<f32>
  %1 = dlc.constant dense<-0.0> : tensor<f32>
  // CHECK: dlc.iota dim 1 : tensor<2x3xi32>
  %2 = dlc.iota dim 1 : tensor<2x3xi32>
  // CHECK: dlc.rng_bit_generator %{{.*}} : tensor<2xi64> to tensor<7xui32>
  %3 = dlc.rng_bit_generator %state : tensor<2xi64> to tensor<7xui32>
  return
}
