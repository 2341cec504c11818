// On CUDA a map is one thread an element, guarded at the end.
// RUN: dlc-opt --dlc-lower-kernels=target=cuda %s | FileCheck %s

// CHECK: func.func private @map_0(%[[X:[^:]*]]: memref<6x100xf32>
// CHECK-SAME: dlc.block = 256 : i64, dlc.tiles = 3 : i64
// CHECK: nvvm.read.ptx.sreg.tid.x
// CHECK: nvvm.read.ptx.sreg.ctaid.x
// CHECK: %[[GRID:.*]] = nvvm.read.ptx.sreg.nctaid.x
// CHECK: scf.for
// CHECK: %[[IN:.*]] = arith.cmpi ult, %[[I:.*]], %c600
// CHECK: scf.if %[[IN]] {
// CHECK: memref.load %[[X]]
// CHECK: arith.negf %{{.*}} : f32
// CHECK: memref.store
func.func @f(%x: tensor<6x100xf32>) -> tensor<6x100xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<6x100xf32>):
    %b = dlc.negate %a : tensor<6x100xf32>
    dlc.yield %b : tensor<6x100xf32>
  } : (tensor<6x100xf32>) -> tensor<6x100xf32>
  return %r : tensor<6x100xf32>
}
