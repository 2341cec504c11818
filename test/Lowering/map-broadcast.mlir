// A broadcast is a load: of a vector along the lanes, of a scalar across them.
// What a loop does not change stands before it.
// RUN: dlc-opt --dlc-lower-kernels %s | FileCheck %s

// CHECK: func.func private @map_0(%[[ROW:[^:]*]]: memref<64xf32>, %[[COL:[^:]*]]: memref<6xf32>, %[[ALL:[^:]*]]: memref<f32>,
// CHECK: %[[S:.*]] = memref.load %[[ALL]][]
// CHECK: %[[R:.*]] = vector.load %[[ROW]][%c0] : memref<64xf32>, vector<64xf32>
// CHECK: %[[SS:.*]] = vector.broadcast %[[S]] : f32 to vector<64xf32>
// CHECK: scf.for
// CHECK: scf.for %[[I:.*]] =
// CHECK: %[[C:.*]] = memref.load %[[COL]][%[[I]]]
func.func @f(%x: tensor<64xf32>, %y: tensor<6xf32>, %z: tensor<f32>) -> tensor<6x64xf32> {
  %r = dlc.kernel map(%x, %y, %z) {
  ^bb0(%a: tensor<64xf32>, %b: tensor<6xf32>, %c: tensor<f32>):
    %d = dlc.broadcast_in_dim %a dims [1] : tensor<64xf32> to tensor<6x64xf32>
    %e = dlc.broadcast_in_dim %b dims [0] : tensor<6xf32> to tensor<6x64xf32>
    %f = dlc.broadcast_in_dim %c dims [] : tensor<f32> to tensor<6x64xf32>
    %g = dlc.multiply %d, %f : tensor<6x64xf32>
    %h = dlc.add %g, %e : tensor<6x64xf32>
    dlc.yield %h : tensor<6x64xf32>
  } : (tensor<64xf32>, tensor<6xf32>, tensor<f32>) -> tensor<6x64xf32>
  return %r : tensor<6x64xf32>
}
