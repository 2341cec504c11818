// Scans, requests to autodiff and kernels survive a round trip, in their own
// and in generic form.
// RUN: dlc-opt %s | dlc-opt | FileCheck %s
// RUN: dlc-opt %s --mlir-print-op-generic | dlc-opt | FileCheck %s

// CHECK-LABEL: func @scan
func.func @scan(%zero: tensor<f32>, %xs: tensor<3xf32>, %c: tensor<f32>) {
  // CHECK: dlc.scan 3 init(%{{.*}}) over(%{{.*}}) with(%{{.*}}) {
  // CHECK-NEXT: ^bb0(%[[ACC:.*]]: tensor<f32>, %[[X:.*]]: tensor<f32>, %{{.*}}: tensor<f32>):
  // CHECK-NEXT: %[[S:.*]] = dlc.add %[[ACC]], %[[X]] : tensor<f32>
  // CHECK-NEXT: dlc.yield %[[S]], %[[S]] : tensor<f32>, tensor<f32>
  // CHECK-NEXT: } : (tensor<f32>, tensor<3xf32>, tensor<f32>) -> (tensor<f32>, tensor<3xf32>)
  %0:2 = dlc.scan 3 init(%zero) over(%xs) with(%c) {
  ^bb0(%acc: tensor<f32>, %x: tensor<f32>, %k: tensor<f32>):
    %s = dlc.add %acc, %x : tensor<f32>
    dlc.yield %s, %s : tensor<f32>, tensor<f32>
  } : (tensor<f32>, tensor<3xf32>, tensor<f32>) -> (tensor<f32>, tensor<3xf32>)
  // CHECK: dlc.scan 2 reverse init() over() with() {
  dlc.scan 2 reverse init() over() with() {
  } : () -> ()
  return
}

// CHECK-LABEL: func @requests
func.func @requests(%w: tensor<4xf32>, %one: tensor<f32>) {
  // CHECK: %[[V:.*]] = dlc.variable %{{.*}} : tensor<4xf32>
  %v = dlc.variable %w : tensor<4xf32>
  // CHECK: dlc.stop_gradient %[[V]] : tensor<4xf32>
  %s = dlc.stop_gradient %v : tensor<4xf32>
  %loss = dlc.reduce add %v dims [0] : tensor<4xf32> to tensor<f32>
  // CHECK: dlc.grad of(%{{.*}}) seed(%{{.*}}) wrt(%[[V]]) : (tensor<f32>, tensor<f32>, tensor<4xf32>) -> tensor<4xf32>
  %dw = dlc.grad of(%loss) seed(%one) wrt(%v)
      : (tensor<f32>, tensor<f32>, tensor<4xf32>) -> tensor<4xf32>
  return
}

// CHECK-LABEL: func @kernel
func.func @kernel(%x: tensor<2x2xf32>) {
  // CHECK: dlc.kernel map(%{{.*}}) ends "result" {
  // CHECK-NEXT: ^bb0(%[[A:.*]]: tensor<4xf32>):
  // CHECK-NEXT: %[[B:.*]] = dlc.negate %[[A]] : tensor<4xf32>
  // CHECK-NEXT: dlc.yield %[[B]] : tensor<4xf32>
  // CHECK-NEXT: } : (tensor<2x2xf32>) -> tensor<4xf32>
  %y = dlc.kernel map(%x) ends "result" {
  ^bb0(%a: tensor<4xf32>):
    %b = dlc.negate %a : tensor<4xf32>
    dlc.yield %b : tensor<4xf32>
  } : (tensor<2x2xf32>) -> tensor<4xf32>
  return
}

// CHECK-LABEL: func @branch
func.func @branch(%p: tensor<i1>, %x: tensor<f32>) {
  // CHECK: dlc.if %{{.*}}(%{{.*}}) {
  // CHECK: } else {
  // CHECK: } : (tensor<i1>, tensor<f32>) -> tensor<f32>
  %y = dlc.if %p(%x) {
  ^bb0(%a: tensor<f32>):
    %n = dlc.negate %a : tensor<f32>
    dlc.yield %n : tensor<f32>
  } else {
  ^bb0(%a: tensor<f32>):
    dlc.yield %a : tensor<f32>
  } : (tensor<i1>, tensor<f32>) -> tensor<f32>
  return
}

