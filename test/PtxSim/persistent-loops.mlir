// A loop that stays on the card computes the bits of its kernels launched one by
// one, with carries, stacks, backwards, in another loop, with fewer threads in one
// kernel than in another.
// DEFINE: %{function} =
// DEFINE: %{one-by-one} = dlc run %t.one-by-one.dlcprog --device=simulator --function=%{function} --random=3 --output=@%t.0.npy --output=@%t.1.npy
// DEFINE: %{persistent} = ptx-sim %t.dlcprog --function=%{function} --random=3 --expect=@%t.0.npy --expect=@%t.1.npy --ulp=0

// RUN: dlc compile %s --target=cuda:sm_80 --emit=layout -o %t.layout
// RUN: dlc-opt %t.layout --dlc-lower-kernels="target=cuda sm=80" --dlc-plan-memory | sed 's/dlc.stage = "layout"/dlc.stage = "lowering"/' > %t.one-by-one
// RUN: dlc compile %t.one-by-one --target=cuda:sm_80 -o %t.one-by-one.dlcprog
// RUN: dlc compile %s --target=cuda:sm_80 -o %t.dlcprog

// REDEFINE: %{function} = recurrence
// RUN: %{one-by-one} && %{persistent} | FileCheck %s --check-prefix=SAME
// REDEFINE: %{function} = nested
// RUN: %{one-by-one} && %{persistent} | FileCheck %s --check-prefix=SAME
// SAME: result 0: {{.*}}: same bits
// SAME-NEXT: result 1: {{.*}}: same bits

// Planted faults: no fences; blocks that do not run at the same time.
// RUN: dlc compile %s --target=cuda:sm_80 --emit=lowering -o %t.lowering
// RUN: sed '/llvm.nvvm.membar.gl/d' %t.lowering > %t.unfenced
// RUN: dlc compile %t.unfenced --target=cuda:sm_80 -o %t.unfenced.dlcprog
// RUN: not ptx-sim %t.unfenced.dlcprog --function=recurrence --random=3 2>&1 | FileCheck %s --check-prefix=UNFENCED
// UNFENCED: fault: kernel loop_0, {{.*}}: race: {{.*}} with no barrier in between
// RUN: sed 's/dlc.cooperative, //' %t.lowering > %t.alone
// RUN: dlc compile %t.alone --target=cuda:sm_80 -o %t.alone.dlcprog
// RUN: not ptx-sim %t.alone.dlcprog --function=recurrence --random=3 2>&1 | FileCheck %s --check-prefix=ALONE
// ALONE: fault: kernel loop_0, {{.*}}: deadlock: {{.*}} a thread waits for what no block does that runs at the same time; block (0,0,0)

// RUN: dlc explain %s --target=cuda:sm_80 | FileCheck %s --check-prefix=EXPLAIN
// EXPLAIN: loop of @recurrence in one launch
// EXPLAIN-NEXT: loop_0 6 trips 2 kernels 2 barriers 8 blocks ({{.*}}persistent-loops.mlir:[[#]]:{{[0-9]+}})
// EXPLAIN: loop of @nested in one launch
// EXPLAIN-NEXT: 5 trips 1 kernel 2 barriers 3 blocks

func.func @recurrence(%h: tensor<64x96xf32>, %xs: tensor<6x64x96xf32>, %w: tensor<96x96xf32>)
    -> (tensor<64x96xf32>, tensor<6x64x96xf32>) {
  %0:2 = dlc.scan 6 reverse init(%h) over(%xs) with(%w) {
  ^bb0(%state: tensor<64x96xf32>, %x: tensor<64x96xf32>, %k: tensor<96x96xf32>):
    %p = dlc.dot_general %state, %k batch [] x [] contract [1] x [0] : tensor<64x96xf32>, tensor<96x96xf32> to tensor<64x96xf32>
    %s = dlc.add %p, %x : tensor<64x96xf32>
    %t = dlc.tanh %s : tensor<64x96xf32>
    %m = dlc.reduce max %t dims [1] : tensor<64x96xf32> to tensor<64xf32>
    %b = dlc.broadcast_in_dim %m dims [0] : tensor<64xf32> to tensor<64x96xf32>
    %u = dlc.subtract %t, %b : tensor<64x96xf32>
    dlc.yield %u, %s : tensor<64x96xf32>, tensor<64x96xf32>
  } : (tensor<64x96xf32>, tensor<6x64x96xf32>, tensor<96x96xf32>) -> (tensor<64x96xf32>, tensor<6x64x96xf32>)
  return %0#0, %0#1 : tensor<64x96xf32>, tensor<6x64x96xf32>
}

func.func @nested(%x: tensor<3x5x700xf32>, %a: tensor<700xf32>, %b: tensor<700xf32>) -> (tensor<700xf32>, tensor<3x5x700xf32>) {
  %0:3 = dlc.scan 3 init(%a, %b) over(%x) with() {
  ^bb0(%p: tensor<700xf32>, %q: tensor<700xf32>, %slice: tensor<5x700xf32>):
    %1:3 = dlc.scan 5 reverse init(%p, %q) over(%slice) with() {
    ^bb0(%r: tensor<700xf32>, %s: tensor<700xf32>, %row: tensor<700xf32>):
      %t = dlc.reverse %s dims [0] : tensor<700xf32>
      %u = dlc.add %t, %row : tensor<700xf32>
      dlc.yield %u, %r, %u : tensor<700xf32>, tensor<700xf32>, tensor<700xf32>
    } : (tensor<700xf32>, tensor<700xf32>, tensor<5x700xf32>) -> (tensor<700xf32>, tensor<700xf32>, tensor<5x700xf32>)
    dlc.yield %1#0, %1#1, %1#2 : tensor<700xf32>, tensor<700xf32>, tensor<5x700xf32>
  } : (tensor<700xf32>, tensor<700xf32>, tensor<3x5x700xf32>) -> (tensor<700xf32>, tensor<700xf32>, tensor<3x5x700xf32>)
  return %0#0, %0#2 : tensor<700xf32>, tensor<3x5x700xf32>
}
