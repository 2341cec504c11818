// A memory limit: values are computed again instead of kept. The same bits, never
// more memory for a smaller limit, and an error below what it takes.
// RUN: %python %S/memory_limit.py %s
// RUN: dlc run %s --random=1 > %t.kept
// RUN: dlc run %s --random=1 --memory-limit=270000 > %t.again
// RUN: cmp %t.kept %t.again
// RUN: not dlc compile %s --memory-limit=1000 -o %t.dlcprog 2>&1 | FileCheck %s --check-prefix=LITTLE
// RUN: not dlc compile %s --memory-limit=-1 -o %t.dlcprog 2>&1 | FileCheck %s --check-prefix=NEGATIVE

// LITTLE: memory-limit.mlir:{{[0-9]+}}:{{[0-9]+}}: error: {{.*}}values between operations take {{[0-9]+}} bytes at least, most of them here, even if they are computed again instead of kept; the memory limit is 1000
// NEGATIVE: --memory-limit must not be negative, got -1

func.func @deep(%x: tensor<256x64xf32>, %w0: tensor<64x64xf32>) -> (tensor<f32>, tensor<64x64xf32>, tensor<256x64xf32>) {
  %one = dlc.constant dense<1.0> : tensor<f32>
  %w = dlc.variable %w0 : tensor<64x64xf32>
  %h0 = dlc.variable %x : tensor<256x64xf32>
  %z0 = dlc.dot_general %h0, %w batch [] x [] contract [1] x [0]
      : tensor<256x64xf32>, tensor<64x64xf32> to tensor<256x64xf32>
  %h1 = dlc.tanh %z0 : tensor<256x64xf32>
  %z1 = dlc.dot_general %h1, %w batch [] x [] contract [1] x [0]
      : tensor<256x64xf32>, tensor<64x64xf32> to tensor<256x64xf32>
  %h2 = dlc.tanh %z1 : tensor<256x64xf32>
  %z2 = dlc.dot_general %h2, %w batch [] x [] contract [1] x [0]
      : tensor<256x64xf32>, tensor<64x64xf32> to tensor<256x64xf32>
  %h3 = dlc.tanh %z2 : tensor<256x64xf32>
  %z3 = dlc.dot_general %h3, %w batch [] x [] contract [1] x [0]
      : tensor<256x64xf32>, tensor<64x64xf32> to tensor<256x64xf32>
  %h4 = dlc.tanh %z3 : tensor<256x64xf32>
  %z4 = dlc.dot_general %h4, %w batch [] x [] contract [1] x [0]
      : tensor<256x64xf32>, tensor<64x64xf32> to tensor<256x64xf32>
  %h5 = dlc.tanh %z4 : tensor<256x64xf32>
  %z5 = dlc.dot_general %h5, %w batch [] x [] contract [1] x [0]
      : tensor<256x64xf32>, tensor<64x64xf32> to tensor<256x64xf32>
  %h6 = dlc.tanh %z5 : tensor<256x64xf32>
  %z6 = dlc.dot_general %h6, %w batch [] x [] contract [1] x [0]
      : tensor<256x64xf32>, tensor<64x64xf32> to tensor<256x64xf32>
  %h7 = dlc.tanh %z6 : tensor<256x64xf32>
  %z7 = dlc.dot_general %h7, %w batch [] x [] contract [1] x [0]
      : tensor<256x64xf32>, tensor<64x64xf32> to tensor<256x64xf32>
  %h8 = dlc.tanh %z7 : tensor<256x64xf32>
  %loss = dlc.reduce add %h8 dims [0, 1] : tensor<256x64xf32> to tensor<f32>
  %dw, %dx = dlc.grad of(%loss) seed(%one) wrt(%w, %h0)
      : (tensor<f32>, tensor<f32>, tensor<64x64xf32>, tensor<256x64xf32>) -> (tensor<64x64xf32>, tensor<256x64xf32>)
  return %loss, %dw, %dx : tensor<f32>, tensor<64x64xf32>, tensor<256x64xf32>
}
