// One case for each reason why a loop, a branch or a request is refused.
// RUN: dlc-opt %s --split-input-file --verify-diagnostics

func.func @f(%p: tensor<2xi1>) {
  // expected-error @+1 {{the condition must be a scalar, got 'tensor<2xi1>'}}
  dlc.if %p() {
    dlc.yield
  } else {
    dlc.yield
  } : (tensor<2xi1>) -> ()
  return
}

// -----
func.func @f(%p: tensor<i1>, %x: tensor<f32>) {
  // expected-error @+1 {{the second branch must yield ('tensor<f32>'), yields ()}}
  %y = dlc.if %p(%x) {
  ^bb0(%a: tensor<f32>):
    dlc.yield %a : tensor<f32>
  } else {
  ^bb0(%a: tensor<f32>):
    dlc.yield
  } : (tensor<i1>, tensor<f32>) -> tensor<f32>
  return
}

// -----
func.func @f(%p: tensor<i1>, %x: tensor<f32>) {
  // expected-error @+1 {{the first branch needs 1 arguments ('tensor<f32>'), has ()}}
  dlc.if %p(%x) {
    dlc.yield
  } else {
  ^bb0(%a: tensor<f32>):
    dlc.yield
  } : (tensor<i1>, tensor<f32>) -> ()
  return
}

// -----
func.func @f(%x: tensor<f32>) {
  // expected-error @+1 {{the condition must yield ('tensor<i1>'), yields ('tensor<f32>')}}
  %y = dlc.while init(%x) with() {
  ^bb0(%a: tensor<f32>):
    dlc.yield %a : tensor<f32>
  } do {
  ^bb0(%a: tensor<f32>):
    dlc.yield %a : tensor<f32>
  } : (tensor<f32>) -> tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<f32>) {
  // expected-error @+1 {{needs a result for every carry}}
  dlc.while init(%x) with() {
  ^bb0(%a: tensor<f32>):
    %p = dlc.compare LT, %a, %a : tensor<f32>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%a: tensor<f32>):
    dlc.yield
  } : (tensor<f32>) -> ()
  return
}

// -----
func.func @f(%x: tensor<f32>) {
  // expected-error @+1 {{max_trips -1 is negative}}
  %y = dlc.while max -1 init(%x) with() {
  ^bb0(%a: tensor<f32>):
    %p = dlc.compare LT, %a, %a : tensor<f32>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%a: tensor<f32>):
    dlc.yield %a : tensor<f32>
  } : (tensor<f32>) -> tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<f32>) {
  // expected-error @+1 {{the body must yield ('tensor<f32>'), yields ()}}
  %y = dlc.checkpoint(%x) {
  ^bb0(%a: tensor<f32>):
    dlc.yield
  } : (tensor<f32>) -> tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<f32>) {
  // expected-error @+1 {{the backward part must yield ('tensor<f32>'), yields ()}}
  %y = dlc.custom_vjp(%x) {
  ^bb0(%a: tensor<f32>):
    dlc.yield %a : tensor<f32>
  } backward {
  ^bb0(%g: tensor<f32>):
    dlc.yield
  } : (tensor<f32>) -> tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<f32>) {
  // expected-error @+1 {{the forward part must yield the results}}
  %y = dlc.custom_vjp(%x) {
  ^bb0(%a: tensor<f32>):
    dlc.yield
  } backward {
  ^bb0(%g: tensor<f32>):
    dlc.yield %g : tensor<f32>
  } : (tensor<f32>) -> tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<f32>, %v: tensor<2xf32>) {
  // expected-error @+1 {{needs one tangent of each wrt's type}}
  %y = dlc.jvp of(%x) wrt(%x) along(%v) : (tensor<f32>, tensor<f32>, tensor<2xf32>) -> tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<f32>) {
  // expected-error @+1 {{element types differ in width: 'f32' vs 'i64'}}
  %y = dlc.bitcast_convert %x : tensor<f32> to tensor<i64>
  return
}

// -----
func.func @f(%x: tensor<f32>) {
  // expected-error @+1 {{needs a trip count or a tape}}
  %y = dlc.scan init(%x) over() with() {
  ^bb0(%a: tensor<f32>):
    dlc.yield %a : tensor<f32>
  } : (tensor<f32>) -> tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>) {
  // expected-error @+1 {{sequence 0 of type 'tensor<3xf32>' does not slice into tapes 'tensor<f32>'}}
  dlc.scan init() over(%x) with() {
  ^bb0(%a: tensor<f32>):
    dlc.yield
  } : (tensor<3xf32>) -> ()
  return
}

// -----
func.func @f(%s: tensor<!dlc.tape<tensor<f32>, 4>>, %t: tensor<!dlc.tape<tensor<f32>, 5>>) {
  // expected-error @+1 {{sequence 1 of type 'tensor<!dlc.tape<tensor<f32>, 5>>' does not slice into tapes}}
  dlc.scan init() over(%s, %t) with() {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    dlc.yield
  } : (tensor<!dlc.tape<tensor<f32>, 4>>, tensor<!dlc.tape<tensor<f32>, 5>>) -> ()
  return
}

// -----
func.func @f(%p: tensor<i1>) {
  // expected-error @+1 {{needs tapes of max_trips entries after its carries, has 'tensor<!dlc.tape<tensor<i1>>>'}}
  %t = dlc.while max 9 init() with(%p) {
  ^bb0(%q: tensor<i1>):
    dlc.yield %q : tensor<i1>
  } do {
  ^bb0(%q: tensor<i1>):
    dlc.yield %q : tensor<i1>
  } : (tensor<i1>) -> tensor<!dlc.tape<tensor<i1>>>
  return
}

// -----
func.func @f(%p: tensor<i1>, %x: tensor<f32>) {
  // expected-error @+1 {{the body must yield ('tensor<f32>'), yields ('tensor<i1>')}}
  %t = dlc.while init() with(%p) {
  ^bb0(%q: tensor<i1>):
    dlc.yield %q : tensor<i1>
  } do {
  ^bb0(%q: tensor<i1>):
    dlc.yield %q : tensor<i1>
  } : (tensor<i1>) -> tensor<!dlc.tape<tensor<f32>>>
  return
}

// -----
// expected-error @+1 {{a tape of -2 entries of 'tensor<f32>'}}
func.func private @f(tensor<!dlc.tape<tensor<f32>, -2>>)

// -----
// expected-error @+1 {{a tape of 4611686018427387904 entries of 'tensor<4xf32>' is too large}}
func.func private @f(tensor<!dlc.tape<tensor<4xf32>, 4611686018427387904>>)
