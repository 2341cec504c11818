// A right operand that is contiguous along k is transposed, a strip at a time,
// when a tile's strip is not the one before.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @contraction_0
// CHECK-DAG: %[[NONE:.*]] = arith.constant -1 : index
// CHECK-DAG: %[[STRIP:.*]] = memref.alloca() {alignment = 64 : i64} : memref<3840xf32>
// CHECK: scf.for {{.*}} iter_args(%[[PACKED:.*]] = %[[NONE]]) -> (index)
// CHECK: %[[NEW:.*]] = arith.cmpi ne, %[[PART:.*]], %[[PACKED]]
// CHECK: scf.if %[[NEW]]
// CHECK: call @transpose_f32{{.*}}, %[[STRIP]],
// CHECK: call @gemm_f32_8x3{{.*}}, %[[STRIP]],
// CHECK: scf.yield %[[PART]]
func.func @f(%x: tensor<128x64xf32>, %y: tensor<96x64xf32>) -> tensor<128x96xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<128x64xf32>, %b: tensor<96x64xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [1] : tensor<128x64xf32>, tensor<96x64xf32> to tensor<128x96xf32>
    dlc.yield %c : tensor<128x96xf32>
  } : (tensor<128x64xf32>, tensor<96x64xf32>) -> tensor<128x96xf32>
  return %z : tensor<128x96xf32>
}
