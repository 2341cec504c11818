// Kernels of one structure share a function, wherever they stand.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: callee = @map_0
// CHECK: callee = @map_0
// CHECK: callee = @map_1
// CHECK: func.func private @map_0
// CHECK: func.func private @map_1
// CHECK-NOT: func.func
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = dlc.kernel map(%x) ends "one" {
  ^bb0(%a: tensor<4xf32>):
    %b = dlc.negate %a : tensor<4xf32> loc("a.cpp":1:1)
    dlc.yield %b : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  %1 = dlc.kernel map(%0) ends "two" {
  ^bb0(%c: tensor<4xf32>):
    %d = dlc.negate %c : tensor<4xf32> loc("b.cpp":2:2)
    dlc.yield %d : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  %2 = dlc.kernel map(%1) {
  ^bb0(%c: tensor<4xf32>):
    %d = dlc.abs %c : tensor<4xf32>
    dlc.yield %d : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}
