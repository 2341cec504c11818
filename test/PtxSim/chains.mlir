// Attention and its gradient on the simulated GPU: no faults, what the
// interpreter computes, and what shared memory and global memory are asked for.
// RUN: dlc compile %s --target=cuda:sm_80 -o %t.80
// RUN: dlc compile %s --target=cuda:sm_75 -o %t.75
// RUN: dlc compile %s --target=cuda:sm_80 --precision=tf32 -o %t.tf32
// DEFINE: %{program} = 80
// DEFINE: %{rtol} = 1e-5
// DEFINE: %{f} = forward
// DEFINE: %{outputs} = --output=@%t.0.npy
// DEFINE: %{expects} = --expect=@%t.0.npy
// DEFINE: %{run} = dlc run %s --random=1 --function=%{f} --backend=interpreter %{outputs} && ptx-sim %t.%{program} --random=1 --function=%{f} %{expects} --rtol=%{rtol} --stats

// RUN: %{run} | FileCheck %s --check-prefix=FORWARD
// FORWARD: kernel chain_{{[0-9]+}}: 1 launch, 8 blocks
// FORWARD: global loads: {{[0-9]+}} requests, 16.00 sectors each (at best 16.00)
// FORWARD: global stores: {{[0-9]+}} requests, 16.00 sectors each (at best 16.00)
// FORWARD: shared: {{[0-9]+}} requests, 0 bank conflicts
// FORWARD: 0 atomics
// FORWARD-NOT: kernel

// REDEFINE: %{outputs} = --output=@%t.0.npy --output=@%t.1.npy --output=@%t.2.npy
// REDEFINE: %{expects} = --expect=@%t.0.npy --expect=@%t.1.npy --expect=@%t.2.npy
// REDEFINE: %{f} = gradient
// RUN: %{run} | FileCheck %s --check-prefix=GRADIENT
// GRADIENT: kernel chain_[[F:[0-9]+]]: 1 launch
// GRADIENT: kernel chain_[[G:[0-9]+]]: 1 launch
// GRADIENT: shared: {{[0-9]+}} requests, 0 bank conflicts
// GRADIENT: kernel chain_[[G]]_then: 1 launch
// GRADIENT: shared: {{[0-9]+}} requests, 0 bank conflicts
// GRADIENT: 0 atomics

// Sizes that fit no tile.
// REDEFINE: %{f} = ragged
// RUN: %{run} | FileCheck %s --check-prefix=STEPS
// Less shared memory, other blocks, copies through registers: the same bits.
// RUN: dlc run %s --random=1 --function=%{f} --device=simulator %{outputs}
// RUN: ptx-sim %t.75 --random=1 --function=%{f} %{expects} | FileCheck %s --check-prefix=SAME
// SAME-COUNT-3: same bits

// Gradients of different widths, one of several tiles; whole blocks of rows.
// REDEFINE: %{f} = widths
// RUN: %{run} | FileCheck %s --check-prefix=STEPS
// RUN: dlc run %s --random=1 --function=%{f} --device=simulator %{outputs}
// RUN: ptx-sim %t.75 --random=1 --function=%{f} %{expects} | FileCheck %s --check-prefix=SAME

// Heads side by side in memory, keys that are hidden.
// REDEFINE: %{f} = heads
// RUN: %{run} | FileCheck %s --check-prefix=STEPS
// STEPS: kernel chain_[[G:[0-9]+]]_then: 1 launch

// Two chains of multiply-adds: along keys, and along rows.
// REDEFINE: %{outputs} = --output=@%t.0.npy --output=@%t.1.npy
// REDEFINE: %{expects} = --expect=@%t.0.npy --expect=@%t.1.npy
// REDEFINE: %{f} = keys
// RUN: %{run} | FileCheck %s --check-prefix=STEPS
// REDEFINE: %{f} = rows
// RUN: %{run} | FileCheck %s --check-prefix=STEPS

// Nothing is reduced: windows of keys.
// REDEFINE: %{f} = windows
// RUN: %{run} | FileCheck %s --check-prefix=WINDOWS
// WINDOWS: shared: {{[0-9]+}} requests, 0 bank conflicts

// The second step finds the rows' reductions in memory; several tiles of
// columns.
// REDEFINE: %{f} = wide
// RUN: %{run} | FileCheck %s --check-prefix=STEPS
// REDEFINE: %{f} = double
// RUN: %{run} | FileCheck %s --check-prefix=STEPS

