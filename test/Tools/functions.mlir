// Which function to run.
// RUN: not dlc run %s --backend=interpreter 2>&1 | FileCheck %s --check-prefix=NEEDED
// RUN: not dlc run %s 2>&1 | FileCheck %s --check-prefix=NEEDED
// RUN: not dlc run %s --backend=interpreter --function=h 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not dlc run %s --function=h 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: dlc run %s --backend=interpreter --function=g | FileCheck %s
// RUN: dlc run %s --function=g | FileCheck %s

// NEEDED: dlc: error: --function is needed; functions: f, g
// UNKNOWN: dlc: error: {{.*}}no function 'h'; {{.*}}: f, g
func.func @f() {
  return
}
// CHECK: result 0: tensor<i1> = 1
func.func @g() -> tensor<i1> {
  %0 = dlc.constant dense<true> : tensor<i1>
  return %0 : tensor<i1>
}
