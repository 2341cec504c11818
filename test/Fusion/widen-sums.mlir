// Sums over bf16 and f16 are taken in f32 and rounded once; a reduction that a
// kernel takes in one go stays, since its accumulators are f32.
// RUN: dlc-opt %s --dlc-widen-sums | FileCheck %s
// A GPU's products take halves.
// RUN: dlc-opt %s --dlc-widen-sums=products=false | FileCheck %s --check-prefix=HALVES
// RUN: dlc compile %s --target=cuda:sm_80 --emit=fusion | FileCheck %s --check-prefix=HALVES
// HALVES-LABEL: @dot
// HALVES: dlc.dot_general {{.*}} to tensor<2x4xbf16>

// CHECK-LABEL: @dot
// CHECK-SAME: %[[X:.*]]: tensor<2x3xbf16>
func.func @dot(%x: tensor<2x3xbf16>, %w: tensor<3x4xbf16>) -> tensor<2x4xbf16> {
  // CHECK: %[[A:.*]] = dlc.convert %[[X]] : tensor<2x3xbf16> to tensor<2x3xf32>
  // CHECK: %[[B:.*]] = dlc.convert {{.*}} to tensor<3x4xf32>
  // CHECK: %[[C:.*]] = dlc.dot_general %[[A]], %[[B]] {{.*}} to tensor<2x4xf32>
  // CHECK: dlc.convert %[[C]] : tensor<2x4xf32> to tensor<2x4xbf16>
  %y = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<2x3xbf16>, tensor<3x4xbf16> to tensor<2x4xbf16>
  return %y : tensor<2x4xbf16>
}

// CHECK-LABEL: @reduce
func.func @reduce(%x: tensor<2x3x4xf16>) -> (tensor<2xf16>, tensor<3xf16>, tensor<3xf16>) {
  // CHECK: dlc.reduce add %{{.*}} : tensor<2x3x4xf16> to tensor<2xf16>
  %0 = dlc.reduce add %x dims [1, 2] : tensor<2x3x4xf16> to tensor<2xf16>
  // CHECK: dlc.reduce add %{{.*}} : tensor<2x3x4xf32> to tensor<3xf32>
  %1 = dlc.reduce add %x dims [0, 2] : tensor<2x3x4xf16> to tensor<3xf16>
  // A maximum is never rounded.
  // CHECK: dlc.reduce max %{{.*}} : tensor<2x3x4xf16> to tensor<3xf16>
  %2 = dlc.reduce max %x dims [0, 2] : tensor<2x3x4xf16> to tensor<3xf16>
  return %0, %1, %2 : tensor<2xf16>, tensor<3xf16>, tensor<3xf16>
}
