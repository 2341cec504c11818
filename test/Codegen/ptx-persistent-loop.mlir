// A persistent loop in PTX: the blocks' barrier, and a body that computes its
// addresses in each trip, so that they take no registers from other kernels.
// RUN: dlc compile %s --target=cuda:sm_80 --emit=ptx | FileCheck %s
// RUN: dlc compile %s --target=cuda:sm_80 --emit=llvm | FileCheck %s --check-prefix=LLVM

// CHECK: .target sm_80
// CHECK: .entry loop_0(
// CHECK: .reqntid 256, 1, 1
// CHECK-NEXT: .minnctapersm 1
// CHECK: bar.sync 0;
// CHECK: membar.gl;
// CHECK: atom.global.add.u64 %{{.*}}, [[ARRIVALS:\[%.*\]]], 1;
// CHECK: ld.volatile.global.u64 [[COUNT:%.*]], [[[STATUS:%.*]]+8];
// CHECK: setp.ge.u64
// CHECK: [[WAIT:\$L__.*]]:
// CHECK-NEXT: nanosleep.u32 64;
// CHECK-NEXT: ld.volatile.global.u64 %{{.*}}, [[[STATUS]]+8];
// CHECK-NEXT: setp.lt.u64
// CHECK-NEXT: bra [[WAIT]];
// CHECK: membar.gl;
// CHECK: bar.sync 0;
// CHECK: st.volatile.global.u64 [[[STATUS]]+8]

// LLVM: br i1 {{.*}} !llvm.loop [[LOOP:![0-9]+]]
// LLVM-DAG: [[LOOP]] = distinct !{[[LOOP]], [[DISABLED:![0-9]+]]}
// LLVM-DAG: [[DISABLED]] = !{!"llvm.licm.disable", i32 1}

func.func @f(%h: tensor<1000xf32>, %x: tensor<1000xf32>) -> tensor<1000xf32> {
  %0 = dlc.scan 6 init(%h) over() with(%x) {
  ^bb0(%state: tensor<1000xf32>, %k: tensor<1000xf32>):
    %s = dlc.add %state, %k : tensor<1000xf32>
    %r = dlc.reverse %s dims [0] : tensor<1000xf32>
    %t = dlc.multiply %r, %k : tensor<1000xf32>
    dlc.yield %t : tensor<1000xf32>
  } : (tensor<1000xf32>, tensor<1000xf32>) -> tensor<1000xf32>
  return %0 : tensor<1000xf32>
}
