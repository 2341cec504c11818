// Outputs of 16 MiB or more are written past the caches where only the caller
// reads them, and does not give the memory; whole lines of 64 bytes.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK-LABEL: func.func private @map_0(
// CHECK: vector.store {{.*}} {nontemporal = true} : memref<4194304xf32>
func.func @large(%x: tensor<4194304xf32>) -> tensor<4194304xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<4194304xf32>):
    %n = dlc.negate %a : tensor<4194304xf32>
    dlc.yield %n : tensor<4194304xf32>
  } : (tensor<4194304xf32>) -> tensor<4194304xf32>
  return %r : tensor<4194304xf32>
}

// The same body, but its reader finds the end of it in a cache.
// CHECK-LABEL: func.func private @map_1(
// CHECK-NOT: nontemporal
// CHECK-LABEL: func.func private @row_2(
func.func @read(%x: tensor<4194304xf32>) -> (tensor<4194304xf32>, tensor<f32>) {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<4194304xf32>):
    %n = dlc.negate %a : tensor<4194304xf32>
    dlc.yield %n : tensor<4194304xf32>
  } : (tensor<4194304xf32>) -> tensor<4194304xf32>
  %s = dlc.kernel row(%r) {
  ^bb0(%a: tensor<4194304xf32>):
    %n = dlc.reduce add %a dims [0] : tensor<4194304xf32> to tensor<f32>
    dlc.yield %n : tensor<f32>
  } : (tensor<4194304xf32>) -> tensor<f32>
  return %r, %s : tensor<4194304xf32>, tensor<f32>
}

// CHECK-LABEL: func.func private @map_3(
// CHECK-NOT: nontemporal
// CHECK: }
func.func @given(%x: tensor<4096x1024xf32> {dlc.donate = 0 : i64}) -> tensor<4096x1024xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<4096x1024xf32>):
    %n = dlc.sine %a : tensor<4096x1024xf32>
    dlc.yield %n : tensor<4096x1024xf32>
  } : (tensor<4096x1024xf32>) -> tensor<4096x1024xf32>
  return %r : tensor<4096x1024xf32>
}

// Rows of 1,025 floats do not begin at a line.
// CHECK-LABEL: func.func private @map_4(
// CHECK-NOT: nontemporal
// CHECK: }
func.func @odd(%x: tensor<4096x1025xf32>) -> tensor<4096x1025xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<4096x1025xf32>):
    %n = dlc.negate %a : tensor<4096x1025xf32>
    dlc.yield %n : tensor<4096x1025xf32>
  } : (tensor<4096x1025xf32>) -> tensor<4096x1025xf32>
  return %r : tensor<4096x1025xf32>
}
