// A Program needs to know how large a GPU kernel's blocks are and how far it
// reaches.
// RUN: not dlc compile %s --target=cuda:sm_80 2>&1 | FileCheck %s

// CHECK: :[[#@LINE+2]]:3: error: [codegen] a GPU kernel needs 'dlc.block' and 'dlc.touches'
module attributes {dlc.stage = "lowering"} {
  func.func private @k(%out: memref<f32>, %tile0: index, %tile1: index, %fault: memref<1xi64>) attributes {dlc.tiles = 1 : i64} {
    %x = memref.load %out[] : memref<f32>
    memref.store %x, %out[] : memref<f32>
    return
  }
}
