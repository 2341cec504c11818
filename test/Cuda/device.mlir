// A program on a GPU: how it is chosen, what is said without one.
// REQUIRES: libdlc-compiler

// RUN: env LD_LIBRARY_PATH=%fake-libcuda dlc run %s --function=twice --device=cuda --input=3xf32=1,2,3 | FileCheck %s --check-prefix=TWICE
// RUN: env LD_LIBRARY_PATH=%fake-libcuda dlc run %s --function=twice --device=auto --input=3xf32=1,2,3 | FileCheck %s --check-prefix=TWICE
// RUN: env LD_LIBRARY_PATH=%fake-libcuda DLC_FAKE_CUDA=devices=2 dlc run %s --function=twice --device=cuda:1 --input=3xf32=1,2,3 | FileCheck %s --check-prefix=TWICE
// TWICE: result 0: tensor<3xf32> = [2, 4, 6]

// A Program made for another device.
// RUN: dlc compile %s --target=cuda:sm_80 -o %t.cuda.dlcprog
// RUN: dlc compile %s -o %t.cpu.dlcprog
// RUN: env LD_LIBRARY_PATH=%fake-libcuda dlc run %t.cuda.dlcprog --function=twice --device=cuda --input=3xf32=1,2,3 | FileCheck %s --check-prefix=TWICE
// RUN: env LD_LIBRARY_PATH=%fake-libcuda DLC_FAKE_CUDA=sm=90 dlc run %t.cuda.dlcprog --function=twice --device=cuda --input=3xf32=1,2,3 | FileCheck %s --check-prefix=TWICE
// RUN: env LD_LIBRARY_PATH=%fake-libcuda DLC_FAKE_CUDA=sm=75 not dlc run %t.cuda.dlcprog --function=twice --device=cuda --input=3xf32=1 2>&1 | FileCheck %s --check-prefix=NEWER
// NEWER: dlc: error: the program is compiled for sm_80, cuda:0 (ptx-sim) needs --target=cuda:sm_75
// RUN: env LD_LIBRARY_PATH=%fake-libcuda not dlc run %t.cpu.dlcprog --function=twice --device=cuda --input=3xf32=1 2>&1 | FileCheck %s --check-prefix=CPU
// CPU: dlc: error: the program is compiled for cpu, not for cuda:0
// RUN: not dlc run %t.cuda.dlcprog --function=twice --input=3xf32=1 2>&1 | FileCheck %s --check-prefix=CUDA
// CUDA: dlc: error: the program is compiled for cuda; this is the CPU runtime

// Faults of the machine and of the program.
// RUN: env LD_LIBRARY_PATH=%fake-libcuda DLC_FAKE_CUDA=init=100 not dlc run %s --function=twice --device=cuda --input=3xf32=1 2>&1 | FileCheck %s --check-prefix=NOGPU
// NOGPU: dlc: error: cannot use cuda: NVIDIA's driver finds no GPU
// RUN: env LD_LIBRARY_PATH=%fake-libcuda DLC_FAKE_CUDA=init=100 dlc run %s --function=twice --device=auto --input=3xf32=1,2,3 | FileCheck %s --check-prefix=TWICE
// RUN: env LD_LIBRARY_PATH=%fake-libcuda DLC_FAKE_CUDA=driver=10020,ptx=6.5 not dlc run %s --function=twice --device=cuda --input=3xf32=1 2>&1 | FileCheck %s --check-prefix=OLD
// OLD: dlc: error: NVIDIA's driver (for CUDA 10.2) is too old for PTX 7.0, which cuda:0 (ptx-sim) needs
// RUN: env LD_LIBRARY_PATH=%fake-libcuda DLC_FAKE_CUDA=memory=1000 not dlc run %s --function=twice --device=cuda --input=3xf32=1 2>&1 | FileCheck %s --check-prefix=MEMORY
// MEMORY: dlc: error: {{.*}}out of memory on cuda:0 (ptx-sim): cannot allocate {{[0-9]+}} bytes, {{[0-9]+}} of 1000 are free
// RUN: env LD_LIBRARY_PATH=%fake-libcuda DLC_FAKE_CUDA=illegal=map_0 not dlc run %s --function=twice --device=cuda --input=3xf32=1 2>&1 | FileCheck %s --check-prefix=ILLEGAL
// ILLEGAL: dlc: error: cuda:0 (ptx-sim): CUDA_ERROR_ILLEGAL_ADDRESS (an illegal memory access was encountered) in kernel 'map_0' ({{.*}}device.mlir:[[#]])
// RUN: env LD_LIBRARY_PATH=%fake-libcuda not dlc run %s --function=label --device=cuda --input=2x3xf32=1 --input=2xi64=0,3 2>&1 | FileCheck %s --check-prefix=FAULT
// FAULT: dlc: error: [softmax_cross_entropy] index at position 1 is outside [0, 3) ({{.*}}device.mlir:[[#]]:{{[0-9]+}})
// RUN: not dlc run %s --function=twice --device=tpu --input=3xf32=1 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: dlc: error: unknown device 'tpu': expected cpu, cuda, cuda:N or auto

// RUN: env LD_LIBRARY_PATH=%fake-libcuda dlc run %s --function=twice --device=cuda --input=3xf32=1 --timing --repeat=4 | FileCheck %s --check-prefix=TIMING
// TIMING: runs 4, fastest
// TIMING-NEXT: us a launch, 4 launches map_0

func.func @twice(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = dlc.add %x, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
func.func @label(%x: tensor<2x3xf32>, %labels: tensor<2xi64>) -> tensor<2xf32> {
  %y = dlc.softmax_cross_entropy %x, %labels : tensor<2x3xf32>, tensor<2xi64> to tensor<2xf32>
  return %y : tensor<2xf32>
}
