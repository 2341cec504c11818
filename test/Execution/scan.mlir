// Scans walk forward and backward, carry, stack, nest and run no trip at all.
// RUN: dlc run %s --function=sums --backend=both --random=1
// RUN: dlc run %s --function=reverse --backend=both --random=2
// RUN: dlc run %s --function=swap --backend=both --random=3
// RUN: dlc run %s --function=nested --backend=both --random=4
// RUN: dlc run %s --function=none --backend=both --random=5
// RUN: dlc run %s --function=kernel --backend=both --random=6

func.func @sums(%zero: tensor<5xf32>, %xs: tensor<7x5xf32>, %c: tensor<5xf32>) -> (tensor<5xf32>, tensor<7x5xf32>) {
  %0:2 = dlc.scan 7 init(%zero) over(%xs) with(%c) {
  ^bb0(%acc: tensor<5xf32>, %x: tensor<5xf32>, %k: tensor<5xf32>):
    %p = dlc.multiply %x, %k : tensor<5xf32>
    %s = dlc.add %acc, %p : tensor<5xf32>
    dlc.yield %s, %s : tensor<5xf32>, tensor<5xf32>
  } : (tensor<5xf32>, tensor<7x5xf32>, tensor<5xf32>) -> (tensor<5xf32>, tensor<7x5xf32>)
  return %0#0, %0#1 : tensor<5xf32>, tensor<7x5xf32>
}

func.func @reverse(%zero: tensor<f32>, %xs: tensor<7xf32>) -> (tensor<f32>, tensor<7xf32>) {
  %0:2 = dlc.scan 7 reverse init(%zero) over(%xs) with() {
  ^bb0(%acc: tensor<f32>, %x: tensor<f32>):
    %s = dlc.add %acc, %x : tensor<f32>
    dlc.yield %s, %s : tensor<f32>, tensor<f32>
  } : (tensor<f32>, tensor<7xf32>) -> (tensor<f32>, tensor<7xf32>)
  return %0#0, %0#1 : tensor<f32>, tensor<7xf32>
}

func.func @swap(%a: tensor<3xi32>, %b: tensor<3xi32>) -> (tensor<3xi32>, tensor<3xi32>) {
  %0:2 = dlc.scan 5 init(%a, %b) over() with() {
  ^bb0(%x: tensor<3xi32>, %y: tensor<3xi32>):
    dlc.yield %y, %x : tensor<3xi32>, tensor<3xi32>
  } : (tensor<3xi32>, tensor<3xi32>) -> (tensor<3xi32>, tensor<3xi32>)
  return %0#0, %0#1 : tensor<3xi32>, tensor<3xi32>
}

func.func @nested(%x: tensor<4x3x2xf32>, %zero: tensor<2xf32>) -> (tensor<2xf32>, tensor<4x3x2xf32>) {
  %0:2 = dlc.scan 4 init(%zero) over(%x) with() {
  ^bb0(%acc: tensor<2xf32>, %slice: tensor<3x2xf32>):
    %1:2 = dlc.scan 3 reverse init(%acc) over(%slice) with() {
    ^bb0(%inner: tensor<2xf32>, %row: tensor<2xf32>):
      %s = dlc.add %inner, %row : tensor<2xf32>
      dlc.yield %s, %s : tensor<2xf32>, tensor<2xf32>
    } : (tensor<2xf32>, tensor<3x2xf32>) -> (tensor<2xf32>, tensor<3x2xf32>)
    dlc.yield %1#0, %1#1 : tensor<2xf32>, tensor<3x2xf32>
  } : (tensor<2xf32>, tensor<4x3x2xf32>) -> (tensor<2xf32>, tensor<4x3x2xf32>)
  return %0#0, %0#1 : tensor<2xf32>, tensor<4x3x2xf32>
}

func.func @none(%a: tensor<3xf32>, %xs: tensor<0x3xf32>) -> (tensor<3xf32>, tensor<0x3xf32>) {
  %0:2 = dlc.scan 0 init(%a) over(%xs) with() {
  ^bb0(%acc: tensor<3xf32>, %x: tensor<3xf32>):
    %s = dlc.add %acc, %x : tensor<3xf32>
    dlc.yield %s, %x : tensor<3xf32>, tensor<3xf32>
  } : (tensor<3xf32>, tensor<0x3xf32>) -> (tensor<3xf32>, tensor<0x3xf32>)
  return %0#0, %0#1 : tensor<3xf32>, tensor<0x3xf32>
}

// A body that holds no op, and a result that is an argument.
func.func @kernel(%a: tensor<3xf32>, %i: tensor<2xi64>) -> (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %0 = dlc.scan 2 init() over() with(%a) {
  ^bb0(%k: tensor<3xf32>):
    dlc.yield %k : tensor<3xf32>
  } : (tensor<3xf32>) -> tensor<2x3xf32>
  %1 = dlc.negate %a : tensor<3xf32>
  return %0, %a, %1 : tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>
}
