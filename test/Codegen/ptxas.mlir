// NVIDIA's assembler takes the PTX, the math included, for every chip we name;
// the loops of products keep their sums in registers. (It may spill a word or two
// that the loops do not need.)
// REQUIRES: ptxas
// DEFINE: %{flags} =
// DEFINE: %{chip} = sm_75
// DEFINE: %{assemble} = dlc compile %s --target=cuda:%{chip} %{flags} --emit=ptx -o %t.ptx && %ptxas -v -arch=%{chip} %t.ptx -o %t.cubin 2>&1 | FileCheck %s
// RUN: %{assemble}
// REDEFINE: %{chip} = sm_80
// RUN: %{assemble}
// REDEFINE: %{flags} = --precision=tf32
// RUN: %{assemble}
// REDEFINE: %{flags} =
// REDEFINE: %{chip} = sm_89
// RUN: %{assemble}
// REDEFINE: %{chip} = sm_90
// RUN: %{assemble}
// REDEFINE: %{flags} = --precision=tf32
// RUN: %{assemble}

// CHECK: Compiling entry function
// CHECK-NOT: {{[0-9][0-9]+}} bytes spill

func.func @f(%x: tensor<64x100xf32>, %y: tensor<64x100xf32>) -> (tensor<64x100xf32>, tensor<64x100xf32>) {
  %0 = dlc.exponential %x : tensor<64x100xf32>
  %1 = dlc.tanh %y : tensor<64x100xf32>
  %2 = dlc.multiply %0, %1 : tensor<64x100xf32>
  %3 = dlc.softmax %x dim 1 : tensor<64x100xf32>
  return %2, %3 : tensor<64x100xf32>, tensor<64x100xf32>
}
func.func @large(%x: tensor<4096x2048xf32>, %y: tensor<2048x4096xf32>) -> tensor<4096x4096xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<4096x2048xf32>, tensor<2048x4096xf32> to tensor<4096x4096xf32>
  return %0 : tensor<4096x4096xf32>
}
func.func @large_transposed(%x: tensor<512x4096xf32>, %y: tensor<4096x512xf32>) -> tensor<4096x4096xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [0] x [1] : tensor<512x4096xf32>, tensor<4096x512xf32> to tensor<4096x4096xf32>
  return %0 : tensor<4096x4096xf32>
}
func.func @deep(%x: tensor<8192x100xf32>, %y: tensor<8192x64xf32>) -> tensor<100x64xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [0] x [0] : tensor<8192x100xf32>, tensor<8192x64xf32> to tensor<100x64xf32>
  return %0 : tensor<100x64xf32>
}
func.func @small(%x: tensor<64x100xf64>, %y: tensor<100x30xf64>) -> tensor<64x30xf64> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<64x100xf64>, tensor<100x30xf64> to tensor<64x30xf64>
  return %0 : tensor<64x30xf64>
}
func.func @half(%x: tensor<2048x512xf16>, %y: tensor<512x2048xf16>) -> tensor<2048x2048xf16> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<2048x512xf16>, tensor<512x2048xf16> to tensor<2048x2048xf16>
  return %0 : tensor<2048x2048xf16>
}
func.func @brain(%x: tensor<512x2048xbf16>, %y: tensor<2048x512xbf16>) -> tensor<2048x2048xbf16> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [0] x [1] : tensor<512x2048xbf16>, tensor<2048x512xbf16> to tensor<2048x2048xbf16>
  return %0 : tensor<2048x2048xbf16>
}
func.func @image(%x: tensor<64x32x32x16xf32>, %w: tensor<3x3x16x32xf32>) -> tensor<64x32x32x32xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<64x32x32x16xf32>, tensor<3x3x16x32xf32> to tensor<64x32x32x32xf32>
  return %y : tensor<64x32x32x32xf32>
}
func.func @sums(%x: tensor<20000x40xf32>, %y: tensor<2x100000xf32>) -> (tensor<40xf32>, tensor<2xf32>) {
  %0 = dlc.reduce add %x dims [0] : tensor<20000x40xf32> to tensor<40xf32>
  %1 = dlc.reduce add %y dims [1] : tensor<2x100000xf32> to tensor<2xf32>
  return %0, %1 : tensor<40xf32>, tensor<2xf32>
}

// Operands that products compute, at sizes that fit no tile.
func.func @prologue(%x: tensor<257x783xui8>, %w: tensor<783x255xf32>, %y: tensor<530x33xbf16>, %v: tensor<47x530xbf16>) -> (tensor<257x255xf32>, tensor<33x47xf32>) {
  %a = dlc.convert %x : tensor<257x783xui8> to tensor<257x783xf32>
  %0 = dlc.dot_general %a, %w batch [] x [] contract [1] x [0] : tensor<257x783xf32>, tensor<783x255xf32> to tensor<257x255xf32>
  %b = dlc.convert %y : tensor<530x33xbf16> to tensor<530x33xf32>
  %c = dlc.convert %v : tensor<47x530xbf16> to tensor<47x530xf32>
  %1 = dlc.dot_general %b, %c batch [] x [] contract [0] x [1] : tensor<530x33xf32>, tensor<47x530xf32> to tensor<33x47xf32>
  return %0, %1 : tensor<257x255xf32>, tensor<33x47xf32>
}
