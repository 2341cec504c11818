// Products of bf16 that were made f32 are products of bf16 again.
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-narrow-products))' | FileCheck %s

// CHECK-LABEL: func @narrowed(
// CHECK-SAME: %[[X:.*]]: tensor<32x64xbf16>, %[[Y:.*]]: tensor<64x40xbf16>)
// CHECK-NEXT: %[[Z:.*]] = dlc.dot_general %[[X]], %[[Y]] {{.*}} : tensor<32x64xbf16>, tensor<64x40xbf16> to tensor<32x40xbf16>
// CHECK-NEXT: return %[[Z]]
func.func @narrowed(%x: tensor<32x64xbf16>, %y: tensor<64x40xbf16>) -> tensor<32x40xbf16> {
  %a = dlc.convert %x : tensor<32x64xbf16> to tensor<32x64xf32>
  %b = dlc.convert %y : tensor<64x40xbf16> to tensor<64x40xf32>
  %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<32x64xf32>, tensor<64x40xf32> to tensor<32x40xf32>
  %z = dlc.convert %c : tensor<32x40xf32> to tensor<32x40xbf16>
  return %z : tensor<32x40xbf16>
}

// Read as f32; few rows; an odd k; an operand that was f32; rounded to f16.
// CHECK-LABEL: func @wide(
// CHECK-NOT: dlc.dot_general {{.*}}xbf16
// CHECK: return
func.func @wide(%x: tensor<32x64xbf16>, %y: tensor<64x40xbf16>, %r: tensor<31x64xbf16>, %u: tensor<32x63xbf16>, %v: tensor<63x40xbf16>, %w: tensor<32x64xf32>)
    -> (tensor<32x40xf32>, tensor<31x40xbf16>, tensor<32x40xbf16>, tensor<32x40xbf16>, tensor<32x40xf16>) {
  %a = dlc.convert %x : tensor<32x64xbf16> to tensor<32x64xf32>
  %b = dlc.convert %y : tensor<64x40xbf16> to tensor<64x40xf32>
  %c = dlc.convert %r : tensor<31x64xbf16> to tensor<31x64xf32>
  %d = dlc.convert %u : tensor<32x63xbf16> to tensor<32x63xf32>
  %e = dlc.convert %v : tensor<63x40xbf16> to tensor<63x40xf32>
  %0 = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<32x64xf32>, tensor<64x40xf32> to tensor<32x40xf32>
  %1 = dlc.dot_general %c, %b batch [] x [] contract [1] x [0] : tensor<31x64xf32>, tensor<64x40xf32> to tensor<31x40xf32>
  %2 = dlc.convert %1 : tensor<31x40xf32> to tensor<31x40xbf16>
  %3 = dlc.dot_general %d, %e batch [] x [] contract [1] x [0] : tensor<32x63xf32>, tensor<63x40xf32> to tensor<32x40xf32>
  %4 = dlc.convert %3 : tensor<32x40xf32> to tensor<32x40xbf16>
  %5 = dlc.dot_general %w, %b batch [] x [] contract [1] x [0] : tensor<32x64xf32>, tensor<64x40xf32> to tensor<32x40xf32>
  %6 = dlc.convert %5 : tensor<32x40xf32> to tensor<32x40xbf16>
  %7 = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<32x64xf32>, tensor<64x40xf32> to tensor<32x40xf32>
  %8 = dlc.convert %7 : tensor<32x40xf32> to tensor<32x40xf16>
  return %0, %2, %4, %6, %8 : tensor<32x40xf32>, tensor<31x40xbf16>, tensor<32x40xbf16>, tensor<32x40xbf16>, tensor<32x40xf16>
}
