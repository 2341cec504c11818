// A product in tiles: copies to shared memory two tiles of k ahead, one barrier
// a tile, 128-bit reads, sums in blocks of 512 k; the epilogue is a loop over
// the sums in shared memory, four at once.
// RUN: dlc-opt --dlc-lower-kernels=target=cuda %s | FileCheck %s
// RUN: dlc-opt "--dlc-lower-kernels=target=cuda sm=75" %s | FileCheck %s --check-prefix=SM75
// RUN: dlc-opt "--dlc-lower-kernels=target=cuda tf32" %s | FileCheck %s --check-prefix=TF32

// CHECK: llvm.mlir.global internal @contraction_0_shared() {addr_space = 3 : i32, alignment = 16 : i64} : !llvm.array<[[#]] x i8>
// CHECK: func.func private @contraction_0(
// CHECK: llvm.call_intrinsic "llvm.nvvm.cp.async.cg.shared.global.16"
// CHECK: nvvm.cp.async.commit.group
// CHECK: nvvm.cp.async.commit.group
// CHECK: scf.for {{.*}} = %c0 to %c64 step %c32
// CHECK: scf.for
// CHECK: nvvm.cp.async.wait.group 1
// CHECK-NEXT: nvvm.barrier0
// CHECK: llvm.call_intrinsic "llvm.nvvm.cp.async.cg.shared.global.16"
// CHECK: nvvm.cp.async.commit.group
// CHECK: llvm.load {{.*}} {alignment = 16 : i64} : !llvm.ptr<3> -> vector<4xf32>
// CHECK: math.fma
// CHECK-NOT: nvvm.barrier0
// CHECK: arith.addf
// CHECK: nvvm.barrier0
// CHECK: llvm.store {{.*}} {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<3>
// CHECK: nvvm.barrier0
// CHECK: llvm.load {{.*}} : !llvm.ptr<3> -> vector<4xf32>
// CHECK-NEXT: arith.negf
// CHECK: llvm.store {{.*}} {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<1>

// SM75-NOT: cp.async
// SM75: llvm.load {{.*}} {alignment = 16 : i64} : !llvm.ptr<1> -> vector<4xf32>
// SM75: llvm.store {{.*}} {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<3>
// SM75: nvvm.barrier0

// TF32: llvm.call_intrinsic "llvm.nvvm.f2tf32.rna"
// TF32: llvm.call_intrinsic "llvm.nvvm.mma.m16n8k8.row.col.tf32"
func.func @f(%x: tensor<1024x256xf32>, %y: tensor<1024x256xf32>) -> tensor<256x256xf32> {
  %r = dlc.kernel contraction(%x, %y) {
  ^bb0(%a: tensor<1024x256xf32>, %b: tensor<1024x256xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<1024x256xf32>, tensor<1024x256xf32> to tensor<256x256xf32>
    %d = dlc.negate %c : tensor<256x256xf32>
    dlc.yield %d : tensor<256x256xf32>
  } : (tensor<1024x256xf32>, tensor<1024x256xf32>) -> tensor<256x256xf32>
  return %r : tensor<256x256xf32>
}
