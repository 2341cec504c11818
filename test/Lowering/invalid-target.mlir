// RUN: not dlc-opt --dlc-lower-kernels=target=tpu %s 2>&1 | FileCheck %s
// CHECK: error: [lowering] unknown target 'tpu', expected cpu or cuda
module {}
