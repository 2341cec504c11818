// On a GPU an operand that products compute goes to shared memory tile by tile.
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-form-kernels,dlc-form-prologues{gpu}))' | FileCheck %s

// A left operand is never read in place, so it may have more columns than on a
// CPU.
// CHECK-LABEL: func @bytes
// CHECK-NOT: dlc.kernel map
// CHECK: dlc.kernel contraction
// CHECK: %[[A:.*]] = dlc.convert
// CHECK: dlc.dot_general %[[A]]
func.func @bytes(%x: tensor<64x128xui8>, %w: tensor<128x1024xf32>) -> tensor<64x1024xf32> {
  %a = dlc.convert %x : tensor<64x128xui8> to tensor<64x128xf32>
  %y = dlc.dot_general %a, %w batch [] x [] contract [1] x [0]
      : tensor<64x128xf32>, tensor<128x1024xf32> to tensor<64x1024xf32>
  return %y : tensor<64x1024xf32>
}

// But there is an end to how often it is computed.
// CHECK-LABEL: func @often
// CHECK: dlc.kernel map
// CHECK: dlc.kernel contraction
func.func @often(%x: tensor<64x128xui8>, %w: tensor<128x1025xf32>) -> tensor<64x1025xf32> {
  %a = dlc.convert %x : tensor<64x128xui8> to tensor<64x128xf32>
  %y = dlc.dot_general %a, %w batch [] x [] contract [1] x [0]
      : tensor<64x128xf32>, tensor<128x1025xf32> to tensor<64x1025xf32>
  return %y : tensor<64x1025xf32>
}

// Parts of rows that begin at a multiple of 16 bytes are copied like arrays;
// others stay copies, which cost less than to read them 4 bytes at a time.
// CHECK-LABEL: func @parts
// CHECK: dlc.kernel contraction
// CHECK: dlc.slice %{{.*}} from [0, 32]
// CHECK: dlc.dot_general
// CHECK: dlc.kernel map
// CHECK: dlc.slice %{{.*}} from [0, 33]
// CHECK: dlc.kernel contraction
// CHECK-NOT: dlc.slice
// CHECK: return
func.func @parts(%x: tensor<20x128xf32>, %w: tensor<64x32xf32>) -> (tensor<20x32xf32>, tensor<20x32xf32>) {
  %a = dlc.slice %x from [0, 32] to [20, 96] by [1, 1] : tensor<20x128xf32> to tensor<20x64xf32>
  %0 = dlc.dot_general %a, %w batch [] x [] contract [1] x [0]
      : tensor<20x64xf32>, tensor<64x32xf32> to tensor<20x32xf32>
  %b = dlc.slice %x from [0, 33] to [20, 97] by [1, 1] : tensor<20x128xf32> to tensor<20x64xf32>
  %1 = dlc.dot_general %b, %w batch [] x [] contract [1] x [0]
      : tensor<20x64xf32>, tensor<64x32xf32> to tensor<20x32xf32>
  return %0, %1 : tensor<20x32xf32>, tensor<20x32xf32>
}

// A product without elements has no tiles.
// CHECK-LABEL: func @empty
// CHECK: dlc.kernel map
// CHECK: dlc.kernel contraction
func.func @empty(%x: tensor<20x64xui8>, %w: tensor<64x0xf32>) -> tensor<20x0xf32> {
  %a = dlc.convert %x : tensor<20x64xui8> to tensor<20x64xf32>
  %0 = dlc.dot_general %a, %w batch [] x [] contract [1] x [0]
      : tensor<20x64xf32>, tensor<64x0xf32> to tensor<20x0xf32>
  return %0 : tensor<20x0xf32>
}
