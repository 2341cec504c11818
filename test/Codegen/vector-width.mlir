// Kernels written for 16 lanes use what the machine has: zmm also on CPUs for
// which LLVM prefers 256 bits, ymm on v3, and no FMA where there is none.
// RUN: %dlc compile %s --emit=asm --mcpu=cascadelake | FileCheck %s --check-prefix=ZMM
// RUN: %dlc compile %s --emit=asm --mcpu=x86-64-v3 | FileCheck %s --check-prefix=YMM
// RUN: %dlc compile %s --emit=asm --mcpu=x86-64 | FileCheck %s --check-prefix=XMM

// ZMM-LABEL: fma:
// ZMM: vfmadd{{.*}}zmm
// ZMM-NOT: call
// YMM-LABEL: fma:
// YMM: vfmadd{{.*}}ymm
// YMM: vroundps {{.*}}ymm
// YMM-NOT: call
// XMM-LABEL: fma:
// XMM-NOT: call
// XMM: mulps
// XMM: addps
// XMM-NOT: call
module attributes {dlc.stage = "lowering"} {
  func.func private @fma(%x: memref<64xf32>, %out: memref<64xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
      attributes {dlc.tiles = 4 : i64} {
    %one = arith.constant 1 : index
    %lanes = arith.constant 16 : index
    scf.for %tile = %tile0 to %tile1 step %one {
      %i = arith.muli %tile, %lanes : index
      %a = vector.load %x[%i] : memref<64xf32>, vector<16xf32>
      %r = vector.fma %a, %a, %a : vector<16xf32>
      %n = math.roundeven %r : vector<16xf32>
      %f = math.floor %n : vector<16xf32>
      %c = math.ceil %f : vector<16xf32>
      %t = math.trunc %c : vector<16xf32>
      vector.store %t, %out[%i] : memref<64xf32>, vector<16xf32>
    }
    return
  }
}
