// max(x, 0) is one comparison: a constant is never NaN, so only a NaN of x must
// pass. Two unknown operands need a second one.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: %[[X:.*]] = vector.load
// CHECK: %[[ZERO:.*]] = vector.broadcast
// CHECK: %[[GT:.*]] = arith.cmpf ogt, %[[ZERO]], %[[X]]
// CHECK: %[[RELU:.*]] = arith.select %[[GT]], %[[ZERO]], %[[X]]
// CHECK: %[[Y:.*]] = vector.load
// CHECK-NEXT: arith.cmpf ogt, %[[RELU]], %[[Y]]
// CHECK: arith.cmpf uno, %[[RELU]], %[[RELU]]
func.func @f(%x: tensor<16xf32>, %y: tensor<16xf32>) -> tensor<16xf32> {
  %r = dlc.kernel map(%x, %y) {
  ^bb0(%a: tensor<16xf32>, %b: tensor<16xf32>):
    %z = dlc.constant dense<0.0> : tensor<16xf32>
    %c = dlc.maximum %a, %z : tensor<16xf32>
    %d = dlc.maximum %c, %b : tensor<16xf32>
    dlc.yield %d : tensor<16xf32>
  } : (tensor<16xf32>, tensor<16xf32>) -> tensor<16xf32>
  return %r : tensor<16xf32>
}
