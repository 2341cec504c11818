// An operand that the product computes: its array is loaded before the tile's
// multiply-adds, as it lies in memory, and evaluated after them, on its way to
// shared memory. The other operand comes by cp.async.
// RUN: dlc-opt --dlc-lower-kernels=target=cuda %s | FileCheck %s

// CHECK: func.func private @contraction_0(
// CHECK: scf.for
// CHECK: nvvm.cp.async.wait.group 1
// CHECK-NEXT: nvvm.barrier0
// CHECK: llvm.call_intrinsic "llvm.nvvm.cp.async.cg.shared.global.16"
// CHECK: %[[IN:.*]] = llvm.load {{.*}} {alignment = 4 : i64} : !llvm.ptr<1> -> vector<4xi8>
// CHECK-NOT: arith.uitofp
// CHECK: math.fma
// CHECK: %[[F:.*]] = arith.uitofp %[[IN]] : vector<4xi8> to vector<4xf32>
// CHECK: %[[A:.*]] = arith.mulf %[[F]]
// CHECK: llvm.store %[[A]], {{.*}} {alignment = 16 : i64} : vector<4xf32>, !llvm.ptr<3>
func.func @bytes(%x: tensor<64x128xui8>, %w: tensor<128x64xf32>) -> tensor<64x64xf32> {
  %r = dlc.kernel contraction(%w, %x) {
  ^bb0(%b: tensor<128x64xf32>, %in: tensor<64x128xui8>):
    %f = dlc.convert %in : tensor<64x128xui8> to tensor<64x128xf32>
    %s = dlc.constant dense<0.5> : tensor<64x128xf32>
    %a = dlc.multiply %f, %s : tensor<64x128xf32>
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<64x128xf32>, tensor<128x64xf32> to tensor<64x64xf32>
    dlc.yield %c : tensor<64x64xf32>
  } : (tensor<128x64xf32>, tensor<64x128xui8>) -> tensor<64x64xf32>
  return %r : tensor<64x64xf32>
}

// Halves go to tensor cores as they lie in memory.
// CHECK: func.func private @contraction_1(
// CHECK: nvvm.cp.async.wait.group 1
// CHECK: %[[IN:.*]] = llvm.load {{.*}} : !llvm.ptr<1> -> vector<8xi8>
// CHECK: mma.m16n8k16
// CHECK: arith.uitofp %[[IN]] : vector<8xi8> to vector<8xf32>
// CHECK: llvm.store {{.*}} {alignment = 16 : i64} : vector<8xi16>, !llvm.ptr<3>
func.func @halves(%x: tensor<64x128xui8>, %w: tensor<128x64xbf16>) -> tensor<64x64xbf16> {
  %r = dlc.kernel contraction(%w, %x) {
  ^bb0(%b: tensor<128x64xbf16>, %in: tensor<64x128xui8>):
    %a = dlc.convert %in : tensor<64x128xui8> to tensor<64x128xbf16>
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<64x128xbf16>, tensor<128x64xbf16> to tensor<64x64xbf16>
    dlc.yield %c : tensor<64x64xbf16>
  } : (tensor<128x64xbf16>, tensor<64x128xui8>) -> tensor<64x64xbf16>
  return %r : tensor<64x64xbf16>
}

// Views are copied where they lie, 16 bytes at a time; also for a tiny product.
// CHECK: func.func private @contraction_2(%[[P:[a-z0-9]+]]: memref<2x20x3x4x16xf32>
// CHECK-NOT: memref.load
// CHECK: llvm.call_intrinsic "llvm.nvvm.cp.async.cg.shared.global.16"
// CHECK-NOT: memref.load
func.func @values(%p: tensor<2x20x3x4x16xf32>, %s: tensor<8x1x20xf32>) -> tensor<8x1x16xf32> {
  %r = dlc.kernel contraction(%p, %s) {
  ^bb0(%in: tensor<2x20x3x4x16xf32>, %a: tensor<8x1x20xf32>):
    %v = dlc.slice %in from [0, 0, 2, 0, 0] to [2, 20, 3, 4, 16] by [1, 1, 1, 1, 1] : tensor<2x20x3x4x16xf32> to tensor<2x20x1x4x16xf32>
    %t = dlc.transpose %v perm [0, 2, 3, 1, 4] : tensor<2x20x1x4x16xf32> to tensor<2x1x4x20x16xf32>
    %b = dlc.reshape %t : tensor<2x1x4x20x16xf32> to tensor<8x20x16xf32>
    %c = dlc.dot_general %a, %b batch [0] x [0] contract [2] x [1] : tensor<8x1x20xf32>, tensor<8x20x16xf32> to tensor<8x1x16xf32>
    dlc.yield %c : tensor<8x1x16xf32>
  } : (tensor<2x20x3x4x16xf32>, tensor<8x1x20xf32>) -> tensor<8x1x16xf32>
  return %r : tensor<8x1x16xf32>
}
