// What a product becomes on each chip.
// RUN: dlc compile %s --target=cuda:sm_75 --emit=ptx | FileCheck %s --check-prefix=SM75 --implicit-check-not=cp.async --implicit-check-not=mma.sync
// RUN: dlc compile %s --target=cuda:sm_80 --emit=ptx | FileCheck %s
// RUN: dlc compile %s --target=cuda:sm_90 --emit=ptx | FileCheck %s
// RUN: dlc compile %s --target=cuda:sm_80 --precision=tf32 --emit=ptx | FileCheck %s --check-prefix=TF32
// RUN: dlc compile %s --emit=lowering > %t.exact && dlc compile %s --emit=lowering --precision=tf32 | diff - %t.exact

// SM75: .target sm_75
// SM75-DAG: ld.global.v4
// SM75-DAG: st.shared.v4.f32
// SM75-DAG: ld.shared.v4.f32
// SM75-DAG: fma.rn.f32

// CHECK-DAG: cp.async.cg.shared.global
// CHECK-DAG: cp.async.wait_group 1
// CHECK-DAG: ld.shared.v4.f32
// CHECK-DAG: ldmatrix.sync.aligned.m8n8.x4.shared.b16
// CHECK-DAG: ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16
// CHECK-DAG: mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32

// TF32-DAG: cvt.rna.tf32.f32
// TF32-DAG: mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32

func.func @f(%x: tensor<128x64xf32>, %y: tensor<64x128xf32>) -> tensor<128x128xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<128x64xf32>, tensor<64x128xf32> to tensor<128x128xf32>
  return %0 : tensor<128x128xf32>
}
func.func @h(%x: tensor<128x64xf16>, %y: tensor<64x128xf16>) -> tensor<128x128xf16> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<128x64xf16>, tensor<64x128xf16> to tensor<128x128xf16>
  return %0 : tensor<128x128xf16>
}
