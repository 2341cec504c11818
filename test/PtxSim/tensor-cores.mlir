// Products on the simulated tensor cores: halves, and f32 rounded to tf32 if
// that is asked for. Whichever operand is transposed, and at sizes that fit no
// tile and several blocks of k.
// DEFINE: %{flags} =
// DEFINE: %{rtol} = 1e-3
// DEFINE: %{f} = half_nn
// DEFINE: %{run} = dlc run %s --random=1 --function=%{f} --backend=interpreter --output=@%t.npy && dlc compile %s --target=cuda:sm_80 %{flags} -o %t.dlcprog && ptx-sim %t.dlcprog --random=1 --function=%{f} --expect=@%t.npy --rtol=%{rtol} --stats
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = half_tt
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = half_image
// RUN: %{run} | FileCheck %s
// REDEFINE: %{rtol} = 8e-3
// REDEFINE: %{f} = brain_nt
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = brain_tn
// RUN: %{run} | FileCheck %s
// REDEFINE: %{rtol} = 2e-3
// REDEFINE: %{flags} = --precision=tf32
// REDEFINE: %{f} = nn
// RUN: %{run} | FileCheck %s
// REDEFINE: %{f} = tt
// RUN: %{run} | FileCheck %s
// Exact unless asked for.
// REDEFINE: %{flags} =
// RUN: %{run} | FileCheck %s --check-prefix=EXACT

// CHECK: by lanes: {{.*}}tensor {{[0-9]+}}
// CHECK: shared: {{[0-9]+}} requests, 0 bank conflicts
// EXACT-NOT: tensor {{[0-9]}}

func.func @half_nn(%x: tensor<50x72xf16>, %y: tensor<72x40xf16>) -> tensor<50x40xf16> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<50x72xf16>, tensor<72x40xf16> to tensor<50x40xf16>
  return %0 : tensor<50x40xf16>
}
func.func @half_tt(%x: tensor<530x33xf16>, %y: tensor<47x530xf16>) -> tensor<33x47xf16> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [0] x [1] : tensor<530x33xf16>, tensor<47x530xf16> to tensor<33x47xf16>
  return %0 : tensor<33x47xf16>
}
func.func @half_image(%x: tensor<2x7x7x10xf16>, %w: tensor<3x3x10x24xf16>) -> tensor<2x7x7x24xf16> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 channels_last : tensor<2x7x7x10xf16>, tensor<3x3x10x24xf16> to tensor<2x7x7x24xf16>
  return %y : tensor<2x7x7x24xf16>
}
func.func @brain_nt(%x: tensor<50x72xbf16>, %y: tensor<40x72xbf16>) -> tensor<50x40xbf16> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [1] : tensor<50x72xbf16>, tensor<40x72xbf16> to tensor<50x40xbf16>
  return %0 : tensor<50x40xbf16>
}
func.func @brain_tn(%x: tensor<72x64xbf16>, %y: tensor<72x64xbf16>) -> tensor<64x64xbf16> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [0] x [0] : tensor<72x64xbf16>, tensor<72x64xbf16> to tensor<64x64xbf16>
  return %0 : tensor<64x64xbf16>
}
func.func @nn(%x: tensor<50x70xf32>, %y: tensor<70x40xf32>) -> tensor<50x40xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<50x70xf32>, tensor<70x40xf32> to tensor<50x40xf32>
  return %0 : tensor<50x40xf32>
}
func.func @tt(%x: tensor<70x50xf32>, %y: tensor<40x70xf32>) -> tensor<50x40xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [0] x [1] : tensor<70x50xf32>, tensor<40x70xf32> to tensor<50x40xf32>
  return %0 : tensor<50x40xf32>
}
