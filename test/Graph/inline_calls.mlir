// RUN: dlc-opt %s --dlc-inline-calls | FileCheck %s

// CHECK-NOT: @double
func.func private @double(%a: tensor<f32>) -> tensor<f32> {
  %s = dlc.add %a, %a : tensor<f32>
  return %s : tensor<f32>
}
// CHECK-LABEL: func @quadruple
// CHECK-SAME: (%[[X:[^:]*]]: tensor<f32>)
func.func @quadruple(%x: tensor<f32>) -> tensor<f32> {
  // CHECK: %[[A:.*]] = dlc.add %[[X]], %[[X]]
  // CHECK: %[[B:.*]] = dlc.add %[[A]], %[[A]]
  // CHECK: return %[[B]]
  %y = call @double(%x) : (tensor<f32>) -> tensor<f32>
  %z = call @double(%y) : (tensor<f32>) -> tensor<f32>
  return %z : tensor<f32>
}
