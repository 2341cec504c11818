// Every elementwise op survives a round trip, in its own and in generic form.
// RUN: dlc-opt %s | dlc-opt | FileCheck %s
// RUN: dlc-opt %s --mlir-print-op-generic | dlc-opt | FileCheck %s

// CHECK-LABEL: func @unary
func.func @unary(%x: tensor<4xf32>, %i: tensor<4xui8>) {
  // CHECK: dlc.negate %{{.*}} : tensor<4xf32>
  %0 = dlc.negate %x : tensor<4xf32>
  // CHECK: dlc.abs %{{.*}} : tensor<4xf32>
  %1 = dlc.abs %x : tensor<4xf32>
  // CHECK: dlc.exponential %{{.*}} : tensor<4xf32>
  %2 = dlc.exponential %x : tensor<4xf32>
  // CHECK: dlc.log %{{.*}} : tensor<4xf32>
  %3 = dlc.log %x : tensor<4xf32>
  // CHECK: dlc.sqrt %{{.*}} : tensor<4xf32>
  %4 = dlc.sqrt %x : tensor<4xf32>
  // CHECK: dlc.tanh %{{.*}} : tensor<4xf32>
  %5 = dlc.tanh %x : tensor<4xf32>
  // CHECK: dlc.logistic %{{.*}} : tensor<4xf32>
  %6 = dlc.logistic %x : tensor<4xf32>
  // CHECK: dlc.not %{{.*}} : tensor<4xui8>
  %7 = dlc.not %i : tensor<4xui8>
  return
}

// CHECK-LABEL: func @binary
func.func @binary(%x: tensor<f64>, %y: tensor<f64>, %p: tensor<0xi1>, %u: tensor<4xui32>) {
  // CHECK: dlc.add %{{.*}}, %{{.*}} : tensor<f64>
  %0 = dlc.add %x, %y : tensor<f64>
  // CHECK: dlc.subtract %{{.*}}, %{{.*}} : tensor<f64>
  %1 = dlc.subtract %x, %y : tensor<f64>
  // CHECK: dlc.multiply %{{.*}}, %{{.*}} : tensor<f64>
  %2 = dlc.multiply %x, %y : tensor<f64>
  // CHECK: dlc.divide %{{.*}}, %{{.*}} : tensor<f64>
  %3 = dlc.divide %x, %y : tensor<f64>
  // CHECK: dlc.maximum %{{.*}}, %{{.*}} : tensor<f64>
  %4 = dlc.maximum %x, %y : tensor<f64>
  // CHECK: dlc.minimum %{{.*}}, %{{.*}} : tensor<f64>
  %5 = dlc.minimum %x, %y : tensor<f64>
  // CHECK: dlc.and %{{.*}}, %{{.*}} : tensor<0xi1>
  %6 = dlc.and %p, %p : tensor<0xi1>
  // CHECK: dlc.or %{{.*}}, %{{.*}} : tensor<0xi1>
  %7 = dlc.or %p, %p : tensor<0xi1>
  // CHECK: dlc.shift_right_logical %{{.*}}, %{{.*}} : tensor<4xui32>
  %8 = dlc.shift_right_logical %u, %u : tensor<4xui32>
  return
}

// CHECK-LABEL: func @choice
func.func @choice(%x: tensor<4xf32>, %i: tensor<4xi32>) {
  // CHECK: %[[P:.*]] = dlc.compare GE, %{{.*}}, %{{.*}} : tensor<4xf32>
  %0 = dlc.compare GE, %x, %x : tensor<4xf32>
  // CHECK: dlc.select %[[P]], %{{.*}}, %{{.*}} : tensor<4xi1>, tensor<4xf32>
  %1 = dlc.select %0, %x, %x : tensor<4xi1>, tensor<4xf32>
  // CHECK: dlc.convert %{{.*}} : tensor<4xf32> to tensor<4xui8>
  %2 = dlc.convert %x : tensor<4xf32> to tensor<4xui8>
  // CHECK: dlc.check_index %{{.*}} {limit = 10 : i64, op = "gather"} : tensor<4xi32>
  %3 = dlc.check_index %i {limit = 10 : i64, op = "gather"} : tensor<4xi32>
  return
}

// CHECK-LABEL: func @functions
func.func @functions(%x: tensor<3xbf16>, %y: tensor<f16>) {
  // CHECK: dlc.exponential_minus_one %{{.*}} : tensor<3xbf16>
  %0 = dlc.exponential_minus_one %x : tensor<3xbf16>
  // CHECK: dlc.log_plus_one %{{.*}} : tensor<3xbf16>
  %1 = dlc.log_plus_one %x : tensor<3xbf16>
  // CHECK: dlc.rsqrt %{{.*}} : tensor<3xbf16>
  %2 = dlc.rsqrt %x : tensor<3xbf16>
  // CHECK: dlc.sine %{{.*}} : tensor<3xbf16>
  %3 = dlc.sine %x : tensor<3xbf16>
  // CHECK: dlc.cosine %{{.*}} : tensor<3xbf16>
  %4 = dlc.cosine %x : tensor<3xbf16>
  // CHECK: dlc.atan %{{.*}} : tensor<3xbf16>
  %5 = dlc.atan %x : tensor<3xbf16>
  // CHECK: dlc.erf %{{.*}} : tensor<3xbf16>
  %6 = dlc.erf %x : tensor<3xbf16>
  // CHECK: dlc.erfc %{{.*}} : tensor<3xbf16>
  %7 = dlc.erfc %x : tensor<3xbf16>
  // CHECK: dlc.sign %{{.*}} : tensor<3xbf16>
  %8 = dlc.sign %x : tensor<3xbf16>
  // CHECK: dlc.floor %{{.*}} : tensor<3xbf16>
  %9 = dlc.floor %x : tensor<3xbf16>
  // CHECK: dlc.ceil %{{.*}} : tensor<3xbf16>
  %10 = dlc.ceil %x : tensor<3xbf16>
  // CHECK: dlc.round_nearest_even %{{.*}} : tensor<3xbf16>
  %11 = dlc.round_nearest_even %x : tensor<3xbf16>
  // CHECK: dlc.power %{{.*}}, %{{.*}} : tensor<f16>
  %12 = dlc.power %y, %y : tensor<f16>
  // CHECK: dlc.remainder %{{.*}}, %{{.*}} : tensor<f16>
  %13 = dlc.remainder %y, %y : tensor<f16>
  // CHECK: dlc.clamp %{{.*}}, %{{.*}}, %{{.*}} : tensor<f16>
  %14 = dlc.clamp %y, %y, %y : tensor<f16>
  // CHECK: dlc.is_finite %{{.*}} : tensor<3xbf16>
  %15 = dlc.is_finite %x : tensor<3xbf16>
  // CHECK: dlc.assert_finite %{{.*}} {op = "log"} : tensor<3xbf16>
  %16 = dlc.assert_finite %x {op = "log"} : tensor<3xbf16>
  return
}

// CHECK-LABEL: func @bits
func.func @bits(%x: tensor<2xi8>, %f: tensor<2xf32>) {
  // CHECK: dlc.xor %{{.*}}, %{{.*}} : tensor<2xi8>
  %0 = dlc.xor %x, %x : tensor<2xi8>
  // CHECK: dlc.shift_left %{{.*}}, %{{.*}} : tensor<2xi8>
  %1 = dlc.shift_left %x, %x : tensor<2xi8>
  // CHECK: dlc.bitcast_convert %{{.*}} : tensor<2xf32> to tensor<2xi32>
  %2 = dlc.bitcast_convert %f : tensor<2xf32> to tensor<2xi32>
  return
}
