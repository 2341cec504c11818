// Right operands that a loop's products or a tall one read are packed before.
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-pack-operands))' | FileCheck %s

// One that is given by columns, in strips of 2 x 16 of them.
// CHECK-LABEL: func @transposed(
// CHECK-SAME: %[[H:[^:]*]]: tensor<32x128xf32>, %[[W:[^:]*]]: tensor<128x128xf32>
// CHECK: %[[S:.*]] = dlc.kernel map(%[[W]]) ends "packed once for a loop" {
// CHECK: ^bb0(%[[GIVEN:.*]]: tensor<4x32x128xf32>):
// CHECK: dlc.transpose %[[GIVEN]] perm [0, 2, 1] : tensor<4x32x128xf32> to tensor<4x128x32xf32>
// CHECK: dlc.scan 8 init(%[[H]]) over() with(%[[W]], %[[S]]) {
// CHECK: ^bb0(%[[A:.*]]: tensor<32x128xf32>, %{{.*}}: tensor<128x128xf32>, %[[B:.*]]: tensor<4x128x32xf32>):
// CHECK: dlc.kernel contraction(%[[A]], %[[B]]) {
// CHECK: ^bb0(%[[P:.*]]: tensor<32x128xf32>, %[[Q:.*]]: tensor<4x128x32xf32>):
// CHECK: %[[T:.*]] = dlc.transpose %[[Q]] perm [1, 0, 2]
// CHECK: %[[M:.*]] = dlc.reshape %[[T]] : tensor<128x4x32xf32> to tensor<128x128xf32>
// CHECK: dlc.dot_general %[[P]], %[[M]] batch [] x [] contract [1] x [0]
func.func @transposed(%h: tensor<32x128xf32>, %w: tensor<128x128xf32>) -> tensor<32x128xf32> {
  %y = dlc.scan 8 init(%h) over() with(%w) {
  ^bb0(%a: tensor<32x128xf32>, %b: tensor<128x128xf32>):
    %c = dlc.kernel contraction(%a, %b) {
    ^bb0(%p: tensor<32x128xf32>, %q: tensor<128x128xf32>):
      %d = dlc.dot_general %p, %q batch [] x [] contract [1] x [1] : tensor<32x128xf32>, tensor<128x128xf32> to tensor<32x128xf32>
      dlc.yield %d : tensor<32x128xf32>
    } : (tensor<32x128xf32>, tensor<128x128xf32>) -> tensor<32x128xf32>
    dlc.yield %c : tensor<32x128xf32>
  } : (tensor<32x128xf32>, tensor<128x128xf32>) -> tensor<32x128xf32>
  return %y : tensor<32x128xf32>
}

// Two products share the strips; they go through both loops.
// CHECK-LABEL: func @nested(
// CHECK: %[[S:.*]] = dlc.kernel map
// CHECK: ^bb0(%[[GIVEN:.*]]: tensor<256x8x32xf32>):
// CHECK: dlc.transpose %[[GIVEN]] perm [1, 0, 2]
// CHECK-NOT: dlc.kernel map
// CHECK: dlc.scan 2 init(%{{.*}}) over() with(%{{.*}}, %[[S]]) {
// CHECK: ^bb0({{.*}}, %[[OUTER:.*]]: tensor<8x256x32xf32>):
// CHECK: dlc.scan 3 init(%{{.*}}) over() with(%{{.*}}, %[[OUTER]]) {
// CHECK: ^bb0({{.*}}, %[[INNER:.*]]: tensor<8x256x32xf32>):
// CHECK: dlc.kernel contraction(%{{.*}}, %[[INNER]])
// CHECK: dlc.kernel contraction(%{{.*}}, %[[INNER]])
func.func @nested(%h: tensor<20x256xf32>, %w: tensor<256x256xf32>) -> tensor<20x256xf32> {
  %y = dlc.scan 2 init(%h) over() with(%w) {
  ^bb0(%a: tensor<20x256xf32>, %b: tensor<256x256xf32>):
    %z = dlc.scan 3 init(%a) over() with(%b) {
    ^bb0(%c: tensor<20x256xf32>, %d: tensor<256x256xf32>):
      %e = dlc.kernel contraction(%c, %d) {
      ^bb0(%p: tensor<20x256xf32>, %q: tensor<256x256xf32>):
        %r = dlc.dot_general %p, %q batch [] x [] contract [1] x [0] : tensor<20x256xf32>, tensor<256x256xf32> to tensor<20x256xf32>
        dlc.yield %r : tensor<20x256xf32>
      } : (tensor<20x256xf32>, tensor<256x256xf32>) -> tensor<20x256xf32>
      %f = dlc.kernel contraction(%e, %d) {
      ^bb0(%p: tensor<20x256xf32>, %q: tensor<256x256xf32>):
        %r = dlc.dot_general %p, %q batch [] x [] contract [1] x [0] : tensor<20x256xf32>, tensor<256x256xf32> to tensor<20x256xf32>
        dlc.yield %r : tensor<20x256xf32>
      } : (tensor<20x256xf32>, tensor<256x256xf32>) -> tensor<20x256xf32>
      dlc.yield %f : tensor<20x256xf32>
    } : (tensor<20x256xf32>, tensor<256x256xf32>) -> tensor<20x256xf32>
    dlc.yield %z : tensor<20x256xf32>
  } : (tensor<20x256xf32>, tensor<256x256xf32>) -> tensor<20x256xf32>
  return %y : tensor<20x256xf32>
}

