// A chain on a GPU: blocks of 128 threads with dynamic shared memory; sums over
// rows, and what they need of the rows, are a second launch. Compiling goes on
// from any stage.
// RUN: dlc compile %s --target=cuda:sm_80 --emit=lowering --verify-contracts > %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: dlc compile %s --target=cuda:sm_80 --emit=fusion -o %t.fusion.mlir
// RUN: dlc compile %t.fusion.mlir --target=cuda:sm_80 --emit=layout -o %t.layout.mlir
// RUN: dlc compile %t.layout.mlir --target=cuda:sm_80 --emit=lowering | diff %t.mlir -
// RUN: dlc compile %t.layout.mlir --target=cuda:sm_80 --emit=lowering -o %t.lowering.mlir
// RUN: dlc compile %t.lowering.mlir --target=cuda:sm_80 --emit=ptx | FileCheck %s --check-prefix=PTX
// RUN: dlc compile %s --target=cuda:sm_90 -o - | FileCheck %s --check-prefix=PROGRAM
// RUN: dlc compile %s --target=cuda:sm_80 --precision=tf32 --emit=lowering | FileCheck %s --check-prefix=TF32

// CHECK: dlc.launch @[[F:chain_[0-9]+]] [{{.*}}#dlc.at<arena, 0, 0, []>]
// CHECK: dlc.launch @[[F]]_then [{{.*}}#dlc.at<arena, 0, 0, []>]
// The rows' largest scores and totals: words of 64 bits.
// CHECK: llvm.mlir.global external @[[F]]_dynamic() {addr_space = 3 : i32{{.*}}} : !llvm.array<0 x i8>
// CHECK: func.func private @[[F]](
// CHECK-SAME: memref<80xi64>
// CHECK-SAME: dlc.block = 128 : i64, dlc.scratch = 640 : i64, dlc.shared = [[SHARED:[0-9]+]] : i64, dlc.then = @[[F]]_then
// CHECK: nvvm.shfl.sync bfly
// CHECK: memref.store %{{.*}} : memref<80xi64>
// CHECK: func.func private @[[F]]_then(
// CHECK-NOT: nvvm.shfl.sync
// CHECK: memref.load %{{.*}} : memref<80xi64>
// CHECK-NOT: memref.atomic_rmw
// PTX: .extern .shared .align 16 .b8 chain_{{[0-9]+}}_dynamic[];
// PTX-DAG: cp.async.cg.shared.global
// PTX-DAG: shfl.sync.bfly.b32
// PTX-DAG: st.global.v4
// PTX-NOT: .local
// PTX-NOT: atom.

// Scores and results; in the second step scores once more, and sums. Weights end
// within a tile of k: what lies behind them is made zero.
// TF32: func.func private @[[F:chain_[0-9]+]](
// TF32: mma.m16n8k8.row.col.tf32
// TF32: nvvm.shfl.sync bfly
// TF32: arith.select {{.*}} : i32
// TF32: mma.m16n8k8.row.col.tf32
// TF32-NOT: math.fma
// TF32: func.func private @[[F]]_then(
// TF32: mma.m16n8k8.row.col.tf32
// TF32: memref.load %{{.*}} : memref<80xi64>
// TF32: mma.m16n8k8.row.col.tf32

// PROGRAM: "sharedBytes":{{ ?}}{{[1-9][0-9]+}}

func.func @f(%q: tensor<2x20x16xf32>, %k: tensor<2x24x16xf32>, %v: tensor<2x24x8xf32>, %g: tensor<2x20x8xf32>) -> (tensor<2x20x8xf32>, tensor<2x24x8xf32>) {
  %s = dlc.dot_general %q, %k batch [0] x [0] contract [2] x [2] : tensor<2x20x16xf32>, tensor<2x24x16xf32> to tensor<2x20x24xf32>
  %p = dlc.softmax %s dim 2 : tensor<2x20x24xf32>
  %o = dlc.dot_general %p, %v batch [0] x [0] contract [2] x [1] : tensor<2x20x24xf32>, tensor<2x24x8xf32> to tensor<2x20x8xf32>
  %d = dlc.dot_general %p, %g batch [0] x [0] contract [1] x [1] : tensor<2x20x24xf32>, tensor<2x20x8xf32> to tensor<2x24x8xf32>
  return %o, %d : tensor<2x20x8xf32>, tensor<2x24x8xf32>
}
