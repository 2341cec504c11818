// relu is the maximum of x and 0: NaN stays.
// RUN: dlc-opt %s --dlc-decompose-composites | FileCheck %s

// CHECK-LABEL: func @relu
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @relu(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: %[[ZERO:.*]] = dlc.constant dense<0.000000e+00>
  // CHECK: %[[Y:.*]] = dlc.maximum %[[X]], %[[ZERO]]
  // CHECK: return %[[Y]]
  %r = dlc.relu %x : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
