// A kernel that leaves its slot is found, though the arena goes on there, and is
// named with the user's line.
// RUN: dlc compile %s --target=cuda:sm_80 -o %t.dlcprog
// RUN: not ptx-sim %t.dlcprog --function=beyond --input=4xf32=1 2>&1 | FileCheck %s --check-prefix=BEYOND
// RUN: not ptx-sim %t.dlcprog --function=unwritten 2>&1 | FileCheck %s --check-prefix=UNWRITTEN
// RUN: not dlc run %t.dlcprog --device=simulator --function=unwritten 2>&1 | FileCheck %s --check-prefix=DLC

// BEYOND: ptx-sim: fault: kernel shift, model.cpp:7 (PTX line {{[0-9]+}}): out of bounds: ld.global.f32 reads 4 bytes at offset 16 of operand 0 (arena + 0), which has 16 bytes; block (0,0,0) thread (3,0,0)
// BEYOND-NEXT: ptx-sim: 1 fault at one instruction each, 1 in all

// UNWRITTEN: fault: kernel copy, {{.*}}: unwritten memory: ld.global.f32 reads byte 0 of operand 0 (arena + 16), which nothing has written
// DLC: dlc: error: kernel copy, {{.*}}: unwritten memory

module attributes {dlc.stage = "lowering"} {
  func.func private @copy(%in: memref<4xf32>, %out: memref<4xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
      attributes {dlc.block = 4 : i64, dlc.tiles = 1 : i64, dlc.touches = array<i64: 16, 16>} {
    %id = nvvm.read.ptx.sreg.tid.x : i32
    %i = arith.index_cast %id : i32 to index
    %x = memref.load %in[%i] : memref<4xf32>
    memref.store %x, %out[%i] : memref<4xf32>
    return
  }
  func.func private @shift(%in: memref<4xf32>, %out: memref<4xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
      attributes {dlc.block = 4 : i64, dlc.tiles = 1 : i64, dlc.touches = array<i64: 16, 16>} {
    %one = arith.constant 1 : index
    %id = nvvm.read.ptx.sreg.tid.x : i32
    %i = arith.index_cast %id : i32 to index
    %next = arith.addi %i, %one : index
    %x = memref.load %in[%next] : memref<4xf32> loc("model.cpp":7:3)
    memref.store %x, %out[%i] : memref<4xf32> loc("model.cpp":8:3)
    return
  } loc("model.cpp":5:1)
  dlc.program @beyond (tensor<4xf32>) -> tensor<4xf32> arena 32 {
    dlc.launch @copy [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>] tiles 1 work 1
    dlc.launch @copy [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 16, []>] tiles 1 work 1
    dlc.launch @shift [#dlc.at<arena, 0, 0, []>, #dlc.at<result, 0, 0, []>] tiles 1 work 1
  }
  dlc.program @unwritten () -> tensor<4xf32> arena 32 {
    dlc.launch @copy [#dlc.at<arena, 0, 16, []>, #dlc.at<result, 0, 0, []>] tiles 1 work 1
  }
}
