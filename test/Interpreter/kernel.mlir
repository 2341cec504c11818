// Kernels are interpreted too, with the free reshapes at their borders, so that
// a module can be checked after any stage up to layout.
// RUN: dlc run %s --backend=interpreter --input=2x2xf32=1,2,3,4 | FileCheck %s

// CHECK: result 0: tensor<4xf32> = [-1, -2, -3, -4]
// CHECK: result 1: tensor<f32> = 10
func.func @f(%x: tensor<2x2xf32>) -> (tensor<4xf32>, tensor<f32>) {
  %0 = dlc.kernel map(%x) {
  ^bb0(%a: tensor<4xf32>):
    %b = dlc.negate %a : tensor<4xf32>
    dlc.yield %b : tensor<4xf32>
  } : (tensor<2x2xf32>) -> tensor<4xf32>
  %1 = dlc.kernel row(%x) {
  ^bb0(%a: tensor<4xf32>):
    %b = dlc.reduce add %a dims [0] : tensor<4xf32> to tensor<f32>
    dlc.yield %b : tensor<f32>
  } : (tensor<2x2xf32>) -> tensor<f32>
  return %0, %1 : tensor<4xf32>, tensor<f32>
}
