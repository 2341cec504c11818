// Attention whose scores take more shared memory than a block gets unasked
// (48 KiB), in a loop and outside.
// REQUIRES: libdlc-compiler
// RUN: dlc compile %s --target=cuda:sm_80 --emit=lowering | FileCheck %s --check-prefix=SHARED
// SHARED: dlc.shared = {{[5-9][0-9][0-9][0-9][0-9]|[0-9][0-9][0-9][0-9][0-9][0-9]}} : i64
// RUN: env LD_LIBRARY_PATH=%fake-libcuda dlc run %s --random=1 --device=cuda --backend=both --rtol=1e-5 | FileCheck %s
// CHECK: result 0: {{.*}} differs by
// CHECK: result 1: {{.*}} differs by

func.func @f(%q: tensor<2x96x8xf32>, %k: tensor<2x600x8xf32>) -> (tensor<2x96x8xf32>, tensor<2x96x8xf32>) {
  %o, %l = dlc.scaled_dot_product_attention %q, %k, %k scale 0.25 : (tensor<2x96x8xf32>, tensor<2x600x8xf32>, tensor<2x600x8xf32>) -> (tensor<2x96x8xf32>, tensor<2x96xf32>)
  %r = dlc.scan 2 init(%q) over() with(%k) {
  ^bb0(%x: tensor<2x96x8xf32>, %kk: tensor<2x600x8xf32>):
    %y, %m = dlc.scaled_dot_product_attention %x, %kk, %kk scale 0.25 : (tensor<2x96x8xf32>, tensor<2x600x8xf32>, tensor<2x600x8xf32>) -> (tensor<2x96x8xf32>, tensor<2x96xf32>)
    dlc.yield %y : tensor<2x96x8xf32>
  } : (tensor<2x96x8xf32>, tensor<2x600x8xf32>) -> tensor<2x96x8xf32>
  return %o, %r : tensor<2x96x8xf32>, tensor<2x96x8xf32>
}
