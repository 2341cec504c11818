// A seed or a tangent may be a result of the very op that a rule replaces:
// d(y²/2) is y dy.
// RUN: dlc-opt %s --dlc-differentiate | FileCheck %s

// CHECK-LABEL: func @composite
func.func @composite(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: %[[SUM:.*]] = dlc.reduce add
  // CHECK: %[[MEAN:.*]] = dlc.divide %[[SUM]]
  // CHECK: dlc.divide %[[MEAN]]
  // CHECK-NOT: dlc.mean
  %y = dlc.mean %x dims [0] : tensor<2x3xf32> to tensor<3xf32>
  %d = dlc.grad of(%y) seed(%y) wrt(%x) : (tensor<3xf32>, tensor<3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %d : tensor<2x3xf32>
}

// The loop that carries tangents starts with one that the loop has made, which
// therefore stays.
// CHECK-LABEL: func @loop
func.func @loop(%x: tensor<3xf32>) -> tensor<3xf32> {
  // CHECK: %[[Y:.*]] = dlc.scan 2 init(%{{[^,]*}})
  // CHECK: dlc.scan 2 init(%{{.*}}, %[[Y]])
  %y = dlc.scan 2 init(%x) over() with() {
  ^bb0(%c: tensor<3xf32>):
    %s = dlc.sine %c : tensor<3xf32>
    dlc.yield %s : tensor<3xf32>
  } : (tensor<3xf32>) -> tensor<3xf32>
  %d = dlc.jvp of(%y) wrt(%x) along(%y) : (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return %d : tensor<3xf32>
}
