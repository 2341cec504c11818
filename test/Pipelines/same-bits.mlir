// A training step with awkward sizes gives the same bits for any number of
// threads and on every ISA with fused multiply-adds.
// DEFINE: %{run} = dlc run --random=3 --input=257xi32=4
// RUN: %{run} %s --threads=1 --output=@%t.loss1.npy --output=@%t.w1.npy --output=@%t.v1.npy
// RUN: %{run} %s --threads=2 --output=@%t.loss2.npy --output=@%t.w2.npy --output=@%t.v2.npy
// RUN: %{run} %s --threads=3 --output=@%t.loss3.npy --output=@%t.w3.npy --output=@%t.v3.npy
// RUN: %{run} %s --threads=16 --output=@%t.loss16.npy --output=@%t.w16.npy --output=@%t.v16.npy
// RUN: %{run} %s --mcpu=x86-64-v3 --output=@%t.lossavx.npy --output=@%t.wavx.npy --output=@%t.vavx.npy
// RUN: cmp %t.loss1.npy %t.loss2.npy
// RUN: cmp %t.loss1.npy %t.loss3.npy
// RUN: cmp %t.loss1.npy %t.loss16.npy
// RUN: cmp %t.loss1.npy %t.lossavx.npy
// RUN: cmp %t.w1.npy %t.w2.npy
// RUN: cmp %t.w1.npy %t.w3.npy
// RUN: cmp %t.w1.npy %t.w16.npy
// RUN: cmp %t.w1.npy %t.wavx.npy
// RUN: cmp %t.v1.npy %t.v2.npy
// RUN: cmp %t.v1.npy %t.v3.npy
// RUN: cmp %t.v1.npy %t.v16.npy
// RUN: cmp %t.v1.npy %t.vavx.npy

func.func @step(%labels: tensor<257xi32>, %x: tensor<257x783xf32>,
    %w: tensor<783x255xf32> {dlc.donate = 1 : i64}, %v: tensor<255x10xf32> {dlc.donate = 2 : i64})
    -> (tensor<f32>, tensor<783x255xf32>, tensor<255x10xf32>) {
  %w0 = dlc.variable %w : tensor<783x255xf32>
  %v0 = dlc.variable %v : tensor<255x10xf32>
  %z = dlc.dot_general %x, %w0 batch [] x [] contract [1] x [0]
      : tensor<257x783xf32>, tensor<783x255xf32> to tensor<257x255xf32>
  %h = dlc.tanh %z : tensor<257x255xf32>
  %y = dlc.dot_general %h, %v0 batch [] x [] contract [1] x [0]
      : tensor<257x255xf32>, tensor<255x10xf32> to tensor<257x10xf32>
  %losses = dlc.softmax_cross_entropy %y, %labels
      : tensor<257x10xf32>, tensor<257xi32> to tensor<257xf32>
  %loss = dlc.reduce add %losses dims [0] : tensor<257xf32> to tensor<f32>
  %one = dlc.constant dense<0.004> : tensor<f32>
  %dw, %dv = dlc.grad of(%loss) seed(%one) wrt(%w0, %v0)
      : (tensor<f32>, tensor<f32>, tensor<783x255xf32>, tensor<255x10xf32>)
      -> (tensor<783x255xf32>, tensor<255x10xf32>)
  %w1 = dlc.subtract %w, %dw : tensor<783x255xf32>
  %v1 = dlc.subtract %v, %dv : tensor<255x10xf32>
  return %loss, %w1, %v1 : tensor<f32>, tensor<783x255xf32>, tensor<255x10xf32>
}
