// 24 bits of a word as a fraction.
// RUN: dlc-opt %s --dlc-decompose-composites | FileCheck %s

// CHECK-LABEL: func @uniform
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2xi64>)
func.func @uniform(%x: tensor<2xi64>) -> tensor<4xf32> {
  // CHECK: %[[BITS:.*]] = dlc.rng_bit_generator %[[X]] : tensor<2xi64> to tensor<4xui32>
  // CHECK: %[[HIGH:.*]] = dlc.shift_right_logical %[[BITS]], %{{.*}}
  // CHECK: %[[K:.*]] = dlc.convert %[[HIGH]] : tensor<4xui32> to tensor<4xf32>
  // CHECK: %[[SCALE:.*]] = dlc.constant dense<5.96046448E-8>
  // CHECK: %[[R:.*]] = dlc.multiply %[[K]], %[[SCALE]]
  // CHECK: return %[[R]]
  %r = dlc.uniform %x : tensor<2xi64> to tensor<4xf32>
  return %r : tensor<4xf32>
}
