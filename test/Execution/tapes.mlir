// Gradients of loops of unknown length: alone, in a scan, in a branch and in each
// other, compiled against interpreted and simulated.
// RUN: dlc run %s --function=alone --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --backend=both
// RUN: dlc run %s --function=alone --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --backend=both --device=simulator --target=cuda:sm_80
// RUN: dlc run %s --function=in_scan --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --backend=both --repeat=3
// RUN: dlc run %s --function=in_scan --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --backend=both --device=simulator --target=cuda:sm_80
// RUN: dlc run %s --function=in_branch --input=i1=1 --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --backend=both
// RUN: dlc run %s --function=in_branch --input=i1=0 --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --backend=both
// RUN: dlc run %s --function=in_while --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --backend=both
// RUN: dlc run %s --function=trained_in_scan --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --backend=both --tape-limit=100000
// RUN: sed 's/dlc.while init/dlc.while max 40 init/' %s > %t.bounded.mlir
// RUN: dlc run %t.bounded.mlir --function=alone --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --backend=both
// RUN: dlc run %t.bounded.mlir --function=in_scan --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --backend=both --device=simulator --target=cuda:sm_80
// RUN: dlc run %t.bounded.mlir --function=in_branch --input=i1=0 --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --backend=both
// RUN: dlc run %t.bounded.mlir --function=in_while --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --backend=both

// More than the limit is an error that names the loop.
// RUN: not dlc run %s --function=alone --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --tape-limit=1000 2>&1 | FileCheck %s --check-prefix=LIMIT
// RUN: not dlc run %s --function=alone --input=3xf64=1,1.5,2 --input=3xf64=0.3,0.1,0.2 --tape-limit=-1 2>&1 | FileCheck %s --check-prefix=OPTION
// LIMIT: error: [while] the tape of a loop without max_trips needs more than 1000 bytes ({{.*}}tapes.mlir:[[# @LINE + 7]]:
// OPTION: --tape-limit must not be negative, got -1

func.func @alone(%x: tensor<3xf64>, %k: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
  %h = dlc.variable %x : tensor<3xf64>
  %w = dlc.variable %k : tensor<3xf64>
  %limit = dlc.constant dense<1.0e3> : tensor<f64>
  %last = dlc.while init(%h) with(%w, %limit) {
  ^bb0(%c: tensor<3xf64>, %v: tensor<3xf64>, %l: tensor<f64>):
    %q = dlc.multiply %c, %c : tensor<3xf64>
    %s = dlc.reduce add %q dims [0] : tensor<3xf64> to tensor<f64>
    %p = dlc.compare LT, %s, %l : tensor<f64>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%c: tensor<3xf64>, %v: tensor<3xf64>, %l: tensor<f64>):
    %m = dlc.multiply %c, %v : tensor<3xf64>
    %d = dlc.add %c, %m : tensor<3xf64>
    dlc.yield %d : tensor<3xf64>
  } : (tensor<3xf64>, tensor<3xf64>, tensor<f64>) -> tensor<3xf64>
  %g = dlc.constant dense<1.0> : tensor<3xf64>
  %d:2 = dlc.grad of(%last) seed(%g) wrt(%h, %w) : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  return %d#0, %d#1 : tensor<3xf64>, tensor<3xf64>
}

func.func private @loop(%h: tensor<3xf64>, %w: tensor<3xf64>) -> tensor<3xf64> {
  %limit = dlc.constant dense<4.0e1> : tensor<f64>
  %last = dlc.while init(%h) with(%w, %limit) {
  ^bb0(%c: tensor<3xf64>, %v: tensor<3xf64>, %l: tensor<f64>):
    %q = dlc.multiply %c, %c : tensor<3xf64>
    %s = dlc.reduce add %q dims [0] : tensor<3xf64> to tensor<f64>
    %p = dlc.compare LT, %s, %l : tensor<f64>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%c: tensor<3xf64>, %v: tensor<3xf64>, %l: tensor<f64>):
    %m = dlc.multiply %c, %v : tensor<3xf64>
    %d = dlc.add %c, %m : tensor<3xf64>
    dlc.yield %d : tensor<3xf64>
  } : (tensor<3xf64>, tensor<3xf64>, tensor<f64>) -> tensor<3xf64>
  return %last : tensor<3xf64>
}

