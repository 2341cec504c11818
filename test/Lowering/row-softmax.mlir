// Softmax reads a row three times. Its exponentials, which two passes need, are
// kept in scratch.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @row_0(%[[X:[^:]*]]: memref<8x256xf32>, %[[OUT:[^:]*]]: memref<8x256xf32>
// CHECK: %[[SCRATCH:.*]] = memref.alloca() {alignment = 64 : i64} : memref<256xf32>
// CHECK: %[[LOWEST:.*]] = arith.constant dense<0xFF800000> : vector<64xf32>
// CHECK: scf.for %{{.*}} = %c0 to %c256 step %c64 iter_args(%{{.*}} = %[[LOWEST]])
// CHECK: vector.load %[[X]]
// CHECK: vector.shuffle %{{.*}} [32, 33,
// CHECK: scf.for %[[J:.*]] = %c0 to %c256 step %c64 iter_args
// CHECK: vector.load %[[X]]
// CHECK: math.fma
// CHECK: vector.store %{{.*}}, %[[SCRATCH]][%[[J]]]
// CHECK: scf.for %[[J:.*]] = %c0 to %c256 step %c64
// CHECK-NEXT: %[[E:.*]] = vector.load %[[SCRATCH]][%[[J]]]
// CHECK-NEXT: %[[Q:.*]] = arith.divf %[[E]]
// CHECK-NEXT: vector.store %[[Q]], %[[OUT]]
func.func @softmax(%x: tensor<8x256xf32>) -> tensor<8x256xf32> {
  %r = dlc.kernel row(%x) {
  ^bb0(%a: tensor<8x256xf32>):
    %m = dlc.reduce max %a dims [1] : tensor<8x256xf32> to tensor<8xf32>
    %mb = dlc.broadcast_in_dim %m dims [0] : tensor<8xf32> to tensor<8x256xf32>
    %d = dlc.subtract %a, %mb : tensor<8x256xf32>
    %e = dlc.exponential %d : tensor<8x256xf32>
    %s = dlc.reduce add %e dims [1] : tensor<8x256xf32> to tensor<8xf32>
    %sb = dlc.broadcast_in_dim %s dims [0] : tensor<8xf32> to tensor<8x256xf32>
    %q = dlc.divide %e, %sb : tensor<8x256xf32>
    dlc.yield %q : tensor<8x256xf32>
  } : (tensor<8x256xf32>) -> tensor<8x256xf32>
  return %r : tensor<8x256xf32>
}
