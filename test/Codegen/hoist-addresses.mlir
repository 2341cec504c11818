// What an innermost loop's addresses have in common is one pointer, computed
// before the loop; only what changes, and constants, are added in the loop.
// RUN: %dlc compile %s --emit=llvm --mcpu=x86-64-v3 | FileCheck %s

// Eight rows at a distance that is not known: pointers for all of them would
// not fit into registers, so one, to which each row's own offset is added.
// CHECK-LABEL: define {{.*}}@columns(
// CHECK: freeze ptr
// CHECK-NOT: freeze ptr
// CHECK: ret void

// CHECK-LABEL: define {{.*}}@rows(
// Two rows of %x, 4 apart, are the same pointer; %out has its own.
// CHECK: %[[X:.*]] = freeze ptr
// CHECK: %[[OUT:.*]] = freeze ptr
// CHECK: %[[K:.*]] = phi i64 [ 0,
// CHECK-NEXT: %[[A:.*]] = getelementptr float, ptr %[[X]], i64 %[[K]]
// CHECK-NEXT: load float, ptr %[[A]]
// CHECK: %[[NEXT:.*]] = add i64 %[[K]], 4
// CHECK-NEXT: %[[B:.*]] = getelementptr float, ptr %[[X]], i64 %[[NEXT]]
// CHECK-NEXT: load float, ptr %[[B]]
// CHECK: getelementptr float, ptr %[[OUT]], i64 %[[K]]
module attributes {dlc.stage = "lowering"} {
  func.func private @rows(%x: memref<4096xf32>, %out: memref<4096xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
      attributes {dlc.tiles = 4 : i64} {
    %zero = arith.constant 0 : index
    %one = arith.constant 1 : index
    %four = arith.constant 4 : index
    %size = arith.constant 64 : index
    scf.for %tile = %tile0 to %tile1 step %one {
      %row = arith.muli %tile, %size : index
      scf.for %k = %zero to %size step %one {
        %i = arith.addi %row, %k : index
        %j = arith.addi %i, %four : index
        %a = memref.load %x[%i] : memref<4096xf32>
        %b = memref.load %x[%j] : memref<4096xf32>
        %r = arith.addf %a, %b : f32
        memref.store %r, %out[%i] : memref<4096xf32>
      }
    }
    return
  }
  func.func private @columns(%x: memref<4096xf32>, %out: memref<4096xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
      attributes {dlc.tiles = 4 : i64} {
    %zero = arith.constant 0 : index
    %one = arith.constant 1 : index
    %size = arith.constant 64 : index
    %none = arith.constant 0.0 : f32
    scf.for %tile = %tile0 to %tile1 step %one {
      %row = arith.muli %tile, %size : index
      %r1 = arith.addi %row, %tile1 : index
      %r2 = arith.addi %r1, %tile1 : index
      %r3 = arith.addi %r2, %tile1 : index
      %r4 = arith.addi %r3, %tile1 : index
      %r5 = arith.addi %r4, %tile1 : index
      %r6 = arith.addi %r5, %tile1 : index
      %r7 = arith.addi %r6, %tile1 : index
      %sum = scf.for %k = %zero to %size step %one iter_args(%s = %none) -> (f32) {
        %i0 = arith.addi %row, %k : index
        %i1 = arith.addi %r1, %k : index
        %i2 = arith.addi %r2, %k : index
        %i3 = arith.addi %r3, %k : index
        %i4 = arith.addi %r4, %k : index
        %i5 = arith.addi %r5, %k : index
        %i6 = arith.addi %r6, %k : index
        %i7 = arith.addi %r7, %k : index
        %a0 = memref.load %x[%i0] : memref<4096xf32>
        %a1 = memref.load %x[%i1] : memref<4096xf32>
        %a2 = memref.load %x[%i2] : memref<4096xf32>
        %a3 = memref.load %x[%i3] : memref<4096xf32>
        %a4 = memref.load %x[%i4] : memref<4096xf32>
        %a5 = memref.load %x[%i5] : memref<4096xf32>
        %a6 = memref.load %x[%i6] : memref<4096xf32>
        %a7 = memref.load %x[%i7] : memref<4096xf32>
        %s0 = arith.addf %s, %a0 : f32
        %s1 = arith.addf %s0, %a1 : f32
        %s2 = arith.addf %s1, %a2 : f32
        %s3 = arith.addf %s2, %a3 : f32
        %s4 = arith.addf %s3, %a4 : f32
        %s5 = arith.addf %s4, %a5 : f32
        %s6 = arith.addf %s5, %a6 : f32
        %s7 = arith.addf %s6, %a7 : f32
        scf.yield %s7 : f32
      }
      memref.store %sum, %out[%row] : memref<4096xf32>
    }
    return
  }
}
