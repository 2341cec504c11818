// A language model's last step, of 128,000 words: the logits of 64 rows are the
// one large buffer of the plan. Their gradient lies where they lay, and the
// weights are updated in place by the product that makes their gradient.
// RUN: dlc explain %s | FileCheck %s
// CHECK: memory of @step
// CHECK-NEXT: arena 32768256 bytes, of which at most 32768256 live at once
// CHECK-NEXT: offset 0: 32768000 bytes
// CHECK-NEXT: offset 32768000: 256 bytes
// CHECK-NOT: offset
// CHECK: memory of @rows

// RUN: dlc run %s --function=rows --backend=both --rtol=1e-5 --input=3xi32=5,127999,0 --random=1
// RUN: dlc run %s --function=rows --threads=1 --input=3xi32=5,127999,0 --random=1 --output=@%t.one.npy --output=@%t.gradient.one.npy
// RUN: dlc run %s --function=rows --threads=3 --input=3xi32=5,127999,0 --random=1 --output=@%t.three.npy --output=@%t.gradient.three.npy
// RUN: cmp %t.one.npy %t.three.npy
// RUN: cmp %t.gradient.one.npy %t.gradient.three.npy

// All words are as likely: the loss is log(128000).
// RUN: dlc run %s --function=rows --input=3xi32=5,127999,0 --input=3x2xf32=0 --random=1 | FileCheck %s --check-prefix=EVEN
// EVEN: 11.759{{[78]}}

// A word that there is not.
// RUN: not dlc run %s --function=rows --input=3xi32=5,128000,0 --random=1 2>&1 | FileCheck %s --check-prefix=OUTSIDE
// OUTSIDE: index at position 1 is outside [0, 128000)

func.func @step(%x: tensor<64x128xf32>, %w: tensor<128x128000xf32> {dlc.donate = 1 : i64}, %labels: tensor<64xi32>) -> (tensor<f32>, tensor<128x128000xf32>, tensor<64x128xf32>) {
  %vx = dlc.variable %x : tensor<64x128xf32>
  %vw = dlc.variable %w : tensor<128x128000xf32>
  %logits = dlc.dot_general %vx, %vw batch [] x [] contract [1] x [0] : tensor<64x128xf32>, tensor<128x128000xf32> to tensor<64x128000xf32>
  %losses = dlc.softmax_cross_entropy %logits, %labels : tensor<64x128000xf32>, tensor<64xi32> to tensor<64xf32>
  %sum = dlc.reduce add %losses dims [0] : tensor<64xf32> to tensor<f32>
  %share = dlc.constant dense<0.015625> : tensor<f32>
  %mean = dlc.multiply %sum, %share : tensor<f32>
  %one = dlc.constant dense<1.0> : tensor<f32>
  %dw, %dx = dlc.grad of(%mean) seed(%one) wrt(%vw, %vx) : (tensor<f32>, tensor<f32>, tensor<128x128000xf32>, tensor<64x128xf32>) -> (tensor<128x128000xf32>, tensor<64x128xf32>)
  %rate = dlc.constant dense<0.1> : tensor<128x128000xf32>
  %change = dlc.multiply %dw, %rate : tensor<128x128000xf32>
  %next = dlc.subtract %w, %change : tensor<128x128000xf32>
  return %mean, %next, %dx : tensor<f32>, tensor<128x128000xf32>, tensor<64x128xf32>
}

func.func @rows(%labels: tensor<3xi32>, %x: tensor<3x2xf32>, %w: tensor<2x128000xf32>) -> (tensor<3xf32>, tensor<2x128000xf32>) {
  %vw = dlc.variable %w : tensor<2x128000xf32>
  %logits = dlc.dot_general %x, %vw batch [] x [] contract [1] x [0] : tensor<3x2xf32>, tensor<2x128000xf32> to tensor<3x128000xf32>
  %losses = dlc.softmax_cross_entropy %logits, %labels : tensor<3x128000xf32>, tensor<3xi32> to tensor<3xf32>
  %one = dlc.constant dense<1.0> : tensor<3xf32>
  %dw = dlc.grad of(%losses) seed(%one) wrt(%vw) : (tensor<3xf32>, tensor<3xf32>, tensor<2x128000xf32>) -> tensor<2x128000xf32>
  return %losses, %dw : tensor<3xf32>, tensor<2x128000xf32>
}
