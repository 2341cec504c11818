// No function calls libm or anything else, on any CPU, in any type.
// RUN: dlc compile %s --emit=asm --mcpu=x86-64 | FileCheck %s
// RUN: dlc compile %s --emit=asm --mcpu=x86-64-v3 | FileCheck %s
// RUN: dlc compile %s --emit=asm --mcpu=x86-64-v4 | FileCheck %s

// CHECK-NOT: call
// CHECK: map_0:
// CHECK-NOT: call

func.func @f32(%x: tensor<64xf32>, %y: tensor<64xf32>) -> (tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %0 = dlc.exponential %x : tensor<64xf32>
  %1 = dlc.exponential_minus_one %x : tensor<64xf32>
  %2 = dlc.log %x : tensor<64xf32>
  %3 = dlc.log_plus_one %x : tensor<64xf32>
  %4 = dlc.sqrt %x : tensor<64xf32>
  %5 = dlc.rsqrt %x : tensor<64xf32>
  %6 = dlc.sine %x : tensor<64xf32>
  %7 = dlc.cosine %x : tensor<64xf32>
  %8 = dlc.tanh %x : tensor<64xf32>
  %9 = dlc.logistic %x : tensor<64xf32>
  %10 = dlc.erf %x : tensor<64xf32>
  %11 = dlc.erfc %x : tensor<64xf32>
  %12 = dlc.atan %x : tensor<64xf32>
  %13 = dlc.gelu %x : tensor<64xf32>
  %14 = dlc.floor %x : tensor<64xf32>
  %15 = dlc.ceil %x : tensor<64xf32>
  %16 = dlc.round_nearest_even %x : tensor<64xf32>
  %17 = dlc.power %x, %y : tensor<64xf32>
  %18 = dlc.remainder %x, %y : tensor<64xf32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, %16, %17, %18 : tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>
}
func.func @f64(%x: tensor<64xf64>, %y: tensor<64xf64>) -> (tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>) {
  %0 = dlc.exponential %x : tensor<64xf64>
  %1 = dlc.exponential_minus_one %x : tensor<64xf64>
  %2 = dlc.log %x : tensor<64xf64>
  %3 = dlc.log_plus_one %x : tensor<64xf64>
  %4 = dlc.sqrt %x : tensor<64xf64>
  %5 = dlc.rsqrt %x : tensor<64xf64>
  %6 = dlc.sine %x : tensor<64xf64>
  %7 = dlc.cosine %x : tensor<64xf64>
  %8 = dlc.tanh %x : tensor<64xf64>
  %9 = dlc.logistic %x : tensor<64xf64>
  %10 = dlc.erf %x : tensor<64xf64>
  %11 = dlc.erfc %x : tensor<64xf64>
  %12 = dlc.atan %x : tensor<64xf64>
  %13 = dlc.gelu %x : tensor<64xf64>
  %14 = dlc.floor %x : tensor<64xf64>
  %15 = dlc.ceil %x : tensor<64xf64>
  %16 = dlc.round_nearest_even %x : tensor<64xf64>
  %17 = dlc.power %x, %y : tensor<64xf64>
  %18 = dlc.remainder %x, %y : tensor<64xf64>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, %16, %17, %18 : tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<64xf64>
}
func.func @f16(%x: tensor<64xf16>, %y: tensor<64xf16>) -> (tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>) {
  %0 = dlc.exponential %x : tensor<64xf16>
  %1 = dlc.exponential_minus_one %x : tensor<64xf16>
  %2 = dlc.log %x : tensor<64xf16>
  %3 = dlc.log_plus_one %x : tensor<64xf16>
  %4 = dlc.sqrt %x : tensor<64xf16>
  %5 = dlc.rsqrt %x : tensor<64xf16>
  %6 = dlc.sine %x : tensor<64xf16>
  %7 = dlc.cosine %x : tensor<64xf16>
  %8 = dlc.tanh %x : tensor<64xf16>
  %9 = dlc.logistic %x : tensor<64xf16>
  %10 = dlc.erf %x : tensor<64xf16>
  %11 = dlc.erfc %x : tensor<64xf16>
  %12 = dlc.atan %x : tensor<64xf16>
  %13 = dlc.gelu %x : tensor<64xf16>
  %14 = dlc.floor %x : tensor<64xf16>
  %15 = dlc.ceil %x : tensor<64xf16>
  %16 = dlc.round_nearest_even %x : tensor<64xf16>
  %17 = dlc.power %x, %y : tensor<64xf16>
  %18 = dlc.remainder %x, %y : tensor<64xf16>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, %16, %17, %18 : tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>, tensor<64xf16>
}
