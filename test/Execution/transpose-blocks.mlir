// Transposes by blocks in registers: whole blocks, the rests of both sides, and
// a body around them.
// RUN: dlc run %s --function=sizes --backend=both --random=1
// RUN: dlc run %s --function=body --backend=both --random=2 --threads=3
// RUN: dlc run %s --function=body --backend=both --random=2 --mcpu=x86-64
// RUN: dlc run %s --function=types --backend=both --random=3
// RUN: dlc run %s --function=narrow --backend=both --random=4
// RUN: dlc run %s --function=narrow --backend=both --random=4 --mcpu=x86-64 --threads=3

func.func @sizes(%a: tensor<16x16xf32>, %b: tensor<33x50xf32>, %c: tensor<3x20x17xf32>, %d: tensor<15x40xf32>, %e: tensor<16x3000xf32>, %f: tensor<3000x16xf32>, %g: tensor<0x16xf32>) -> (tensor<16x16xf32>, tensor<50x33xf32>, tensor<3x17x20xf32>, tensor<40x15xf32>, tensor<3000x16xf32>, tensor<16x3000xf32>, tensor<16x0xf32>) {
  %0 = dlc.transpose %a perm [1, 0] : tensor<16x16xf32> to tensor<16x16xf32>
  %1 = dlc.transpose %b perm [1, 0] : tensor<33x50xf32> to tensor<50x33xf32>
  %2 = dlc.transpose %c perm [0, 2, 1] : tensor<3x20x17xf32> to tensor<3x17x20xf32>
  %3 = dlc.transpose %d perm [1, 0] : tensor<15x40xf32> to tensor<40x15xf32>
  %4 = dlc.transpose %e perm [1, 0] : tensor<16x3000xf32> to tensor<3000x16xf32>
  %5 = dlc.transpose %f perm [1, 0] : tensor<3000x16xf32> to tensor<16x3000xf32>
  %6 = dlc.transpose %g perm [1, 0] : tensor<0x16xf32> to tensor<16x0xf32>
  return %0, %1, %2, %3, %4, %5, %6 : tensor<16x16xf32>, tensor<50x33xf32>, tensor<3x17x20xf32>, tensor<40x15xf32>, tensor<3000x16xf32>, tensor<16x3000xf32>, tensor<16x0xf32>
}

// %y lies where the sum will: no element is added twice.
func.func @body(%x: tensor<40x100xf32>, %z: tensor<40x100xf32>, %y: tensor<100x40xf32>, %bias: tensor<40xf32>, %w: tensor<17x21x19xf32>) -> (tensor<100x40xf32>, tensor<100x40xf32>, tensor<19x21x17xf32>, tensor<21x19x17xf32>) {
  %n = dlc.negate %y : tensor<100x40xf32>
  %0 = dlc.optimization_barrier %n : tensor<100x40xf32>
  %1 = dlc.transpose %x perm [1, 0] : tensor<40x100xf32> to tensor<100x40xf32>
  %2 = dlc.transpose %z perm [1, 0] : tensor<40x100xf32> to tensor<100x40xf32>
  %3 = dlc.broadcast_in_dim %bias dims [1] : tensor<40xf32> to tensor<100x40xf32>
  %4 = dlc.add %0, %1 : tensor<100x40xf32>
  %5 = dlc.multiply %2, %3 : tensor<100x40xf32>
  %6 = dlc.subtract %4, %5 : tensor<100x40xf32>
  %7 = dlc.transpose %w perm [2, 1, 0] : tensor<17x21x19xf32> to tensor<19x21x17xf32>
  %8 = dlc.transpose %w perm [1, 2, 0] : tensor<17x21x19xf32> to tensor<21x19x17xf32>
  return %6, %5, %7, %8 : tensor<100x40xf32>, tensor<100x40xf32>, tensor<19x21x17xf32>, tensor<21x19x17xf32>
}

