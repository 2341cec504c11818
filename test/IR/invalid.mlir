// One case for each diagnostic of compiler/IR/Dlc.cpp.
// RUN: dlc-opt %s --split-input-file --verify-diagnostics

func.func @pad_value(%x: tensor<2xf32>, %v: tensor<1xf32>) {
  // expected-error @+2 {{the padding value must be a scalar of the operand's type}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = "dlc.pad"(%x, %v) {low = array<i64: 1>, high = array<i64: 0>, interior = array<i64: 0>} : (tensor<2xf32>, tensor<1xf32>) -> tensor<3xf32>
  return
}

// -----
func.func @dot_types(%a: tensor<2xf32>, %b: tensor<2xf64>) {
  // expected-error @+2 {{element types differ: 'f32' vs 'f64'}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<2xf32>, tensor<2xf64> to tensor<f32>
  return
}

// -----
func.func @broadcast_type(%x: tensor<2xf32>) {
  // expected-error @+1 {{operand and result differ in element type}}
  %0 = dlc.broadcast_in_dim %x dims [0] : tensor<2xf32> to tensor<2xf64>
  return
}

// -----
func.func @reshape_type(%x: tensor<2xf32>) {
  // expected-error @+1 {{operand and result differ in element type}}
  %0 = dlc.reshape %x : tensor<2xf32> to tensor<1x2xi32>
  return
}

// -----
func.func @iota_dimension() {
  // expected-error @+1 {{dimension 1 is out of range for rank 1}}
  %0 = dlc.iota dim 1 : tensor<2xi32>
  return
}

// -----
func.func @softmax_dimension(%x: tensor<2xf32>) {
  // expected-error @+1 {{dimension -1 is out of range for rank 1}}
  %0 = dlc.softmax %x dim -1 : tensor<2xf32>
  return
}

// -----
func.func @log_softmax_dimension(%x: tensor<f32>) {
  // expected-error @+1 {{dimension 0 is out of range for rank 0}}
  %0 = dlc.log_softmax %x dim 0 : tensor<f32>
  return
}

// -----
func.func @reduce_and_of_numbers(%x: tensor<2xf32>) {
  // expected-error @+1 {{and does not reduce elements of type 'f32'}}
  %0 = dlc.reduce and %x dims [0] : tensor<2xf32> to tensor<f32>
  return
}

// -----
func.func @reduce_add_of_booleans(%x: tensor<2xi1>) {
  // expected-error @+1 {{add does not reduce elements of type 'i1'}}
  %0 = dlc.reduce add %x dims [0] : tensor<2xi1> to tensor<i1>
  return
}

// -----
func.func @one_hot_shape(%x: tensor<2xi32>) {
  // expected-error @+1 {{indices [2] need a result of one more dimension, got [3, 4]}}
  %0 = dlc.one_hot %x : tensor<2xi32> to tensor<3x4xf32>
  return
}

// -----
func.func @grad_seed(%x: tensor<2xf32>, %s: tensor<f32>) {
  // expected-error @+1 {{needs one cotangent of each output's type}}
  %0 = dlc.grad of(%x) seed(%s) wrt(%x) : (tensor<2xf32>, tensor<f32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @grad_result(%x: tensor<2xf32>) {
  // expected-error @+1 {{needs one result of each wrt's type}}
  %0 = dlc.grad of(%x) seed(%x) wrt(%x) : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<f32>
  return
}

// -----
func.func @grad_block(%x: tensor<f32>) {
  return
^bb1:
  // expected-error @+1 {{operands must stand in the op's own block}}
  %0 = dlc.grad of(%x) seed(%x) wrt(%x) : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  return
}

// -----
func.func @scan_trips() {
  // expected-error @+1 {{trip count -1 is negative}}
  dlc.scan -1 init() over() with() {
  } : () -> ()
  return
}

// -----
func.func @scan_results(%x: tensor<f32>) {
  // expected-error @+1 {{needs a result for every carry}}
  dlc.scan 1 init(%x) over() with() {
  ^bb0(%a: tensor<f32>):
  } : (tensor<f32>) -> ()
  return
}

// -----
func.func @scan_arguments(%x: tensor<f32>) {
  // expected-error @+1 {{body needs 1 arguments, has 0}}
  dlc.scan 1 init() over() with(%x) {
  } : (tensor<f32>) -> ()
  return
}

// -----
func.func @scan_yields(%x: tensor<f32>) {
  // expected-error @+1 {{body must yield 1 values, yields 0}}
  %0 = dlc.scan 1 init(%x) over() with() {
  ^bb0(%a: tensor<f32>):
  } : (tensor<f32>) -> tensor<f32>
  return
}

// -----
func.func @scan_carry(%x: tensor<f32>) {
  // expected-error @+1 {{carry 0 changes its type: starts as 'tensor<f32>', becomes 'tensor<2xf32>'}}
  %0 = dlc.scan 1 init(%x) over() with() {
  ^bb0(%a: tensor<f32>):
    %b = dlc.broadcast_in_dim %a dims [] : tensor<f32> to tensor<2xf32>
    dlc.yield %b : tensor<2xf32>
  } : (tensor<f32>) -> tensor<f32>
  return
}

// -----
func.func @scan_sequence(%x: tensor<3xf32>) {
  // expected-error @+1 {{sequence 0 of type 'tensor<3xf32>' does not slice into 2 of 'tensor<f32>'}}
  dlc.scan 2 init() over(%x) with() {
  ^bb0(%a: tensor<f32>):
  } : (tensor<3xf32>) -> ()
  return
}

// -----
func.func @scan_constant(%x: tensor<3xf32>) {
  // expected-error @+1 {{constant 0 of type 'tensor<3xf32>' enters the body as 'tensor<f32>'}}
  dlc.scan 3 init() over() with(%x) {
  ^bb0(%a: tensor<f32>):
  } : (tensor<3xf32>) -> ()
  return
}

// -----
func.func @scan_stack(%x: tensor<3xf32>) {
  // expected-error @+1 {{result 0 of type 'tensor<3xf32>' does not stack 2 of 'tensor<3xf32>'}}
  %0 = dlc.scan 2 init() over() with(%x) {
  ^bb0(%a: tensor<3xf32>):
    dlc.yield %a : tensor<3xf32>
  } : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----
func.func @kernel_number(%x: tensor<2xf32>) {
  // expected-error @+1 {{body's arguments and yielded values must match the operands and results in number}}
  %0 = dlc.kernel map(%x) {
  ^bb0(%a: tensor<2xf32>):
  } : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @kernel_operand(%x: tensor<2xf32>) {
  // expected-error @+1 {{operand of type 'tensor<2xf32>' enters the body as 'tensor<3xf32>'}}
  dlc.kernel map(%x) {
  ^bb0(%a: tensor<3xf32>):
  } : (tensor<2xf32>) -> ()
  return
}

// -----
func.func @kernel_result(%x: tensor<2xf32>) {
  // expected-error @+1 {{yielded 'tensor<2xf32>' leaves as 'tensor<2xf64>'}}
  %0 = dlc.kernel map(%x) {
  ^bb0(%a: tensor<2xf32>):
    dlc.yield %a : tensor<2xf32>
  } : (tensor<2xf32>) -> tensor<2xf64>
  return
}
