// Maps fetch inputs of 1 MB and more a page ahead, a line of the cache at a
// time; smaller ones are left alone.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @map_0(%[[X:[^:]*]]: memref<262144xf32>
// CHECK: scf.for %[[I:.*]] =
// CHECK: scf.for %[[AT:.*]] =
// CHECK: %[[AHEAD:.*]] = arith.addi %[[AT]], %c1024
// CHECK-NEXT: memref.prefetch %[[X]][%[[AHEAD]]], read, locality<2>, data
// CHECK-COUNT-3: memref.prefetch %[[X]][{{.*}}], read, locality<2>, data
// CHECK-NOT: memref.prefetch
// CHECK: return
func.func @large(%x: tensor<262144xf32>) -> tensor<262144xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%v: tensor<262144xf32>):
    %y = dlc.tanh %v : tensor<262144xf32>
    dlc.yield %y : tensor<262144xf32>
  } : (tensor<262144xf32>) -> tensor<262144xf32>
  return %r : tensor<262144xf32>
}

// CHECK: func.func private @map_1(
// CHECK-NOT: memref.prefetch
// CHECK: return
func.func @small(%x: tensor<131072xf32>) -> tensor<131072xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%v: tensor<131072xf32>):
    %y = dlc.tanh %v : tensor<131072xf32>
    dlc.yield %y : tensor<131072xf32>
  } : (tensor<131072xf32>) -> tensor<131072xf32>
  return %r : tensor<131072xf32>
}