// CHECK-LABEL: func @while
func.func @while(%x: tensor<f32>, %limit: tensor<f32>) {
  // CHECK: dlc.while max 9 init(%{{.*}}) with(%{{.*}}) {
  // CHECK: } do {
  // CHECK: } : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %y = dlc.while max 9 init(%x) with(%limit) {
  ^bb0(%a: tensor<f32>, %l: tensor<f32>):
    %p = dlc.compare LT, %a, %l : tensor<f32>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%a: tensor<f32>, %l: tensor<f32>):
    %d = dlc.add %a, %a : tensor<f32>
    dlc.yield %d : tensor<f32>
  } : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return
}

// A loop tapes what another one walks; an outer loop stacks such tapes.
// CHECK-LABEL: func @tapes
func.func @tapes(%x: tensor<4xf32>, %p: tensor<i1>) {
  // CHECK: dlc.while max 9 init
  // CHECK: } : (tensor<4xf32>, tensor<i1>) -> (tensor<4xf32>, tensor<!dlc.tape<tensor<4xf32>, 9>>)
  %last, %tape = dlc.while max 9 init(%x) with(%p) {
  ^bb0(%a: tensor<4xf32>, %q: tensor<i1>):
    dlc.yield %q : tensor<i1>
  } do {
  ^bb0(%a: tensor<4xf32>, %q: tensor<i1>):
    %d = dlc.add %a, %a : tensor<4xf32>
    dlc.yield %d, %a : tensor<4xf32>, tensor<4xf32>
  } : (tensor<4xf32>, tensor<i1>) -> (tensor<4xf32>, tensor<!dlc.tape<tensor<4xf32>, 9>>)
  // CHECK: dlc.scan reverse init(%{{.*}}) over(%{{.*}}) with() {
  %sum, %sums = dlc.scan reverse init(%x) over(%tape) with() {
  ^bb0(%a: tensor<4xf32>, %entry: tensor<4xf32>):
    %s = dlc.add %a, %entry : tensor<4xf32>
    dlc.yield %s, %s : tensor<4xf32>, tensor<4xf32>
  } : (tensor<4xf32>, tensor<!dlc.tape<tensor<4xf32>, 9>>) -> (tensor<4xf32>, tensor<!dlc.tape<tensor<4xf32>, 9>>)
  // CHECK: dlc.empty_tape : tensor<!dlc.tape<tensor<4xf32>>>
  %none = dlc.empty_tape : tensor<!dlc.tape<tensor<4xf32>>>
  // CHECK: -> tensor<3x!dlc.tape<tensor<4xf32>>>
  %stack = dlc.scan 3 init() over() with(%none) {
  ^bb0(%t: tensor<!dlc.tape<tensor<4xf32>>>):
    dlc.yield %t : tensor<!dlc.tape<tensor<4xf32>>>
  } : (tensor<!dlc.tape<tensor<4xf32>>>) -> tensor<3x!dlc.tape<tensor<4xf32>>>
  return
}

// CHECK-LABEL: func @forward_requests
func.func @forward_requests(%x: tensor<4xf32>, %v: tensor<4xf32>) {
  // CHECK: dlc.checkpoint(%{{.*}}) {
  // CHECK: } : (tensor<4xf32>) -> tensor<4xf32>
  %y = dlc.checkpoint(%x) {
  ^bb0(%a: tensor<4xf32>):
    %e = dlc.exponential %a : tensor<4xf32>
    dlc.yield %e : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  // CHECK: dlc.jvp of(%{{.*}}) wrt(%{{.*}}) along(%{{.*}}) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %dy = dlc.jvp of(%y) wrt(%x) along(%v)
      : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  // CHECK: dlc.custom_vjp(%{{.*}}) {
  // CHECK: } backward {
  // CHECK: } : (tensor<4xf32>) -> tensor<4xf32>
  %z = dlc.custom_vjp(%x) {
  ^bb0(%a: tensor<4xf32>):
    dlc.yield %a, %a : tensor<4xf32>, tensor<4xf32>
  } backward {
  ^bb0(%a: tensor<4xf32>, %g: tensor<4xf32>):
    dlc.yield %g : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}
