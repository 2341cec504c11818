// A row kernel sums the columns of what it reads or makes, block by block; where
// there is none, few columns are summed by a kernel of more tiles first.
// RUN: dlc-opt %s --split-input-file --pass-pipeline='builtin.module(func.func(dlc-block-column-sums))' | FileCheck %s

// Blocks of 30 rows divide 600; the result that only the sums read is not stored.
// CHECK-LABEL: func @made(
// CHECK: %[[R:.*]]:2 = dlc.kernel row(%{{.*}}, %{{.*}}) ends "why"
// CHECK: ^bb0(%[[X:.*]]: tensor<20x30x256xf32>, %[[G:.*]]: tensor<20x30x256xf32>):
// CHECK: dlc.reduce max %[[X]] dims [2] : tensor<20x30x256xf32> to tensor<20x30xf32>
// CHECK: dlc.broadcast_in_dim %{{.*}} dims [0, 1] : tensor<20x30xf32>
// CHECK: %[[C:.*]] = dlc.subtract
// CHECK: %[[P:.*]] = dlc.multiply %[[G]], %[[C]]
// CHECK: %[[S:.*]] = dlc.reduce add %[[P]] dims [1] : tensor<20x30x256xf32> to tensor<20x256xf32>
// CHECK: yield %{{.*}}, %[[S]] : tensor<20x30x256xf32>, tensor<20x256xf32>
// CHECK: dlc.kernel column(%{{.*}}, %[[R]]#1)
// CHECK: ^bb0(%[[B:.*]]: tensor<256xf32>, %[[T:.*]]: tensor<20x256xf32>):
// CHECK: %[[U:.*]] = dlc.reduce add %[[T]] dims [0]
// CHECK: dlc.add %[[B]], %[[U]]
func.func @made(%x: tensor<600x256xf32>, %g: tensor<600x256xf32>, %b: tensor<256xf32>) -> (tensor<600x256xf32>, tensor<256xf32>) {
  %r:2 = dlc.kernel row(%x) ends "why" {
  ^bb0(%a: tensor<600x256xf32>):
    %m = dlc.reduce max %a dims [1] : tensor<600x256xf32> to tensor<600xf32>
    %mb = dlc.broadcast_in_dim %m dims [0] : tensor<600xf32> to tensor<600x256xf32>
    %c = dlc.subtract %a, %mb : tensor<600x256xf32>
    %e = dlc.exponential %c : tensor<600x256xf32>
    dlc.yield %e, %c : tensor<600x256xf32>, tensor<600x256xf32>
  } : (tensor<600x256xf32>) -> (tensor<600x256xf32>, tensor<600x256xf32>)
  %s = dlc.kernel column(%r#1, %g, %b) {
  ^bb0(%c: tensor<600x256xf32>, %h: tensor<600x256xf32>, %old: tensor<256xf32>):
    %p = dlc.multiply %h, %c : tensor<600x256xf32>
    %t = dlc.reduce add %p dims [0] : tensor<600x256xf32> to tensor<256xf32>
    %u = dlc.add %old, %t : tensor<256xf32>
    dlc.yield %u : tensor<256xf32>
  } : (tensor<600x256xf32>, tensor<600x256xf32>, tensor<256xf32>) -> tensor<256xf32>
  return %r#0, %s : tensor<600x256xf32>, tensor<256xf32>
}

// -----

