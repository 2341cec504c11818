// Attention is one kernel forward and one backward, whatever the order of its
// heads in memory; what needs all weights keeps them.
// RUN: dlc compile %s --emit=layout --verify-contracts | FileCheck %s
// RUN: dlc compile %s --target=cuda:sm_80 --emit=layout --verify-contracts | FileCheck %s

// The heads lie side by side in memory: the kernel reads them there, and writes
// its result in the order that the reader wants.
// CHECK-LABEL: @heads
func.func @heads(%q: tensor<2x32x3x8xf32>, %k: tensor<2x20x3x8xf32>, %v: tensor<2x20x3x8xf32>) -> tensor<2x32x3x8xf32> {
  // CHECK-NEXT: dlc.kernel chain(%arg0, %arg1, %arg2)
  // CHECK: dlc.dot_general %{{.*}} batch [0, 2] x [0, 2] contract [3] x [3]
  // CHECK: %[[P:.*]] = dlc.exponential
  // CHECK: dlc.dot_general %[[P]], %{{.*}} batch [0, 1] x [0, 2] contract [3] x [1]
  // CHECK: %[[O:.*]] = dlc.divide
  // CHECK: %[[T:.*]] = dlc.transpose %[[O]] perm [0, 2, 1, 3]
  // CHECK: dlc.yield %[[T]]
  // CHECK-NOT: dlc.kernel
  // CHECK: return
  %qh = dlc.transpose %q perm [0, 2, 1, 3] : tensor<2x32x3x8xf32> to tensor<2x3x32x8xf32>
  %kh = dlc.transpose %k perm [0, 2, 1, 3] : tensor<2x20x3x8xf32> to tensor<2x3x20x8xf32>
  %vh = dlc.transpose %v perm [0, 2, 1, 3] : tensor<2x20x3x8xf32> to tensor<2x3x20x8xf32>
  %o, %l = dlc.scaled_dot_product_attention %qh, %kh, %vh scale 0.5 : (tensor<2x3x32x8xf32>, tensor<2x3x20x8xf32>, tensor<2x3x20x8xf32>) -> (tensor<2x3x32x8xf32>, tensor<2x3x32xf32>)
  %y = dlc.transpose %o perm [0, 2, 1, 3] : tensor<2x3x32x8xf32> to tensor<2x32x3x8xf32>
  return %y : tensor<2x32x3x8xf32>
}

// The gradient's weights come from the log-sum-exp; no tensor of 4x16x16 leaves
// a kernel. As many keys as features: shapes alone do not tell them apart.
// CHECK-LABEL: @gradient
func.func @gradient(%q: tensor<4x16x16xf32>, %k: tensor<4x16x16xf32>, %v: tensor<4x16x16xf32>, %g: tensor<4x16x16xf32>)
    -> (tensor<4x16x16xf32>, tensor<4x16x16xf32>, tensor<4x16x16xf32>) {
  // CHECK-NEXT: %[[O:.*]]:2 = dlc.kernel chain(%arg0, %arg1, %arg2)
  // CHECK: (tensor<4x16x16xf32>, tensor<4x16xf32>)
  // CHECK: %[[D:.*]] = dlc.kernel row(%arg3, %[[O]]#{{[01]}})
  // CHECK: dlc.kernel chain(
  // CHECK-NOT: dlc.reduce
  // CHECK: dlc.exponential
  // CHECK-COUNT-3: dlc.dot_general
  // CHECK-NOT: dlc.kernel
  // CHECK: return
  %vq = dlc.variable %q : tensor<4x16x16xf32>
  %vk = dlc.variable %k : tensor<4x16x16xf32>
  %vv = dlc.variable %v : tensor<4x16x16xf32>
  %o, %l = dlc.scaled_dot_product_attention %vq, %vk, %vv scale 0.25 causal : (tensor<4x16x16xf32>, tensor<4x16x16xf32>, tensor<4x16x16xf32>) -> (tensor<4x16x16xf32>, tensor<4x16xf32>)
  %dq, %dk, %dv = dlc.grad of(%o) seed(%g) wrt(%vq, %vk, %vv) : (tensor<4x16x16xf32>, tensor<4x16x16xf32>, tensor<4x16x16xf32>, tensor<4x16x16xf32>, tensor<4x16x16xf32>) -> (tensor<4x16x16xf32>, tensor<4x16x16xf32>, tensor<4x16x16xf32>)
  return %dq, %dk, %dv : tensor<4x16x16xf32>, tensor<4x16x16xf32>, tensor<4x16x16xf32>
}

// By hand, and the weights are not asked for.
// CHECK-LABEL: @by_hand
// CHECK: dlc.kernel chain
// CHECK-NOT: dlc.kernel
func.func @by_hand(%q: tensor<4x16x8xf32>, %k: tensor<4x24x8xf32>, %v: tensor<4x24x8xf32>) -> tensor<4x16x8xf32> {
  %s = dlc.dot_general %q, %k batch [0] x [0] contract [2] x [2] : tensor<4x16x8xf32>, tensor<4x24x8xf32> to tensor<4x16x24xf32>
  %p = dlc.softmax %s dim 2 : tensor<4x16x24xf32>
  %o = dlc.dot_general %p, %v batch [0] x [0] contract [2] x [1] : tensor<4x16x24xf32>, tensor<4x24x8xf32> to tensor<4x16x8xf32>
  return %o : tensor<4x16x8xf32>
}

// The weights are.
// CHECK-LABEL: @weights
// CHECK-NOT: dlc.kernel chain
func.func @weights(%q: tensor<4x16x8xf32>, %k: tensor<4x24x8xf32>, %v: tensor<4x24x8xf32>) -> (tensor<4x16x8xf32>, tensor<4x16x24xf32>) {
  %s = dlc.dot_general %q, %k batch [0] x [0] contract [2] x [2] : tensor<4x16x8xf32>, tensor<4x24x8xf32> to tensor<4x16x24xf32>
  %p = dlc.softmax %s dim 2 : tensor<4x16x24xf32>
  %o = dlc.dot_general %p, %v batch [0] x [0] contract [2] x [1] : tensor<4x16x24xf32>, tensor<4x24x8xf32> to tensor<4x16x8xf32>
  return %o, %p : tensor<4x16x8xf32>, tensor<4x16x24xf32>
}

// Two layers are not attention.
// CHECK-LABEL: @layers
// CHECK-NOT: dlc.kernel chain
func.func @layers(%x: tensor<64x32xf32>, %w: tensor<32x32xf32>, %u: tensor<32x16xf32>) -> tensor<64x16xf32> {
  %s = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<64x32xf32>, tensor<32x32xf32> to tensor<64x32xf32>
  %h = dlc.tanh %s : tensor<64x32xf32>
  %o = dlc.dot_general %h, %u batch [] x [] contract [1] x [0] : tensor<64x32xf32>, tensor<32x16xf32> to tensor<64x16xf32>
  return %o : tensor<64x16xf32>
}
