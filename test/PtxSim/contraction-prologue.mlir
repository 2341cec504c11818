// Products that compute an operand on its way to shared memory, or read a view
// in place, on the simulated GPU: one kernel, no bank conflicts, and the bits of
// arrays: @F_stored returns the operands too, so that they lie in memory.
// With sanitizers it would take minutes.
// REQUIRES: optimized
// DEFINE: %{target} = sm_80
// DEFINE: %{flags} =
// DEFINE: %{f} = bytes
// DEFINE: %{run} = dlc compile %s --target=cuda:%{target} %{flags} -o %t.dlcprog && ptx-sim %t.dlcprog --random=5 --function=%{f}_stored --output=@%t.npy > %t.operands && ptx-sim %t.dlcprog --random=5 --function=%{f} --expect=@%t.npy --stats
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = turned
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = mask
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = batch
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = double
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = tiny
// RUN: %{run} | FileCheck %s --check-prefix=TINY

// Blocks of k that are blocks of threads.
// REDEFINE: %{f} = deep
// RUN: %{run} | FileCheck %s --check-prefixes=CHECK,PARTS

// Whole sectors are read, and of the array alone that the views are parts of.
// REDEFINE: %{f} = heads
// RUN: %{run} | FileCheck %s --check-prefixes=CHECK,VIEW
// REDEFINE: %{f} = values
// RUN: %{run} | FileCheck %s

// Tensor cores: halves, and what is rounded to tf32.
// REDEFINE: %{f} = half
// RUN: %{run} | FileCheck %s --check-prefixes=CHECK,TENSOR
// REDEFINE: %{f} = half_heads
// RUN: %{run} | FileCheck %s --check-prefixes=CHECK,TENSOR
// REDEFINE: %{flags} = --precision=tf32
// REDEFINE: %{f} = turned
// RUN: %{run} | FileCheck %s --check-prefixes=CHECK,TENSOR

// Copies of both operands through registers.
// REDEFINE: %{target} = sm_75
// REDEFINE: %{flags} =
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = half
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = heads
// RUN: %{run} | FileCheck %s

// CHECK: result 0: {{.*}}: same bits
// CHECK-NOT: kernel map
// CHECK: kernel contraction
// TENSOR: by lanes: {{.*}}tensor {{[0-9]+}}
// VIEW: global loads: {{[0-9]+}} requests, 16.00 sectors each (at best 16.00)
// CHECK: shared: {{[0-9]+}} requests, 0 bank conflicts
// PARTS: kernel contraction_{{[0-9]+}}_then
// CHECK-NOT: kernel map
// TINY: result 0: {{.*}}: same bits
// TINY-NOT: kernel map
// TINY: kernel contraction

