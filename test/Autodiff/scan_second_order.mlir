// Four loops: forward, backward, the backward of the backward, and once more
// the backward of the forward for what that one used. The tape is made once.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @scan_second_order
func.func @scan_second_order(%x: tensor<f32>, %one: tensor<f32>) -> tensor<f32> {
  // CHECK: dlc.scan 3 init
  // CHECK: dlc.yield %{{.*}}, %{{.*}} : tensor<f32>, tensor<f32>
  %last = dlc.scan 3 init(%x) over() with() {
  ^bb0(%c: tensor<f32>):
    %t = dlc.tanh %c : tensor<f32>
    dlc.yield %t : tensor<f32>
  } : (tensor<f32>) -> tensor<f32>
  // CHECK: dlc.scan 3 reverse
  %d = dlc.grad of(%last) seed(%one) wrt(%x) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  // CHECK: dlc.scan 3 init
  // CHECK: dlc.scan 3 reverse
  // CHECK-NOT: dlc.scan
  // CHECK-NOT: dlc.grad
  %dd = dlc.grad of(%d) seed(%one) wrt(%x) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  return %dd : tensor<f32>
}
