// Halves and bytes go in and out as other types do.
// RUN: dlc compile %s --target=cuda:sm_80 -o %t.dlcprog
// RUN: ptx-sim %t.dlcprog --input=5xbf16=1.5 --input=5xf16=0.1 --input=3xi8=-5 \
// RUN:   --expect=5xbf16=-1.5 --expect=5xf16=0.2 --expect=3xi8=5 | FileCheck %s
// RUN: not ptx-sim %t.dlcprog --input=5xbf16=1.5 --input=5xf16=0.1 --input=3xi8=-5 \
// RUN:   --expect=5xbf16=-1.5 --expect=5xf16=0.1998 2>&1 | FileCheck %s --check-prefix=OFF

// CHECK: result 0: tensor<5xbf16>: same bits
// CHECK: result 1: tensor<5xf16>: same bits
// CHECK: result 2: tensor<3xi8>: same bits
// OFF-DAG: result 1: tensor<5xf16>: differs by up to 1 ulp
// OFF-DAG: error: result 1 differs too much
func.func @f(%x: tensor<5xbf16>, %y: tensor<5xf16>, %z: tensor<3xi8>) -> (tensor<5xbf16>, tensor<5xf16>, tensor<3xi8>) {
  %0 = dlc.negate %x : tensor<5xbf16>
  %1 = dlc.add %y, %y : tensor<5xf16>
  %2 = dlc.negate %z : tensor<3xi8>
  return %0, %1, %2 : tensor<5xbf16>, tensor<5xf16>, tensor<3xi8>
}
