// One row a kernel, with the user's lines, then the plan.
// RUN: dlc explain %s | FileCheck %s

// CHECK: kernels of @linear
// CHECK-NEXT: 1 contraction 208 bytes 140 flops dot_general add ({{.*}}explain.mlir:13, {{.*}}) ends: read at other indices
// CHECK-NEXT: 2 row 84 bytes 20 flops reduce ({{.*}}explain.mlir:18) ends: result
// CHECK-NEXT: memory of @linear
// CHECK-NEXT: arena {{[0-9]+}} bytes, of which at most {{[0-9]+}} live at once
// CHECK-NEXT: offset 0: 80 bytes, steps 0 to 1

func.func @linear(%x: tensor<4x3xf32>, %w: tensor<3x5xf32>, %b: tensor<5xf32>)
    -> tensor<f32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0]
      : tensor<4x3xf32>, tensor<3x5xf32> to tensor<4x5xf32>
  %c = dlc.broadcast_in_dim %b dims [1] : tensor<5xf32> to tensor<4x5xf32>
  %a = dlc.add %z, %c : tensor<4x5xf32>
  %r = dlc.reshape %a : tensor<4x5xf32> to tensor<20xf32>
  %n = dlc.reduce add %r dims [0] : tensor<20xf32> to tensor<f32>
  return %n : tensor<f32>
}
