// RUN: dlc-opt %s --dlc-normalize-axes | FileCheck %s

// CHECK-LABEL: func @channels
func.func @channels(%x: tensor<2x3x4x5xf32>) -> tensor<5xf32> {
  // Neighbours: merged by the layout of their kernel.
  // CHECK-NEXT: dlc.reduce add %{{.*}} dims [0, 1, 2]
  // CHECK-NEXT: return
  %y = dlc.reduce add %x dims [0, 1, 2] : tensor<2x3x4x5xf32> to tensor<5xf32>
  return %y : tensor<5xf32>
}

// CHECK-LABEL: func @apart
func.func @apart(%x: tensor<2x3x4xf32>) -> tensor<3xf32> {
  // CHECK-NEXT: %[[R:.*]] = dlc.reduce max %{{.*}} dims [2]
  // CHECK-NEXT: dlc.reduce max %[[R]] dims [0]
  %y = dlc.reduce max %x dims [0, 2] : tensor<2x3x4xf32> to tensor<3xf32>
  return %y : tensor<3xf32>
}

// Nothing of size lies behind the reduced dimension: rows, not columns.
// CHECK-LABEL: func @unit_column
func.func @unit_column(%x: tensor<6x1xf32>) -> tensor<1xf32> {
  // CHECK-NEXT: %[[R:.*]] = dlc.reshape %{{.*}} to tensor<6xf32>
  // CHECK-NEXT: dlc.reduce add %[[R]] dims [0]
  %y = dlc.reduce add %x dims [0] : tensor<6x1xf32> to tensor<1xf32>
  return %y : tensor<1xf32>
}
