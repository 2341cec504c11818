// A GPU's loop of small launches is one launch, whose blocks meet between kernels.
// RUN: dlc-opt %s --dlc-persist-loops | FileCheck %s

// The copy touches nothing that @scale does, so both are one phase; @sum, of 32
// threads, reads what @scale has written.
// CHECK-LABEL: dlc.program @steps
// CHECK-NEXT: dlc.launch @loop_0 [#dlc.at<argument, 0, 0, []>, #dlc.at<arena, 0, 0, []>, #dlc.at<arena, 0, 2048, []>, #dlc.at<result, 0, 0, []>] tiles 3 work 2256
// CHECK-NEXT: }
dlc.program @steps (tensor<6x128xf32>) -> tensor<6x128xf32> arena 4096 {
  dlc.loop 6 reverse {
    dlc.launch @scale [#dlc.at<argument, 0, 0, [512]>, #dlc.at<arena, 0, 0, []>] tiles 3 work 100
    dlc.copy <arena, 0, 2048, []> to <result, 0, 0, [512]> bytes 76
    dlc.launch @sum [#dlc.at<arena, 0, 0, []>, #dlc.at<arena, 0, 2048, []>] tiles 1 work 200
  }
}

// One tile each: one block, and no barrier of the grid.
// CHECK-LABEL: dlc.program @block
// CHECK-NEXT: dlc.launch @[[BLOCK:loop_0.*]] [#dlc.at<arena, 0, 0, []>, #dlc.at<arena, 0, 2048, []>] tiles 1 work 800
dlc.program @block () -> () arena 4096 {
  dlc.loop 4 {
    dlc.launch @sum [#dlc.at<arena, 0, 0, []>, #dlc.at<arena, 0, 2048, []>] tiles 1 work 200
  }
}

// Left alone: few trips, many tiles, a loop that is not counted, a check, a loop
// around another.
// CHECK-LABEL: dlc.program @others
// CHECK-NEXT: dlc.loop 3 {
// CHECK-NEXT: dlc.launch @sum
// CHECK: dlc.loop 9 {
// CHECK-NEXT: tiles 217
// CHECK: dlc.loop -1 count
// CHECK-NEXT: dlc.launch @sum
// CHECK: dlc.loop 9 {
// CHECK-NEXT: dlc.launch @sum
// CHECK-NEXT: dlc.check
// CHECK: dlc.loop 9 {
// CHECK-NEXT: dlc.launch @loop_0
// CHECK-NEXT: }
dlc.program @others () -> () arena 4096 {
  dlc.loop 3 {
    dlc.launch @sum [#dlc.at<arena, 0, 0, []>, #dlc.at<arena, 0, 2048, []>] tiles 1 work 20
  }
  dlc.loop 9 {
    dlc.launch @sum [#dlc.at<arena, 0, 0, []>, #dlc.at<arena, 0, 2048, []>] tiles 217 work 20
  }
  dlc.loop -1 count <arena, 0, 0, []> {
    dlc.launch @sum [#dlc.at<arena, 0, 0, []>, #dlc.at<arena, 0, 2048, []>] tiles 1 work 20
  }
  dlc.loop 9 {
    dlc.launch @sum [#dlc.at<arena, 0, 0, []>, #dlc.at<arena, 0, 2048, []>] tiles 1 work 20
    dlc.check
  }
  dlc.loop 9 {
    dlc.loop 9 {
      dlc.launch @sum [#dlc.at<arena, 0, 0, []>, #dlc.at<arena, 0, 2048, []>] tiles 1 work 20
    }
  }
}

llvm.mlir.global internal @sum_shared() {addr_space = 3 : i32, alignment = 16 : i64} : !llvm.array<1024 x i8>

func.func private @scale(%x: memref<128xf32>, %y: memref<128xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
    attributes {dlc.block = 64 : i64, dlc.tiles = 3 : i64, dlc.touches = array<i64: 512, 512>, dlc.writes_from = 1 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %tile = %tile0 to %tile1 step %c1 {
    nvvm.barrier0
    %a = memref.load %x[%c0] : memref<128xf32>
    %b = arith.negf %a : f32
    memref.store %b, %y[%c0] : memref<128xf32>
  }
  return
}
func.func private @sum(%x: memref<128xf32>, %y: memref<32xf32>, %tile0: index, %tile1: index, %fault: memref<1xi64>)
    attributes {dlc.block = 32 : i64, dlc.tiles = 1 : i64, dlc.touches = array<i64: 512, 128>, dlc.writes_from = 1 : i64} {
  %c0 = arith.constant 0 : index
  %shared = llvm.mlir.addressof @sum_shared : !llvm.ptr<3>
  %a = memref.load %x[%c0] : memref<128xf32>
  %b = arith.addf %a, %a : f32
  nvvm.barrier0
  llvm.store %b, %shared : f32, !llvm.ptr<3>
  memref.store %b, %y[%c0] : memref<32xf32>
  return
}

// CHECK: llvm.mlir.global internal @loop_0_shared() {addr_space = 3 : i32, alignment = 16 : i64} : !llvm.array<1024 x i8>
// CHECK: func.func private @loop_0(%[[X:.*]]: memref<3072xi8>, %[[ARENA:.*]]: memref<512xi8>, %[[SUM:.*]]: memref<128xi8>, %[[OUT:.*]]: memref<2636xi8>, %{{.*}}: index, %{{.*}}: index, %[[FAULT:.*]]: memref<1xi64>)
// CHECK-SAME: dlc.block = 64 : i64, dlc.blocks = 1 : i64, dlc.cooperative, dlc.loop = {barriers = 2 : i64, launches = 2 : i64, trips = 6 : i64}, dlc.tiles = 3 : i64, dlc.touches = array<i64: 3072, 512, 128, 2636>
// CHECK: %[[STATUS:.*]] = memref.extract_aligned_pointer_as_index %[[FAULT]]
// CHECK: %[[ARRIVALS:.*]] = llvm.getelementptr %{{.*}}[1]
// CHECK: scf.for %[[TRIP:.*]] = %c0 to %c6
// CHECK: %[[COUNTER:.*]] = arith.subi %{{.*}}, %[[TRIP]]
// CHECK: %[[BEFORE:.*]] = arith.muli %[[TRIP]], %c2

// @scale, by all threads; its operands are the trip's slices.
// CHECK: %[[AT:.*]] = arith.muli %[[COUNTER]], %c512
// CHECK: %[[SLICE:.*]] = memref.view %[[X]][%[[AT]]][] : memref<3072xi8> to memref<128xf32>
// CHECK: scf.for %{{.*}} = %{{.*}} to %c3
// CHECK: nvvm.barrier0
// CHECK: memref.load %[[SLICE]]
// CHECK: arith.negf
// CHECK: }
// CHECK: nvvm.barrier0

// The copy, a word of 4 bytes a thread.
// CHECK: memref.view %[[OUT]]{{.*}} to memref<19xi32>
// CHECK: scf.for
// CHECK: memref.load
// CHECK-NEXT: memref.store

// All blocks meet.
// CHECK: %[[NUMBER:.*]] = arith.addi %[[BEFORE]], %c1
// CHECK: nvvm.barrier0
// CHECK: scf.if
// CHECK: llvm.call_intrinsic "llvm.nvvm.membar.gl"
// CHECK: llvm.atomicrmw add %[[ARRIVALS]], %{{.*}} monotonic
// CHECK: %[[MEETING:.*]] = arith.index_cast %[[NUMBER]]
// CHECK: %[[ALL:.*]] = arith.muli %[[MEETING]]
// CHECK: scf.while
// CHECK: %[[COUNT:.*]] = llvm.load volatile %[[ARRIVALS]]
// CHECK: arith.cmpi ult, %[[COUNT]], %[[ALL]]
// CHECK: llvm.call_intrinsic "llvm.nvvm.nanosleep"
// CHECK: llvm.call_intrinsic "llvm.nvvm.membar.gl"
// CHECK: nvvm.barrier0

// @sum, by half of the threads, with a barrier of theirs.
// CHECK: %[[TAKES_PART:.*]] = arith.cmpi ult, %{{.*}}, %c32
// CHECK: scf.if %[[TAKES_PART]]
// CHECK: llvm.mlir.addressof @loop_0_shared
// CHECK: %[[ID:.*]] = arith.constant 1 : i32
// CHECK: %[[THREADS:.*]] = arith.constant 32 : i32
// CHECK: nvvm.barrier id = %[[ID]] number_of_threads = %[[THREADS]]
// CHECK: llvm.atomicrmw add %[[ARRIVALS]]

// Who leaves last sets the count back: 6 trips of 2 meetings, and this one.
// CHECK: %[[COME:.*]] = llvm.atomicrmw add %[[ARRIVALS]]
// CHECK: %[[TIMES:.*]] = arith.constant 13 : i64
// CHECK: %[[PRODUCT:.*]] = arith.muli %{{.*}}, %[[TIMES]]
// CHECK: %[[LAST:.*]] = arith.subi %[[PRODUCT]]
// CHECK: arith.cmpi eq, %[[COME]], %[[LAST]]
// CHECK: llvm.store volatile %{{.*}}, %[[ARRIVALS]]
// CHECK: return

// CHECK: func.func private @[[BLOCK]]
// CHECK-NOT: dlc.cooperative
// CHECK: scf.for
// CHECK-NOT: llvm.atomicrmw
// CHECK: return
