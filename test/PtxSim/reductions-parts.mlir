// Reductions that a card's blocks and warps share, on the simulated GPU.
// DEFINE: %{f} = rows
// DEFINE: %{run} = dlc run %s --random=1 --function=%{f} --backend=both --device=simulator
// RUN: %{run} --rtol=1e-6
// REDEFINE: %{f} = halves
// RUN: %{run} --rtol=1e-3
// REDEFINE: %{f} = softmax
// RUN: %{run} --rtol=1e-6
// REDEFINE: %{f} = columns
// RUN: %{run} --rtol=1e-6
// REDEFINE: %{f} = column_statistics
// RUN: %{run} --rtol=1e-6
// REDEFINE: %{f} = wide_words
// RUN: %{run}
// RUN: dlc compile %s --target=cuda:sm_80 -o %t.dlcprog
// RUN: ptx-sim %t.dlcprog --random=1 --function=columns --stats | FileCheck %s

// CHECK: kernel column_{{[0-9]+}}: 1 launch, [[#]] blocks
// CHECK: global loads: [[#]] requests, 4.00 sectors each (at best 4.00)
// CHECK: shared: [[#]] requests, 0 bank conflicts
// CHECK: kernel column_{{[0-9]+}}_then: 1 launch, 1 block,

func.func @rows(%x: tensor<2x20000xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %0 = dlc.reduce add %x dims [1] : tensor<2x20000xf32> to tensor<2xf32>
  %1 = dlc.reduce max %x dims [1] : tensor<2x20000xf32> to tensor<2xf32>
  %2 = dlc.add %0, %1 : tensor<2xf32>
  return %2, %1 : tensor<2xf32>, tensor<2xf32>
}
func.func @halves(%x: tensor<2x20000xf16>) -> tensor<2xf16> {
  %0 = dlc.reduce add %x dims [1] : tensor<2x20000xf16> to tensor<2xf16>
  return %0 : tensor<2xf16>
}
func.func @softmax(%x: tensor<3x3000xf32>) -> tensor<3x3000xf32> {
  %0 = dlc.softmax %x dim 1 : tensor<3x3000xf32>
  return %0 : tensor<3x3000xf32>
}
func.func @columns(%x: tensor<2000x64xf32>) -> tensor<64xf32> {
  %0 = dlc.reduce add %x dims [0] : tensor<2000x64xf32> to tensor<64xf32>
  %1 = dlc.negate %0 : tensor<64xf32>
  return %1 : tensor<64xf32>
}
func.func @column_statistics(%x: tensor<300x10xf32>) -> (tensor<10xf32>, tensor<10xf32>) {
  %0 = "dlc.mean"(%x) <{dimensions = array<i64: 0>}> : (tensor<300x10xf32>) -> tensor<10xf32>
  %1 = "dlc.variance"(%x) <{dimensions = array<i64: 0>, correction = 0 : i64}> : (tensor<300x10xf32>) -> tensor<10xf32>
  return %0, %1 : tensor<10xf32>, tensor<10xf32>
}
func.func @wide_words(%x: tensor<3x20000xi64>, %y: tensor<3000x5xi8>) -> (tensor<3xi64>, tensor<5xi8>) {
  %0 = dlc.reduce add %x dims [1] : tensor<3x20000xi64> to tensor<3xi64>
  %1 = dlc.reduce max %y dims [0] : tensor<3000x5xi8> to tensor<5xi8>
  return %0, %1 : tensor<3xi64>, tensor<5xi8>
}
