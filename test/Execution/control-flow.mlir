// Branches and loops with a condition, nested in each other and in a scan,
// compiled against interpreted.
// RUN: dlc run %s --function=branch --input=i1=1 --input=4xf32=1,2,3,4 --backend=both
// RUN: dlc run %s --function=branch --input=i1=0 --input=4xf32=1,2,3,4 --backend=both
// RUN: dlc run %s --function=branch --input=i1=0 --input=4xf32=1,2,3,4 | FileCheck %s --check-prefix=BRANCH
// RUN: dlc run %s --function=passes_through --input=i1=0 --input=2xf32=1,2 --input=2xf32=3,4 | FileCheck %s --check-prefix=PASS
// RUN: dlc run %s --function=doubles --input=f32=3 --input=f32=100 --backend=both
// RUN: dlc run %s --function=doubles --input=f32=3 --input=f32=100 | FileCheck %s --check-prefix=DOUBLES
// RUN: dlc run %s --function=never --input=f32=3 --backend=both
// RUN: dlc run %s --function=swaps --input=f32=1 --input=f32=2 | FileCheck %s --check-prefix=SWAPS
// RUN: dlc run %s --function=collatz --input=8xi32=1,2,3,6,7,9,27,97 | FileCheck %s --check-prefix=COLLATZ
// RUN: dlc run %s --function=collatz --input=8xi32=1,2,3,6,7,9,27,97 --backend=both
// RUN: not dlc run %s --function=bounded --input=f32=1 2>&1 | FileCheck %s --check-prefix=BOUNDED
// RUN: not dlc run %s --function=bounded --input=f32=1 --backend=interpreter 2>&1 | FileCheck %s --check-prefix=BOUNDED
// RUN: dlc run %s --function=bounded --input=f32=300 --backend=both

// BRANCH: 4, 8, 12, 16
// BRANCH: 6, 10, 14, 18
func.func @branch(%p: tensor<i1>, %x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %two = dlc.constant dense<2.0> : tensor<4xf32>
  %a = dlc.add %x, %x : tensor<4xf32>
  %y = dlc.if %p(%a) {
  ^bb0(%v: tensor<4xf32>):
    %n = dlc.negate %v : tensor<4xf32>
    dlc.yield %n : tensor<4xf32>
  } else {
  ^bb0(%v: tensor<4xf32>):
    %n = dlc.add %v, %v : tensor<4xf32>
    dlc.yield %n : tensor<4xf32>
  } : (tensor<i1>, tensor<4xf32>) -> tensor<4xf32>
  %z = dlc.add %y, %two : tensor<4xf32>
  return %y, %z : tensor<4xf32>, tensor<4xf32>
}

// PASS: 3, 4
// PASS: 1, 2
func.func @passes_through(%p: tensor<i1>, %x: tensor<2xf32>, %y: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %a:2 = dlc.if %p(%x, %y) {
  ^bb0(%v: tensor<2xf32>, %w: tensor<2xf32>):
    dlc.yield %v, %w : tensor<2xf32>, tensor<2xf32>
  } else {
  ^bb0(%v: tensor<2xf32>, %w: tensor<2xf32>):
    dlc.yield %w, %v : tensor<2xf32>, tensor<2xf32>
  } : (tensor<i1>, tensor<2xf32>, tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  return %a#0, %a#1 : tensor<2xf32>, tensor<2xf32>
}

// DOUBLES: 192
func.func @doubles(%x: tensor<f32>, %limit: tensor<f32>) -> tensor<f32> {
  %y = dlc.while init(%x) with(%limit) {
  ^bb0(%a: tensor<f32>, %l: tensor<f32>):
    %p = dlc.compare LT, %a, %l : tensor<f32>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%a: tensor<f32>, %l: tensor<f32>):
    %d = dlc.add %a, %a : tensor<f32>
    dlc.yield %d : tensor<f32>
  } : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

func.func @never(%x: tensor<f32>) -> tensor<f32> {
  %y = dlc.while init(%x) with() {
  ^bb0(%a: tensor<f32>):
    %p = dlc.constant dense<false> : tensor<i1>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%a: tensor<f32>):
    dlc.yield %a : tensor<f32>
  } : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// Five exchanges, all carries at once.
// SWAPS: 2
// SWAPS: 1
func.func @swaps(%x: tensor<f32>, %y: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %zero = dlc.constant dense<0> : tensor<i32>
  %r:3 = dlc.while init(%zero, %x, %y) with() {
  ^bb0(%i: tensor<i32>, %a: tensor<f32>, %b: tensor<f32>):
    %five = dlc.constant dense<5> : tensor<i32>
    %p = dlc.compare LT, %i, %five : tensor<i32>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%i: tensor<i32>, %a: tensor<f32>, %b: tensor<f32>):
    %one = dlc.constant dense<1> : tensor<i32>
    %n = dlc.add %i, %one : tensor<i32>
    dlc.yield %n, %b, %a : tensor<i32>, tensor<f32>, tensor<f32>
  } : (tensor<i32>, tensor<f32>, tensor<f32>) -> (tensor<i32>, tensor<f32>, tensor<f32>)
  return %r#1, %r#2 : tensor<f32>, tensor<f32>
}