// What the sums need comes after the row kernel, and columns are many; too few
// elements; no divisor.
// CHECK-LABEL: func @apart(
// CHECK-NOT: tensor<{{[0-9]+}}x{{[0-9]+}}x{{[0-9]+}}xf32>
func.func @apart(%x: tensor<600x528xf32>, %y: tensor<100x256xf32>, %z: tensor<601x256xf32>) -> (tensor<600xf32>, tensor<528xf32>, tensor<100xf32>, tensor<256xf32>, tensor<601xf32>, tensor<256xf32>) {
  %r = dlc.kernel row(%x) {
  ^bb0(%a: tensor<600x528xf32>):
    %m = dlc.reduce max %a dims [1] : tensor<600x528xf32> to tensor<600xf32>
    dlc.yield %m : tensor<600xf32>
  } : (tensor<600x528xf32>) -> tensor<600xf32>
  %f = dlc.kernel map(%x) {
  ^bb0(%a: tensor<600x528xf32>):
    %m = dlc.exponential %a : tensor<600x528xf32>
    dlc.yield %m : tensor<600x528xf32>
  } : (tensor<600x528xf32>) -> tensor<600x528xf32>
  %s = dlc.kernel column(%f, %x) {
  ^bb0(%a: tensor<600x528xf32>, %b: tensor<600x528xf32>):
    %c = dlc.add %a, %b : tensor<600x528xf32>
    %t = dlc.reduce add %c dims [0] : tensor<600x528xf32> to tensor<528xf32>
    dlc.yield %t : tensor<528xf32>
  } : (tensor<600x528xf32>, tensor<600x528xf32>) -> tensor<528xf32>
  %q = dlc.kernel row(%y) {
  ^bb0(%a: tensor<100x256xf32>):
    %m = dlc.reduce max %a dims [1] : tensor<100x256xf32> to tensor<100xf32>
    dlc.yield %m : tensor<100xf32>
  } : (tensor<100x256xf32>) -> tensor<100xf32>
  %t = dlc.kernel column(%y) {
  ^bb0(%a: tensor<100x256xf32>):
    %m = dlc.reduce add %a dims [0] : tensor<100x256xf32> to tensor<256xf32>
    dlc.yield %m : tensor<256xf32>
  } : (tensor<100x256xf32>) -> tensor<256xf32>
  %v = dlc.kernel row(%z) {
  ^bb0(%a: tensor<601x256xf32>):
    %m = dlc.reduce max %a dims [1] : tensor<601x256xf32> to tensor<601xf32>
    dlc.yield %m : tensor<601xf32>
  } : (tensor<601x256xf32>) -> tensor<601xf32>
  %w = dlc.kernel column(%z) {
  ^bb0(%a: tensor<601x256xf32>):
    %m = dlc.reduce add %a dims [0] : tensor<601x256xf32> to tensor<256xf32>
    dlc.yield %m : tensor<256xf32>
  } : (tensor<601x256xf32>) -> tensor<256xf32>
  return %r, %s, %q, %t, %v, %w : tensor<600xf32>, tensor<528xf32>, tensor<100xf32>, tensor<256xf32>, tensor<601xf32>, tensor<256xf32>
}

// -----

// CHECK-LABEL: func @few(
// CHECK: %[[P:.*]]:2 = dlc.kernel column(%{{.*}}, %{{.*}}) ends "sums blocks of rows"
// CHECK: ^bb0(%[[X:.*]]: tensor<64x1024x16xf32>, %[[M:.*]]: tensor<16xf32>):
// CHECK: dlc.broadcast_in_dim %[[M]] dims [2] : tensor<16xf32> to tensor<64x1024x16xf32>
// CHECK: dlc.reduce add %{{.*}} dims [1] : tensor<64x1024x16xf32> to tensor<64x16xf32>
// CHECK: dlc.reduce max %{{.*}} dims [1] : tensor<64x1024x16xf32> to tensor<64x16xf32>
// CHECK: } : (tensor<64x32x32x16xf32>, tensor<16xf32>) -> (tensor<64x16xf32>, tensor<64x16xf32>)
// CHECK: dlc.kernel column(%{{.*}}, %[[P]]#0, %[[P]]#1)
// CHECK: dlc.reduce add %{{.*}} dims [0] : tensor<64x16xf32>
// CHECK: dlc.reduce max %{{.*}} dims [0] : tensor<64x16xf32>
// CHECK-NOT: dlc.subtract
// CHECK: dlc.add
func.func @few(%x: tensor<64x32x32x16xf32>, %m: tensor<16xf32>, %old: tensor<16xf32>) -> (tensor<16xf32>, tensor<16xf32>) {
  %s:2 = dlc.kernel column(%x, %m, %old) {
  ^bb0(%a: tensor<65536x16xf32>, %b: tensor<16xf32>, %c: tensor<16xf32>):
    %w = dlc.broadcast_in_dim %b dims [1] : tensor<16xf32> to tensor<65536x16xf32>
    %d = dlc.subtract %a, %w : tensor<65536x16xf32>
    %t = dlc.reduce add %d dims [0] : tensor<65536x16xf32> to tensor<16xf32>
    %u = dlc.reduce max %a dims [0] : tensor<65536x16xf32> to tensor<16xf32>
    %v = dlc.add %c, %t : tensor<16xf32>
    dlc.yield %v, %u : tensor<16xf32>, tensor<16xf32>
  } : (tensor<64x32x32x16xf32>, tensor<16xf32>, tensor<16xf32>) -> (tensor<16xf32>, tensor<16xf32>)
  return %s#0, %s#1 : tensor<16xf32>, tensor<16xf32>
}

