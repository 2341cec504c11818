// Long chains are cut into kernels of a bounded size.
// RUN: %python %S/Inputs/chain.py 600 | dlc-opt --pass-pipeline='builtin.module(func.func(dlc-form-kernels))' | FileCheck %s
// CHECK-COUNT-3: dlc.kernel map
// CHECK-NOT: dlc.kernel
