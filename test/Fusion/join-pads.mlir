// A sum of padded parts that lie side by side is their concatenation.
// RUN: dlc-opt %s --dlc-join-pads | FileCheck %s

// The parts may come in any order in which they meet.
// CHECK-LABEL: func @all
// CHECK-SAME: %[[X:.*]]: tensor<2x1x4xf32>, %[[Y:.*]]: tensor<2x1x4xf32>, %[[Z:.*]]: tensor<2x3x4xf32>
// CHECK-NEXT: %[[C:.*]] = dlc.concatenate %[[X]], %[[Y]], %[[Z]] dim 1
// CHECK-NEXT: return %[[C]]
func.func @all(%x: tensor<2x1x4xf32>, %y: tensor<2x1x4xf32>, %z: tensor<2x3x4xf32>) -> tensor<2x5x4xf32> {
  %zero = dlc.constant dense<0.0> : tensor<f32>
  %a = dlc.pad %x with %zero low [0, 0, 0] high [0, 4, 0] interior [0, 0, 0] : tensor<2x1x4xf32>, tensor<f32> to tensor<2x5x4xf32>
  %b = dlc.pad %y with %zero low [0, 1, 0] high [0, 3, 0] interior [0, 0, 0] : tensor<2x1x4xf32>, tensor<f32> to tensor<2x5x4xf32>
  %c = dlc.pad %z with %zero low [0, 2, 0] high [0, 0, 0] interior [0, 0, 0] : tensor<2x3x4xf32>, tensor<f32> to tensor<2x5x4xf32>
  %cb = dlc.add %c, %b : tensor<2x5x4xf32>
  %r = dlc.add %cb, %a : tensor<2x5x4xf32>
  return %r : tensor<2x5x4xf32>
}

// What is left of the zeros stays.
// CHECK-LABEL: func @some
// CHECK: %[[C:.*]] = dlc.concatenate %arg0, %arg1 dim 0
// CHECK: dlc.pad %[[C]] with %{{.*}} low [1] high [2] interior [0]
// CHECK-NOT: dlc.add
func.func @some(%x: tensor<2xi32>, %y: tensor<3xi32>) -> tensor<8xi32> {
  %zero = dlc.constant dense<0> : tensor<i32>
  %a = dlc.pad %x with %zero low [1] high [5] interior [0] : tensor<2xi32>, tensor<i32> to tensor<8xi32>
  %b = dlc.pad %y with %zero low [3] high [2] interior [0] : tensor<3xi32>, tensor<i32> to tensor<8xi32>
  %r = dlc.add %a, %b : tensor<8xi32>
  return %r : tensor<8xi32>
}

// Overlapping, apart, around another dimension, with something else than zeros,
// between elements.
// CHECK-LABEL: func @not
// CHECK-NOT: dlc.concatenate
func.func @not(%x: tensor<2x2xf32>) -> (tensor<4x2xf32>, tensor<5x2xf32>, tensor<4x4xf32>, tensor<4x2xf32>, tensor<5x2xf32>) {
  %zero = dlc.constant dense<0.0> : tensor<f32>
  %one = dlc.constant dense<1.0> : tensor<f32>
  %a = dlc.pad %x with %zero low [0, 0] high [2, 0] interior [0, 0] : tensor<2x2xf32>, tensor<f32> to tensor<4x2xf32>
  %b = dlc.pad %x with %zero low [1, 0] high [1, 0] interior [0, 0] : tensor<2x2xf32>, tensor<f32> to tensor<4x2xf32>
  %0 = dlc.add %a, %b : tensor<4x2xf32>
  %c = dlc.pad %x with %zero low [0, 0] high [3, 0] interior [0, 0] : tensor<2x2xf32>, tensor<f32> to tensor<5x2xf32>
  %d = dlc.pad %x with %zero low [3, 0] high [0, 0] interior [0, 0] : tensor<2x2xf32>, tensor<f32> to tensor<5x2xf32>
  %1 = dlc.add %c, %d : tensor<5x2xf32>
  %e = dlc.pad %x with %zero low [0, 0] high [2, 2] interior [0, 0] : tensor<2x2xf32>, tensor<f32> to tensor<4x4xf32>
  %f = dlc.pad %x with %zero low [2, 2] high [0, 0] interior [0, 0] : tensor<2x2xf32>, tensor<f32> to tensor<4x4xf32>
  %2 = dlc.add %e, %f : tensor<4x4xf32>
  %g = dlc.pad %x with %one low [0, 0] high [2, 0] interior [0, 0] : tensor<2x2xf32>, tensor<f32> to tensor<4x2xf32>
  %h = dlc.pad %x with %zero low [2, 0] high [0, 0] interior [0, 0] : tensor<2x2xf32>, tensor<f32> to tensor<4x2xf32>
  %3 = dlc.add %g, %h : tensor<4x2xf32>
  %i = dlc.pad %x with %zero low [0, 0] high [2, 0] interior [1, 0] : tensor<2x2xf32>, tensor<f32> to tensor<5x2xf32>
  %j = dlc.pad %x with %zero low [3, 0] high [0, 0] interior [0, 0] : tensor<2x2xf32>, tensor<f32> to tensor<5x2xf32>
  %4 = dlc.add %i, %j : tensor<5x2xf32>
  return %0, %1, %2, %3, %4 : tensor<4x2xf32>, tensor<5x2xf32>, tensor<4x4xf32>, tensor<4x2xf32>, tensor<5x2xf32>
}