func.func @types(%a: tensor<20x30xbf16>, %b: tensor<20x30xf64>, %c: tensor<20x30xui8>, %d: tensor<20x30xi64>, %p: tensor<20x30xi1>) -> (tensor<30x20xbf16>, tensor<30x20xf64>, tensor<30x20xui8>, tensor<30x20xi64>, tensor<30x20xi1>) {
  %0 = dlc.transpose %a perm [1, 0] : tensor<20x30xbf16> to tensor<30x20xbf16>
  %1 = dlc.transpose %b perm [1, 0] : tensor<20x30xf64> to tensor<30x20xf64>
  %2 = dlc.transpose %c perm [1, 0] : tensor<20x30xui8> to tensor<30x20xui8>
  %3 = dlc.transpose %d perm [1, 0] : tensor<20x30xi64> to tensor<30x20xi64>
  %4 = dlc.transpose %p perm [1, 0] : tensor<20x30xi1> to tensor<30x20xi1>
  return %0, %1, %2, %3, %4 : tensor<30x20xbf16>, tensor<30x20xf64>, tensor<30x20xui8>, tensor<30x20xi64>, tensor<30x20xi1>
}

// With padding around it, and between its elements.
// RUN: dlc run %s --function=padded --random=5 --backend=both
func.func @padded(%x: tensor<18x5x20xf32>) -> tensor<20x11x18xf32> {
  %z = dlc.constant dense<7.0> : tensor<f32>
  %p = dlc.pad %x with %z low [0, 1, 0] high [0, 1, 0] interior [0, 1, 0] : tensor<18x5x20xf32>, tensor<f32> to tensor<18x11x20xf32>
  %t = dlc.transpose %p perm [2, 1, 0] : tensor<18x11x20xf32> to tensor<20x11x18xf32>
  return %t : tensor<20x11x18xf32>
}

// Also where the lanes of a block run.
// RUN: dlc run %s --function=padded_lanes --random=5 --backend=both
func.func @padded_lanes(%x: tensor<17x3x15xf32>) -> tensor<18x3x19xf32> {
  %z = dlc.constant dense<7.0> : tensor<f32>
  %p = dlc.pad %x with %z low [1, 0, 2] high [1, 0, 1] interior [0, 0, 0] : tensor<17x3x15xf32>, tensor<f32> to tensor<19x3x18xf32>
  %t = dlc.transpose %p perm [2, 1, 0] : tensor<19x3x18xf32> to tensor<18x3x19xf32>
  return %t : tensor<18x3x19xf32>
}

// Where the last dimension is short, those before it join it: filters, whole
// blocks and rests; a body around one; two that differ in what they join.
func.func @narrow(%a: tensor<64x32x9xf32>, %b: tensor<40x20x9xf32>, %c: tensor<37x5x3x3xf32>, %d: tensor<17x3x7xbf16>, %e: tensor<3x33x2x9xf64>, %bias: tensor<40xf32>, %f: tensor<20x18x4xf32>) -> (tensor<9x32x64xf32>, tensor<9x20x40xf32>, tensor<3x3x5x37xf32>, tensor<7x3x17xbf16>, tensor<3x9x2x33xf64>, tensor<18x4x20xf32>, tensor<20x18x4xf32>) {
  %0 = dlc.transpose %a perm [2, 1, 0] : tensor<64x32x9xf32> to tensor<9x32x64xf32>
  %1 = dlc.transpose %b perm [2, 1, 0] : tensor<40x20x9xf32> to tensor<9x20x40xf32>
  %2 = dlc.broadcast_in_dim %bias dims [2] : tensor<40xf32> to tensor<9x20x40xf32>
  %3 = dlc.multiply %1, %2 : tensor<9x20x40xf32>
  %4 = dlc.transpose %c perm [2, 3, 1, 0] : tensor<37x5x3x3xf32> to tensor<3x3x5x37xf32>
  %5 = dlc.transpose %d perm [2, 1, 0] : tensor<17x3x7xbf16> to tensor<7x3x17xbf16>
  %6 = dlc.transpose %e perm [0, 3, 2, 1] : tensor<3x33x2x9xf64> to tensor<3x9x2x33xf64>
  %7 = dlc.transpose %f perm [1, 2, 0] : tensor<20x18x4xf32> to tensor<18x4x20xf32>
  %8 = dlc.transpose %7 perm [2, 0, 1] : tensor<18x4x20xf32> to tensor<20x18x4xf32>
  %9 = dlc.negate %8 : tensor<20x18x4xf32>
  return %0, %3, %4, %5, %6, %7, %9 : tensor<9x32x64xf32>, tensor<9x20x40xf32>, tensor<3x3x5x37xf32>, tensor<7x3x17xbf16>, tensor<3x9x2x33xf64>, tensor<18x4x20xf32>, tensor<20x18x4xf32>
}