// All products on tensor cores, rounded to tf32, if that is asked for: also
// weights that end within a tile, and queries transposed in memory, of 16 rows.
// REDEFINE: %{program} = tf32
// REDEFINE: %{rtol} = 1e-2
// REDEFINE: %{f} = wide
// RUN: %{run} | FileCheck %s --check-prefix=THEN
// REDEFINE: %{f} = keys
// RUN: %{run} | FileCheck %s --check-prefix=THEN
// REDEFINE: %{f} = rows
// RUN: %{run} | FileCheck %s --check-prefix=THEN
// REDEFINE: %{f} = windows
// RUN: %{run} | FileCheck %s --check-prefix=TENSOR
// REDEFINE: %{outputs} = --output=@%t.0.npy --output=@%t.1.npy --output=@%t.2.npy
// REDEFINE: %{expects} = --expect=@%t.0.npy --expect=@%t.1.npy --expect=@%t.2.npy
// REDEFINE: %{f} = gradient
// RUN: %{run} | FileCheck %s --check-prefix=THEN
// REDEFINE: %{f} = ragged
// RUN: %{run} | FileCheck %s --check-prefix=THEN
// REDEFINE: %{f} = heads
// RUN: %{run} | FileCheck %s --check-prefix=THEN
// TENSOR: kernel chain_
// TENSOR-NEXT: by lanes: {{.*}}tensor {{[0-9]+}}
// THEN: kernel chain_
// THEN-NEXT: by lanes: {{.*}}tensor {{[0-9]+}}
// THEN: kernel chain_{{[0-9]+}}_then
// THEN-NEXT: by lanes: {{.*}}tensor {{[0-9]+}}

func.func @forward(%q: tensor<2x2x32x64xf32>, %k: tensor<2x2x128x64xf32>, %v: tensor<2x2x128x64xf32>) -> tensor<2x2x32x64xf32> {
  %o, %l = dlc.scaled_dot_product_attention %q, %k, %v scale 0.125 : (tensor<2x2x32x64xf32>, tensor<2x2x128x64xf32>, tensor<2x2x128x64xf32>) -> (tensor<2x2x32x64xf32>, tensor<2x2x32xf32>)
  return %o : tensor<2x2x32x64xf32>
}

func.func @gradient(%q: tensor<2x32x64xf32>, %k: tensor<2x64x64xf32>, %v: tensor<2x64x64xf32>, %g: tensor<2x32x64xf32>)
    -> (tensor<2x32x64xf32>, tensor<2x64x64xf32>, tensor<2x64x64xf32>) {
  %vq = dlc.variable %q : tensor<2x32x64xf32>
  %vk = dlc.variable %k : tensor<2x64x64xf32>
  %vv = dlc.variable %v : tensor<2x64x64xf32>
  %o, %l = dlc.scaled_dot_product_attention %vq, %vk, %vv scale 0.125 causal : (tensor<2x32x64xf32>, tensor<2x64x64xf32>, tensor<2x64x64xf32>) -> (tensor<2x32x64xf32>, tensor<2x32xf32>)
  %dq, %dk, %dv = dlc.grad of(%o) seed(%g) wrt(%vq, %vk, %vv) : (tensor<2x32x64xf32>, tensor<2x32x64xf32>, tensor<2x32x64xf32>, tensor<2x64x64xf32>, tensor<2x64x64xf32>) -> (tensor<2x32x64xf32>, tensor<2x64x64xf32>, tensor<2x64x64xf32>)
  return %dq, %dk, %dv : tensor<2x32x64xf32>, tensor<2x64x64xf32>, tensor<2x64x64xf32>
}

func.func @ragged(%q: tensor<2x17x20xf32>, %k: tensor<2x33x20xf32>, %v: tensor<2x33x23xf32>, %g: tensor<2x17x23xf32>)
    -> (tensor<2x17x20xf32>, tensor<2x33x20xf32>, tensor<2x33x23xf32>) {
  %vq = dlc.variable %q : tensor<2x17x20xf32>
  %vk = dlc.variable %k : tensor<2x33x20xf32>
  %vv = dlc.variable %v : tensor<2x33x23xf32>
  %o, %l = dlc.scaled_dot_product_attention %vq, %vk, %vv scale 0.25 causal : (tensor<2x17x20xf32>, tensor<2x33x20xf32>, tensor<2x33x23xf32>) -> (tensor<2x17x23xf32>, tensor<2x17xf32>)
  %dq, %dk, %dv = dlc.grad of(%o) seed(%g) wrt(%vq, %vk, %vv) : (tensor<2x17x23xf32>, tensor<2x17x23xf32>, tensor<2x17x20xf32>, tensor<2x33x20xf32>, tensor<2x33x23xf32>) -> (tensor<2x17x20xf32>, tensor<2x33x20xf32>, tensor<2x33x23xf32>)
  return %dq, %dk, %dv : tensor<2x17x20xf32>, tensor<2x33x20xf32>, tensor<2x33x23xf32>
}

