// A loop loses the result that nobody reads with all that only it needs; a carry
// that never changes becomes a constant.
// RUN: dlc-opt %s --dlc-simplify-algebra | FileCheck %s

// CHECK-LABEL: func @scan_dead_parts
// CHECK-SAME: (%[[X:[^:]*]]: tensor<f32>, %[[Y:[^:]*]]: tensor<f32>, %[[Z:[^:]*]]: tensor<f32>, %[[S:[^:]*]]: tensor<3xf32>, %[[W:[^:]*]]: tensor<f32>)
func.func @scan_dead_parts(%x: tensor<f32>, %y: tensor<f32>, %z: tensor<f32>, %s: tensor<3xf32>, %w: tensor<f32>) -> tensor<f32> {
  // CHECK: %[[L:.*]] = dlc.scan 3 init(%[[X]]) over() with(%[[Z]])
  // CHECK-NEXT: ^bb0(%[[A:.*]]: tensor<f32>, %[[C:.*]]: tensor<f32>):
  // CHECK-NEXT: %[[M:.*]] = dlc.multiply %[[A]], %[[C]]
  // CHECK-NEXT: dlc.yield %[[M]]
  // CHECK: dlc.add %[[L]], %[[Z]]
  %l:4 = dlc.scan 3 init(%x, %y, %z) over(%s) with(%w) {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<f32>, %d: tensor<f32>, %e: tensor<f32>):
    %m = dlc.multiply %a, %c : tensor<f32>
    %n = dlc.multiply %b, %d : tensor<f32>
    %o = dlc.multiply %b, %e : tensor<f32>
    dlc.yield %m, %n, %c, %o : tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>
  } : (tensor<f32>, tensor<f32>, tensor<f32>, tensor<3xf32>, tensor<f32>) -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<3xf32>)
  %r = dlc.add %l#0, %l#2 : tensor<f32>
  return %r : tensor<f32>
}
