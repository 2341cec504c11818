// Composites survive a round trip, in their own and in generic form.
// RUN: dlc-opt %s | dlc-opt | FileCheck %s
// RUN: dlc-opt %s --mlir-print-op-generic | dlc-opt | FileCheck %s

// CHECK-LABEL: func @composites
func.func @composites(%x: tensor<2x3xf32>, %labels: tensor<2xi32>, %state: tensor<2xi64>) {
  // CHECK: dlc.relu %{{.*}} : tensor<2x3xf32>
  %0 = dlc.relu %x : tensor<2x3xf32>
  // CHECK: dlc.softmax %{{.*}} dim 1 : tensor<2x3xf32>
  %1 = dlc.softmax %x dim 1 : tensor<2x3xf32>
  // CHECK: dlc.log_softmax %{{.*}} dim 0 : tensor<2x3xf32>
  %2 = dlc.log_softmax %x dim 0 : tensor<2x3xf32>
  // CHECK: dlc.softmax_cross_entropy %{{.*}}, %{{.*}} : tensor<2x3xf32>, tensor<2xi32> to tensor<2xf32>
  %3 = dlc.softmax_cross_entropy %x, %labels : tensor<2x3xf32>, tensor<2xi32> to tensor<2xf32>
  // CHECK: dlc.one_hot %{{.*}} : tensor<2xi32> to tensor<2x3xf64>
  %4 = dlc.one_hot %labels : tensor<2xi32> to tensor<2x3xf64>
  // CHECK: dlc.argmax %{{.*}} dim 1 : tensor<2x3xf32> to tensor<2xi32>
  %5 = dlc.argmax %x dim 1 : tensor<2x3xf32> to tensor<2xi32>
  // CHECK: dlc.uniform %{{.*}} : tensor<2xi64> to tensor<4xf32>
  %6 = dlc.uniform %state : tensor<2xi64> to tensor<4xf32>
  // CHECK: dlc.normal %{{.*}} : tensor<2xi64> to tensor<4xf64>
  %7 = dlc.normal %state : tensor<2xi64> to tensor<4xf64>
  return
}
