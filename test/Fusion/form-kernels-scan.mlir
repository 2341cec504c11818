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
