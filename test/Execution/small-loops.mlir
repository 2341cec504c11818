// Loops that become one kernel: elementwise, of a product, with copies of odd
// sizes, in reverse, nested, and with a fault; compiled against interpreted.
// RUN: dlc run %s --function=elementwise --random=1 --backend=both
// RUN: dlc run %s --function=product --random=2 --backend=both --rtol=1e-12
// RUN: dlc run %s --function=shuffles --random=3 --backend=both
// RUN: dlc run %s --function=nested --random=4 --backend=both
// RUN: dlc run %s --function=looks_up --input=3xi32=1,0,2 --input=4xf32=1,2,3,4 --backend=both
// RUN: not dlc run %s --function=looks_up --input=3xi32=1,7,2 --input=4xf32=1,2,3,4 2>&1 | FileCheck %s --check-prefix=FAULT
// FAULT: index at position {{[0-9]+}} is outside [0, 4)

// Each is one launch.
// RUN: dlc compile %s --emit=lowering | FileCheck %s
// CHECK-COUNT-5: dlc.launch @loop_0
// CHECK-NOT: dlc.loop

func.func @elementwise(%h0: tensor<6xf64>, %xs: tensor<9x6xf64>) -> (tensor<6xf64>, tensor<9x6xf64>) {
  %last, %all = dlc.scan 9 reverse init(%h0) over(%xs) with() {
  ^bb0(%h: tensor<6xf64>, %x: tensor<6xf64>):
    %a = dlc.multiply %h, %x : tensor<6xf64>
    %s = dlc.add %a, %x : tensor<6xf64>
    dlc.yield %s, %a : tensor<6xf64>, tensor<6xf64>
  } : (tensor<6xf64>, tensor<9x6xf64>) -> (tensor<6xf64>, tensor<9x6xf64>)
  return %last, %all : tensor<6xf64>, tensor<9x6xf64>
}

func.func @product(%h0: tensor<5xf64>, %w: tensor<5x5xf64>) -> tensor<5xf64> {
  %last = dlc.scan 4 init(%h0) over() with(%w) {
  ^bb0(%h: tensor<5xf64>, %u: tensor<5x5xf64>):
    %a = dlc.dot_general %h, %u batch [] x [] contract [0] x [0] : tensor<5xf64>, tensor<5x5xf64> to tensor<5xf64>
    %s = dlc.subtract %a, %h : tensor<5xf64>
    dlc.yield %s : tensor<5xf64>
  } : (tensor<5xf64>, tensor<5x5xf64>) -> tensor<5xf64>
  return %last : tensor<5xf64>
}

// Carries change places: copies of 28 and of 76 bytes.
func.func @shuffles(%a0: tensor<7xf32>, %b0: tensor<7xf32>, %c0: tensor<19xf32>, %d0: tensor<19xf32>) -> (tensor<7xf32>, tensor<7xf32>, tensor<19xf32>, tensor<19xf32>) {
  %r:4 = dlc.scan 5 init(%a0, %b0, %c0, %d0) over() with() {
  ^bb0(%a: tensor<7xf32>, %b: tensor<7xf32>, %c: tensor<19xf32>, %d: tensor<19xf32>):
    %n = dlc.negate %a : tensor<7xf32>
    dlc.yield %b, %n, %d, %c : tensor<7xf32>, tensor<7xf32>, tensor<19xf32>, tensor<19xf32>
  } : (tensor<7xf32>, tensor<7xf32>, tensor<19xf32>, tensor<19xf32>) -> (tensor<7xf32>, tensor<7xf32>, tensor<19xf32>, tensor<19xf32>)
  return %r#0, %r#1, %r#2, %r#3 : tensor<7xf32>, tensor<7xf32>, tensor<19xf32>, tensor<19xf32>
}

func.func @nested(%xs: tensor<3x5x4xf64>, %h0: tensor<4xf64>) -> tensor<3x5x4xf64> {
  %last, %ys = dlc.scan 3 init(%h0) over(%xs) with() {
  ^bb0(%h: tensor<4xf64>, %row: tensor<5x4xf64>):
    %next, %inner = dlc.scan 5 reverse init(%h) over(%row) with() {
    ^bb0(%c: tensor<4xf64>, %x: tensor<4xf64>):
      %y = dlc.multiply %c, %x : tensor<4xf64>
      %z = dlc.add %y, %x : tensor<4xf64>
      dlc.yield %z, %y : tensor<4xf64>, tensor<4xf64>
    } : (tensor<4xf64>, tensor<5x4xf64>) -> (tensor<4xf64>, tensor<5x4xf64>)
    dlc.yield %next, %inner : tensor<4xf64>, tensor<5x4xf64>
  } : (tensor<4xf64>, tensor<3x5x4xf64>) -> (tensor<4xf64>, tensor<3x5x4xf64>)
  return %ys : tensor<3x5x4xf64>
}

func.func @looks_up(%indices: tensor<3xi32>, %table: tensor<4xf32>) -> tensor<3xf32> {
  %all = dlc.scan 3 init() over(%indices) with(%table) {
  ^bb0(%i: tensor<i32>, %t: tensor<4xf32>):
    %j = dlc.reshape %i : tensor<i32> to tensor<1x1xi32>
    %checked = dlc.check_index %j {limit = 4 : i64, op = "gather"} : tensor<1x1xi32>
    %v = dlc.gather %t, %checked batch_dims 0 index_dims [0] : tensor<4xf32>, tensor<1x1xi32> to tensor<1xf32>
    %s = dlc.reshape %v : tensor<1xf32> to tensor<f32>
    dlc.yield %s : tensor<f32>
  } : (tensor<3xi32>, tensor<4xf32>) -> tensor<3xf32>
  return %all : tensor<3xf32>
}
