// A sum over all elements, or any neighbouring dimensions, is a sum over one.
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @softmax_of_all
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>)
func.func @softmax_of_all(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: %[[F:.*]] = dlc.reshape %[[X]] : tensor<2x3xf32> to tensor<6xf32>
  // CHECK: %[[Y:.*]] = dlc.softmax %[[F]] dim 0
  // CHECK: %[[R:.*]] = dlc.reshape %[[Y]] : tensor<6xf32> to tensor<2x3xf32>
  // CHECK: return %[[R]]
  %e = dlc.exponential %x : tensor<2x3xf32>
  %s = dlc.reduce add %e dims [0, 1] : tensor<2x3xf32> to tensor<f32>
  %b = dlc.broadcast_in_dim %s dims [] : tensor<f32> to tensor<2x3xf32>
  %r = dlc.divide %e, %b : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