// -----

// The matrix that is stored beside the sums is stored by the kernel that walks
// it.
// CHECK-LABEL: func @stored(
// CHECK: %[[P:.*]]:2 = dlc.kernel column(%{{.*}}) ends "sums blocks of rows"
// CHECK: ^bb0(%[[X:.*]]: tensor<16x1024x16xf32>):
// CHECK: %[[E:.*]] = dlc.exponential %[[X]]
// CHECK: %[[S:.*]] = dlc.reduce add %[[E]] dims [1]
// CHECK: yield %[[S]], %[[E]] : tensor<16x16xf32>, tensor<16x1024x16xf32>
// CHECK: %[[C:.*]] = dlc.kernel column(%[[P]]#0) ends "why"
// CHECK: yield %{{.*}} : tensor<16xf32>
// CHECK: return %[[P]]#1, %[[C]]
func.func @stored(%x: tensor<16384x16xf32>) -> (tensor<16384x16xf32>, tensor<16xf32>) {
  %s:2 = dlc.kernel column(%x) ends "why" {
  ^bb0(%a: tensor<16384x16xf32>):
    %e = dlc.exponential %a : tensor<16384x16xf32>
    %t = dlc.reduce add %e dims [0] : tensor<16384x16xf32> to tensor<16xf32>
    dlc.yield %e, %t : tensor<16384x16xf32>, tensor<16xf32>
  } : (tensor<16384x16xf32>) -> (tensor<16384x16xf32>, tensor<16xf32>)
  return %s#0, %s#1 : tensor<16384x16xf32>, tensor<16xf32>
}

// -----

// What is stored follows from the sums, and what is drawn belongs to a place:
// neither way is taken, nor the second by what the first has found.
// CHECK-LABEL: func @bound(
// CHECK-NOT: "sums blocks of rows"
// CHECK-NOT: tensor<{{[0-9]+}}x{{[0-9]+}}x{{[0-9]+}}xf32>
func.func @bound(%x: tensor<4096x128xf32>, %k: tensor<2xi64>) -> (tensor<4096x128xf32>, tensor<128xf32>, tensor<128xui32>) {
  %s:2 = dlc.kernel column(%x) {
  ^bb0(%a: tensor<4096x128xf32>):
    %t = dlc.reduce max %a dims [0] : tensor<4096x128xf32> to tensor<128xf32>
    %b = dlc.broadcast_in_dim %t dims [1] : tensor<128xf32> to tensor<4096x128xf32>
    %d = dlc.subtract %a, %b : tensor<4096x128xf32>
    dlc.yield %d, %t : tensor<4096x128xf32>, tensor<128xf32>
  } : (tensor<4096x128xf32>) -> (tensor<4096x128xf32>, tensor<128xf32>)
  %w = dlc.kernel column(%k) {
  ^bb0(%a: tensor<2xi64>):
    %r = dlc.rng_bit_generator %a : tensor<2xi64> to tensor<4096x128xui32>
    %c = dlc.constant dense<8> : tensor<4096x128xui32>
    %b = dlc.shift_right_logical %r, %c : tensor<4096x128xui32>
    %t = dlc.reduce max %b dims [0] : tensor<4096x128xui32> to tensor<128xui32>
    dlc.yield %t : tensor<128xui32>
  } : (tensor<2xi64>) -> tensor<128xui32>
  return %s#0, %s#1, %w : tensor<4096x128xf32>, tensor<128xf32>, tensor<128xui32>
}
