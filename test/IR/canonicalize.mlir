// What folds and, where it is tempting, what must not.
// RUN: dlc-opt %s --canonicalize="test-convergence=true" | FileCheck %s

// CHECK-LABEL: func @neutral_elements(
// CHECK-SAME: %[[X:[^:]*]]: tensor<2xf32>
func.func @neutral_elements(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %zero = dlc.constant dense<0.0> : tensor<2xf32>
  %minus_zero = dlc.constant dense<-0.0> : tensor<2xf32>
  %one = dlc.constant dense<1.0> : tensor<2xf32>
  %0 = dlc.add %x, %minus_zero : tensor<2xf32>
  %1 = dlc.subtract %x, %zero : tensor<2xf32>
  %2 = dlc.multiply %one, %x : tensor<2xf32>
  %3 = dlc.divide %x, %one : tensor<2xf32>
  // CHECK: return %[[X]], %[[X]], %[[X]], %[[X]]
  return %0, %1, %2, %3 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// x + 0.0 turns -0.0 into 0.0, and x - -0.0 is x + 0.0.
// CHECK-LABEL: func @sign_of_zero
func.func @sign_of_zero(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %zero = dlc.constant dense<0.0> : tensor<2xf32>
  %minus_zero = dlc.constant dense<-0.0> : tensor<2xf32>
  // CHECK: dlc.add
  %0 = dlc.add %x, %zero : tensor<2xf32>
  // CHECK: dlc.subtract
  %1 = dlc.subtract %x, %minus_zero : tensor<2xf32>
  return %0, %1 : tensor<2xf32>, tensor<2xf32>
}

// CHECK-LABEL: func @integers(
// CHECK-SAME: %[[X:[^:]*]]: tensor<2xi32>
func.func @integers(%x: tensor<2xi32>) -> (tensor<2xi32>, tensor<2xi32>) {
  %zero = dlc.constant dense<0> : tensor<2xi32>
  %one = dlc.constant dense<1> : tensor<2xi32>
  %0 = dlc.add %x, %zero : tensor<2xi32>
  %1 = dlc.multiply %x, %one : tensor<2xi32>
  // CHECK: return %[[X]], %[[X]]
  return %0, %1 : tensor<2xi32>, tensor<2xi32>
}

// CHECK-LABEL: func @twice(
// CHECK-SAME: %[[X:[^:]*]]: tensor<2xf32>, %[[P:[^:]*]]: tensor<2xi1>
func.func @twice(%x: tensor<2xf32>, %p: tensor<2xi1>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xi1>) {
  %0 = dlc.negate %x : tensor<2xf32>
  %1 = dlc.negate %0 : tensor<2xf32>
  %2 = dlc.maximum %x, %x : tensor<2xf32>
  %3 = dlc.not %p : tensor<2xi1>
  %4 = dlc.not %3 : tensor<2xi1>
  // CHECK: return %[[X]], %[[X]], %[[P]]
  return %1, %2, %4 : tensor<2xf32>, tensor<2xf32>, tensor<2xi1>
}

// CHECK-LABEL: func @select(
// CHECK-SAME: %[[P:[^:]*]]: tensor<2xi1>, %[[X:[^:]*]]: tensor<2xf32>, %[[Y:[^:]*]]: tensor<2xf32>
func.func @select(%p: tensor<2xi1>, %x: tensor<2xf32>, %y: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %never = dlc.constant dense<false> : tensor<2xi1>
  %0 = dlc.select %p, %x, %x : tensor<2xi1>, tensor<2xf32>
  %1 = dlc.select %never, %x, %y : tensor<2xi1>, tensor<2xf32>
  // CHECK: return %[[X]], %[[Y]]
  return %0, %1 : tensor<2xf32>, tensor<2xf32>
}

// CHECK-LABEL: func @identities(
// CHECK-SAME: %[[X:[^:]*]]: tensor<2x3xf32>
func.func @identities(%x: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) {
  %0 = dlc.convert %x : tensor<2x3xf32> to tensor<2x3xf32>
  %1 = dlc.broadcast_in_dim %x dims [0, 1] : tensor<2x3xf32> to tensor<2x3xf32>
  %2 = dlc.reshape %x : tensor<2x3xf32> to tensor<2x3xf32>
  %3 = dlc.transpose %x perm [0, 1] : tensor<2x3xf32> to tensor<2x3xf32>
  %4 = dlc.slice %x from [0, 0] to [2, 3] by [1, 1] : tensor<2x3xf32> to tensor<2x3xf32>
  %5 = dlc.reduce add %x dims [] : tensor<2x3xf32> to tensor<2x3xf32>
  // CHECK: return %[[X]], %[[X]], %[[X]], %[[X]], %[[X]], %[[X]]
  return %0, %1, %2, %3, %4, %5 : tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>
}

// CHECK-LABEL: func @chains(
// CHECK-SAME: %[[X:[^:]*]]: tensor<2x3x4xf32>
func.func @chains(%x: tensor<2x3x4xf32>) -> (tensor<24xf32>, tensor<3x4x2xf32>) {
  %0 = dlc.reshape %x : tensor<2x3x4xf32> to tensor<6x4xf32>
  // CHECK: %[[R:.*]] = dlc.reshape %[[X]] : tensor<2x3x4xf32> to tensor<24xf32>
  %1 = dlc.reshape %0 : tensor<6x4xf32> to tensor<24xf32>
  %2 = dlc.transpose %x perm [2, 1, 0] : tensor<2x3x4xf32> to tensor<4x3x2xf32>
  // CHECK: %[[T:.*]] = dlc.transpose %[[X]] perm [1, 2, 0] : tensor<2x3x4xf32> to tensor<3x4x2xf32>
  %3 = dlc.transpose %2 perm [1, 0, 2] : tensor<4x3x2xf32> to tensor<3x4x2xf32>
  // CHECK: return %[[R]], %[[T]]
  return %1, %3 : tensor<24xf32>, tensor<3x4x2xf32>
}

// CHECK-LABEL: func @splats
func.func @splats() -> (tensor<2x2xui8>, tensor<4xui8>, tensor<2x2xui8>, tensor<1x2xui8>) {
  // CHECK-DAG: dlc.constant dense<7> : tensor<2x2xui8>
  // CHECK-DAG: dlc.constant dense<7> : tensor<4xui8>
  // CHECK-DAG: dlc.constant dense<7> : tensor<1x2xui8>
  // CHECK-NOT: dlc.{{[b-z]}}
  %c = dlc.constant dense<7> : tensor<ui8>
  %0 = dlc.broadcast_in_dim %c dims [] : tensor<ui8> to tensor<2x2xui8>
  %1 = dlc.reshape %0 : tensor<2x2xui8> to tensor<4xui8>
  %2 = dlc.transpose %0 perm [1, 0] : tensor<2x2xui8> to tensor<2x2xui8>
  %3 = dlc.slice %0 from [0, 0] to [1, 2] by [1, 1] : tensor<2x2xui8> to tensor<1x2xui8>
  return %0, %1, %2, %3 : tensor<2x2xui8>, tensor<4xui8>, tensor<2x2xui8>, tensor<1x2xui8>
}

// Dimensions of size 1 have no order; one tensor is joined already.
// CHECK-LABEL: func @nothing_moves
// CHECK-SAME: %[[X:.*]]: tensor<1x4xf32>
func.func @nothing_moves(%x: tensor<1x4xf32>) -> (tensor<1x4xf32>, tensor<1x4xf32>, tensor<4xf32>) {
  %0 = dlc.reverse %x dims [0] : tensor<1x4xf32>
  %1 = dlc.concatenate %x dim 0 : (tensor<1x4xf32>) -> tensor<1x4xf32>
  // CHECK: %[[ONES:.*]] = dlc.constant dense<1.000000e+00> : tensor<4xf32>
  %c = dlc.constant dense<1.0> : tensor<4xf32>
  %2 = dlc.reverse %c dims [0] : tensor<4xf32>
  // CHECK: return %[[X]], %[[X]], %[[ONES]]
  return %0, %1, %2 : tensor<1x4xf32>, tensor<1x4xf32>, tensor<4xf32>
}
