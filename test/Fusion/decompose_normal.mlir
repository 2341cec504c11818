// The inverse error function in two branches, of a number that is exact: 2u - 1 is
// never formed from a u that has rounded to 1.
// RUN: dlc-opt %s --dlc-decompose-composites | FileCheck %s

// CHECK-LABEL: func @normal
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2xi64>)
func.func @normal(%x: tensor<2xi64>) -> tensor<4xf64> {
  // CHECK: %[[K:.*]] = dlc.convert %{{.*}} : tensor<4xui32> to tensor<4xf64>
  // CHECK: dlc.constant dense<0x4160000000000000>
  // CHECK: %[[C:.*]] = dlc.subtract %[[K]]
  // CHECK: dlc.log
  // CHECK: dlc.sqrt
  // CHECK: %[[P:.*]] = dlc.select
  // CHECK: %[[E:.*]] = dlc.multiply %[[P]]
  // CHECK: %[[R:.*]] = dlc.multiply %[[E]]
  // CHECK: return %[[R]]
  %r = dlc.normal %x : tensor<2xi64> to tensor<4xf64>
  return %r : tensor<4xf64>
}