func.func @bytes(%x: tensor<257x783xui8>, %w: tensor<783x255xf32>) -> tensor<257x255xf32> {
  %a = dlc.convert %x : tensor<257x783xui8> to tensor<257x783xf32>
  %0 = dlc.dot_general %a, %w batch [] x [] contract [1] x [0] : tensor<257x783xf32>, tensor<783x255xf32> to tensor<257x255xf32>
  return %0 : tensor<257x255xf32>
}
func.func @bytes_stored(%x: tensor<257x783xui8>, %w: tensor<783x255xf32>) -> (tensor<257x255xf32>, tensor<257x783xf32>) {
  %a = dlc.convert %x : tensor<257x783xui8> to tensor<257x783xf32>
  %0 = dlc.dot_general %a, %w batch [] x [] contract [1] x [0] : tensor<257x783xf32>, tensor<783x255xf32> to tensor<257x255xf32>
  return %0, %a : tensor<257x255xf32>, tensor<257x783xf32>
}
func.func @turned(%x: tensor<530x33xbf16>, %w: tensor<47x530xbf16>) -> tensor<33x47xf32> {
  %a = dlc.convert %x : tensor<530x33xbf16> to tensor<530x33xf32>
  %b = dlc.convert %w : tensor<47x530xbf16> to tensor<47x530xf32>
  %0 = dlc.dot_general %a, %b batch [] x [] contract [0] x [1] : tensor<530x33xf32>, tensor<47x530xf32> to tensor<33x47xf32>
  return %0 : tensor<33x47xf32>
}
func.func @turned_stored(%x: tensor<530x33xbf16>, %w: tensor<47x530xbf16>) -> (tensor<33x47xf32>, tensor<530x33xf32>, tensor<47x530xf32>) {
  %a = dlc.convert %x : tensor<530x33xbf16> to tensor<530x33xf32>
  %b = dlc.convert %w : tensor<47x530xbf16> to tensor<47x530xf32>
  %0 = dlc.dot_general %a, %b batch [] x [] contract [0] x [1] : tensor<530x33xf32>, tensor<47x530xf32> to tensor<33x47xf32>
  return %0, %a, %b : tensor<33x47xf32>, tensor<530x33xf32>, tensor<47x530xf32>
}
func.func @mask(%x: tensor<70x64xf32>, %m: tensor<70x64xi1>, %w: tensor<64x48xf32>) -> tensor<70x48xf32> {
  %z = dlc.constant dense<0.0> : tensor<70x64xf32>
  %a = dlc.select %m, %x, %z : tensor<70x64xi1>, tensor<70x64xf32>
  %0 = dlc.dot_general %a, %w batch [] x [] contract [1] x [0] : tensor<70x64xf32>, tensor<64x48xf32> to tensor<70x48xf32>
  return %0 : tensor<70x48xf32>
}
func.func @mask_stored(%x: tensor<70x64xf32>, %m: tensor<70x64xi1>, %w: tensor<64x48xf32>) -> (tensor<70x48xf32>, tensor<70x64xf32>) {
  %z = dlc.constant dense<0.0> : tensor<70x64xf32>
  %a = dlc.select %m, %x, %z : tensor<70x64xi1>, tensor<70x64xf32>
  %0 = dlc.dot_general %a, %w batch [] x [] contract [1] x [0] : tensor<70x64xf32>, tensor<64x48xf32> to tensor<70x48xf32>
  return %0, %a : tensor<70x48xf32>, tensor<70x64xf32>
}
func.func @batch(%x: tensor<3x50x28xf32>, %m: tensor<3x50xf32>, %s: tensor<28xf32>, %y: tensor<3x36x28xi8>) -> tensor<3x50x36xf32> {
  %mb = dlc.broadcast_in_dim %m dims [0, 1] : tensor<3x50xf32> to tensor<3x50x28xf32>
  %sb = dlc.broadcast_in_dim %s dims [2] : tensor<28xf32> to tensor<3x50x28xf32>
  %c = dlc.subtract %x, %mb : tensor<3x50x28xf32>
  %a = dlc.multiply %c, %sb : tensor<3x50x28xf32>
  %b = dlc.convert %y : tensor<3x36x28xi8> to tensor<3x36x28xf32>
  %0 = dlc.dot_general %a, %b batch [0] x [0] contract [2] x [2] : tensor<3x50x28xf32>, tensor<3x36x28xf32> to tensor<3x50x36xf32>
  return %0 : tensor<3x50x36xf32>
}
func.func @batch_stored(%x: tensor<3x50x28xf32>, %m: tensor<3x50xf32>, %s: tensor<28xf32>, %y: tensor<3x36x28xi8>) -> (tensor<3x50x36xf32>, tensor<3x50x28xf32>, tensor<3x36x28xf32>) {
  %mb = dlc.broadcast_in_dim %m dims [0, 1] : tensor<3x50xf32> to tensor<3x50x28xf32>
  %sb = dlc.broadcast_in_dim %s dims [2] : tensor<28xf32> to tensor<3x50x28xf32>
  %c = dlc.subtract %x, %mb : tensor<3x50x28xf32>
  %a = dlc.multiply %c, %sb : tensor<3x50x28xf32>
  %b = dlc.convert %y : tensor<3x36x28xi8> to tensor<3x36x28xf32>
  %0 = dlc.dot_general %a, %b batch [0] x [0] contract [2] x [2] : tensor<3x50x28xf32>, tensor<3x36x28xf32> to tensor<3x50x36xf32>
  return %0, %a, %b : tensor<3x50x36xf32>, tensor<3x50x28xf32>, tensor<3x36x28xf32>
}
func.func @double(%x: tensor<41x65xf32>, %y: tensor<41x40xf64>) -> tensor<65x40xf64> {
  %a = dlc.convert %x : tensor<41x65xf32> to tensor<41x65xf64>
  %0 = dlc.dot_general %a, %y batch [] x [] contract [0] x [0] : tensor<41x65xf64>, tensor<41x40xf64> to tensor<65x40xf64>
  return %0 : tensor<65x40xf64>
}
func.func @double_stored(%x: tensor<41x65xf32>, %y: tensor<41x40xf64>) -> (tensor<65x40xf64>, tensor<41x65xf64>) {
  %a = dlc.convert %x : tensor<41x65xf32> to tensor<41x65xf64>
  %0 = dlc.dot_general %a, %y batch [] x [] contract [0] x [0] : tensor<41x65xf64>, tensor<41x40xf64> to tensor<65x40xf64>
  return %0, %a : tensor<65x40xf64>, tensor<41x65xf64>
}
func.func @tiny(%x: tensor<5x7xui8>, %w: tensor<7x3xf32>) -> tensor<5x3xf32> {
  %a = dlc.convert %x : tensor<5x7xui8> to tensor<5x7xf32>
  %0 = dlc.dot_general %a, %w batch [] x [] contract [1] x [0] : tensor<5x7xf32>, tensor<7x3xf32> to tensor<5x3xf32>
  return %0 : tensor<5x3xf32>
}
func.func @tiny_stored(%x: tensor<5x7xui8>, %w: tensor<7x3xf32>) -> (tensor<5x3xf32>, tensor<5x7xf32>) {
  %a = dlc.convert %x : tensor<5x7xui8> to tensor<5x7xf32>
  %0 = dlc.dot_general %a, %w batch [] x [] contract [1] x [0] : tensor<5x7xf32>, tensor<7x3xf32> to tensor<5x3xf32>
  return %0, %a : tensor<5x3xf32>, tensor<5x7xf32>
}
func.func @deep(%x: tensor<2x2100x20xi8>, %y: tensor<2x2100x24xf32>, %z: tensor<2x20x24xf32>) -> tensor<2x20x24xf32> {
  %a = dlc.convert %x : tensor<2x2100x20xi8> to tensor<2x2100x20xf32>
  %p = dlc.dot_general %a, %y batch [0] x [0] contract [1] x [1] : tensor<2x2100x20xf32>, tensor<2x2100x24xf32> to tensor<2x20x24xf32>
  %0 = dlc.subtract %z, %p : tensor<2x20x24xf32>
  return %0 : tensor<2x20x24xf32>
}
func.func @deep_stored(%x: tensor<2x2100x20xi8>, %y: tensor<2x2100x24xf32>, %z: tensor<2x20x24xf32>) -> (tensor<2x20x24xf32>, tensor<2x2100x20xf32>) {
  %a = dlc.convert %x : tensor<2x2100x20xi8> to tensor<2x2100x20xf32>
  %p = dlc.dot_general %a, %y batch [0] x [0] contract [1] x [1] : tensor<2x2100x20xf32>, tensor<2x2100x24xf32> to tensor<2x20x24xf32>
  %0 = dlc.subtract %z, %p : tensor<2x20x24xf32>
  return %0, %a : tensor<2x20x24xf32>, tensor<2x2100x20xf32>
}
func.func @heads(%p: tensor<2x64x3x4x32xf32>) -> tensor<8x64x64xf32> {
  %t = dlc.transpose %p perm [2, 0, 3, 1, 4] : tensor<2x64x3x4x32xf32> to tensor<3x2x4x64x32xf32>
  %q0 = dlc.slice %t from [0, 0, 0, 0, 0] to [1, 2, 4, 64, 32] by [1, 1, 1, 1, 1] : tensor<3x2x4x64x32xf32> to tensor<1x2x4x64x32xf32>
  %k0 = dlc.slice %t from [1, 0, 0, 0, 0] to [2, 2, 4, 64, 32] by [1, 1, 1, 1, 1] : tensor<3x2x4x64x32xf32> to tensor<1x2x4x64x32xf32>
  %q = dlc.reshape %q0 : tensor<1x2x4x64x32xf32> to tensor<8x64x32xf32>
  %k = dlc.reshape %k0 : tensor<1x2x4x64x32xf32> to tensor<8x64x32xf32>
  %0 = dlc.dot_general %q, %k batch [0] x [0] contract [2] x [2] : tensor<8x64x32xf32>, tensor<8x64x32xf32> to tensor<8x64x64xf32>
  return %0 : tensor<8x64x64xf32>
}
func.func @heads_stored(%p: tensor<2x64x3x4x32xf32>) -> (tensor<8x64x64xf32>, tensor<8x64x32xf32>, tensor<8x64x32xf32>) {
  %t = dlc.transpose %p perm [2, 0, 3, 1, 4] : tensor<2x64x3x4x32xf32> to tensor<3x2x4x64x32xf32>
  %q0 = dlc.slice %t from [0, 0, 0, 0, 0] to [1, 2, 4, 64, 32] by [1, 1, 1, 1, 1] : tensor<3x2x4x64x32xf32> to tensor<1x2x4x64x32xf32>
  %k0 = dlc.slice %t from [1, 0, 0, 0, 0] to [2, 2, 4, 64, 32] by [1, 1, 1, 1, 1] : tensor<3x2x4x64x32xf32> to tensor<1x2x4x64x32xf32>
  %q = dlc.reshape %q0 : tensor<1x2x4x64x32xf32> to tensor<8x64x32xf32>
  %k = dlc.reshape %k0 : tensor<1x2x4x64x32xf32> to tensor<8x64x32xf32>
  %0 = dlc.dot_general %q, %k batch [0] x [0] contract [2] x [2] : tensor<8x64x32xf32>, tensor<8x64x32xf32> to tensor<8x64x64xf32>
  return %0, %q, %k : tensor<8x64x64xf32>, tensor<8x64x32xf32>, tensor<8x64x32xf32>
}
func.func @values(%s: tensor<8x20x20xf32>, %p: tensor<2x20x3x4x32xf32>) -> tensor<8x20x32xf32> {
  %v1 = dlc.slice %p from [0, 0, 2, 0, 0] to [2, 20, 3, 4, 32] by [1, 1, 1, 1, 1] : tensor<2x20x3x4x32xf32> to tensor<2x20x1x4x32xf32>
  %v2 = dlc.transpose %v1 perm [2, 0, 3, 1, 4] : tensor<2x20x1x4x32xf32> to tensor<1x2x4x20x32xf32>
  %v = dlc.reshape %v2 : tensor<1x2x4x20x32xf32> to tensor<8x20x32xf32>
  %0 = dlc.dot_general %s, %v batch [0] x [0] contract [2] x [1] : tensor<8x20x20xf32>, tensor<8x20x32xf32> to tensor<8x20x32xf32>
  return %0 : tensor<8x20x32xf32>
}
func.func @values_stored(%s: tensor<8x20x20xf32>, %p: tensor<2x20x3x4x32xf32>) -> (tensor<8x20x32xf32>, tensor<8x20x32xf32>) {
  %v1 = dlc.slice %p from [0, 0, 2, 0, 0] to [2, 20, 3, 4, 32] by [1, 1, 1, 1, 1] : tensor<2x20x3x4x32xf32> to tensor<2x20x1x4x32xf32>
  %v2 = dlc.transpose %v1 perm [2, 0, 3, 1, 4] : tensor<2x20x1x4x32xf32> to tensor<1x2x4x20x32xf32>
  %v = dlc.reshape %v2 : tensor<1x2x4x20x32xf32> to tensor<8x20x32xf32>
  %0 = dlc.dot_general %s, %v batch [0] x [0] contract [2] x [1] : tensor<8x20x20xf32>, tensor<8x20x32xf32> to tensor<8x20x32xf32>
  return %0, %v : tensor<8x20x32xf32>, tensor<8x20x32xf32>
}
func.func @half(%x: tensor<65x527xui8>, %w: tensor<527x40xbf16>) -> tensor<65x40xbf16> {
  %a = dlc.convert %x : tensor<65x527xui8> to tensor<65x527xbf16>
  %0 = dlc.dot_general %a, %w batch [] x [] contract [1] x [0] : tensor<65x527xbf16>, tensor<527x40xbf16> to tensor<65x40xbf16>
  return %0 : tensor<65x40xbf16>
}
func.func @half_stored(%x: tensor<65x527xui8>, %w: tensor<527x40xbf16>) -> (tensor<65x40xbf16>, tensor<65x527xbf16>) {
  %a = dlc.convert %x : tensor<65x527xui8> to tensor<65x527xbf16>
  %0 = dlc.dot_general %a, %w batch [] x [] contract [1] x [0] : tensor<65x527xbf16>, tensor<527x40xbf16> to tensor<65x40xbf16>
  return %0, %a : tensor<65x40xbf16>, tensor<65x527xbf16>
}
func.func @half_heads(%p: tensor<2x20x3x4x32xbf16>) -> tensor<8x20x20xbf16> {
  %t = dlc.transpose %p perm [2, 0, 3, 1, 4] : tensor<2x20x3x4x32xbf16> to tensor<3x2x4x20x32xbf16>
  %q0 = dlc.slice %t from [0, 0, 0, 0, 0] to [1, 2, 4, 20, 32] by [1, 1, 1, 1, 1] : tensor<3x2x4x20x32xbf16> to tensor<1x2x4x20x32xbf16>
  %k0 = dlc.slice %t from [1, 0, 0, 0, 0] to [2, 2, 4, 20, 32] by [1, 1, 1, 1, 1] : tensor<3x2x4x20x32xbf16> to tensor<1x2x4x20x32xbf16>
  %q = dlc.reshape %q0 : tensor<1x2x4x20x32xbf16> to tensor<8x20x32xbf16>
  %k = dlc.reshape %k0 : tensor<1x2x4x20x32xbf16> to tensor<8x20x32xbf16>
  %0 = dlc.dot_general %q, %k batch [0] x [0] contract [2] x [2] : tensor<8x20x32xbf16>, tensor<8x20x32xbf16> to tensor<8x20x20xbf16>
  return %0 : tensor<8x20x20xbf16>
}
func.func @half_heads_stored(%p: tensor<2x20x3x4x32xbf16>) -> (tensor<8x20x20xbf16>, tensor<8x20x32xbf16>, tensor<8x20x32xbf16>) {
  %t = dlc.transpose %p perm [2, 0, 3, 1, 4] : tensor<2x20x3x4x32xbf16> to tensor<3x2x4x20x32xbf16>
  %q0 = dlc.slice %t from [0, 0, 0, 0, 0] to [1, 2, 4, 20, 32] by [1, 1, 1, 1, 1] : tensor<3x2x4x20x32xbf16> to tensor<1x2x4x20x32xbf16>
  %k0 = dlc.slice %t from [1, 0, 0, 0, 0] to [2, 2, 4, 20, 32] by [1, 1, 1, 1, 1] : tensor<3x2x4x20x32xbf16> to tensor<1x2x4x20x32xbf16>
  %q = dlc.reshape %q0 : tensor<1x2x4x20x32xbf16> to tensor<8x20x32xbf16>
  %k = dlc.reshape %k0 : tensor<1x2x4x20x32xbf16> to tensor<8x20x32xbf16>
  %0 = dlc.dot_general %q, %k batch [0] x [0] contract [2] x [2] : tensor<8x20x32xbf16>, tensor<8x20x32xbf16> to tensor<8x20x20xbf16>
  return %0, %q, %k : tensor<8x20x20xbf16>, tensor<8x20x32xbf16>, tensor<8x20x32xbf16>
}
