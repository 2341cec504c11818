// A GPU kernel keeps a parameter an operand; its memory is global, and nothing
// is left for a linker.
// RUN: %dlc compile %s --target=cuda:sm_80 --emit=ptx | FileCheck %s --implicit-check-not=.extern

// CHECK: .version 7.0
// CHECK: .target sm_80
// CHECK: .visible .entry scale(
// CHECK-COUNT-5: .param .u64
// CHECK: .reqntid 256, 1, 1
module attributes {dlc.stage = "lowering"} {
  func.func private @scale(%in: memref<1024xf32>, %out: memref<1024xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
      attributes {dlc.tiles = 4 : i64, dlc.block = 256 : i64} {
    %zero = arith.constant 0 : index
    %limit = arith.constant 1024 : index
    %three = arith.constant 3.0 : f32
    // CHECK-DAG: mov.u32 {{.*}}, %ctaid.x
    %block = nvvm.read.ptx.sreg.ctaid.x : i32
    // CHECK-DAG: mov.u32 {{.*}}, %ntid.x
    %size = nvvm.read.ptx.sreg.ntid.x : i32
    // CHECK-DAG: mov.u32 {{.*}}, %tid.x
    %thread = nvvm.read.ptx.sreg.tid.x : i32
    %first = arith.muli %block, %size : i32
    %position = arith.addi %first, %thread : i32
    %i = arith.index_cast %position : i32 to index
    %inside = arith.cmpi ult, %i, %limit : index
    scf.if %inside {
      // CHECK: ld.global.f32
      %x = memref.load %in[%i] : memref<1024xf32>
      // CHECK: mul.rn.f32
      %y = arith.mulf %x, %three : f32
      // CHECK: add.rn.f32
      %z = arith.addf %y, %three : f32
      // CHECK: st.global.f32
      memref.store %z, %out[%i] : memref<1024xf32>
    } else {
      // CHECK: atom.global.min.u64
      %id = arith.constant 3 : i64
      %old = memref.atomic_rmw minu %id, %fault[%zero] : (i64, memref<1xi64>) -> i64
    }
    return
  }
}
