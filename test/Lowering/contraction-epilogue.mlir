// The epilogue reads a sum and the other operands at the same position, computes
// and stores; what it reads may be what it writes.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @contraction_0(%{{[^:]*}}: memref<8x64xf32>, %{{[^:]*}}: memref<64x48xf32>, %[[W:[^:]*]]: memref<8x48xf32>, %[[OUT:[^:]*]]: memref<8x48xf32>
// CHECK: %[[SUMS:.*]] = memref.alloca()
// CHECK: call @gemm
// CHECK: scf.for %[[M:.*]] =
// CHECK: scf.for %[[N:.*]] =
// CHECK: %[[SUM:.*]] = vector.load %[[SUMS]]
// CHECK: %[[OLD:.*]] = vector.load %[[W]][%[[M]], %[[N]]]
// CHECK: %[[STEP:.*]] = arith.mulf %[[SUM]]
// CHECK: %[[NEW:.*]] = arith.subf %[[OLD]], %[[STEP]]
// CHECK: vector.store %[[NEW]], %[[OUT]][%[[M]], %[[N]]]
func.func @f(%x: tensor<8x64xf32>, %y: tensor<64x48xf32>, %w: tensor<8x48xf32>) -> tensor<8x48xf32> {
  %z = dlc.kernel contraction(%x, %y, %w) {
  ^bb0(%a: tensor<8x64xf32>, %b: tensor<64x48xf32>, %v: tensor<8x48xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<8x64xf32>, tensor<64x48xf32> to tensor<8x48xf32>
    %rate = dlc.constant dense<0.01> : tensor<8x48xf32>
    %d = dlc.multiply %c, %rate : tensor<8x48xf32>
    %e = dlc.subtract %v, %d : tensor<8x48xf32>
    dlc.yield %e : tensor<8x48xf32>
  } : (tensor<8x64xf32>, tensor<64x48xf32>, tensor<8x48xf32>) -> tensor<8x48xf32>
  return %z : tensor<8x48xf32>
}