func.func @widths(%q: tensor<2x32x8xf32>, %k: tensor<2x70x8xf32>, %v: tensor<2x70x130xf32>, %g: tensor<2x32x130xf32>)
    -> (tensor<2x32x8xf32>, tensor<2x70x8xf32>, tensor<2x70x130xf32>) {
  %vq = dlc.variable %q : tensor<2x32x8xf32>
  %vk = dlc.variable %k : tensor<2x70x8xf32>
  %vv = dlc.variable %v : tensor<2x70x130xf32>
  %o, %l = dlc.scaled_dot_product_attention %vq, %vk, %vv scale 0.25 : (tensor<2x32x8xf32>, tensor<2x70x8xf32>, tensor<2x70x130xf32>) -> (tensor<2x32x130xf32>, tensor<2x32xf32>)
  %dq, %dk, %dv = dlc.grad of(%o) seed(%g) wrt(%vq, %vk, %vv) : (tensor<2x32x130xf32>, tensor<2x32x130xf32>, tensor<2x32x8xf32>, tensor<2x70x8xf32>, tensor<2x70x130xf32>) -> (tensor<2x32x8xf32>, tensor<2x70x8xf32>, tensor<2x70x130xf32>)
  return %dq, %dk, %dv : tensor<2x32x8xf32>, tensor<2x70x8xf32>, tensor<2x70x130xf32>
}

func.func @heads(%q: tensor<2x20x3x8xf32>, %k: tensor<2x70x3x8xf32>, %v: tensor<2x70x3x12xf32>, %mask: tensor<20x70xi1>, %g: tensor<2x20x3x12xf32>)
    -> (tensor<2x20x3x8xf32>, tensor<2x70x3x8xf32>, tensor<2x70x3x12xf32>) {
  %vq = dlc.variable %q : tensor<2x20x3x8xf32>
  %vk = dlc.variable %k : tensor<2x70x3x8xf32>
  %vv = dlc.variable %v : tensor<2x70x3x12xf32>
  %m = dlc.broadcast_in_dim %mask dims [2, 3] : tensor<20x70xi1> to tensor<2x3x20x70xi1>
  %qh = dlc.transpose %vq perm [0, 2, 1, 3] : tensor<2x20x3x8xf32> to tensor<2x3x20x8xf32>
  %kh = dlc.transpose %vk perm [0, 2, 1, 3] : tensor<2x70x3x8xf32> to tensor<2x3x70x8xf32>
  %vh = dlc.transpose %vv perm [0, 2, 1, 3] : tensor<2x70x3x12xf32> to tensor<2x3x70x12xf32>
  %o, %l = dlc.scaled_dot_product_attention %qh, %kh, %vh mask %m scale 0.5 : (tensor<2x3x20x8xf32>, tensor<2x3x70x8xf32>, tensor<2x3x70x12xf32>, tensor<2x3x20x70xi1>) -> (tensor<2x3x20x12xf32>, tensor<2x3x20xf32>)
  %y = dlc.transpose %o perm [0, 2, 1, 3] : tensor<2x3x20x12xf32> to tensor<2x20x3x12xf32>
  %dq, %dk, %dv = dlc.grad of(%y) seed(%g) wrt(%vq, %vk, %vv) : (tensor<2x20x3x12xf32>, tensor<2x20x3x12xf32>, tensor<2x20x3x8xf32>, tensor<2x70x3x8xf32>, tensor<2x70x3x12xf32>) -> (tensor<2x20x3x8xf32>, tensor<2x70x3x8xf32>, tensor<2x70x3x12xf32>)
  return %dq, %dk, %dv : tensor<2x20x3x8xf32>, tensor<2x70x3x8xf32>, tensor<2x70x3x12xf32>
}