// The steps of each number to 1: a branch in a while in a scan.
// COLLATZ: 0, 1, 7, 8, 16, 19, 111, 118
func.func @collatz(%xs: tensor<8xi32>) -> tensor<8xi32> {
  %ys = dlc.scan 8 init() over(%xs) with() {
  ^bb0(%x: tensor<i32>):
    %zero = dlc.constant dense<0> : tensor<i32>
    %r:2 = dlc.while init(%x, %zero) with() {
    ^bb0(%a: tensor<i32>, %n: tensor<i32>):
      %one = dlc.constant dense<1> : tensor<i32>
      %p = dlc.compare NE, %a, %one : tensor<i32>
      dlc.yield %p : tensor<i1>
    } do {
    ^bb0(%a: tensor<i32>, %n: tensor<i32>):
      %one = dlc.constant dense<1> : tensor<i32>
      %low = dlc.and %a, %one : tensor<i32>
      %odd = dlc.compare EQ, %low, %one : tensor<i32>
      %next = dlc.if %odd(%a) {
      ^bb0(%v: tensor<i32>):
        %c1 = dlc.constant dense<1> : tensor<i32>
        %c3 = dlc.constant dense<3> : tensor<i32>
        %m = dlc.multiply %v, %c3 : tensor<i32>
        %u = dlc.add %m, %c1 : tensor<i32>
        dlc.yield %u : tensor<i32>
      } else {
      ^bb0(%v: tensor<i32>):
        %c1 = dlc.constant dense<1> : tensor<i32>
        %u = dlc.shift_right_logical %v, %c1 : tensor<i32>
        dlc.yield %u : tensor<i32>
      } : (tensor<i1>, tensor<i32>) -> tensor<i32>
      %k = dlc.add %n, %one : tensor<i32>
      dlc.yield %next, %k : tensor<i32>, tensor<i32>
    } : (tensor<i32>, tensor<i32>) -> (tensor<i32>, tensor<i32>)
    dlc.yield %r#1 : tensor<i32>
  } : (tensor<8xi32>) -> tensor<8xi32>
  return %ys : tensor<8xi32>
}

// BOUNDED: [while] more than 3 trips
func.func @bounded(%x: tensor<f32>) -> tensor<f32> {
  %limit = dlc.constant dense<1.0e+03> : tensor<f32>
  %y = dlc.while max 3 init(%x) with(%limit) {
  ^bb0(%a: tensor<f32>, %l: tensor<f32>):
    %p = dlc.compare LT, %a, %l : tensor<f32>
    dlc.yield %p : tensor<i1>
  } do {
  ^bb0(%a: tensor<f32>, %l: tensor<f32>):
    %d = dlc.add %a, %a : tensor<f32>
    dlc.yield %d : tensor<f32>
  } : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
