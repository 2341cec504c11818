// A product of many rows collects reductions of these rows on a CPU, and what
// follows them.
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-form-kernels))' | FileCheck %s
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(dlc-form-kernels{gpu=true}))' | FileCheck %s --check-prefix=GPU

// GPU-NOT: dlc.reduce
// GPU: dlc.kernel row
// CHECK-LABEL: func @weights
// CHECK: %[[Y:.*]]:2 = dlc.kernel contraction(
// CHECK: %[[Z:.*]] = dlc.dot_general
// CHECK: %[[M:.*]] = dlc.reduce max %[[Z]] dims [1]
// CHECK: %[[S:.*]] = dlc.reduce add
// CHECK: dlc.divide
// CHECK-NOT: dlc.kernel
// CHECK: return
func.func @weights(%x: tensor<512x64xf32>, %w: tensor<64x80xf32>) -> (tensor<512x80xf32>, tensor<512xf32>) {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<512x64xf32>, tensor<64x80xf32> to tensor<512x80xf32>
  %m = dlc.reduce max %z dims [1] : tensor<512x80xf32> to tensor<512xf32>
  %mb = dlc.broadcast_in_dim %m dims [0] : tensor<512xf32> to tensor<512x80xf32>
  %d = dlc.subtract %z, %mb : tensor<512x80xf32>
  %e = dlc.exponential %d : tensor<512x80xf32>
  %s = dlc.reduce add %e dims [1] : tensor<512x80xf32> to tensor<512xf32>
  %sb = dlc.broadcast_in_dim %s dims [0] : tensor<512xf32> to tensor<512x80xf32>
  %y = dlc.divide %e, %sb : tensor<512x80xf32>
  return %y, %s : tensor<512x80xf32>, tensor<512xf32>
}

// Too few rows for the tiles of many threads.
// CHECK-LABEL: func @few_rows
// CHECK: dlc.kernel contraction
// CHECK: dlc.kernel row
func.func @few_rows(%x: tensor<500x64xf32>, %w: tensor<64x80xf32>) -> tensor<500xf32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<500x64xf32>, tensor<64x80xf32> to tensor<500x80xf32>
  %m = dlc.reduce max %z dims [1] : tensor<500x80xf32> to tensor<500xf32>
  return %m : tensor<500xf32>
}

// Too few columns to fill lanes.
// CHECK-LABEL: func @few_columns
// CHECK: dlc.kernel contraction
// CHECK: dlc.kernel row
func.func @few_columns(%x: tensor<512x64xf32>, %w: tensor<64x60xf32>) -> tensor<512xf32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<512x64xf32>, tensor<64x60xf32> to tensor<512x60xf32>
  %m = dlc.reduce max %z dims [1] : tensor<512x60xf32> to tensor<512xf32>
  return %m : tensor<512xf32>
}

// A right operand of two megabytes leaves the cache between bands of rows.
// CHECK-LABEL: func @large
// CHECK: dlc.kernel contraction
// CHECK: dlc.kernel row
func.func @large(%x: tensor<512x512xf32>, %w: tensor<512x1000xf32>) -> tensor<512xf32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<512x512xf32>, tensor<512x1000xf32> to tensor<512x1000xf32>
  %m = dlc.reduce max %z dims [1] : tensor<512x1000xf32> to tensor<512xf32>
  return %m : tensor<512xf32>
}

// Columns, or all elements, are reduced in a kernel of their own.
// CHECK-LABEL: func @columns
// CHECK: dlc.kernel contraction
// CHECK: dlc.kernel column
func.func @columns(%x: tensor<512x64xf32>, %w: tensor<64x80xf32>) -> tensor<80xf32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<512x64xf32>, tensor<64x80xf32> to tensor<512x80xf32>
  %m = dlc.reduce add %z dims [0] : tensor<512x80xf32> to tensor<80xf32>
  return %m : tensor<80xf32>
}

// CHECK-LABEL: func @all
// CHECK: dlc.kernel contraction
// CHECK: dlc.kernel row
func.func @all(%x: tensor<512x64xf32>, %w: tensor<64x80xf32>) -> tensor<f32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<512x64xf32>, tensor<64x80xf32> to tensor<512x80xf32>
  %m = dlc.reduce add %z dims [0, 1] : tensor<512x80xf32> to tensor<f32>
  return %m : tensor<f32>
}

// The column sums read the product's result: the row kernel can take them, and
// the result is in memory for both.
// CHECK-LABEL: func @both
// CHECK: dlc.kernel contraction
// CHECK: dlc.kernel row
// CHECK: dlc.kernel column
func.func @both(%x: tensor<512x64xf32>, %w: tensor<64x80xf32>) -> (tensor<512xf32>, tensor<80xf32>) {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<512x64xf32>, tensor<64x80xf32> to tensor<512x80xf32>
  %m = dlc.reduce max %z dims [1] : tensor<512x80xf32> to tensor<512xf32>
  %c = dlc.reduce add %z dims [0] : tensor<512x80xf32> to tensor<80xf32>
  return %m, %c : tensor<512xf32>, tensor<80xf32>
}

// But not where they read what needs the rows' statistics: a bias' gradient.
// CHECK-LABEL: func @centred
// CHECK: dlc.kernel contraction
// CHECK: dlc.reduce add {{.*}} dims [1]
// CHECK: dlc.kernel column
// CHECK-NOT: dlc.kernel row
func.func @centred(%x: tensor<512x64xf32>, %w: tensor<64x80xf32>) -> tensor<80xf32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<512x64xf32>, tensor<64x80xf32> to tensor<512x80xf32>
  %m = dlc.reduce add %z dims [1] : tensor<512x80xf32> to tensor<512xf32>
  %b = dlc.broadcast_in_dim %m dims [0] : tensor<512xf32> to tensor<512x80xf32>
  %d = dlc.maximum %z, %b : tensor<512x80xf32>
  %e = dlc.exponential %d : tensor<512x80xf32>
  %c = dlc.reduce add %e dims [0] : tensor<512x80xf32> to tensor<80xf32>
  return %c : tensor<80xf32>
}

// Each pass over a row would draw again.
// CHECK-LABEL: func @dropped
// CHECK: dlc.kernel contraction
// CHECK: dlc.kernel row
func.func @dropped(%x: tensor<512x64xf32>, %w: tensor<64x80xf32>, %state: tensor<2xi64>) -> tensor<512xf32> {
  %z = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<512x64xf32>, tensor<64x80xf32> to tensor<512x80xf32>
  %bits = dlc.rng_bit_generator %state : tensor<2xi64> to tensor<512x80xui32>
  %u = dlc.convert %bits : tensor<512x80xui32> to tensor<512x80xf32>
  %d = dlc.multiply %z, %u : tensor<512x80xf32>
  %m = dlc.reduce max %d dims [1] : tensor<512x80xf32> to tensor<512xf32>
  return %m : tensor<512xf32>
}
