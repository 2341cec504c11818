// Index maps are computed where they are read; what writes at computed places,
// sorts or sums up has a kernel of its own; barriers and prints stay outside.
// RUN: dlc-opt --pass-pipeline='builtin.module(func.func(dlc-form-kernels))' --split-input-file %s | FileCheck %s

// CHECK-LABEL: @maps
// CHECK: dlc.kernel map(
// CHECK-DAG: dlc.gather
// CHECK-DAG: dlc.concatenate
// CHECK-DAG: dlc.dynamic_slice
// CHECK-DAG: dlc.reverse
// CHECK: dlc.yield
// CHECK-NOT: dlc.kernel
func.func @maps(%table: tensor<10x8xf32>, %i: tensor<4x1xi32>, %a: tensor<1x8xf32>, %b: tensor<3x8xf32>, %x: tensor<9x8xf32>, %at: tensor<i32>) -> tensor<4x8xf32> {
  %0 = dlc.gather %table, %i batch_dims 0 index_dims [0] : tensor<10x8xf32>, tensor<4x1xi32> to tensor<4x8xf32>
  %1 = dlc.concatenate %a, %b dim 0 : (tensor<1x8xf32>, tensor<3x8xf32>) -> tensor<4x8xf32>
  %2 = dlc.dynamic_slice %x at(%at, %at) sizes [4, 8] : (tensor<9x8xf32>, tensor<i32>, tensor<i32>) -> tensor<4x8xf32>
  %3 = dlc.reverse %2 dims [0] : tensor<4x8xf32>
  %4 = dlc.add %0, %1 : tensor<4x8xf32>
  %5 = dlc.add %4, %3 : tensor<4x8xf32>
  return %5 : tensor<4x8xf32>
}

// -----

// A gather that two kernels read is stored.
// CHECK-LABEL: @shared_gather
// CHECK: %[[G:.*]] = dlc.kernel map(
// CHECK-NEXT: ^bb0
// CHECK-NEXT: dlc.gather
// CHECK: dlc.kernel contraction(%[[G]]
// CHECK: dlc.kernel contraction(%[[G]]
func.func @shared_gather(%table: tensor<10x8xf32>, %i: tensor<4x1xi32>, %w: tensor<8x8xf32>, %v: tensor<8x2xf32>) -> (tensor<4x8xf32>, tensor<4x2xf32>) {
  %0 = dlc.gather %table, %i batch_dims 0 index_dims [0] : tensor<10x8xf32>, tensor<4x1xi32> to tensor<4x8xf32>
  %1 = dlc.dot_general %0, %w batch [] x [] contract [1] x [0] : tensor<4x8xf32>, tensor<8x8xf32> to tensor<4x8xf32>
  %2 = dlc.dot_general %0, %v batch [] x [] contract [1] x [0] : tensor<4x8xf32>, tensor<8x2xf32> to tensor<4x2xf32>
  return %1, %2 : tensor<4x8xf32>, tensor<4x2xf32>
}

// -----

// CHECK-LABEL: @own_kernels
// CHECK: dlc.kernel map(
// CHECK: dlc.negate
// CHECK: dlc.kernel cumulative(
// CHECK: dlc.kernel sort(
// CHECK: dlc.kernel scatter(
// CHECK: dlc.kernel map(
// CHECK: dlc.abs
func.func @own_kernels(%x: tensor<2x8x1xf32>, %i: tensor<1x3x1xi32>, %u: tensor<1x3x8xf32>) -> tensor<1x2x8xf32> {
  %0 = dlc.negate %x : tensor<2x8x1xf32>
  %1 = dlc.cumulative_sum %0 dim 1 : tensor<2x8x1xf32>
  %2 = dlc.reshape %1 : tensor<2x8x1xf32> to tensor<2x8xf32>
  %3 = dlc.sort %2 dim 1 : tensor<2x8xf32>
  %4 = dlc.reshape %3 : tensor<2x8xf32> to tensor<1x2x8xf32>
  %5 = dlc.scatter add %4, %i, %u batch_dims 1 index_dims [1] : tensor<1x2x8xf32>, tensor<1x3x1xi32>, tensor<1x3x8xf32>
  %6 = dlc.abs %5 : tensor<1x2x8xf32>
  return %6 : tensor<1x2x8xf32>
}

// -----

// The recomputation behind a barrier does not share the first one's kernel.
// CHECK-LABEL: @barrier
// CHECK: %[[Y:.*]] = dlc.kernel map(%arg0)
// CHECK: dlc.exponential
// CHECK: %[[P:.*]] = dlc.print %[[Y]]
// CHECK: %[[X:.*]] = dlc.optimization_barrier %arg0
// CHECK: dlc.kernel map(%[[P]], %[[X]])
// CHECK: dlc.exponential
func.func @barrier(%x: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %0 = dlc.exponential %x : tensor<8xf32>
  %1 = dlc.print %0 {text = "y"} : tensor<8xf32>
  %2 = dlc.optimization_barrier %x : tensor<8xf32>
  %3 = dlc.exponential %2 : tensor<8xf32>
  %4 = dlc.add %3, %1 : tensor<8xf32>
  return %1, %4 : tensor<8xf32>, tensor<8xf32>
}
