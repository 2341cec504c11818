// Ops that look up, place, sort and sum up elements give the interpreter's bits.
// Indices are drawn from [-11, 11]: what lies outside is clamped or dropped.
// RUN: dlc run %s --function=gather --backend=both --random=1
// RUN: dlc run %s --function=gather_fused --backend=both --random=2
// RUN: dlc run %s --function=scatter --backend=both --random=3
// RUN: dlc run %s --function=scatter_batched --backend=both --random=4
// RUN: dlc run %s --function=scatter_large --backend=both --random=5 --threads=3
// RUN: dlc run %s --function=scatter_in_loop --backend=both --random=6
// RUN: dlc run %s --function=cumulative --backend=both --random=7
// RUN: dlc run %s --function=cumulative_types --backend=both --random=8

func.func @gather(%table: tensor<10x33xf32>, %raw: tensor<3x7xi32>, %pairs: tensor<5x2xi64>, %b: tensor<3x6x4xbf16>, %none: tensor<0x1xi32>) -> (tensor<3x7x33xf32>, tensor<5xf32>, tensor<5x10xf32>, tensor<3x7x4xbf16>, tensor<0x33xf32>, tensor<3x33xf32>) {
  %c = dlc.constant dense<12> : tensor<3x7xi32>
  %m = dlc.remainder %raw, %c : tensor<3x7xi32>
  %i = dlc.reshape %m : tensor<3x7xi32> to tensor<3x7x1xi32>
  %0 = dlc.gather %table, %i batch_dims 0 index_dims [0] : tensor<10x33xf32>, tensor<3x7x1xi32> to tensor<3x7x33xf32>
  %d = dlc.constant dense<40> : tensor<5x2xi64>
  %p = dlc.remainder %pairs, %d : tensor<5x2xi64>
  %1 = dlc.gather %table, %p batch_dims 0 index_dims [0, 1] : tensor<10x33xf32>, tensor<5x2xi64> to tensor<5xf32>
  %s = dlc.slice %p from [0, 0] to [5, 1] by [1, 1] : tensor<5x2xi64> to tensor<5x1xi64>
  %2 = dlc.gather %table, %s batch_dims 0 index_dims [1] : tensor<10x33xf32>, tensor<5x1xi64> to tensor<5x10xf32>
  %3 = dlc.gather %b, %i batch_dims 1 index_dims [1] : tensor<3x6x4xbf16>, tensor<3x7x1xi32> to tensor<3x7x4xbf16>
  %4 = dlc.gather %table, %none batch_dims 0 index_dims [0] : tensor<10x33xf32>, tensor<0x1xi32> to tensor<0x33xf32>
  %z = dlc.constant dense<0> : tensor<3x0xi32>
  %row = dlc.slice %table from [0, 0] to [1, 33] by [1, 1] : tensor<10x33xf32> to tensor<1x33xf32>
  %flat = dlc.reshape %row : tensor<1x33xf32> to tensor<33xf32>
  %5 = dlc.gather %flat, %z batch_dims 0 index_dims [] : tensor<33xf32>, tensor<3x0xi32> to tensor<3x33xf32>
  return %0, %1, %2, %3, %4, %5 : tensor<3x7x33xf32>, tensor<5xf32>, tensor<5x10xf32>, tensor<3x7x4xbf16>, tensor<0x33xf32>, tensor<3x33xf32>
}

// In a row kernel, and one element a lane.
func.func @gather_fused(%table: tensor<10x100xf32>, %raw: tensor<7xi32>, %flat: tensor<64xf32>, %each: tensor<1000xi32>) -> (tensor<7x100xf32>, tensor<7xf32>, tensor<1000xf32>) {
  %c = dlc.constant dense<12> : tensor<7xi32>
  %m = dlc.remainder %raw, %c : tensor<7xi32>
  %i = dlc.reshape %m : tensor<7xi32> to tensor<7x1xi32>
  %0 = dlc.gather %table, %i batch_dims 0 index_dims [0] : tensor<10x100xf32>, tensor<7x1xi32> to tensor<7x100xf32>
  %1 = dlc.abs %0 : tensor<7x100xf32>
  %2 = dlc.reduce max %1 dims [1] : tensor<7x100xf32> to tensor<7xf32>
  %d = dlc.constant dense<70> : tensor<1000xi32>
  %n = dlc.remainder %each, %d : tensor<1000xi32>
  %j = dlc.reshape %n : tensor<1000xi32> to tensor<1000x1xi32>
  %3 = dlc.gather %flat, %j batch_dims 0 index_dims [0] : tensor<64xf32>, tensor<1000x1xi32> to tensor<1000xf32>
  %4 = dlc.negate %3 : tensor<1000xf32>
  return %1, %2, %4 : tensor<7x100xf32>, tensor<7xf32>, tensor<1000xf32>
}

