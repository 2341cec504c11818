// What `dlc compile` emits, a line of each.
// RUN: dlc compile %s --emit=graph | FileCheck %s --check-prefix=GRAPH
// RUN: dlc compile %s --emit=graph --locations | FileCheck %s --check-prefix=LOCATIONS
// RUN: dlc compile %s --emit=layout | dlc compile - --emit=lowering | FileCheck %s --check-prefix=LOWERING
// RUN: dlc compile %s --emit=llvm | FileCheck %s --check-prefix=LLVM
// RUN: dlc compile %s --emit=asm | FileCheck %s --check-prefix=ASM
// RUN: dlc compile %s --emit=obj | llvm-readelf -h - | FileCheck %s --check-prefix=OBJ
// RUN: dlc compile %s --emit=ptx --target=cuda:sm_80 | FileCheck %s --check-prefix=PTX
// RUN: not dlc compile %s --emit=ptx 2>&1 | FileCheck %s --check-prefix=TARGET
// RUN: not dlc compile %s --mcpu=pentium9 2>&1 | FileCheck %s --check-prefix=CPU
// RUN: not dlc run %s --input=4xf32=1 --target=cuda:sm_80 2>&1 | FileCheck %s --check-prefix=DEVICE

// GRAPH: module attributes {dlc.stage = "graph"}
// LOCATIONS: loc({{.*}}emit.mlir":24:
// LOWERING: module attributes {{.*}}dlc.stage = "lowering"
// LLVM: define
// LLVM: fneg
// ASM: .text
// OBJ: REL (Relocatable file)
// PTX: .target sm_80
// TARGET: emit.mlir: error: [codegen] PTX needs a cuda target, got cpu
// CPU: error: {{.*}}unknown CPU 'pentium9'
// DEVICE: dlc: error: the program is compiled for cuda; this is the CPU runtime
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = dlc.negate %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
