// Which function to run.
// RUN: not dlc run %s --backend=interpreter 2>&1 | FileCheck %s --check-prefix=NEEDED
// RUN: not dlc run %s --backend=interpreter --function=h 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: dlc run %s --backend=interpreter --function=g | FileCheck %s

// NEEDED: dlc: error: --function is needed; functions: f, g
// UNKNOWN: dlc: error: there is no function 'h'; functions: f, g
func.func @f() {
  return
}
// CHECK: result 0: tensor<i1> = 1
func.func @g() -> tensor<i1> {
  %0 = dlc.constant dense<true> : tensor<i1>
  return %0 : tensor<i1>
}
