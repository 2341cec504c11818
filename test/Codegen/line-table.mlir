// PTX says which of the user's lines an instruction comes from, and asks for no
// debug build.
// RUN: dlc compile %s --target=cuda:sm_80 --emit=ptx | FileCheck %s

// CHECK: .target sm_80{{$}}
// CHECK: .visible .entry map_0(
// CHECK: .loc 1 7 5
// CHECK: ld.global.f32
// CHECK: .loc 1 9 5
// CHECK: mul.rn.f32
// CHECK-NEXT: .loc 2 3 1
// CHECK: st.global.f32
// CHECK: .file 1 "model.cpp"
// CHECK-NEXT: .file 2 "layer.cpp"
func.func @f(%x: tensor<64xf32>, %y: tensor<64xf32>) -> tensor<64xf32> {
  %0 = dlc.negate %x : tensor<64xf32> loc("model.cpp":7:5)
  %1 = dlc.multiply %0, %y : tensor<64xf32> loc("model.cpp":9:5)
  %2 = dlc.add %1, %y : tensor<64xf32> loc("layer.cpp":3:1)
  return %2 : tensor<64xf32>
}
