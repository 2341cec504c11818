// Every output of a point is computed before the first is stored: an output may
// lie over an input.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: vector.load
// CHECK: vector.load
// CHECK: arith.addf
// CHECK: arith.subf
// CHECK: vector.store
// CHECK: vector.store
func.func @f(%x: tensor<16xf32>, %y: tensor<16xf32>) -> (tensor<16xf32>, tensor<16xf32>) {
  %r:2 = dlc.kernel map(%x, %y) {
  ^bb0(%a: tensor<16xf32>, %b: tensor<16xf32>):
    %c = dlc.add %a, %b : tensor<16xf32>
    %d = dlc.subtract %a, %b : tensor<16xf32>
    dlc.yield %c, %d : tensor<16xf32>, tensor<16xf32>
  } : (tensor<16xf32>, tensor<16xf32>) -> (tensor<16xf32>, tensor<16xf32>)
  return %r#0, %r#1 : tensor<16xf32>, tensor<16xf32>
}