func.func @scatter(%table: tensor<10x33xf32>, %raw: tensor<21xi32>, %u: tensor<21x33xf32>, %v: tensor<21x10xf32>, %h: tensor<10xbf16>, %g: tensor<21xbf16>, %b: tensor<10xi8>, %w: tensor<21xi8>, %none: tensor<0x1xi32>, %nothing: tensor<0x33xf32>) -> (tensor<10x33xf32>, tensor<10x33xf32>, tensor<10x33xf32>, tensor<10xbf16>, tensor<10xi8>, tensor<10x33xf32>) {
  %c = dlc.constant dense<12> : tensor<21xi32>
  %m = dlc.remainder %raw, %c : tensor<21xi32>
  %i = dlc.reshape %m : tensor<21xi32> to tensor<21x1xi32>
  %0 = dlc.scatter add %table, %i, %u batch_dims 0 index_dims [0] : tensor<10x33xf32>, tensor<21x1xi32>, tensor<21x33xf32>
  %1 = dlc.scatter replace %table, %i, %u batch_dims 0 index_dims [0] : tensor<10x33xf32>, tensor<21x1xi32>, tensor<21x33xf32>
  %2 = dlc.scatter add %table, %i, %v batch_dims 0 index_dims [1] : tensor<10x33xf32>, tensor<21x1xi32>, tensor<21x10xf32>
  %3 = dlc.scatter add %h, %i, %g batch_dims 0 index_dims [0] : tensor<10xbf16>, tensor<21x1xi32>, tensor<21xbf16>
  %4 = dlc.scatter add %b, %i, %w batch_dims 0 index_dims [0] : tensor<10xi8>, tensor<21x1xi32>, tensor<21xi8>
  %5 = dlc.scatter add %table, %none, %nothing batch_dims 0 index_dims [0] : tensor<10x33xf32>, tensor<0x1xi32>, tensor<0x33xf32>
  return %0, %1, %2, %3, %4, %5 : tensor<10x33xf32>, tensor<10x33xf32>, tensor<10x33xf32>, tensor<10xbf16>, tensor<10xi8>, tensor<10x33xf32>
}

func.func @scatter_batched(%x: tensor<3x4x8x5xf32>, %raw: tensor<3x6x2xi64>, %u: tensor<3x6x4xf32>, %all: tensor<3x0xi32>, %y: tensor<7xf32>, %w: tensor<3x7xf32>) -> (tensor<3x4x8x5xf32>, tensor<7xf32>, tensor<3x4x8x5xf32>) {
  %c = dlc.constant dense<9> : tensor<3x6x2xi64>
  %i = dlc.remainder %raw, %c : tensor<3x6x2xi64>
  %0 = dlc.scatter add %x, %i, %u batch_dims 1 index_dims [2, 3] : tensor<3x4x8x5xf32>, tensor<3x6x2xi64>, tensor<3x6x4xf32>
  %1 = dlc.scatter add %y, %all, %w batch_dims 0 index_dims [] : tensor<7xf32>, tensor<3x0xi32>, tensor<3x7xf32>
  // The operand may also be what is added.
  %2 = dlc.negate %x : tensor<3x4x8x5xf32>
  %j = dlc.slice %i from [0, 0, 0] to [3, 4, 1] by [1, 1, 1] : tensor<3x6x2xi64> to tensor<3x4x1xi64>
  %3 = dlc.scatter add %2, %j, %2 batch_dims 1 index_dims [1] : tensor<3x4x8x5xf32>, tensor<3x4x1xi64>, tensor<3x4x8x5xf32>
  return %0, %1, %3 : tensor<3x4x8x5xf32>, tensor<7xf32>, tensor<3x4x8x5xf32>
}

// Several tiles read the same indices, each for its range; and many columns.
func.func @scatter_large(%bins: tensor<100x20xf32>, %raw: tensor<4000xi32>, %u: tensor<4000x20xf32>, %few: tensor<30xi32>, %v: tensor<30x1000xf32>) -> (tensor<100x20xf32>, tensor<100x1000xf32>) {
  %c = dlc.constant dense<110> : tensor<4000xi32>
  %m = dlc.remainder %raw, %c : tensor<4000xi32>
  %i = dlc.reshape %m : tensor<4000xi32> to tensor<4000x1xi32>
  %0 = dlc.scatter add %bins, %i, %u batch_dims 0 index_dims [0] : tensor<100x20xf32>, tensor<4000x1xi32>, tensor<4000x20xf32>
  %d = dlc.constant dense<110> : tensor<30xi32>
  %n = dlc.remainder %few, %d : tensor<30xi32>
  %j = dlc.reshape %n : tensor<30xi32> to tensor<30x1xi32>
  %z = dlc.constant dense<0.0> : tensor<100x1000xf32>
  %1 = dlc.scatter add %z, %j, %v batch_dims 0 index_dims [0] : tensor<100x1000xf32>, tensor<30x1xi32>, tensor<30x1000xf32>
  return %0, %1 : tensor<100x20xf32>, tensor<100x1000xf32>
}

