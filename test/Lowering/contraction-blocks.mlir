// Sums are made in blocks of 512 k, each a chain from 0 that is then added.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @gemm_f32_8x3
// CHECK-SAME: %[[COUNT:[^:]*]]: index, %[[ADD:[^:]*]]: i1)
// CHECK: %[[START:.*]] = arith.constant dense<0.000000e+00> : vector<16xf32>
// CHECK: scf.for %{{.*}} = %{{.*}} to %[[COUNT]] {{.*}} iter_args(%{{.*}} = %[[START]]
// CHECK: scf.if %[[ADD]]
// CHECK: %[[BEFORE:.*]] = vector.load
// CHECK: arith.addf %[[BEFORE]]
// CHECK: func.func private @contraction_0
// CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
// CHECK-DAG: %[[C512:.*]] = arith.constant 512 : index
// CHECK-DAG: %[[K:.*]] = arith.constant 784 : index
// CHECK: scf.for %[[K0:.*]] = %[[C0]] to %[[K]] step %[[C512]]
// CHECK: %[[END:.*]] = arith.addi %[[K0]], %[[C512]]
// CHECK: %[[K1:.*]] = arith.minsi %[[END]], %[[K]]
// CHECK: arith.subi %[[K1]], %[[K0]]
// CHECK: arith.cmpi ne, %[[K0]], %[[C0]]
func.func @f(%x: tensor<8x784xf32>, %y: tensor<784x48xf32>) -> tensor<8x48xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<8x784xf32>, %b: tensor<784x48xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<8x784xf32>, tensor<784x48xf32> to tensor<8x48xf32>
    dlc.yield %c : tensor<8x48xf32>
  } : (tensor<8x784xf32>, tensor<784x48xf32>) -> tensor<8x48xf32>
  return %z : tensor<8x48xf32>
}
