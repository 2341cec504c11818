// A compiled program runs without the module, with the same bits; it is written
// whole or not at all.
// RUN: dlc compile %s -o %t.dlcprog
// RUN: dlc run %t.dlcprog --input=4xf32=1,2,3,4 | FileCheck %s
// RUN: dlc run %s --input=4xf32=1,2,3,4 --repeat=3 --threads=2 | FileCheck %s
// RUN: dlc run %s --input=4xf32=1,2,3,4 --repeat=3 --timing | FileCheck %s --check-prefixes=TIMING,CHECK
// RUN: not dlc run %t.dlcprog --input=4xf32=1 --backend=interpreter 2>&1 | FileCheck %s --check-prefix=INTERPRETER
// RUN: not dlc run %t.dlcprog --input=4xf32=1 --function=g 2>&1 | FileCheck %s --check-prefix=FUNCTION
// RUN: not dlc compile %s -o %t.none/a.dlcprog 2>&1 | FileCheck %s --check-prefix=OUTPUT

// TIMING: runs 3, fastest {{.*}} ms, median {{.*}} ms
// TIMING: us a launch, 3 launches
// CHECK: result 0: tensor<4xf32> = [-1, -2, -3, -4]
// INTERPRETER: dlc: error: a compiled program has no interpreter: give the module
// FUNCTION: dlc: error: {{.*}}g
// OUTPUT: dlc: error: cannot write '{{.*}}a.dlcprog'
func.func @f(%x: tensor<4xf32> {dlc.name = "x", dlc.donate = 0 : i64}) -> tensor<4xf32> {
  %0 = dlc.negate %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