// The carries are changed where they lie.
func.func @scatter_in_loop(%x: tensor<10x4xf32>, %raw: tensor<5x3x1xi32>, %u: tensor<5x3x4xf32>, %rows: tensor<5x1x4xf32>, %at: tensor<5xi32>, %zero: tensor<i32>) -> (tensor<10x4xf32>, tensor<10x4xf32>) {
  %c = dlc.constant dense<12> : tensor<5x3x1xi32>
  %i = dlc.remainder %raw, %c : tensor<5x3x1xi32>
  %0:2 = dlc.scan 5 init(%x, %x) over(%i, %u, %rows, %at) with(%zero) {
  ^bb0(%a: tensor<10x4xf32>, %b: tensor<10x4xf32>, %j: tensor<3x1xi32>, %v: tensor<3x4xf32>, %row: tensor<1x4xf32>, %n: tensor<i32>, %z: tensor<i32>):
    %1 = dlc.scatter add %a, %j, %v batch_dims 0 index_dims [0] : tensor<10x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>
    %2 = dlc.dynamic_update_slice %b, %row at(%n, %z) : (tensor<10x4xf32>, tensor<1x4xf32>, tensor<i32>, tensor<i32>) -> tensor<10x4xf32>
    dlc.yield %1, %2 : tensor<10x4xf32>, tensor<10x4xf32>
  } : (tensor<10x4xf32>, tensor<10x4xf32>, tensor<5x3x1xi32>, tensor<5x3x4xf32>, tensor<5x1x4xf32>, tensor<5xi32>, tensor<i32>) -> (tensor<10x4xf32>, tensor<10x4xf32>)
  return %0#0, %0#1 : tensor<10x4xf32>, tensor<10x4xf32>
}

func.func @cumulative(%x: tensor<1000xf32>, %y: tensor<19x7xf32>, %z: tensor<3x16x33xf32>, %e: tensor<0x4xf32>, %n: tensor<4x0xf32>, %one: tensor<1x1xf32>) -> (tensor<1000xf32>, tensor<19x7xf32>, tensor<19x7xf32>, tensor<3x16x33xf32>, tensor<0x4xf32>, tensor<4x0xf32>, tensor<1x1xf32>) {
  %0 = dlc.cumulative_sum %x dim 0 : tensor<1000xf32>
  %1 = dlc.cumulative_sum %y dim 1 exclusive : tensor<19x7xf32>
  %2 = dlc.cumulative_sum %y dim 0 reverse : tensor<19x7xf32>
  %3 = dlc.cumulative_sum %z dim 1 reverse exclusive : tensor<3x16x33xf32>
  %4 = dlc.cumulative_sum %e dim 0 : tensor<0x4xf32>
  %5 = dlc.cumulative_sum %n dim 1 : tensor<4x0xf32>
  %6 = dlc.cumulative_sum %one dim 0 : tensor<1x1xf32>
  return %0, %1, %2, %3, %4, %5, %6 : tensor<1000xf32>, tensor<19x7xf32>, tensor<19x7xf32>, tensor<3x16x33xf32>, tensor<0x4xf32>, tensor<4x0xf32>, tensor<1x1xf32>
}

func.func @cumulative_types(%a: tensor<5x40xbf16>, %b: tensor<40x5xf16>, %c: tensor<40xf64>, %d: tensor<40xi8>, %e: tensor<4x10xui32>) -> (tensor<5x40xbf16>, tensor<40x5xf16>, tensor<40xf64>, tensor<40xi8>, tensor<4x10xui32>) {
  %0 = dlc.cumulative_sum %a dim 1 : tensor<5x40xbf16>
  %1 = dlc.cumulative_sum %b dim 0 : tensor<40x5xf16>
  %2 = dlc.cumulative_sum %c dim 0 reverse : tensor<40xf64>
  %3 = dlc.cumulative_sum %d dim 0 exclusive : tensor<40xi8>
  %4 = dlc.cumulative_sum %e dim 1 : tensor<4x10xui32>
  return %0, %1, %2, %3, %4 : tensor<5x40xbf16>, tensor<40x5xf16>, tensor<40xf64>, tensor<40xi8>, tensor<4x10xui32>
}
