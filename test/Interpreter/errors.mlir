// What the interpreter cannot evaluate it names, at its place.
// RUN: split-file %s %t
// RUN: not dlc run %t/outside.mlir --backend=interpreter 2>&1 | FileCheck %s --check-prefix=OTHER
// RUN: not dlc run %t/recursion.mlir --backend=interpreter --function=f 2>&1 | FileCheck %s --check-prefix=RECURSION
// RUN: not dlc run %t/large.mlir --backend=interpreter 2>&1 | FileCheck %s --check-prefix=LARGE
// RUN: not dlc run %t/resource.mlir --backend=interpreter 2>&1 | FileCheck %s --check-prefix=RESOURCE
// RUN: dlc run %t/calls.mlir --backend=interpreter --function=f --input=f32=3 | FileCheck %s --check-prefix=CALLS

//--- outside.mlir
// OTHER: outside.mlir:3:8: error: 'arith.constant' cannot be interpreted: its result is 'index'
func.func @f() -> index {
  %0 = arith.constant 1 : index
  return %0 : index
}

//--- recursion.mlir
// RECURSION: error: @f calls itself
func.func @f() {
  call @g() : () -> ()
  return
}
func.func @g() {
  call @f() : () -> ()
  return
}

//--- large.mlir
// LARGE: error: 'dlc.iota' makes 'tensor<1073741824xf32>', too large for the interpreter
func.func @f() -> tensor<1073741824xf32> {
  %0 = dlc.iota dim 0 : tensor<1073741824xf32>
  return %0 : tensor<1073741824xf32>
}

//--- resource.mlir
// RESOURCE: error: [constant] holds no readable elements
func.func @f() -> tensor<2xf32> {
  %0 = dlc.constant dense_resource<blob> : tensor<2xf32>
  return %0 : tensor<2xf32>
}

//--- calls.mlir
// CALLS: result 0: tensor<f32> = 9
func.func @square(%x: tensor<f32>) -> tensor<f32> {
  %0 = dlc.multiply %x, %x : tensor<f32>
  return %0 : tensor<f32>
}
func.func @f(%x: tensor<f32>) -> tensor<f32> {
  %0 = call @square(%x) : (tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}