// Not what changes from trip to trip; nor where few rows would be summed in
// another order then (16, by columns).
// CHECK-LABEL: func @kept(
// CHECK-NOT: ends "packed once for a loop"
func.func @kept(%h: tensor<256x256xf32>, %v: tensor<16x256xf32>, %w: tensor<256x256xf32>) -> (tensor<256x256xf32>, tensor<16x256xf32>) {
  %x, %y = dlc.scan 8 init(%h, %v) over() with(%w) {
  ^bb0(%a: tensor<256x256xf32>, %b: tensor<16x256xf32>, %c: tensor<256x256xf32>):
    %d = dlc.kernel contraction(%c, %a) {
    ^bb0(%p: tensor<256x256xf32>, %q: tensor<256x256xf32>):
      %r = dlc.dot_general %p, %q batch [] x [] contract [1] x [1] : tensor<256x256xf32>, tensor<256x256xf32> to tensor<256x256xf32>
      dlc.yield %r : tensor<256x256xf32>
    } : (tensor<256x256xf32>, tensor<256x256xf32>) -> tensor<256x256xf32>
    %e = dlc.kernel contraction(%b, %c) {
    ^bb0(%p: tensor<16x256xf32>, %q: tensor<256x256xf32>):
      %r = dlc.dot_general %p, %q batch [] x [] contract [1] x [1] : tensor<16x256xf32>, tensor<256x256xf32> to tensor<16x256xf32>
      dlc.yield %r : tensor<16x256xf32>
    } : (tensor<16x256xf32>, tensor<256x256xf32>) -> tensor<16x256xf32>
    dlc.yield %d, %e : tensor<256x256xf32>, tensor<16x256xf32>
  } : (tensor<256x256xf32>, tensor<16x256xf32>, tensor<256x256xf32>) -> (tensor<256x256xf32>, tensor<16x256xf32>)
  return %x, %y : tensor<256x256xf32>, tensor<16x256xf32>
}

