// Where the time of compiling goes: stages, their passes, LLVM's part, and each
// kernel in it. Nothing of it stands among the results.
// RUN: dlc compile %s --emit=program --timing -o %t.dlcprog 2>&1 | FileCheck %s
// RUN: dlc run %s --random=1 --timing 2>&1 >%t.out | FileCheck %s
// RUN: FileCheck %s --check-prefix=RUNS --input-file=%t.out --implicit-check-not="time report"
// RUN: dlc compile %s --emit=program -o %t.dlcprog 2>&1 | count 0

// A program is compiled already.
// RUN: dlc run %t.dlcprog --random=1 --timing 2>&1 | FileCheck %s --check-prefix=RUNS --implicit-check-not=codegen

// CHECK: Execution time report
// CHECK: graph
// CHECK: autodiff
// CHECK: fusion
// CHECK: FormKernels
// CHECK: layout
// CHECK: lowering
// CHECK: codegen
// CHECK: convert to LLVM IR
// CHECK-DAG: optimise LLVM IR
// CHECK-DAG: generate code
// CHECK-DAG: contraction_0
// CHECK: Total

// RUNS: runs 1, fastest
// RUNS: us a launch, {{.*}} contraction_0
func.func @main(%x: tensor<64x48xf32>, %w: tensor<48x32xf32>) -> tensor<64x32xf32> {
  %y = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<64x48xf32>, tensor<48x32xf32> to tensor<64x32xf32>
  %r = dlc.tanh %y : tensor<64x32xf32>
  return %r : tensor<64x32xf32>
}
