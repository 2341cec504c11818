// What a setup prepares is written when the code reads it.
// RUN: dlc compile %s --target=cuda:sm_80 -o %t.dlcprog
// RUN: dlc run %s --backend=interpreter --random=3 --output=@%t.npy
// RUN: ptx-sim %t.dlcprog --random=3 --rtol=1e-5 --expect=@%t.npy --stats | FileCheck %s
// RUN: dlc compile %s --target=cuda:sm_80 --emit=lowering | FileCheck %s --check-prefix=SETUP

// CHECK: result 0: tensor<2x20x8x8xf32>:
// CHECK: kernel map_0: 1 launch
// SETUP: dlc.program @main {{.*}} prepared {{.*}} setup {
// SETUP-NEXT: dlc.launch @map_0 [#dlc.at<argument, 1, 0, []>, #dlc.at<prepared, 0, 0, []>]
// SETUP-NEXT: } body {
// SETUP: #dlc.at<prepared, 0, 0, []>

func.func @main(%x: tensor<2x3x8x8xf32>, %w: tensor<20x3x3x3xf32> {dlc.invariant}) -> tensor<2x20x8x8xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<2x3x8x8xf32>, tensor<20x3x3x3xf32> to tensor<2x20x8x8xf32>
  return %y : tensor<2x20x8x8xf32>
}
