// A softmax is one row kernel, also when what it is weighted with starts a
// group of its own.
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-form-kernels))' | FileCheck %s

// CHECK-LABEL: func @weighted
func.func @weighted(%x: tensor<4x5xf32>, %w: tensor<4x5xf32>) -> tensor<4x5xf32> {
  // CHECK: %[[Y:.*]] = dlc.kernel row(
  // CHECK-COUNT-3: dlc.reduce
  // CHECK-NOT: dlc.kernel
  // CHECK: return %[[Y]]
  %v = dlc.abs %w : tensor<4x5xf32>
  %t = dlc.reduce add %v dims [1] : tensor<4x5xf32> to tensor<4xf32>
  %m = dlc.reduce max %x dims [1] : tensor<4x5xf32> to tensor<4xf32>
  %mb = dlc.broadcast_in_dim %m dims [0] : tensor<4xf32> to tensor<4x5xf32>
  %d = dlc.subtract %x, %mb : tensor<4x5xf32>
  %e = dlc.exponential %d : tensor<4x5xf32>
  %s = dlc.reduce add %e dims [1] : tensor<4x5xf32> to tensor<4xf32>
  %r = dlc.divide %t, %s : tensor<4xf32>
  %rb = dlc.broadcast_in_dim %r dims [0] : tensor<4xf32> to tensor<4x5xf32>
  %y = dlc.multiply %e, %rb : tensor<4x5xf32>
  return %y : tensor<4x5xf32>
}
