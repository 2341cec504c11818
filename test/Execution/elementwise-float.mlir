// The functions beyond exp and log stay within the ulps that
// compiler/Lowering/Math.h states; what is exact has the same bits.
// RUN: dlc run %s --function=f32 --backend=both --ulp=2 --random=1
// RUN: dlc run %s --function=f32 --backend=both --ulp=2 --random=1 --mcpu=x86-64
// RUN: dlc run %s --function=f64 --backend=both --ulp=2 --random=2
// RUN: dlc run %s --function=f32 --backend=both --ulp=2 --input=1037xf32=1e22
// RUN: dlc run %s --function=exact --backend=both --random=3
// RUN: dlc run %s --function=exact --backend=both --random=3 --mcpu=x86-64
// RUN: dlc run %s --function=special --backend=both --input=12xf32=nan,inf,-inf,0,-0,0.5,-0.5,1.5,2.5,-2.5,1e-45,3e38

func.func @f32(%x: tensor<1037xf32>) -> (tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>) {
  %0 = dlc.exponential_minus_one %x : tensor<1037xf32>
  %1 = dlc.sine %x : tensor<1037xf32>
  %2 = dlc.cosine %x : tensor<1037xf32>
  %3 = dlc.erf %x : tensor<1037xf32>
  %4 = dlc.erfc %x : tensor<1037xf32>
  %5 = dlc.atan %x : tensor<1037xf32>
  %6 = dlc.abs %x : tensor<1037xf32>
  %7 = dlc.log_plus_one %6 : tensor<1037xf32>
  %8 = dlc.rsqrt %6 : tensor<1037xf32>
  %9 = dlc.power %6, %x : tensor<1037xf32>
  return %0, %1, %2, %3, %4, %5, %7, %8, %9 : tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>
}

func.func @f64(%x: tensor<1037xf64>) -> (tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>) {
  %0 = dlc.exponential_minus_one %x : tensor<1037xf64>
  %1 = dlc.sine %x : tensor<1037xf64>
  %2 = dlc.erfc %x : tensor<1037xf64>
  %3 = dlc.atan %x : tensor<1037xf64>
  %size = dlc.abs %x : tensor<1037xf64>
  %4 = dlc.power %size, %x : tensor<1037xf64>
  return %0, %1, %2, %3, %4 : tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>
}

func.func @exact(%x: tensor<1037xf32>, %y: tensor<1037xf32>) -> (tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xi32>) {
  %0 = dlc.floor %x : tensor<1037xf32>
  %1 = dlc.ceil %x : tensor<1037xf32>
  %2 = dlc.round_nearest_even %x : tensor<1037xf32>
  %3 = dlc.sign %x : tensor<1037xf32>
  %4 = dlc.remainder %x, %y : tensor<1037xf32>
  %5 = dlc.clamp %0, %y, %1 : tensor<1037xf32>
  %6 = dlc.bitcast_convert %x : tensor<1037xf32> to tensor<1037xi32>
  return %0, %1, %2, %3, %4, %5, %6 : tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xi32>
}

func.func @special(%x: tensor<12xf32>) -> (tensor<12xf32>, tensor<12xf32>, tensor<12xf32>, tensor<12xf32>, tensor<12xf32>, tensor<12xi1>) {
  %0 = dlc.floor %x : tensor<12xf32>
  %1 = dlc.ceil %x : tensor<12xf32>
  %2 = dlc.round_nearest_even %x : tensor<12xf32>
  %3 = dlc.sign %x : tensor<12xf32>
  %4 = dlc.remainder %x, %0 : tensor<12xf32>
  %5 = dlc.is_finite %x : tensor<12xf32>
  return %0, %1, %2, %3, %4, %5 : tensor<12xf32>, tensor<12xf32>, tensor<12xf32>, tensor<12xf32>, tensor<12xf32>, tensor<12xi1>
}
