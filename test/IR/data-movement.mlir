// Ops that move, look up and sort elements survive a round trip, in their own
// and in generic form.
// RUN: dlc-opt %s | dlc-opt | FileCheck %s
// RUN: dlc-opt %s --mlir-print-op-generic | dlc-opt | FileCheck %s

// CHECK-LABEL: func @boxes
func.func @boxes(%x: tensor<2x3xf32>, %u: tensor<1x3xf32>, %zero: tensor<f32>, %i: tensor<i32>) {
  // CHECK: dlc.reverse %{{.*}} dims [0, 1] : tensor<2x3xf32>
  %0 = dlc.reverse %x dims [0, 1] : tensor<2x3xf32>
  // CHECK: dlc.concatenate %{{.*}}, %{{.*}} dim 0 : (tensor<2x3xf32>, tensor<1x3xf32>) -> tensor<3x3xf32>
  %1 = dlc.concatenate %x, %u dim 0 : (tensor<2x3xf32>, tensor<1x3xf32>) -> tensor<3x3xf32>
  // CHECK: dlc.pad %{{.*}} with %{{.*}} low [-1, 0] high [0, -2] interior [0, 0] : tensor<2x3xf32>, tensor<f32> to tensor<1x1xf32>
  %2 = dlc.pad %x with %zero low [-1, 0] high [0, -2] interior [0, 0] : tensor<2x3xf32>, tensor<f32> to tensor<1x1xf32>
  // CHECK: dlc.dynamic_slice %{{.*}} at(%{{.*}}, %{{.*}}) sizes [1, 2] : (tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x2xf32>
  %3 = dlc.dynamic_slice %x at(%i, %i) sizes [1, 2] : (tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x2xf32>
  // CHECK: dlc.dynamic_slice %{{.*}} at() sizes [] : (tensor<f32>) -> tensor<f32>
  %4 = dlc.dynamic_slice %zero at() sizes [] : (tensor<f32>) -> tensor<f32>
  // CHECK: dlc.dynamic_update_slice %{{.*}}, %{{.*}} at(%{{.*}}, %{{.*}}) : (tensor<2x3xf32>, tensor<1x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
  %5 = dlc.dynamic_update_slice %x, %u at(%i, %i) : (tensor<2x3xf32>, tensor<1x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
  return
}

// CHECK-LABEL: func @indexing
func.func @indexing(%table: tensor<10x4xbf16>, %i: tensor<3x1xi64>, %u: tensor<3x4xbf16>, %x: tensor<5x4xi8>) {
  // CHECK: dlc.gather %{{.*}}, %{{.*}} batch_dims 0 index_dims [0] : tensor<10x4xbf16>, tensor<3x1xi64> to tensor<3x4xbf16>
  %0 = dlc.gather %table, %i batch_dims 0 index_dims [0] : tensor<10x4xbf16>, tensor<3x1xi64> to tensor<3x4xbf16>
  // CHECK: dlc.scatter add %{{.*}}, %{{.*}}, %{{.*}} batch_dims 0 index_dims [0] : tensor<10x4xbf16>, tensor<3x1xi64>, tensor<3x4xbf16>
  %1 = dlc.scatter add %table, %i, %u batch_dims 0 index_dims [0] : tensor<10x4xbf16>, tensor<3x1xi64>, tensor<3x4xbf16>
  // CHECK: dlc.scatter replace
  %2 = dlc.scatter replace %table, %i, %u batch_dims 0 index_dims [0] : tensor<10x4xbf16>, tensor<3x1xi64>, tensor<3x4xbf16>
  // CHECK: dlc.sort %{{.*}}, %{{.*}} dim 0 descending : tensor<5x4xi8>, tensor<5x4xi8>
  %3:2 = dlc.sort %x, %x dim 0 descending : tensor<5x4xi8>, tensor<5x4xi8>
  // CHECK: dlc.sort %{{.*}} dim 1 : tensor<5x4xi8>
  %4 = dlc.sort %x dim 1 : tensor<5x4xi8>
  // CHECK: dlc.cumulative_sum %{{.*}} dim 1 reverse exclusive : tensor<5x4xi8>
  %5 = dlc.cumulative_sum %x dim 1 reverse exclusive : tensor<5x4xi8>
  return
}

// CHECK-LABEL: func @passed_through
func.func @passed_through(%x: tensor<4xf32>, %n: tensor<2xi1>) {
  // CHECK: dlc.optimization_barrier %{{.*}}, %{{.*}} : tensor<4xf32>, tensor<2xi1>
  %0:2 = dlc.optimization_barrier %x, %n : tensor<4xf32>, tensor<2xi1>
  // CHECK: dlc.print %{{.*}} {summary, text = "x"} : tensor<4xf32>
  %1 = dlc.print %x {text = "x", summary} : tensor<4xf32>
  return
}
