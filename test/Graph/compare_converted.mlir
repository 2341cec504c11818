// A truth value that became a number and is compared with 0 or 1 is itself
// again, or its complement.
// RUN: dlc-opt %s --dlc-simplify-algebra | FileCheck %s

// CHECK-LABEL: func @compare_converted
// CHECK-SAME: (%[[P:[^:]*]]: tensor<4xi1>)
func.func @compare_converted(%p: tensor<4xi1>) -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
  %zero = dlc.constant dense<0.0> : tensor<4xf32>
  %one = dlc.constant dense<1.0> : tensor<4xf32>
  %f = dlc.convert %p : tensor<4xi1> to tensor<4xf32>
  // CHECK: %[[NOT:.*]] = dlc.not %[[P]]
  %0 = dlc.compare NE, %f, %zero : tensor<4xf32>
  %1 = dlc.compare NE, %f, %one : tensor<4xf32>
  %2 = dlc.compare EQ, %f, %one : tensor<4xf32>
  // CHECK: return %[[P]], %[[NOT]], %[[P]]
  return %0, %1, %2 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
}
