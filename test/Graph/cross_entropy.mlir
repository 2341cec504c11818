// The loss that a textbook writes: after autodiff its gradient is softmax -
// one_hot, weighted, with no division by a probability.
// RUN: dlc-opt %s --dlc-simplify-algebra --dlc-stabilize --dlc-differentiate --dlc-simplify-algebra --cse | FileCheck %s

// CHECK-LABEL: func @cross_entropy
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[L:[^:]*]]: tensor<2xi32>)
// CHECK-NOT: dlc.divide
func.func @cross_entropy(%x: tensor<2x3xf32>, %l: tensor<2xi32>) -> tensor<2x3xf32> {
  %one = dlc.constant dense<1.0> : tensor<f32>
  %two = dlc.constant dense<2.0> : tensor<f32>
  %v = dlc.variable %x : tensor<2x3xf32>
  %e = dlc.exponential %v : tensor<2x3xf32>
  %s = dlc.reduce add %e dims [1] : tensor<2x3xf32> to tensor<2xf32>
  %k = dlc.reshape %s : tensor<2xf32> to tensor<2x1xf32>
  %b = dlc.broadcast_in_dim %k dims [0, 1] : tensor<2x1xf32> to tensor<2x3xf32>
  %p = dlc.divide %e, %b : tensor<2x3xf32>
  %y = dlc.log %p : tensor<2x3xf32>
  %t = dlc.one_hot %l : tensor<2xi32> to tensor<2x3xf32>
  %w = dlc.multiply %t, %y : tensor<2x3xf32>
  %sum = dlc.reduce add %w dims [0, 1] : tensor<2x3xf32> to tensor<f32>
  %n = dlc.negate %sum : tensor<f32>
  %mean = dlc.divide %n, %two : tensor<f32>
  // CHECK: %[[Y:.*]] = dlc.log_softmax %[[X]] dim 1
  // CHECK: %[[T:.*]] = dlc.one_hot %[[L]]
  // CHECK: %[[HIT:.*]] = dlc.compare NE, %[[T]], %{{.*}}
  // CHECK: %[[G:.*]] = dlc.select %[[HIT]], %{{.*}}, %{{.*}}
  // CHECK: %[[P:.*]] = dlc.exponential %[[Y]]
  // CHECK: %[[S:.*]] = dlc.reduce add %[[G]] dims [1]
  // CHECK: %[[SS:.*]] = dlc.broadcast_in_dim %[[S]] dims [0]
  // CHECK: %[[PS:.*]] = dlc.multiply %[[P]], %[[SS]]
  // CHECK: %[[D:.*]] = dlc.subtract %[[G]], %[[PS]]
  // CHECK: return %[[D]]
  %d = dlc.grad of(%mean) seed(%one) wrt(%v) : (tensor<f32>, tensor<f32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %d : tensor<2x3xf32>
}
