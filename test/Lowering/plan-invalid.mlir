// RUN: dlc-opt %s --dlc-plan-memory --split-input-file --verify-diagnostics

func.func @not_lowered(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{has not been lowered: its callee is missing}}
  %y = dlc.kernel map(%x) {
  ^bb0(%a: tensor<4xf32>):
    dlc.yield %a : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

func.func @not_a_kernel(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{cannot stand in a launch list}}
  %y = dlc.negate %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// expected-error @below {{argument 0 of type 'tensor<4xf32>' is donated to result 0, which is not one of that type}}
func.func @donation(%x: tensor<4xf32> {dlc.donate = 0 : i64}, %y: tensor<2xf32>) -> tensor<2xf32> {
  return %y : tensor<2xf32>
}

// -----

// expected-error @below {{argument 0 is invariant, but donated to result 0}}
func.func @changes(%x: tensor<4xf32> {dlc.donate = 0 : i64, dlc.invariant}) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
