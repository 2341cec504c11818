// Ops that move elements give the interpreter's bits, alone and inside kernels.
// RUN: dlc run %s --function=reverse --backend=both --random=1
// RUN: dlc run %s --function=concatenate --backend=both --random=2
// RUN: dlc run %s --function=concatenate_inside --backend=both --random=3
// RUN: dlc run %s --function=pad --backend=both --random=4
// RUN: dlc run %s --function=dynamic --backend=both --random=5
// RUN: dlc run %s --function=update --backend=both --random=6
// RUN: dlc run %s --function=barrier --backend=both --random=7
// RUN: dlc run %s --function=scalars --backend=both --random=8
// RUN: dlc run %s --function=epilogue --backend=both --random=9 --rtol=1e-5

func.func @reverse(%x: tensor<3x1000xf32>, %y: tensor<2x3x7xbf16>, %e: tensor<0x4xi32>, %p: tensor<16xi1>) -> (tensor<3x1000xf32>, tensor<2x3x7xbf16>, tensor<0x4xi32>, tensor<16xi1>, tensor<3x1000xf32>, tensor<3xf32>) {
  %0 = dlc.reverse %x dims [1] : tensor<3x1000xf32>
  %1 = dlc.reverse %y dims [0, 2] : tensor<2x3x7xbf16>
  %2 = dlc.reverse %e dims [1] : tensor<0x4xi32>
  %3 = dlc.reverse %p dims [0] : tensor<16xi1>
  %4 = dlc.reverse %x dims [0] : tensor<3x1000xf32>
  %5 = dlc.add %4, %x : tensor<3x1000xf32>
  %6 = dlc.reduce max %0 dims [1] : tensor<3x1000xf32> to tensor<3xf32>
  return %0, %1, %2, %3, %5, %6 : tensor<3x1000xf32>, tensor<2x3x7xbf16>, tensor<0x4xi32>, tensor<16xi1>, tensor<3x1000xf32>, tensor<3xf32>
}

func.func @concatenate(%a: tensor<5x7xf32>, %b: tensor<5x16xf32>, %c: tensor<5x0xf32>, %d: tensor<2x7xf32>, %h: tensor<1xf16>, %i: tensor<1000xf16>) -> (tensor<5x23xf32>, tensor<5x46xf32>, tensor<14x7xf32>, tensor<1001xf16>) {
  %0 = dlc.concatenate %a, %b dim 1 : (tensor<5x7xf32>, tensor<5x16xf32>) -> tensor<5x23xf32>
  %1 = dlc.concatenate %b, %a, %c, %a, %b dim 1 : (tensor<5x16xf32>, tensor<5x7xf32>, tensor<5x0xf32>, tensor<5x7xf32>, tensor<5x16xf32>) -> tensor<5x46xf32>
  %2 = dlc.concatenate %a, %d, %d, %a dim 0 : (tensor<5x7xf32>, tensor<2x7xf32>, tensor<2x7xf32>, tensor<5x7xf32>) -> tensor<14x7xf32>
  %3 = dlc.concatenate %h, %i dim 0 : (tensor<1xf16>, tensor<1000xf16>) -> tensor<1001xf16>
  return %0, %1, %2, %3 : tensor<5x23xf32>, tensor<5x46xf32>, tensor<14x7xf32>, tensor<1001xf16>
}

func.func @concatenate_inside(%a: tensor<5x7xf32>, %b: tensor<5x19xf32>, %w: tensor<26x4xf32>) -> (tensor<5xf32>, tensor<26x5xf32>, tensor<5x26xf32>, tensor<26xf32>, tensor<5x26xf32>, tensor<10x26xf32>) {
  %0 = dlc.concatenate %a, %b dim 1 : (tensor<5x7xf32>, tensor<5x19xf32>) -> tensor<5x26xf32>
  %1 = dlc.negate %0 : tensor<5x26xf32>
  %2 = dlc.reduce max %1 dims [1] : tensor<5x26xf32> to tensor<5xf32>
  %3 = dlc.transpose %1 perm [1, 0] : tensor<5x26xf32> to tensor<26x5xf32>
  %4 = dlc.reverse %0 dims [1] : tensor<5x26xf32>
  %5 = dlc.add %4, %1 : tensor<5x26xf32>
  %6 = dlc.reduce min %0 dims [0] : tensor<5x26xf32> to tensor<26xf32>
  %7 = dlc.reverse %0 dims [0] : tensor<5x26xf32>
  %8 = dlc.concatenate %7, %0 dim 0 : (tensor<5x26xf32>, tensor<5x26xf32>) -> tensor<10x26xf32>
  return %2, %3, %5, %6, %7, %8 : tensor<5xf32>, tensor<26x5xf32>, tensor<5x26xf32>, tensor<26xf32>, tensor<5x26xf32>, tensor<10x26xf32>
}

