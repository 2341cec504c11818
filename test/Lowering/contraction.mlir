// The micro-kernel is a function of its own: per k it loads the strip's vectors
// and multiplies them with one element a row. Sums that are the result it stores
// where they belong.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @[[GEMM:gemm_f32_8x3[^(]*]](%[[A:[^:]*]]: memref<{{[0-9]+}}xf32>, %[[STARTS:[^:]*]]: memref<8xindex>, %[[STEP:[^:]*]]: index, %[[B:[^:]*]]: memref<
// CHECK-SAME: attributes {passthrough = ["noinline"]}
// CHECK: %[[START:.*]] = memref.load %[[STARTS]]
// CHECK: scf.for %[[K:.*]] = {{.*}} iter_args({{.*}}) -> (vector<16xf32>,
// CHECK: %[[OF_K:.*]] = arith.muli %[[K]], %[[STEP]]
// CHECK-COUNT-3: vector.load %[[B]]
// CHECK: %[[AT:.*]] = arith.addi %[[START]], %[[OF_K]]
// CHECK: %[[X:.*]] = memref.load %[[A]][%[[AT]]]
// CHECK: %[[LANES:.*]] = vector.broadcast %[[X]]
// CHECK-COUNT-24: math.fma {{.*}} : vector<16xf32>
// CHECK-NOT: math.fma
// CHECK: func.func private @contraction_0
// CHECK-SAME: dlc.tiles = 1 : i64
// CHECK: %[[OPERAND:.*]] = memref.reinterpret_cast %{{.*}} : memref<8x48xf32>
// CHECK: call @[[GEMM]]({{.*}}, %[[OPERAND]],
// CHECK-NOT: vector.load
// CHECK: return
func.func @f(%x: tensor<8x64xf32>, %y: tensor<64x48xf32>) -> tensor<8x48xf32> {
  %z = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<8x64xf32>, %b: tensor<64x48xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<8x64xf32>, tensor<64x48xf32> to tensor<8x48xf32>
    dlc.yield %c : tensor<8x48xf32>
  } : (tensor<8x64xf32>, tensor<64x48xf32>) -> tensor<8x48xf32>
  return %z : tensor<8x48xf32>
}
