// A right operand that is contiguous along k is transposed, for all tiles of a
// run: the strips that stay in the cache, then each group of rows meets them. The tiles of a run are passed by after its first.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @contraction_0(
// CHECK-DAG: %[[STRIP:.*]] = memref.alloca() {alignment = 64 : i64} : memref<6144xf32>
// CHECK-DAG: %[[OPERAND:.*]] = memref.reinterpret_cast %[[STRIP]]
// CHECK: scf.for %[[TILE:.*]] = {{.*}} iter_args(%[[NEXT:.*]] = %{{.*}}) -> (index)
// CHECK: %[[STARTS:.*]] = arith.cmpi eq, %[[TILE]], %[[NEXT]]
// CHECK: %[[AFTER:.*]] = scf.if %[[STARTS]]
// CHECK: scf.for
// CHECK: call @transpose_f32{{.*}}, %[[STRIP]],
// CHECK: scf.for
// CHECK: call @gemm_f32_8x3{{.*}}, %[[OPERAND]],
// CHECK: } else {
// CHECK: scf.yield %[[NEXT]]
// CHECK: scf.yield %[[AFTER]]
func.func @f(%x: tensor<128x64xf32>, %y: tensor<96x64xf32>) -> tensor<128x96xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<128x64xf32>, %b: tensor<96x64xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [1] : tensor<128x64xf32>, tensor<96x64xf32> to tensor<128x96xf32>
    dlc.yield %c : tensor<128x96xf32>
  } : (tensor<128x64xf32>, tensor<96x64xf32>) -> tensor<128x96xf32>
  return %z : tensor<128x96xf32>
}