// Two products of one block share the strips; a transposed operand and one of
// too few rows stay.
// CHECK-LABEL: func @tall(
// CHECK: %[[S:.*]] = dlc.kernel map(%{{.*}}) ends "packed for many rows" {
// CHECK: dlc.transpose %{{.*}} perm [1, 0, 2] : tensor<1024x32x64xf32> to tensor<32x1024x64xf32>
// CHECK: dlc.kernel contraction(%{{.*}}, %[[S]])
// CHECK-NOT: dlc.kernel map
// CHECK: dlc.kernel contraction(%{{.*}}, %[[S]])
// CHECK-NOT: dlc.kernel map
// CHECK: return
func.func @tall(%x: tensor<1024x1024xf32>, %y: tensor<512x1024xf32>, %w: tensor<1024x2048xf32>, %v: tensor<2048x1024xf32>)
    -> (tensor<1024x2048xf32>, tensor<1024x2048xf32>, tensor<512x2048xf32>, tensor<1024x2048xf32>) {
  %a = dlc.kernel contraction(%x, %w) {
  ^bb0(%p: tensor<1024x1024xf32>, %q: tensor<1024x2048xf32>):
    %d = dlc.dot_general %p, %q batch [] x [] contract [1] x [0] : tensor<1024x1024xf32>, tensor<1024x2048xf32> to tensor<1024x2048xf32>
    dlc.yield %d : tensor<1024x2048xf32>
  } : (tensor<1024x1024xf32>, tensor<1024x2048xf32>) -> tensor<1024x2048xf32>
  %b = dlc.kernel contraction(%x, %w) {
  ^bb0(%p: tensor<1024x1024xf32>, %q: tensor<1024x2048xf32>):
    %d = dlc.dot_general %p, %q batch [] x [] contract [0] x [0] : tensor<1024x1024xf32>, tensor<1024x2048xf32> to tensor<1024x2048xf32>
    dlc.yield %d : tensor<1024x2048xf32>
  } : (tensor<1024x1024xf32>, tensor<1024x2048xf32>) -> tensor<1024x2048xf32>
  %c = dlc.kernel contraction(%y, %w) {
  ^bb0(%p: tensor<512x1024xf32>, %q: tensor<1024x2048xf32>):
    %d = dlc.dot_general %p, %q batch [] x [] contract [1] x [0] : tensor<512x1024xf32>, tensor<1024x2048xf32> to tensor<512x2048xf32>
    dlc.yield %d : tensor<512x2048xf32>
  } : (tensor<512x1024xf32>, tensor<1024x2048xf32>) -> tensor<512x2048xf32>
  %e = dlc.kernel contraction(%x, %v) {
  ^bb0(%p: tensor<1024x1024xf32>, %q: tensor<2048x1024xf32>):
    %d = dlc.dot_general %p, %q batch [] x [] contract [1] x [1] : tensor<1024x1024xf32>, tensor<2048x1024xf32> to tensor<1024x2048xf32>
    dlc.yield %d : tensor<1024x2048xf32>
  } : (tensor<1024x1024xf32>, tensor<2048x1024xf32>) -> tensor<1024x2048xf32>
  return %a, %b, %c, %e : tensor<1024x2048xf32>, tensor<1024x2048xf32>, tensor<512x2048xf32>, tensor<1024x2048xf32>
}

// One that is packed once for many calls.
// CHECK-LABEL: func @given_again(
// CHECK: dlc.kernel map(%{{.*}}) ends "packed for many calls" {
func.func @given_again(%x: tensor<32x128xf32>, %w: tensor<256x128xf32> {dlc.invariant}) -> tensor<32x256xf32> {
  %z = dlc.kernel contraction(%x, %w) {
  ^bb0(%a: tensor<32x128xf32>, %b: tensor<256x128xf32>):
    %d = dlc.dot_general %a, %b batch [] x [] contract [1] x [1] : tensor<32x128xf32>, tensor<256x128xf32> to tensor<32x256xf32>
    dlc.yield %d : tensor<32x256xf32>
  } : (tensor<32x128xf32>, tensor<256x128xf32>) -> tensor<32x256xf32>
  return %z : tensor<32x256xf32>
}

// Not where there are many rows to multiply, or rows that lie near each other.
// CHECK-LABEL: func @many_rows(
// CHECK-NOT: packed
func.func @many_rows(%x: tensor<160x128xf32>, %w: tensor<256x128xf32> {dlc.invariant}) -> tensor<160x256xf32> {
  %z = dlc.kernel contraction(%x, %w) {
  ^bb0(%a: tensor<160x128xf32>, %b: tensor<256x128xf32>):
    %d = dlc.dot_general %a, %b batch [] x [] contract [1] x [1] : tensor<160x128xf32>, tensor<256x128xf32> to tensor<160x256xf32>
    dlc.yield %d : tensor<160x256xf32>
  } : (tensor<160x128xf32>, tensor<256x128xf32>) -> tensor<160x256xf32>
  return %z : tensor<160x256xf32>
}
func.func @near_rows(%x: tensor<32x128xf32>, %w: tensor<128x256xf32> {dlc.invariant}) -> tensor<32x256xf32> {
  %z = dlc.kernel contraction(%x, %w) {
  ^bb0(%a: tensor<32x128xf32>, %b: tensor<128x256xf32>):
    %d = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<32x128xf32>, tensor<128x256xf32> to tensor<32x256xf32>
    dlc.yield %d : tensor<32x256xf32>
  } : (tensor<32x128xf32>, tensor<128x256xf32>) -> tensor<32x256xf32>
  return %z : tensor<32x256xf32>
}
