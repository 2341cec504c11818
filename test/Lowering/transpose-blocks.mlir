// A block of 16 x 16 is loaded by 16 vectors and turned by 64 shuffles; nothing
// is gathered.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @map_0(%[[X:[^:]*]]: memref<32x64xf32>, %[[OUT:[^:]*]]: memref<64x32xf32>
// CHECK-NOT: vector.gather
// CHECK-COUNT-16: vector.load %[[X]]
// CHECK: vector.shuffle %{{.*}}, %{{.*}} [0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30]
// CHECK: vector.shuffle %{{.*}}, %{{.*}} [1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31]
// CHECK-COUNT-62: vector.shuffle
// CHECK-NOT: vector.shuffle
// CHECK-COUNT-16: vector.store %{{.*}}, %[[OUT]]
// CHECK-NOT: vector.store
func.func @transpose(%x: tensor<32x64xf32>) -> tensor<64x32xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<32x64xf32>):
    %b = dlc.transpose %a perm [1, 0] : tensor<32x64xf32> to tensor<64x32xf32>
    dlc.yield %b : tensor<64x32xf32>
  } : (tensor<32x64xf32>) -> tensor<64x32xf32>
  return %r : tensor<64x32xf32>
}

// Nine taps are no vector: they are taken together with the channels before them.
// CHECK: func.func private @{{.*}}(%[[X:[^:]*]]: memref<32x32x9xf32>, %[[OUT:[^:]*]]: memref<9x32x32xf32>
// CHECK-NOT: vector.gather
// CHECK: %[[FLAT:.*]] = memref.reinterpret_cast %[[X]] to offset: [0], sizes: [32, 288], strides: [288, 1]
// CHECK: vector.load %[[FLAT]]
// CHECK-COUNT-64: vector.shuffle
// CHECK-NOT: vector.shuffle
// CHECK-COUNT-16: vector.store %{{.*}}, %[[OUT]]
func.func @taps(%x: tensor<32x32x9xf32>) -> tensor<9x32x32xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<32x32x9xf32>):
    %b = dlc.transpose %a perm [2, 1, 0] : tensor<32x32x9xf32> to tensor<9x32x32xf32>
    dlc.yield %b : tensor<9x32x32xf32>
  } : (tensor<32x32x9xf32>) -> tensor<9x32x32xf32>
  return %r : tensor<9x32x32xf32>
}

// Three channels are no vector: they are stored together with the pixels before
// them.
// CHECK: func.func private @{{.*}}(%[[X:[^:]*]]: memref<3x7x32xf32>, %[[OUT:[^:]*]]: memref<32x7x3xf32>
// CHECK: %[[FLAT:.*]] = memref.reinterpret_cast %[[OUT]] to offset: [0], sizes: [32, 21], strides: [21, 1]
// CHECK-NOT: vector.gather
// CHECK-NOT: vector.scatter
// CHECK-COUNT-16: vector.load %[[X]]
// CHECK-COUNT-64: vector.shuffle
// CHECK-NOT: vector.shuffle
// CHECK-COUNT-16: vector.store %{{.*}}, %[[FLAT]]
func.func @channels(%x: tensor<3x7x32xf32>) -> tensor<32x7x3xf32> {
  %r = dlc.kernel map(%x) {
  ^bb0(%a: tensor<3x7x32xf32>):
    %b = dlc.transpose %a perm [2, 1, 0] : tensor<3x7x32xf32> to tensor<32x7x3xf32>
    dlc.yield %b : tensor<32x7x3xf32>
  } : (tensor<3x7x32xf32>) -> tensor<32x7x3xf32>
  return %r : tensor<32x7x3xf32>
}
