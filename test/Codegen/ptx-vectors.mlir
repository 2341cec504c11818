// A thread of a map kernel, of a product's epilogue and of a reduction reads and
// writes 16 bytes at once.
// (The largest kernel comes first.)
// RUN: dlc compile %s --target=cuda:sm_80 --emit=ptx | FileCheck %s

// CHECK-LABEL: .entry contraction_0(
// CHECK: ld.shared.v4.f32
// CHECK: ld.global.v4.f32
// CHECK: st.global.v4.f32
// CHECK-NOT: st.global.f32
func.func @epilogue(%x: tensor<64x64xf32>, %y: tensor<64x64xf32>, %z: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<64x64xf32>, tensor<64x64xf32> to tensor<64x64xf32>
  %1 = dlc.add %0, %z : tensor<64x64xf32>
  return %1 : tensor<64x64xf32>
}
// CHECK-LABEL: .entry row_1(
// CHECK: ld.global.v4.f32
// CHECK: st.global.v4.f32
func.func @softmax(%x: tensor<64x1024xf32>) -> tensor<64x1024xf32> {
  %0 = dlc.softmax %x dim 1 : tensor<64x1024xf32>
  return %0 : tensor<64x1024xf32>
}
// CHECK-LABEL: .entry column_2(
// CHECK: ld.global.v4.f32
// CHECK: st.shared.v4
func.func @columns(%x: tensor<40000x128xf32>) -> tensor<128xf32> {
  %0 = dlc.reduce add %x dims [0] : tensor<40000x128xf32> to tensor<128xf32>
  return %0 : tensor<128xf32>
}
// CHECK-LABEL: .entry map_3(
// CHECK: ld.global.v4.f32
// CHECK: ld.global.v4.f32
// CHECK-NOT: ld.global.f32
// CHECK: st.global.v4.f32
// CHECK-NOT: st.global.f32
func.func @chain(%x: tensor<512x256xf32>, %b: tensor<256xf32>) -> tensor<512x256xf32> {
  %0 = dlc.broadcast_in_dim %b dims [1] : tensor<256xf32> to tensor<512x256xf32>
  %1 = dlc.add %x, %0 : tensor<512x256xf32>
  return %1 : tensor<512x256xf32>
}
// CHECK-LABEL: .entry map_4(
// CHECK: ld.global.v4.b32
// CHECK: st.global.v4.b32
func.func @halves(%x: tensor<512x512xbf16>) -> tensor<512x512xbf16> {
  %0 = dlc.negate %x : tensor<512x512xbf16>
  return %0 : tensor<512x512xbf16>
}
// CHECK-LABEL: .entry map_5(
// CHECK: ld.global.v2.f64
// CHECK: st.global.v2.f64
func.func @doubles(%x: tensor<512x256xf64>) -> tensor<512x256xf64> {
  %0 = dlc.negate %x : tensor<512x256xf64>
  return %0 : tensor<512x256xf64>
}
// So few elements fill no card: one a thread.
// CHECK-LABEL: .entry map_6(
// CHECK: ld.global.f32
func.func @small(%x: tensor<64x256xf32>) -> tensor<64x256xf32> {
  %0 = dlc.negate %x : tensor<64x256xf32>
  return %0 : tensor<64x256xf32>
}
