// A loop's body has kernels of its own, and ends kernels outside.
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-form-kernels))' | FileCheck %s

// CHECK-LABEL: func @loop
func.func @loop(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[A:.*]] = dlc.kernel map(%{{.*}}) ends "feeds a loop"
  // CHECK: %[[S:.*]] = dlc.scan 3 init(%[[A]])
  // CHECK: dlc.kernel map
  // CHECK: dlc.tanh
  // CHECK: dlc.kernel map(%[[S]])
  %a = dlc.negate %x : tensor<4xf32>
  %s = dlc.scan 3 init(%a) over() with() {
  ^bb0(%c: tensor<4xf32>):
    %t = dlc.tanh %c : tensor<4xf32>
    dlc.yield %t : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  %y = dlc.negate %s : tensor<4xf32>
  return %y : tensor<4xf32>
}

// Gates that the loop stores too are computed in one kernel.
// CHECK-LABEL: func @gates(
// CHECK: dlc.scan
// CHECK: %[[GATES:.*]]:3 = dlc.kernel map
// CHECK: dlc.logistic
// CHECK: dlc.tanh
// CHECK: yield %{{.*}}, %{{.*}}, %{{.*}} : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>
// CHECK-NOT: dlc.kernel
// CHECK: return
func.func @gates(%c: tensor<4x8xf32>, %xs: tensor<5x4x16xf32>) -> (tensor<4x8xf32>, tensor<5x4x8xf32>, tensor<5x4x8xf32>) {
  %y:3 = dlc.scan 5 init(%c) over(%xs) with() {
  ^bb0(%h: tensor<4x8xf32>, %x: tensor<4x16xf32>):
    %a = dlc.slice %x from [0, 0] to [4, 8] by [1, 1] : tensor<4x16xf32> to tensor<4x8xf32>
    %b = dlc.slice %x from [0, 8] to [4, 16] by [1, 1] : tensor<4x16xf32> to tensor<4x8xf32>
    %i = dlc.logistic %a : tensor<4x8xf32>
    %g = dlc.tanh %b : tensor<4x8xf32>
    %p = dlc.multiply %i, %g : tensor<4x8xf32>
    %n = dlc.add %h, %p : tensor<4x8xf32>
    dlc.yield %n, %i, %g : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>
  } : (tensor<4x8xf32>, tensor<5x4x16xf32>) -> (tensor<4x8xf32>, tensor<5x4x8xf32>, tensor<5x4x8xf32>)
  return %y#0, %y#1, %y#2 : tensor<4x8xf32>, tensor<5x4x8xf32>, tensor<5x4x8xf32>
}
