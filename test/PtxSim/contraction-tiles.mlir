// Products in tiles on the simulated GPU: the bits of the CPU, no bank
// conflicts, whole sectors, whichever operand is transposed.
// DEFINE: %{target} = cuda:sm_80
// DEFINE: %{f} = nn
// DEFINE: %{run} = dlc run %s --random=1 --function=%{f} --output=@%t.npy && dlc compile %s --target=%{target} -o %t.dlcprog && ptx-sim %t.dlcprog --random=1 --function=%{f} --expect=@%t.npy --stats
// RUN: %{run} | FileCheck %s --check-prefixes=SAME,WHOLE
// REDEFINE: %{f} = nt
// RUN: %{run} | FileCheck %s --check-prefixes=SAME,WHOLE
// REDEFINE: %{f} = tn
// RUN: %{run} | FileCheck %s --check-prefixes=SAME,WHOLE
// REDEFINE: %{f} = tt
// RUN: %{run} | FileCheck %s --check-prefixes=SAME,WHOLE

// Sizes that fit no tile, several blocks of k, a batch.
// REDEFINE: %{f} = uneven
// RUN: %{run} | FileCheck %s --check-prefixes=SAME,FREE
// REDEFINE: %{f} = batch
// RUN: %{run} | FileCheck %s --check-prefixes=SAME,FREE
// REDEFINE: %{f} = double
// RUN: %{run} | FileCheck %s --check-prefix=SAME
// REDEFINE: %{f} = narrow
// RUN: %{run} | FileCheck %s --check-prefix=SAME

// A small result of a long sum: a block of threads for each 512 k, then a step
// that adds them.
// REDEFINE: %{f} = deep
// RUN: %{run} | FileCheck %s --check-prefixes=SAME,PARTS

// Copies through registers.
// REDEFINE: %{target} = cuda:sm_75
// REDEFINE: %{f} = tt
// RUN: %{run} | FileCheck %s --check-prefixes=SAME,WHOLE
// REDEFINE: %{f} = uneven
// RUN: %{run} | FileCheck %s --check-prefixes=SAME,FREE
// REDEFINE: %{f} = deep
// RUN: %{run} | FileCheck %s --check-prefixes=SAME,PARTS

// SAME: result 0: {{.*}}: same bits
// WHOLE: kernel contraction
// WHOLE: global loads: {{[0-9]+}} requests, 16.00 sectors each (at best 16.00)
// WHOLE: global stores: {{[0-9]+}} requests, 16.00 sectors each (at best 16.00)
// WHOLE: shared: {{[0-9]+}} requests, 0 bank conflicts
// PARTS: kernel contraction_{{[0-9]+}}: 1 launch, 10 blocks
// PARTS: kernel contraction_{{[0-9]+}}_then: 1 launch,
// FREE: shared: {{[0-9]+}} requests, 0 bank conflicts

func.func @nn(%x: tensor<64x64xf32>, %y: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<64x64xf32>, tensor<64x64xf32> to tensor<64x64xf32>
  return %0 : tensor<64x64xf32>
}
func.func @nt(%x: tensor<64x64xf32>, %y: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [1] : tensor<64x64xf32>, tensor<64x64xf32> to tensor<64x64xf32>
  return %0 : tensor<64x64xf32>
}
func.func @tn(%x: tensor<64x64xf32>, %y: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [0] x [0] : tensor<64x64xf32>, tensor<64x64xf32> to tensor<64x64xf32>
  return %0 : tensor<64x64xf32>
}
func.func @tt(%x: tensor<64x64xf32>, %y: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [0] x [1] : tensor<64x64xf32>, tensor<64x64xf32> to tensor<64x64xf32>
  return %0 : tensor<64x64xf32>
}
func.func @uneven(%x: tensor<45x1041xf32>, %y: tensor<1041x37xf32>) -> tensor<45x37xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<45x1041xf32>, tensor<1041x37xf32> to tensor<45x37xf32>
  return %0 : tensor<45x37xf32>
}
func.func @deep(%x: tensor<2x2100x20xf32>, %y: tensor<2x2100x24xf32>, %z: tensor<2x20x24xf32>) -> tensor<2x20x24xf32> {
  %0 = dlc.dot_general %x, %y batch [0] x [0] contract [1] x [1] : tensor<2x2100x20xf32>, tensor<2x2100x24xf32> to tensor<2x20x24xf32>
  %1 = dlc.subtract %z, %0 : tensor<2x20x24xf32>
  return %1 : tensor<2x20x24xf32>
}
func.func @batch(%x: tensor<3x50x28xf32>, %y: tensor<3x36x28xf32>, %bias: tensor<36xf32>) -> tensor<3x50x36xf32> {
  %0 = dlc.dot_general %x, %y batch [0] x [0] contract [2] x [2] : tensor<3x50x28xf32>, tensor<3x36x28xf32> to tensor<3x50x36xf32>
  %1 = dlc.broadcast_in_dim %bias dims [2] : tensor<36xf32> to tensor<3x50x36xf32>
  %2 = dlc.add %0, %1 : tensor<3x50x36xf32>
  %3 = dlc.relu %2 : tensor<3x50x36xf32>
  return %3 : tensor<3x50x36xf32>
}
func.func @double(%x: tensor<41x65xf64>, %y: tensor<41x40xf64>) -> tensor<65x40xf64> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [0] x [0] : tensor<41x65xf64>, tensor<41x40xf64> to tensor<65x40xf64>
  return %0 : tensor<65x40xf64>
}
func.func @narrow(%x: tensor<70x200xf32>, %y: tensor<70x17xf32>) -> tensor<200x17xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [0] x [0] : tensor<70x200xf32>, tensor<70x17xf32> to tensor<200x17xf32>
  return %0 : tensor<200x17xf32>
}