func.func @keys(%q: tensor<40x8xf32>, %k: tensor<600x8xf32>, %v: tensor<600x9xf32>, %g: tensor<40x9xf32>) -> (tensor<40x9xf32>, tensor<600x9xf32>) {
  %s = dlc.dot_general %q, %k batch [] x [] contract [1] x [1] : tensor<40x8xf32>, tensor<600x8xf32> to tensor<40x600xf32>
  %p = dlc.softmax %s dim 1 : tensor<40x600xf32>
  %o = dlc.dot_general %p, %v batch [] x [] contract [1] x [0] : tensor<40x600xf32>, tensor<600x9xf32> to tensor<40x9xf32>
  %d = dlc.dot_general %p, %g batch [] x [] contract [0] x [0] : tensor<40x600xf32>, tensor<40x9xf32> to tensor<600x9xf32>
  return %o, %d : tensor<40x9xf32>, tensor<600x9xf32>
}

func.func @rows(%q: tensor<530x8xf32>, %k: tensor<16x8xf32>, %v: tensor<16x9xf32>, %g: tensor<530x9xf32>) -> (tensor<530x9xf32>, tensor<16x9xf32>) {
  %s = dlc.dot_general %q, %k batch [] x [] contract [1] x [1] : tensor<530x8xf32>, tensor<16x8xf32> to tensor<530x16xf32>
  %p = dlc.softmax %s dim 1 : tensor<530x16xf32>
  %o = dlc.dot_general %p, %v batch [] x [] contract [1] x [0] : tensor<530x16xf32>, tensor<16x9xf32> to tensor<530x9xf32>
  %d = dlc.dot_general %p, %g batch [] x [] contract [0] x [0] : tensor<530x16xf32>, tensor<530x9xf32> to tensor<16x9xf32>
  return %o, %d : tensor<530x9xf32>, tensor<16x9xf32>
}

// The queries are transposed in memory.
func.func @wide(%q: tensor<8x20xf32>, %k: tensor<24x8xf32>, %v: tensor<24x140xf32>, %g: tensor<20x140xf32>) -> (tensor<20x140xf32>, tensor<24x140xf32>) {
  %s = dlc.dot_general %q, %k batch [] x [] contract [0] x [1] : tensor<8x20xf32>, tensor<24x8xf32> to tensor<20x24xf32>
  %p = dlc.softmax %s dim 1 : tensor<20x24xf32>
  %o = dlc.dot_general %p, %v batch [] x [] contract [1] x [0] : tensor<20x24xf32>, tensor<24x140xf32> to tensor<20x140xf32>
  %d = dlc.dot_general %p, %g batch [] x [] contract [0] x [0] : tensor<20x24xf32>, tensor<20x140xf32> to tensor<24x140xf32>
  return %o, %d : tensor<20x140xf32>, tensor<24x140xf32>
}

func.func @double(%q: tensor<20x8xf64>, %k: tensor<8x24xf64>, %v: tensor<24x70xf64>, %g: tensor<20x70xf64>) -> (tensor<20x70xf64>, tensor<24x70xf64>) {
  %s = dlc.dot_general %q, %k batch [] x [] contract [1] x [0] : tensor<20x8xf64>, tensor<8x24xf64> to tensor<20x24xf64>
  %p = dlc.softmax %s dim 1 : tensor<20x24xf64>
  %o = dlc.dot_general %p, %v batch [] x [] contract [1] x [0] : tensor<20x24xf64>, tensor<24x70xf64> to tensor<20x70xf64>
  %d = dlc.dot_general %p, %g batch [] x [] contract [0] x [0] : tensor<20x24xf64>, tensor<20x70xf64> to tensor<24x70xf64>
  return %o, %d : tensor<20x70xf64>, tensor<24x70xf64>
}

func.func @windows(%q: tensor<40x8xf32>, %k: tensor<600x8xf32>, %v: tensor<600x8xf32>) -> (tensor<40x8xf32>, tensor<40x8xf32>) {
  %s = dlc.dot_general %q, %k batch [] x [] contract [1] x [1] : tensor<40x8xf32>, tensor<600x8xf32> to tensor<40x600xf32>
  %p = dlc.exponential %s : tensor<40x600xf32>
  %o = dlc.dot_general %p, %v batch [] x [] contract [1] x [0] : tensor<40x600xf32>, tensor<600x8xf32> to tensor<40x8xf32>
  %n = dlc.negate %p : tensor<40x600xf32>
  %u = dlc.dot_general %n, %k batch [] x [] contract [1] x [0] : tensor<40x600xf32>, tensor<600x8xf32> to tensor<40x8xf32>
  return %o, %u : tensor<40x8xf32>, tensor<40x8xf32>
}
