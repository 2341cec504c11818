// What a kernel would need of a loader is an error at the kernel.
// RUN: split-file %s %t
// RUN: not %dlc compile %t/call.mlir 2>&1 | FileCheck %s --check-prefix=CALL
// RUN: not %dlc compile %t/libm.mlir 2>&1 | FileCheck %s --check-prefix=LIBM
// RUN: not %dlc compile %t/libm.mlir --target=cuda:sm_80 2>&1 | FileCheck %s --check-prefix=LIBM
// RUN: not %dlc compile %t/remainder.mlir 2>&1 | FileCheck %s --check-prefix=REMAINDER
// RUN: not %dlc compile %t/data.mlir 2>&1 | FileCheck %s --check-prefix=DATA
// RUN: not %dlc compile %t/call.mlir --mcpu=pentium99 2>&1 | FileCheck %s --check-prefix=CPU

// CALL: call.mlir{{.*}}:3:3{{.*}}error: [codegen] a kernel may import nothing, but this one calls 'elsewhere'
// LIBM: libm.mlir{{.*}}:2:3{{.*}}error: [codegen] a kernel may import nothing, but this one calls 'llvm.sin.f32'
// REMAINDER: remainder.mlir{{.*}}:2:3{{.*}}error: [codegen] a kernel may import nothing, but 'k' needs 'fmodf'
// DATA: error: [codegen] a kernel may hold no writable data, but its object has a section '.bss'
// CPU: error: {{.*}}unknown CPU 'pentium99'

//--- call.mlir
module attributes {dlc.stage = "lowering"} {
  func.func private @elsewhere(f32) -> f32
  func.func private @k(%out: memref<f32>, %tile0: index, %tile1: index, %fault: memref<1xi64>) attributes {dlc.tiles = 1 : i64} {
    %x = memref.load %out[] : memref<f32>
    %y = func.call @elsewhere(%x) : (f32) -> f32
    memref.store %y, %out[] : memref<f32>
    return
  }
}
//--- libm.mlir
module attributes {dlc.stage = "lowering"} {
  func.func private @k(%out: memref<f32>, %tile0: index, %tile1: index, %fault: memref<1xi64>) attributes {dlc.tiles = 1 : i64} {
    %x = memref.load %out[] : memref<f32>
    %y = math.sin %x : f32
    memref.store %y, %out[] : memref<f32>
    return
  }
}
//--- remainder.mlir
module attributes {dlc.stage = "lowering"} {
  func.func private @k(%out: memref<f32>, %tile0: index, %tile1: index, %fault: memref<1xi64>) attributes {dlc.tiles = 1 : i64} {
    %x = memref.load %out[] : memref<f32>
    %y = arith.remf %x, %x : f32
    memref.store %y, %out[] : memref<f32>
    return
  }
}
//--- data.mlir
module attributes {dlc.stage = "lowering"} {
  memref.global "private" @state : memref<f32> = uninitialized
  func.func private @k(%out: memref<f32>, %tile0: index, %tile1: index, %fault: memref<1xi64>) attributes {dlc.tiles = 1 : i64} {
    %state = memref.get_global @state : memref<f32>
    %x = memref.load %state[] : memref<f32>
    %y = memref.load %out[] : memref<f32>
    memref.store %x, %out[] : memref<f32>
    memref.store %y, %state[] : memref<f32>
    return
  }
}
