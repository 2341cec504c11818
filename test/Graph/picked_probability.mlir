// log(sum(one_hot * softmax(x))) takes the picked logarithm; a row that picks
// nothing is still the logarithm of 0.
// RUN: dlc-opt %s --dlc-stabilize | FileCheck %s

// CHECK-LABEL: func @picked_probability
// CHECK-SAME: (%[[X:[^:]*]]: tensor<2x3xf32>, %[[L:[^:]*]]: tensor<2xi32>)
func.func @picked_probability(%x: tensor<2x3xf32>, %l: tensor<2xi32>) -> tensor<2xf32> {
  // CHECK-NOT: dlc.log %
  // CHECK: %[[T:.*]] = dlc.one_hot %[[L]]
  // CHECK: %[[HIT:.*]] = dlc.compare NE, %[[T]], %{{.*}}
  // CHECK: %[[ANY:.*]] = dlc.reduce or %[[HIT]] dims [1]
  // CHECK: %[[Y:.*]] = dlc.log_softmax %[[X]] dim 1
  // CHECK: %[[P:.*]] = dlc.select %[[HIT]], %[[Y]], %{{.*}}
  // CHECK: %[[S:.*]] = dlc.reduce add %[[P]] dims [1]
  // CHECK: %[[R:.*]] = dlc.select %[[ANY]], %[[S]], %{{.*}}
  // CHECK: return %[[R]]
  %t = dlc.one_hot %l : tensor<2xi32> to tensor<2x3xf32>
  %p = dlc.softmax %x dim 1 : tensor<2x3xf32>
  %m = dlc.multiply %t, %p : tensor<2x3xf32>
  %s = dlc.reduce add %m dims [1] : tensor<2x3xf32> to tensor<2xf32>
  %r = dlc.log %s : tensor<2xf32>
  return %r : tensor<2xf32>
}
