// Labels compared with positions pick one probability of a row; compared along
// the wrong dimension they may pick several, whose logarithm is no sum.
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @picked_by_comparison
func.func @picked_by_comparison(%x: tensor<3x3xf32>, %l: tensor<3xi32>) -> (tensor<3xf32>, tensor<3xf32>) {
  %p = dlc.softmax %x dim 1 : tensor<3x3xf32>
  %i = dlc.iota dim 1 : tensor<3x3xi32>
  %b = dlc.broadcast_in_dim %l dims [0] : tensor<3xi32> to tensor<3x3xi32>
  // CHECK: %[[HIT:.*]] = dlc.compare EQ
  %c = dlc.compare EQ, %b, %i : tensor<3x3xi32>
  %f = dlc.convert %c : tensor<3x3xi1> to tensor<3x3xf32>
  %m = dlc.multiply %p, %f : tensor<3x3xf32>
  %s = dlc.reduce add %m dims [1] : tensor<3x3xf32> to tensor<3xf32>
  // CHECK: %[[Y:.*]] = dlc.log_softmax
  // CHECK: %[[P:.*]] = dlc.select %[[HIT]], %[[Y]]
  // CHECK: dlc.reduce add %[[P]] dims [1]
  // CHECK: %[[R:.*]] = dlc.select
  %r = dlc.log %s : tensor<3xf32>
  // CHECK: %[[S:.*]] = dlc.reduce add %{{.*}} dims [0]
  %s0 = dlc.reduce add %m dims [0] : tensor<3x3xf32> to tensor<3xf32>
  // CHECK: %[[R0:.*]] = dlc.log %[[S]]
  %r0 = dlc.log %s0 : tensor<3xf32>
  // CHECK: return %[[R]], %[[R0]]
  return %r, %r0 : tensor<3xf32>, tensor<3xf32>
}
