// Launches of one region compute the same bits on any number of threads, and
// the same as one by one.
// RUN: dlc compile %s --emit=lowering -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: sed 's/ joined tiles/ tiles/' %t.mlir > %t-apart.mlir
// RUN: dlc run %t.mlir --random=3 --threads=1 \
// RUN:   --output=@%t.1a.npy --output=@%t.1b.npy --output=@%t.1c.npy --output=@%t.1d.npy --output=@%t.1e.npy
// RUN: dlc run %t.mlir --random=3 --threads=2 \
// RUN:   --output=@%t.2a.npy --output=@%t.2b.npy --output=@%t.2c.npy --output=@%t.2d.npy --output=@%t.2e.npy
// RUN: dlc run %t.mlir --random=3 --threads=3 \
// RUN:   --output=@%t.3a.npy --output=@%t.3b.npy --output=@%t.3c.npy --output=@%t.3d.npy --output=@%t.3e.npy
// RUN: dlc run %t.mlir --random=3 --threads=16 \
// RUN:   --output=@%t.16a.npy --output=@%t.16b.npy --output=@%t.16c.npy --output=@%t.16d.npy --output=@%t.16e.npy
// RUN: dlc run %t-apart.mlir --random=3 --threads=3 \
// RUN:   --output=@%t.aparta.npy --output=@%t.apartb.npy --output=@%t.apartc.npy --output=@%t.apartd.npy --output=@%t.aparte.npy
// RUN: cat %t.1?.npy > %t.one
// RUN: cat %t.2?.npy | cmp - %t.one
// RUN: cat %t.3?.npy | cmp - %t.one
// RUN: cat %t.16?.npy | cmp - %t.one
// RUN: cat %t.apart?.npy | cmp - %t.one

// The last two products read what the first two computed.
// CHECK: dlc.program @main
// CHECK-NEXT: dlc.launch @{{.*}}<result, 0, 0, []>] tiles
// CHECK-NEXT: dlc.launch @{{.*}}<result, 1, 0, []>] joined tiles
// CHECK-NEXT: dlc.launch @{{.*}}<result, 2, 0, []>] joined tiles
// CHECK-NEXT: dlc.launch @{{.*}}<result, 3, 0, []>] tiles
// CHECK-NEXT: dlc.launch @{{.*}}<result, 4, 0, []>] joined tiles
func.func @main(%x: tensor<257x300xf32>, %v: tensor<300x255xf32>, %w: tensor<300x64xf32>, %u: tensor<257x40xf32>)
    -> (tensor<257x255xf32>, tensor<257x64xf32>, tensor<300x40xf32>, tensor<255x40xf32>, tensor<64x40xf32>) {
  %a = dlc.dot_general %x, %v batch [] x [] contract [1] x [0] : tensor<257x300xf32>, tensor<300x255xf32> to tensor<257x255xf32>
  %b = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<257x300xf32>, tensor<300x64xf32> to tensor<257x64xf32>
  %c = dlc.dot_general %x, %u batch [] x [] contract [0] x [0] : tensor<257x300xf32>, tensor<257x40xf32> to tensor<300x40xf32>
  %d = dlc.dot_general %a, %u batch [] x [] contract [0] x [0] : tensor<257x255xf32>, tensor<257x40xf32> to tensor<255x40xf32>
  %e = dlc.dot_general %b, %u batch [] x [] contract [0] x [0] : tensor<257x64xf32>, tensor<257x40xf32> to tensor<64x40xf32>
  return %a, %b, %c, %d, %e
    : tensor<257x255xf32>, tensor<257x64xf32>, tensor<300x40xf32>, tensor<255x40xf32>, tensor<64x40xf32>
}
