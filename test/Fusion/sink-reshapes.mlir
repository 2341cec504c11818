// A reshape that merges a repeated value's dimensions moves behind what reads it.
// RUN: dlc-opt %s --dlc-sink-reshapes | FileCheck %s

// The gradient of a mean pool, a ReLU and a bias.
// CHECK-LABEL: func @pool
// CHECK: %[[B:.*]] = dlc.broadcast_in_dim %arg0 dims [0, 1, 3] : tensor<5x3x16xf32> to tensor<5x3x2x16xf32>
// CHECK: %[[H:.*]] = dlc.reshape %arg1 : tensor<5x6x16xf32> to tensor<5x3x2x16xf32>
// CHECK: %[[C:.*]] = dlc.compare GT, %[[H]], %{{.*}} : tensor<5x3x2x16xf32>
// CHECK: %[[S:.*]] = dlc.select %[[C]], %[[B]], %{{.*}} : tensor<5x3x2x16xi1>, tensor<5x3x2x16xf32>
// CHECK: %[[Y:.*]] = dlc.reshape %[[S]] : tensor<5x3x2x16xf32> to tensor<5x6x16xf32>
// CHECK: %[[R:.*]] = dlc.reduce add %[[S]] dims [1, 2, 3]
// CHECK: return %[[Y]], %[[R]]
func.func @pool(%g: tensor<5x3x16xf32>, %h: tensor<5x6x16xf32>) -> (tensor<5x6x16xf32>, tensor<5xf32>) {
  %b = dlc.broadcast_in_dim %g dims [0, 1, 3] : tensor<5x3x16xf32> to tensor<5x3x2x16xf32>
  %r = dlc.reshape %b : tensor<5x3x2x16xf32> to tensor<5x6x16xf32>
  %zero = dlc.constant dense<0.0> : tensor<5x6x16xf32>
  %c = dlc.compare GT, %h, %zero : tensor<5x6x16xf32>
  %y = dlc.select %c, %r, %zero : tensor<5x6x16xi1>, tensor<5x6x16xf32>
  %s = dlc.reduce add %y dims [1, 2] : tensor<5x6x16xf32> to tensor<5xf32>
  return %y, %s : tensor<5x6x16xf32>, tensor<5xf32>
}

// A sum that keeps a merged dimension keeps it merged.
// CHECK-LABEL: func @kept
// CHECK: %[[R:.*]] = dlc.reduce max %{{.*}} dims [0, 3] : tensor<5x3x2x16xf32> to tensor<3x2xf32>
// CHECK: dlc.reshape %[[R]] : tensor<3x2xf32> to tensor<6xf32>
func.func @kept(%g: tensor<5x3x16xf32>) -> tensor<6xf32> {
  %b = dlc.broadcast_in_dim %g dims [0, 1, 3] : tensor<5x3x16xf32> to tensor<5x3x2x16xf32>
  %r = dlc.reshape %b : tensor<5x3x2x16xf32> to tensor<5x6x16xf32>
  %s = dlc.reduce max %r dims [0, 2] : tensor<5x6x16xf32> to tensor<6xf32>
  return %s : tensor<6xf32>
}

// Vectors run along the last dimension, which would be short.
// CHECK-LABEL: func @last
// CHECK: %[[R:.*]] = dlc.reshape
// CHECK: dlc.negate %[[R]]
func.func @last(%g: tensor<5x3xf32>) -> tensor<5x6xf32> {
  %b = dlc.broadcast_in_dim %g dims [0, 1] : tensor<5x3xf32> to tensor<5x3x2xf32>
  %r = dlc.reshape %b : tensor<5x3x2xf32> to tensor<5x6xf32>
  %y = dlc.negate %r : tensor<5x6xf32>
  return %y : tensor<5x6xf32>
}

// A bias repeats whole dimensions: merging them is regular.
// CHECK-LABEL: func @bias
// CHECK: %[[R:.*]] = dlc.reshape
// CHECK: dlc.add %[[R]], %arg1
func.func @bias(%g: tensor<16xf32>, %x: tensor<15x16xf32>) -> tensor<15x16xf32> {
  %b = dlc.broadcast_in_dim %g dims [2] : tensor<16xf32> to tensor<5x3x16xf32>
  %r = dlc.reshape %b : tensor<5x3x16xf32> to tensor<15x16xf32>
  %y = dlc.add %r, %x : tensor<15x16xf32>
  return %y : tensor<15x16xf32>
}

// What other pointwise ops read too would have to be stored.
// CHECK-LABEL: func @shared
// CHECK: %[[R:.*]] = dlc.reshape
// CHECK: dlc.multiply %[[R]], %{{.*}} : tensor<6x16xf32>
func.func @shared(%g: tensor<3x16xf32>, %x: tensor<6x16xf32>) -> (tensor<6x16xf32>, tensor<6x16xf32>) {
  %b = dlc.broadcast_in_dim %g dims [0, 2] : tensor<3x16xf32> to tensor<3x2x16xf32>
  %r = dlc.reshape %b : tensor<3x2x16xf32> to tensor<6x16xf32>
  %e = dlc.exponential %x : tensor<6x16xf32>
  %n = dlc.negate %e : tensor<6x16xf32>
  %y = dlc.multiply %r, %e : tensor<6x16xf32>
  return %y, %n : tensor<6x16xf32>, tensor<6x16xf32>
}
