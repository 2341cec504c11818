// A truth value is a bit in registers and a byte in memory.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @map_0(%[[P:[^:]*]]: memref<16xi8>, %{{.*}}: memref<16xi8>, %[[OUT:[^:]*]]: memref<16xi8>
// CHECK: %[[BYTES:.*]] = vector.load %[[P]]
// CHECK: %[[BITS:.*]] = arith.cmpi ne, %[[BYTES]], %{{.*}} : vector<16xi8>
// CHECK: arith.cmpi ult, %{{.*}} : vector<16xi8>
// CHECK: %[[R:.*]] = arith.andi {{.*}} : vector<16xi1>
// CHECK: %[[WIDE:.*]] = arith.extui %[[R]] : vector<16xi1> to vector<16xi8>
// CHECK: vector.store %[[WIDE]], %[[OUT]]
func.func @f(%p: tensor<16xi1>, %u: tensor<16xui8>) -> tensor<16xi1> {
  %r = dlc.kernel map(%p, %u) {
  ^bb0(%a: tensor<16xi1>, %b: tensor<16xui8>):
    %c = dlc.constant dense<200> : tensor<16xui8>
    %d = dlc.compare LT, %b, %c : tensor<16xui8>
    %e = dlc.and %a, %d : tensor<16xi1>
    dlc.yield %e : tensor<16xi1>
  } : (tensor<16xi1>, tensor<16xui8>) -> tensor<16xi1>
  return %r : tensor<16xi1>
}
