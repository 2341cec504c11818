// A recurrent layer's weights are packed once, which `dlc explain` shows, and
// changes no bit: with a memory limit they are not. The product has a second
// block of k and a last group of rows that overlaps the one before.
// RUN: dlc explain %s | FileCheck %s
// RUN: dlc explain %s --target=cuda:sm_80 | FileCheck %s --check-prefix=GPU
// RUN: dlc run %s --backend=both --rtol=1e-5 --random=1
// RUN: dlc run %s --random=1 --threads=1 --output=@%t.one.npy
// RUN: dlc run %s --random=1 --threads=2 --output=@%t.two.npy
// RUN: dlc run %s --random=1 --memory-limit=1000000000 --output=@%t.limited.npy
// RUN: cmp %t.one.npy %t.two.npy
// RUN: cmp %t.one.npy %t.limited.npy

// CHECK: map {{.*}}ends: packed once for a loop
// CHECK: contraction
// GPU-NOT: packed once
func.func @f(%h: tensor<33x544xf32>, %w: tensor<544x544xf32>) -> tensor<33x544xf32> {
  %y = dlc.scan 5 init(%h) over() with(%w) {
  ^bb0(%a: tensor<33x544xf32>, %b: tensor<544x544xf32>):
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [1] : tensor<33x544xf32>, tensor<544x544xf32> to tensor<33x544xf32>
    %s = dlc.constant dense<0.01> : tensor<33x544xf32>
    %e = dlc.multiply %c, %s : tensor<33x544xf32>
    %d = dlc.tanh %e : tensor<33x544xf32>
    dlc.yield %d : tensor<33x544xf32>
  } : (tensor<33x544xf32>, tensor<544x544xf32>) -> tensor<33x544xf32>
  return %y : tensor<33x544xf32>
}
