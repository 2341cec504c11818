// A persistent loop through the CUDA runtime: on cards with room for fewer blocks,
// without cooperative launches, and what is said where its body finds a fault.
// REQUIRES: libdlc-compiler
// DEFINE: %{card} =
// DEFINE: %{run} = env LD_LIBRARY_PATH=%fake-libcuda DLC_FAKE_CUDA=%{card} dlc run %s --function=walk --device=cuda --backend=both --random=1 --input=6x3xi32=5

// RUN: dlc compile %s --target=cuda:sm_80 --emit=lowering | FileCheck %s --check-prefix=LOOP
// LOOP: dlc.program @walk
// LOOP-NOT: dlc.loop
// LOOP: dlc.launch @[[WALK:loop[_0-9]*]] [{{.*}} tiles 4
// LOOP: func.func private @[[WALK]]{{.*}} dlc.cooperative

// REDEFINE: %{card} = multiprocessors=108
// RUN: %{run} | FileCheck %s
// REDEFINE: %{card} = multiprocessors=3,resident=1
// RUN: %{run} | FileCheck %s
// REDEFINE: %{card} = cooperative=0
// RUN: %{run} | FileCheck %s
// CHECK: result 0: tensor<1000xf32>: same bits
// CHECK-NEXT: result 1: tensor<6x3xf32>: same bits

// The third label of trip 1 and the second of trip 3, which comes first in a trip:
// as where kernels are launched one by one.
// RUN: not dlc run %s --function=walk --random=1 --input=6x3xi32=5,6,7,5,6,1000,5,6,7,5,-1,7,5,6,7,5,6,7 2>&1 | FileCheck %s --check-prefix=FAULT
// RUN: env LD_LIBRARY_PATH=%fake-libcuda not dlc run %s --function=walk --device=cuda --random=1 --input=6x3xi32=5,6,7,5,6,1000,5,6,7,5,-1,7,5,6,7,5,6,7 2>&1 | FileCheck %s --check-prefix=FAULT
// FAULT: dlc: error: [take] index at position 1 is outside [0, 1000) ({{.*}}persistent-loop.mlir:[[#]]:{{[0-9]+}})

// RUN: env LD_LIBRARY_PATH=%fake-libcuda DLC_FAKE_CUDA=illegal=loop_0 not dlc run %s --function=walk --device=cuda --random=1 --input=6x3xi32=5 2>&1 | FileCheck %s --check-prefix=ILLEGAL
// ILLEGAL: dlc: error: cuda:0 (ptx-sim): CUDA_ERROR_ILLEGAL_ADDRESS (an illegal memory access was encountered) in kernel 'loop_0' ({{.*}}persistent-loop.mlir:[[#]])

// In a profile it is one kernel.
// RUN: env LD_LIBRARY_PATH=%fake-libcuda dlc run %s --function=walk --device=cuda --random=1 --input=6x3xi32=5 --repeat=3 --timing | FileCheck %s --check-prefix=TIMING
// TIMING: runs 3, fastest
// TIMING: 3 launches loop_0

func.func @walk(%labels: tensor<6x3xi32>, %h: tensor<1000xf32>) -> (tensor<1000xf32>, tensor<6x3xf32>) {
  %0:2 = dlc.scan 6 init(%h) over(%labels) with() {
  ^bb0(%state: tensor<1000xf32>, %label: tensor<3xi32>):
    %i = dlc.check_index %label {limit = 1000 : i64, op = "take"} : tensor<3xi32>
    %j = dlc.reshape %i : tensor<3xi32> to tensor<3x1xi32>
    %t = dlc.gather %state, %j batch_dims 0 index_dims [0] : tensor<1000xf32>, tensor<3x1xi32> to tensor<3xf32>
    %u = dlc.reverse %state dims [0] : tensor<1000xf32>
    %v = dlc.add %u, %state : tensor<1000xf32>
    dlc.yield %v, %t : tensor<1000xf32>, tensor<3xf32>
  } : (tensor<1000xf32>, tensor<6x3xi32>) -> (tensor<1000xf32>, tensor<6x3xf32>)
  return %0#0, %0#1 : tensor<1000xf32>, tensor<6x3xf32>
}
