// The filters of a model that is evaluated are brought to their kernels' order
// once for many runs; `dlc explain` shows by whom, `--timing` how often. Where
// memory is limited nothing outlives a run.
// RUN: dlc explain %s | FileCheck %s
// RUN: dlc explain %s --memory-limit=1000000 | FileCheck %s --check-prefix=LIMIT
// RUN: dlc compile %s -o %t.dlcprog
// RUN: dlc run %t.dlcprog --random=1 --repeat=5 --timing | FileCheck %s --check-prefix=TIMES

// CHECK: memory of @infer
// CHECK: prepared 2160 bytes, computed when the invariant arguments change, by
// CHECK-NEXT: map_0 ({{.*}}prepared-weights.mlir:{{[0-9]+}}:8)
// LIMIT-NOT: {{^}}prepared
// TIMES: 1 launches map_0
// TIMES: 5 launches window_1

func.func @infer(%x: tensor<1x3x9x9xf32>, %w: tensor<20x3x3x3xf32> {dlc.invariant}) -> tensor<1x20x9x9xf32> {
  %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1] image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1 : tensor<1x3x9x9xf32>, tensor<20x3x3x3xf32> to tensor<1x20x9x9xf32>
  return %y : tensor<1x20x9x9xf32>
}
