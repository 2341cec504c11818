// What follows a chain's products joins it as numbers of their type or
// narrower ones; comparisons, indices and f64 are computed by kernels after it.
// RUN: dlc run %s --function=indices --backend=both --random=1
// RUN: dlc run %s --function=types --backend=both --random=2 --rtol=0.008
// RUN: dlc run %s --function=no_values --backend=both --random=3 --rtol=1e-5
// RUN: dlc run %s --function=no_keys --backend=both --random=4 --rtol=1e-5
// RUN: dlc run %s --function=no_depth --backend=both --random=5 --rtol=1e-5
// RUN: dlc compile %s --emit=fusion | FileCheck %s

// CHECK-LABEL: func.func @indices(
// CHECK: dlc.kernel chain(
// CHECK: dlc.yield %{{[^,]*}} : tensor<2x4x32x16xf32>{{$}}
func.func @indices(%q: tensor<2x4x32x16xf32>, %k: tensor<2x4x32x16xf32>) -> tensor<2x4x32xi32> {
  %r, %l = dlc.scaled_dot_product_attention %q, %k, %q scale 5.000000e-01 : (tensor<2x4x32x16xf32>, tensor<2x4x32x16xf32>, tensor<2x4x32x16xf32>) -> (tensor<2x4x32x16xf32>, tensor<2x4x32xf32>)
  %0 = dlc.argmax %r dim 3 : tensor<2x4x32x16xf32> to tensor<2x4x32xi32>
  return %0 : tensor<2x4x32xi32>
}

// CHECK-LABEL: func.func @types(
// CHECK: dlc.kernel chain(
// CHECK: dlc.yield %{{.*}}, %{{[^,]*}} : {{.*}}tensor<2x4x32x20xbf16>{{$}}
// CHECK: dlc.kernel map(
func.func @types(%q: tensor<2x4x32x20xf32>, %k: tensor<2x4x32x20xf32>) -> (tensor<2x4x32x20xbf16>, tensor<2x4x32x20xf64>, tensor<2x4x32x20xi32>) {
  %r, %l = dlc.scaled_dot_product_attention %q, %k, %q scale 5.000000e-01 : (tensor<2x4x32x20xf32>, tensor<2x4x32x20xf32>, tensor<2x4x32x20xf32>) -> (tensor<2x4x32x20xf32>, tensor<2x4x32xf32>)
  %c = dlc.constant dense<0.015625> : tensor<2x4x32x20xf32>
  %s = dlc.multiply %r, %c : tensor<2x4x32x20xf32>
  %b = dlc.convert %s : tensor<2x4x32x20xf32> to tensor<2x4x32x20xbf16>
  %w = dlc.convert %s : tensor<2x4x32x20xf32> to tensor<2x4x32x20xf64>
  %z = dlc.constant dense<0.0> : tensor<2x4x32x20xf32>
  %g = dlc.compare GT, %s, %z : tensor<2x4x32x20xf32>
  %i = dlc.convert %g : tensor<2x4x32x20xi1> to tensor<2x4x32x20xi32>
  return %b, %w, %i : tensor<2x4x32x20xbf16>, tensor<2x4x32x20xf64>, tensor<2x4x32x20xi32>
}

// Nothing to multiply is no chain.
// CHECK-LABEL: func.func @no_values(
// CHECK-NOT: dlc.kernel chain(
func.func @no_values(%q: tensor<32x4xf32>, %k: tensor<32x4xf32>, %v: tensor<32x0xf32>) -> (tensor<32x0xf32>, tensor<32xf32>) {
  %r, %l = dlc.scaled_dot_product_attention %q, %k, %v scale 5.000000e-01 : (tensor<32x4xf32>, tensor<32x4xf32>, tensor<32x0xf32>) -> (tensor<32x0xf32>, tensor<32xf32>)
  return %r, %l : tensor<32x0xf32>, tensor<32xf32>
}

func.func @no_keys(%q: tensor<32x4xf32>, %k: tensor<0x4xf32>, %v: tensor<0x5xf32>) -> (tensor<32x5xf32>, tensor<32xf32>) {
  %r, %l = dlc.scaled_dot_product_attention %q, %k, %v scale 5.000000e-01 : (tensor<32x4xf32>, tensor<0x4xf32>, tensor<0x5xf32>) -> (tensor<32x5xf32>, tensor<32xf32>)
  return %r, %l : tensor<32x5xf32>, tensor<32xf32>
}

func.func @no_depth(%q: tensor<32x0xf32>, %k: tensor<32x0xf32>, %v: tensor<32x5xf32>) -> (tensor<32x5xf32>, tensor<32xf32>) {
  %r, %l = dlc.scaled_dot_product_attention %q, %k, %v scale 5.000000e-01 : (tensor<32x0xf32>, tensor<32x0xf32>, tensor<32x5xf32>) -> (tensor<32x5xf32>, tensor<32xf32>)
  return %r, %l : tensor<32x5xf32>, tensor<32xf32>
}
