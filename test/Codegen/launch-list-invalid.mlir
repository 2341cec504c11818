// A launch list that the runtime could not walk.
// RUN: split-file %s %t
// RUN: not %dlc compile %t/kernel.mlir 2>&1 | FileCheck %s --check-prefix=KERNEL
// RUN: not %dlc compile %t/loops.mlir 2>&1 | FileCheck %s --check-prefix=LOOPS
// RUN: not %dlc compile %t/op.mlir 2>&1 | FileCheck %s --check-prefix=OP
// RUN: not %dlc compile %t/code.mlir 2>&1 | FileCheck %s --check-prefix=CODE

// KERNEL: kernel.mlir{{.*}}:3:5{{.*}}error: 'dlc.launch' op there is no kernel 'k'
// LOOPS: error: 'dlc.loop' op loops nest deeper than 16
// OP: error: 'dlc.constant' op does not belong in a launch list
// CODE: code.mlir{{.*}}:2:3{{.*}}error: [codegen] the kernel has no code

//--- kernel.mlir
module attributes {dlc.stage = "lowering"} {
  dlc.program @f () -> () arena 0 {
    dlc.launch @k [] tiles 1 work 1
  }
}
//--- loops.mlir
module attributes {dlc.stage = "lowering"} {
  dlc.program @f () -> () arena 0 {
    dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {dlc.loop 1 {}}}}}}}}}}}}}}}}}
  }
}
//--- op.mlir
module attributes {dlc.stage = "lowering"} {
  dlc.program @f () -> () arena 0 {
    %c = dlc.constant dense<0.0> : tensor<f32>
  }
}
//--- code.mlir
module attributes {dlc.stage = "lowering"} {
  func.func private @k(index, index, memref<1xi64>) attributes {dlc.tiles = 1 : i64}
}
