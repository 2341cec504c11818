// Values go in as text or .npy files, and come out likewise.
// RUN: dlc run %s --backend=interpreter --input=2x3xf32=1,2.5,-3,1e-45,nan,inf --input=ui8=255 | FileCheck %s
// RUN: dlc run %s --backend=interpreter --input=2x3xf32=7 --input=ui8=1 --output=@%t.npy --output=@%t2.npy | count 0
// RUN: dlc run %s --backend=interpreter --input=@%t.npy --input=@%t2.npy | FileCheck %s --check-prefix=AGAIN

// RUN: not dlc run %s --backend=interpreter --input=2x3xf32=1,2 --input=ui8=1 2>&1 | FileCheck %s --check-prefix=COUNT
// RUN: not dlc run %s --backend=interpreter --input=2x3xf32=1 --input=ui8=256 2>&1 | FileCheck %s --check-prefix=RANGE
// RUN: not dlc run %s --backend=interpreter --input=2x3xf32=one --input=ui8=2 2>&1 | FileCheck %s --check-prefix=WORD
// RUN: not dlc run %s --backend=interpreter --input=2x3xf8=1 --input=ui8=2 2>&1 | FileCheck %s --check-prefix=TYPE
// RUN: not dlc run %s --backend=interpreter --input=3x2xf32=1 --input=ui8=2 2>&1 | FileCheck %s --check-prefix=SHAPE
// RUN: not dlc run %s --backend=interpreter --input=2x3xf32=1 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not dlc run %s --backend=interpreter --input=99999999999x99999999999xf32=1 --input=ui8=2 2>&1 | FileCheck %s --check-prefix=HUGE
// RUN: not dlc run %s --backend=interpreter --input=@%t.nothing.npy --input=ui8=2 2>&1 | FileCheck %s --check-prefix=FILE
// RUN: not dlc run %s --backend=interpreter --input=2x3xf32 --input=ui8=2 2>&1 | FileCheck %s --check-prefix=FORM

// CHECK: result 0: tensor<2x3xf32> = {{\[\[}}1, 2.5, -3], [1e-45, nan, inf]]
// CHECK: result 1: tensor<ui8> = 255
// AGAIN: result 0: tensor<2x3xf32> = {{\[\[}}7, 7, 7], [7, 7, 7]]
// AGAIN: result 1: tensor<ui8> = 1
// COUNT: dlc: error: 2x3xf32 needs 6 values, got 2
// RANGE: dlc: error: '256' is not a value of ui8
// WORD: dlc: error: 'one' is not a value of 2x3xf32
// TYPE: dlc: error: '2x3xf8' is not a tensor type such as 2x3xf32
// SHAPE: dlc: error: input 0 must be tensor<2x3xf32>, got tensor<3x2xf32>
// MISSING: dlc: error: the function takes 2 inputs, got 1
// HUGE: dlc: error: shape [99999999999, 99999999999] has too many elements
// FILE: dlc: error: {{.*}}nothing.npy
// FORM: dlc: error: '2x3xf32' is neither @FILE.npy nor TYPE=VALUES such as 2x3xf32=1,2,3,4,5,6
func.func @f(%x: tensor<2x3xf32>, %u: tensor<ui8>) -> (tensor<2x3xf32>, tensor<ui8>) {
  return %x, %u : tensor<2x3xf32>, tensor<ui8>
}