func.func @pad(%x: tensor<5x40xf32>, %v: tensor<f32>, %y: tensor<7xui8>, %w: tensor<ui8>) -> (tensor<3x37xf32>, tensor<6x44xf32>, tensor<9xui8>, tensor<2x0xf32>) {
  %0 = dlc.pad %x with %v low [-1, -2] high [-1, -1] interior [0, 0] : tensor<5x40xf32>, tensor<f32> to tensor<3x37xf32>
  %1 = dlc.pad %x with %v low [-3, 9] high [0, -5] interior [1, 0] : tensor<5x40xf32>, tensor<f32> to tensor<6x44xf32>
  %2 = dlc.pad %y with %w low [-5] high [-5] interior [2] : tensor<7xui8>, tensor<ui8> to tensor<9xui8>
  %3 = dlc.pad %x with %v low [-1, -20] high [-2, -20] interior [0, 0] : tensor<5x40xf32>, tensor<f32> to tensor<2x0xf32>
  return %0, %1, %2, %3 : tensor<3x37xf32>, tensor<6x44xf32>, tensor<9xui8>, tensor<2x0xf32>
}

func.func @dynamic(%x: tensor<4x40xf32>, %y: tensor<3x2x5xi8>) -> (tensor<2x33xf32>, tensor<1x40xf32>, tensor<4x8xf32>, tensor<1x2x5xi8>, tensor<4x0xf32>) {
  %zero = dlc.constant dense<0> : tensor<i32>
  %one = dlc.constant dense<1> : tensor<i32>
  %far = dlc.constant dense<99> : tensor<i64>
  %below = dlc.constant dense<-3> : tensor<i64>
  %0 = dlc.dynamic_slice %x at(%one, %one) sizes [2, 33] : (tensor<4x40xf32>, tensor<i32>, tensor<i32>) -> tensor<2x33xf32>
  %1 = dlc.dynamic_slice %x at(%far, %far) sizes [1, 40] : (tensor<4x40xf32>, tensor<i64>, tensor<i64>) -> tensor<1x40xf32>
  %2 = dlc.dynamic_slice %x at(%below, %far) sizes [4, 8] : (tensor<4x40xf32>, tensor<i64>, tensor<i64>) -> tensor<4x8xf32>
  %3 = dlc.dynamic_slice %y at(%one, %zero, %one) sizes [1, 2, 5] : (tensor<3x2x5xi8>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x2x5xi8>
  %4 = dlc.dynamic_slice %x at(%one, %one) sizes [4, 0] : (tensor<4x40xf32>, tensor<i32>, tensor<i32>) -> tensor<4x0xf32>
  return %0, %1, %2, %3, %4 : tensor<2x33xf32>, tensor<1x40xf32>, tensor<4x8xf32>, tensor<1x2x5xi8>, tensor<4x0xf32>
}

func.func @update(%x: tensor<4x40xf32>, %u: tensor<2x33xf32>, %row: tensor<1x40xf32>, %b: tensor<3x2x5xbf16>, %v: tensor<1x2x5xbf16>, %none: tensor<4x0xf32>) -> (tensor<4x40xf32>, tensor<4x40xf32>, tensor<4x40xf32>, tensor<3x2x5xbf16>, tensor<4x40xf32>) {
  %one = dlc.constant dense<1> : tensor<i32>
  %far = dlc.constant dense<99> : tensor<i64>
  %below = dlc.constant dense<-3> : tensor<i64>
  %0 = dlc.dynamic_update_slice %x, %u at(%one, %one) : (tensor<4x40xf32>, tensor<2x33xf32>, tensor<i32>, tensor<i32>) -> tensor<4x40xf32>
  %1 = dlc.dynamic_update_slice %x, %row at(%far, %far) : (tensor<4x40xf32>, tensor<1x40xf32>, tensor<i64>, tensor<i64>) -> tensor<4x40xf32>
  %y = dlc.negate %x : tensor<4x40xf32>
  %2 = dlc.dynamic_update_slice %y, %u at(%below, %far) : (tensor<4x40xf32>, tensor<2x33xf32>, tensor<i64>, tensor<i64>) -> tensor<4x40xf32>
  %3 = dlc.dynamic_update_slice %b, %v at(%one, %one, %one) : (tensor<3x2x5xbf16>, tensor<1x2x5xbf16>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<3x2x5xbf16>
  %4 = dlc.dynamic_update_slice %x, %none at(%one, %one) : (tensor<4x40xf32>, tensor<4x0xf32>, tensor<i32>, tensor<i32>) -> tensor<4x40xf32>
  return %0, %1, %2, %3, %4 : tensor<4x40xf32>, tensor<4x40xf32>, tensor<4x40xf32>, tensor<3x2x5xbf16>, tensor<4x40xf32>
}

func.func @barrier(%x: tensor<70xf32>, %y: tensor<70xf32>) -> (tensor<70xf32>, tensor<70xf32>, tensor<70xf32>) {
  %a = dlc.abs %x : tensor<70xf32>
  %0:2 = dlc.optimization_barrier %x, %y : tensor<70xf32>, tensor<70xf32>
  %b = dlc.abs %0#0 : tensor<70xf32>
  %1 = dlc.add %b, %0#1 : tensor<70xf32>
  return %a, %1, %0#1 : tensor<70xf32>, tensor<70xf32>, tensor<70xf32>
}

func.func @scalars(%x: tensor<f32>, %y: tensor<f32>, %i: tensor<1x1x1x1x1x1x1x2xi64>) -> (tensor<f32>, tensor<f32>, tensor<1x1x1x1x1x1x1x4xi64>) {
  %0 = dlc.dynamic_slice %x at() sizes [] : (tensor<f32>) -> tensor<f32>
  %1 = dlc.dynamic_update_slice %x, %y at() : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %r = dlc.reverse %i dims [0, 7] : tensor<1x1x1x1x1x1x1x2xi64>
  %2 = dlc.concatenate %i, %r dim 7 : (tensor<1x1x1x1x1x1x1x2xi64>, tensor<1x1x1x1x1x1x1x2xi64>) -> tensor<1x1x1x1x1x1x1x4xi64>
  return %0, %1, %2 : tensor<f32>, tensor<f32>, tensor<1x1x1x1x1x1x1x4xi64>
}

// After a contraction, and before one.
func.func @epilogue(%x: tensor<20x30xf32>, %w: tensor<30x40xf32>, %a: tensor<20x7xf32>, %b: tensor<20x33xf32>, %table: tensor<9x40xf32>, %raw: tensor<20xi32>, %i: tensor<i32>) -> (tensor<20x40xf32>, tensor<20x40xf32>) {
  %0 = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<20x30xf32>, tensor<30x40xf32> to tensor<20x40xf32>
  %1 = dlc.concatenate %a, %b dim 1 : (tensor<20x7xf32>, tensor<20x33xf32>) -> tensor<20x40xf32>
  %2 = dlc.add %0, %1 : tensor<20x40xf32>
  %c = dlc.constant dense<9> : tensor<20xi32>
  %m = dlc.remainder %raw, %c : tensor<20xi32>
  %j = dlc.reshape %m : tensor<20xi32> to tensor<20x1xi32>
  %3 = dlc.gather %table, %j batch_dims 0 index_dims [0] : tensor<9x40xf32>, tensor<20x1xi32> to tensor<20x40xf32>
  %4 = dlc.reverse %3 dims [1] : tensor<20x40xf32>
  %5 = dlc.multiply %2, %4 : tensor<20x40xf32>
  %6 = dlc.dynamic_slice %1 at(%i, %i) sizes [20, 30] : (tensor<20x40xf32>, tensor<i32>, tensor<i32>) -> tensor<20x30xf32>
  %7 = dlc.dot_general %6, %w batch [] x [] contract [1] x [0] : tensor<20x30xf32>, tensor<30x40xf32> to tensor<20x40xf32>
  return %5, %7 : tensor<20x40xf32>, tensor<20x40xf32>
}
