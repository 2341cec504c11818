// Maps of transposed values on the simulated GPU: whole sectors, no bank
// conflicts, no races, and the interpreter's bits.
// DEFINE: %{f} = matrix
// DEFINE: %{both} = dlc run %s --random=1 --function=%{f} --backend=both --device=simulator
// DEFINE: %{count} = ptx-sim %t.dlcprog --random=1 --function=%{f} --stats
// RUN: dlc compile %s --target=cuda:sm_80 -o %t.dlcprog
// RUN: %{both} | FileCheck %s --check-prefix=SAME
// RUN: %{count} | FileCheck %s --check-prefix=WHOLE
// REDEFINE: %{f} = batch
// RUN: %{both} | FileCheck %s --check-prefix=SAME
// RUN: %{count} | FileCheck %s --check-prefix=WHOLE
// REDEFINE: %{f} = types
// RUN: %{both} | FileCheck %s --check-prefix=SAME
// RUN: %{count} | FileCheck %s --check-prefix=FREE
// REDEFINE: %{f} = masks
// RUN: %{both} | FileCheck %s --check-prefix=SAME
// RUN: %{count} | FileCheck %s --check-prefix=FREE
// REDEFINE: %{f} = ragged
// RUN: %{both} | FileCheck %s --check-prefix=SAME
// RUN: %{count} | FileCheck %s --check-prefix=FREE
// REDEFINE: %{f} = padded
// RUN: %{both} | FileCheck %s --check-prefix=SAME
// RUN: %{count} | FileCheck %s --check-prefix=FREE
// REDEFINE: %{f} = tapered
// RUN: %{both} | FileCheck %s --check-prefix=SAME
// RUN: %{count} | FileCheck %s --check-prefix=FREE
// RUN: dlc explain %s --target=cuda:sm_80 | FileCheck %s --check-prefix=EXPLAIN

// SAME: result 0: {{.*}}: same bits
// SAME-NOT: differs
// WHOLE: kernel map_{{[0-9]+}}:
// WHOLE: global loads: {{[0-9]+}} requests, 4.00 sectors each (at best 4.00)
// WHOLE: global stores: {{[0-9]+}} requests, 4.00 sectors each (at best 4.00)
// WHOLE: shared: {{[0-9]+}} requests, 0 bank conflicts
// WHOLE: 1.00 times the least
// FREE: shared: {{[0-9]+}} requests, 0 bank conflicts

// EXPLAIN: kernels of @matrix
// EXPLAIN-NEXT: 1 map {{.*}} transpose in tiles of dimension 0 and the last, turned in shared memory (
// EXPLAIN: kernels of @ragged
// EXPLAIN: map {{.*}} add multiply in tiles of dimension 1 and the last,

func.func @matrix(%x: tensor<256x192xf32>) -> tensor<192x256xf32> {
  %0 = dlc.transpose %x perm [1, 0] : tensor<256x192xf32> to tensor<192x256xf32>
  return %0 : tensor<192x256xf32>
}
// The dimension between keeps its place; an operand that is not transposed.
func.func @batch(%x: tensor<64x5x96xf32>, %y: tensor<96x5x64xf32>) -> tensor<96x5x64xf32> {
  %0 = dlc.negate %x : tensor<64x5x96xf32>
  %1 = dlc.transpose %0 perm [2, 1, 0] : tensor<64x5x96xf32> to tensor<96x5x64xf32>
  %2 = dlc.multiply %1, %y : tensor<96x5x64xf32>
  return %2 : tensor<96x5x64xf32>
}
func.func @types(%x: tensor<64x96xbf16>, %y: tensor<64x96xf64>, %z: tensor<96x64xf32>) -> tensor<96x64xf32> {
  %0 = dlc.transpose %x perm [1, 0] : tensor<64x96xbf16> to tensor<96x64xbf16>
  %1 = dlc.convert %0 : tensor<96x64xbf16> to tensor<96x64xf32>
  %2 = dlc.transpose %y perm [1, 0] : tensor<64x96xf64> to tensor<96x64xf64>
  %3 = dlc.convert %2 : tensor<96x64xf64> to tensor<96x64xf32>
  %4 = dlc.add %1, %3 : tensor<96x64xf32>
  %5 = dlc.add %4, %z : tensor<96x64xf32>
  return %5 : tensor<96x64xf32>
}
func.func @masks(%x: tensor<64x64xi1>, %y: tensor<64x64xf32>, %z: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %0 = dlc.transpose %x perm [1, 0] : tensor<64x64xi1> to tensor<64x64xi1>
  %1 = dlc.transpose %y perm [1, 0] : tensor<64x64xf32> to tensor<64x64xf32>
  %2 = dlc.select %0, %1, %z : tensor<64x64xi1>, tensor<64x64xf32>
  return %2 : tensor<64x64xf32>
}
// Sides that no tile divides, several results.
func.func @ragged(%x: tensor<3x70x45xf32>, %b: tensor<45x70xf32>, %c: tensor<70xf32>) -> (tensor<3x45x70xf32>, tensor<3x45x70xf32>) {
  %0 = dlc.transpose %x perm [0, 2, 1] : tensor<3x70x45xf32> to tensor<3x45x70xf32>
  %1 = dlc.broadcast_in_dim %b dims [1, 2] : tensor<45x70xf32> to tensor<3x45x70xf32>
  %2 = dlc.add %0, %1 : tensor<3x45x70xf32>
  %3 = dlc.broadcast_in_dim %c dims [2] : tensor<70xf32> to tensor<3x45x70xf32>
  %4 = dlc.multiply %2, %3 : tensor<3x45x70xf32>
  return %2, %4 : tensor<3x45x70xf32>, tensor<3x45x70xf32>
}
func.func @padded(%x: tensor<40x60xf32>) -> tensor<56x48xf32> {
  %c = dlc.constant dense<2.0> : tensor<f32>
  %0 = dlc.pad %x with %c low [4, 0] high [4, -4] interior [0, 0] : tensor<40x60xf32>, tensor<f32> to tensor<48x56xf32>
  %1 = dlc.transpose %0 perm [1, 0] : tensor<48x56xf32> to tensor<56x48xf32>
  return %1 : tensor<56x48xf32>
}
// A value of fewer dimensions, broadcast after it is transposed; in a loop.
func.func @tapered(%x: tensor<40x36xf32>, %h: tensor<2x36x40xf32>) -> tensor<2x36x40xf32> {
  %r = dlc.scan 3 init(%h) over() with(%x) {
  ^bb0(%a: tensor<2x36x40xf32>, %b: tensor<40x36xf32>):
    %0 = dlc.transpose %b perm [1, 0] : tensor<40x36xf32> to tensor<36x40xf32>
    %1 = dlc.broadcast_in_dim %0 dims [1, 2] : tensor<36x40xf32> to tensor<2x36x40xf32>
    %2 = dlc.add %a, %1 : tensor<2x36x40xf32>
    dlc.yield %2 : tensor<2x36x40xf32>
  } : (tensor<2x36x40xf32>, tensor<40x36xf32>) -> tensor<2x36x40xf32>
  return %r : tensor<2x36x40xf32>
}
