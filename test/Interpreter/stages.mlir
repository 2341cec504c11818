// A function keeps its bits from stage to stage, and a gradient request is
// differentiated before it is interpreted.
// RUN: dlc run %s --backend=interpreter --input=2x2xf32=1,2,3,4 --exact | FileCheck %s
// RUN: dlc compile %s --emit=fusion | dlc run - --backend=interpreter --input=2x2xf32=1,2,3,4 --exact | FileCheck %s
// RUN: dlc compile %s --emit=layout | dlc run - --backend=interpreter --input=2x2xf32=1,2,3,4 --exact | FileCheck %s
// RUN: dlc compile %s --emit=lowering | not dlc run - --backend=interpreter --input=2x2xf32=1,2,3,4 2>&1 | FileCheck %s --check-prefix=LOWERED

// CHECK: result 0: tensor<2x2xf32> = {{\[\[}}2, 4], [6, 8]]
// LOWERED: error: {{.*}}stages up to layout
func.func @f(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %one = dlc.constant dense<1.0> : tensor<f32>
  %y = dlc.multiply %x, %x : tensor<2x2xf32>
  %s = dlc.reduce add %y dims [0, 1] : tensor<2x2xf32> to tensor<f32>
  %dx = dlc.grad of(%s) seed(%one) wrt(%x) : (tensor<f32>, tensor<f32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %dx : tensor<2x2xf32>
}
