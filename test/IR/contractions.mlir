// Reductions and contractions survive a round trip, in their own and in generic
// form.
// RUN: dlc-opt %s | dlc-opt | FileCheck %s
// RUN: dlc-opt %s --mlir-print-op-generic | dlc-opt | FileCheck %s

// CHECK-LABEL: func @reduce
func.func @reduce(%x: tensor<2x3xf32>, %i: tensor<2x3xi64>, %p: tensor<2x3xi1>) {
  // CHECK: dlc.reduce add %{{.*}} dims [1] : tensor<2x3xf32> to tensor<2xf32>
  %0 = dlc.reduce add %x dims [1] : tensor<2x3xf32> to tensor<2xf32>
  // CHECK: dlc.reduce mul %{{.*}} dims [0, 1] : tensor<2x3xi64> to tensor<i64>
  %1 = dlc.reduce mul %i dims [0, 1] : tensor<2x3xi64> to tensor<i64>
  // CHECK: dlc.reduce max %{{.*}} dims [0] : tensor<2x3xf32> to tensor<3xf32>
  %2 = dlc.reduce max %x dims [0] : tensor<2x3xf32> to tensor<3xf32>
  // CHECK: dlc.reduce min %{{.*}} dims [0] : tensor<2x3xf32> to tensor<3xf32>
  %3 = dlc.reduce min %x dims [0] : tensor<2x3xf32> to tensor<3xf32>
  // CHECK: dlc.reduce and %{{.*}} dims [0] : tensor<2x3xi1> to tensor<3xi1>
  %4 = dlc.reduce and %p dims [0] : tensor<2x3xi1> to tensor<3xi1>
  // CHECK: dlc.reduce or %{{.*}} dims [0] : tensor<2x3xi1> to tensor<3xi1>
  %5 = dlc.reduce or %p dims [0] : tensor<2x3xi1> to tensor<3xi1>
  return
}

// CHECK-LABEL: func @dot
func.func @dot(%a: tensor<5x2x3xf64>, %b: tensor<5x3x4xf64>) {
  // CHECK: dlc.dot_general %{{.*}}, %{{.*}} batch [0] x [0] contract [2] x [1] : tensor<5x2x3xf64>, tensor<5x3x4xf64> to tensor<5x2x4xf64>
  %0 = dlc.dot_general %a, %b batch [0] x [0] contract [2] x [1]
      : tensor<5x2x3xf64>, tensor<5x3x4xf64> to tensor<5x2x4xf64>
  // CHECK: dlc.dot_general %{{.*}}, %{{.*}} batch [] x [] contract [] x [] : tensor<5x2x3xf64>, tensor<5x3x4xf64> to tensor<5x2x3x5x3x4xf64>
  %1 = dlc.dot_general %a, %b batch [] x [] contract [] x []
      : tensor<5x2x3xf64>, tensor<5x3x4xf64> to tensor<5x2x3x5x3x4xf64>
  return
}
