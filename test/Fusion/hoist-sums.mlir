// The gradient of a recurrent weight: one product after the loop.
// RUN: dlc-opt --dlc-hoist-sums --dlc-simplify-algebra %s | FileCheck %s

// %g is stacked for the weight's gradient, and the bias's finds it there.
// CHECK-LABEL: @gradient
// CHECK: %[[SCAN:.*]]:2 = dlc.scan 9 reverse init(%[[H:.*]]) over(%[[XS:.*]]) with()
// CHECK: %[[G:.*]] = dlc.tanh
// CHECK-NOT: dot_general
// CHECK: dlc.yield %[[G]], %[[G]]
// CHECK: %[[W:.*]] = dlc.dot_general %[[SCAN]]#1, %[[XS]] batch [] x [] contract [0, 1] x [0, 1] : tensor<9x2x4xf32>, tensor<9x2x4xf32> to tensor<4x4xf32>
// CHECK: %[[DW:.*]] = dlc.add %[[W]]
// CHECK: %[[B:.*]] = dlc.reduce add %[[SCAN]]#1 dims [0, 1]
// CHECK: %[[DB:.*]] = dlc.add %[[B]]
// CHECK: return %[[SCAN]]#0, %[[DW]], %[[DB]]
func.func @gradient(%h: tensor<2x4xf32>, %w: tensor<4x4xf32>, %b: tensor<4xf32>, %xs: tensor<9x2x4xf32>) -> (tensor<2x4xf32>, tensor<4x4xf32>, tensor<4xf32>) {
  %r:3 = dlc.scan 9 reverse init(%h, %b, %w) over(%xs) with() {
  ^bb0(%c: tensor<2x4xf32>, %db: tensor<4xf32>, %dw: tensor<4x4xf32>, %x: tensor<2x4xf32>):
    %s = dlc.add %c, %x : tensor<2x4xf32>
    %g = dlc.tanh %s : tensor<2x4xf32>
    %p = dlc.dot_general %g, %x batch [] x [] contract [0] x [0] : tensor<2x4xf32>, tensor<2x4xf32> to tensor<4x4xf32>
    %q = dlc.reduce add %g dims [0] : tensor<2x4xf32> to tensor<4xf32>
    %dw1 = dlc.add %dw, %p : tensor<4x4xf32>
    %db1 = dlc.add %q, %db : tensor<4xf32>
    dlc.yield %g, %db1, %dw1 : tensor<2x4xf32>, tensor<4xf32>, tensor<4x4xf32>
  } : (tensor<2x4xf32>, tensor<4xf32>, tensor<4x4xf32>, tensor<9x2x4xf32>) -> (tensor<2x4xf32>, tensor<4xf32>, tensor<4x4xf32>)
  return %r#0, %r#2, %r#1 : tensor<2x4xf32>, tensor<4x4xf32>, tensor<4xf32>
}

// A sum that the loop reads stays; so does one whose factor is a constant, one
// that is small beside what it would stack, and one of bf16.
// CHECK-LABEL: @stays
// CHECK: dlc.scan
// CHECK-COUNT-2: dlc.dot_general
// CHECK: dlc.reduce
// CHECK: dlc.dot_general
// CHECK: dlc.yield
// CHECK-NOT: dot_general
// CHECK: return
func.func @stays(%a: tensor<4x4xf32>, %b: tensor<4x4xf32>, %c: tensor<f32>, %e: tensor<4x4xbf16>, %xs: tensor<9x4x4xf32>, %w: tensor<4x4xf32>) -> (tensor<4x4xf32>, tensor<4x4xf32>, tensor<f32>, tensor<4x4xbf16>) {
  %r:4 = dlc.scan 9 init(%a, %b, %c, %e) over(%xs) with(%w) {
  ^bb0(%sa: tensor<4x4xf32>, %sb: tensor<4x4xf32>, %sc: tensor<f32>, %se: tensor<4x4xbf16>, %x: tensor<4x4xf32>, %k: tensor<4x4xf32>):
    %p = dlc.dot_general %sa, %x batch [] x [] contract [0] x [0] : tensor<4x4xf32>, tensor<4x4xf32> to tensor<4x4xf32>
    %sa1 = dlc.add %sa, %p : tensor<4x4xf32>
    %q = dlc.dot_general %x, %k batch [] x [] contract [0] x [0] : tensor<4x4xf32>, tensor<4x4xf32> to tensor<4x4xf32>
    %sb1 = dlc.add %sb, %q : tensor<4x4xf32>
    %t = dlc.tanh %x : tensor<4x4xf32>
    %u = dlc.reduce add %t dims [0, 1] : tensor<4x4xf32> to tensor<f32>
    %sc1 = dlc.add %sc, %u : tensor<f32>
    %y = dlc.convert %x : tensor<4x4xf32> to tensor<4x4xbf16>
    %v = dlc.dot_general %y, %y batch [] x [] contract [0] x [0] : tensor<4x4xbf16>, tensor<4x4xbf16> to tensor<4x4xbf16>
    %se1 = dlc.add %se, %v : tensor<4x4xbf16>
    dlc.yield %sa1, %sb1, %sc1, %se1 : tensor<4x4xf32>, tensor<4x4xf32>, tensor<f32>, tensor<4x4xbf16>
  } : (tensor<4x4xf32>, tensor<4x4xf32>, tensor<f32>, tensor<4x4xbf16>, tensor<9x4x4xf32>, tensor<4x4xf32>) -> (tensor<4x4xf32>, tensor<4x4xf32>, tensor<f32>, tensor<4x4xbf16>)
  return %r#0, %r#1, %r#2, %r#3 : tensor<4x4xf32>, tensor<4x4xf32>, tensor<f32>, tensor<4x4xbf16>
}
