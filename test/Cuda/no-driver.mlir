// A machine without NVIDIA's driver.
// UNSUPPORTED: nvidia-driver

// RUN: not dlc run %s --device=cuda --input=3xf32=1 2>&1 | FileCheck %s
// CHECK: dlc: error: cannot use cuda: there is no NVIDIA driver: libcuda.so.1: cannot open shared object file
// RUN: dlc run %s --device=auto --input=3xf32=1,2,3 | FileCheck %s --check-prefix=AUTO
// AUTO: result 0: tensor<3xf32> = [2, 4, 6]

func.func @twice(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = dlc.add %x, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