func.func @in_scan(%x: tensor<3xf64>, %k: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
  %h = dlc.variable %x : tensor<3xf64>
  %w = dlc.variable %k : tensor<3xf64>
  %y = dlc.scan 5 init(%h) over() with(%w) {
  ^bb0(%c: tensor<3xf64>, %v: tensor<3xf64>):
    %a = func.call @loop(%c, %v) : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %eighth = dlc.constant dense<0.125> : tensor<3xf64>
    %b = dlc.multiply %a, %eighth : tensor<3xf64>
    dlc.yield %b : tensor<3xf64>
  } : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
  %g = dlc.constant dense<1.0> : tensor<3xf64>
  %d:2 = dlc.grad of(%y) seed(%g) wrt(%h, %w) : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  return %d#0, %d#1 : tensor<3xf64>, tensor<3xf64>
}

// The other branch has an empty tape in its place.
func.func @in_branch(%p: tensor<i1>, %x: tensor<3xf64>, %k: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
  %h = dlc.variable %x : tensor<3xf64>
  %w = dlc.variable %k : tensor<3xf64>
  %y = dlc.if %p(%h, %w) {
  ^bb0(%c: tensor<3xf64>, %v: tensor<3xf64>):
    %a = func.call @loop(%c, %v) : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    dlc.yield %a : tensor<3xf64>
  } else {
  ^bb0(%c: tensor<3xf64>, %v: tensor<3xf64>):
    %a = dlc.multiply %c, %v : tensor<3xf64>
    dlc.yield %a : tensor<3xf64>
  } : (tensor<i1>, tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
  %g = dlc.constant dense<1.0> : tensor<3xf64>
  %d:2 = dlc.grad of(%y) seed(%g) wrt(%h, %w) : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  return %d#0, %d#1 : tensor<3xf64>, tensor<3xf64>
}

func.func @in_while(%x: tensor<3xf64>, %k: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
  %h = dlc.variable %x : tensor<3xf64>
  %w = dlc.variable %k : tensor<3xf64>
  %n0 = dlc.constant dense<0> : tensor<i32>
  %y:2 = dlc.while init(%h, %n0) with(%w) {
  ^bb0(%c: tensor<3xf64>, %n: tensor<i32>, %v: tensor<3xf64>):
    %four = dlc.constant dense<4> : tensor<i32>
    %p = dlc.compare LT, %n, %four : tensor<i32>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%c: tensor<3xf64>, %n: tensor<i32>, %v: tensor<3xf64>):
    %one = dlc.constant dense<1> : tensor<i32>
    %m = dlc.add %n, %one : tensor<i32>
    %a = func.call @loop(%c, %v) : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %eighth = dlc.constant dense<0.125> : tensor<3xf64>
    %b = dlc.multiply %a, %eighth : tensor<3xf64>
    dlc.yield %b, %m : tensor<3xf64>, tensor<i32>
  } : (tensor<3xf64>, tensor<i32>, tensor<3xf64>) -> (tensor<3xf64>, tensor<i32>)
  %g = dlc.constant dense<1.0> : tensor<3xf64>
  %d:2 = dlc.grad of(%y#0) seed(%g) wrt(%h, %w) : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  return %d#0, %d#1 : tensor<3xf64>, tensor<3xf64>
}

// A thousand steps, each with a tape of its own: they need the memory of one.
func.func @trained_in_scan(%x: tensor<3xf64>, %k: tensor<3xf64>) -> tensor<3xf64> {
  %last = dlc.scan 1000 init(%k) over() with(%x) {
  ^bb0(%w0: tensor<3xf64>, %h0: tensor<3xf64>):
    %w1 = dlc.variable %w0 : tensor<3xf64>
    %y = func.call @loop(%h0, %w1) : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %g = dlc.constant dense<1.0e-7> : tensor<3xf64>
    %d = dlc.grad of(%y) seed(%g) wrt(%w1) : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %w = dlc.subtract %w0, %d : tensor<3xf64>
    dlc.yield %w : tensor<3xf64>
  } : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
  return %last : tensor<3xf64>
}
