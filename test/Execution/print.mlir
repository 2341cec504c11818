// print passes its operand through and says what it is.
// RUN: dlc run %s --function=each --input=4xf32=1,2.5,-3,4 | FileCheck %s
// RUN: dlc run %s --function=loop --input=2xi32=5,6 | FileCheck %s --check-prefix=LOOP
// RUN: dlc run %s --function=many --backend=both --random=1 | FileCheck %s --check-prefix=MANY

// CHECK: x: tensor<4xf32> [1, 2.5, -3, 4]
// CHECK: y: tensor<4xbf16> min -3, max 4, mean 1.125, not finite 0
// CHECK: result 0: {{.*}}[-1, -2.5, 3, -4]
func.func @each(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xbf16>) {
  %0 = dlc.print %x {text = "x"} : tensor<4xf32>
  %1 = dlc.negate %0 : tensor<4xf32>
  %2 = dlc.convert %0 : tensor<4xf32> to tensor<4xbf16>
  %3 = dlc.print %2 {text = "y", summary} : tensor<4xbf16>
  return %1, %3 : tensor<4xf32>, tensor<4xbf16>
}

// LOOP: at: tensor<i32> [5]
// LOOP: at: tensor<i32> [6]
func.func @loop(%x: tensor<2xi32>) -> tensor<2xi32> {
  %0 = dlc.scan 2 init() over(%x) with() {
  ^bb0(%a: tensor<i32>):
    %1 = dlc.print %a {text = "at"} : tensor<i32>
    dlc.yield %1 : tensor<i32>
  } : (tensor<2xi32>) -> tensor<2xi32>
  return %0 : tensor<2xi32>
}

// MANY: n: tensor<5x20xi32> [0, 1, 2, ..., 17, 18, 19]
// MANY: s: tensor<100xf32> not finite 100
// MANY: same bits
func.func @many() -> (tensor<5x20xi32>, tensor<100xf32>) {
  %i = dlc.iota dim 1 : tensor<5x20xi32>
  %0 = dlc.print %i {text = "n"} : tensor<5x20xi32>
  %x = dlc.constant dense<0x7F800000> : tensor<100xf32>
  %1 = dlc.print %x {text = "s", summary} : tensor<100xf32>
  return %0, %1 : tensor<5x20xi32>, tensor<100xf32>
}
