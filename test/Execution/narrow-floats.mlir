// bf16 and f16: each op computes in f32 and rounds once, so that what is exact in
// f64 has the interpreter's bits, with and without instructions for f16.
// RUN: dlc run %s --function=bf16 --backend=both --random=1
// RUN: dlc run %s --function=f16 --backend=both --random=2
// RUN: dlc run %s --function=f16 --backend=both --random=2 --mcpu=x86-64
// RUN: dlc run %s --function=math --backend=both --random=3 --ulp=1
// RUN: dlc run %s --function=math --backend=both --random=3 --ulp=1 --mcpu=x86-64
// RUN: dlc run %s --function=limits --backend=both --input=20xf32=nan,inf,-inf,0,-0,65519,65520,-65536,6.1e-5,6e-5,5.97e-8,2.98e-8,2.99e-8,1e-40,3.39e38,3.4e38,1.00390625,1.01171875,2049,-2051
// RUN: dlc run %s --function=limits --backend=both --mcpu=x86-64 --input=20xf32=nan,inf,-inf,0,-0,65519,65520,-65536,6.1e-5,6e-5,5.97e-8,2.98e-8,2.99e-8,1e-40,3.39e38,3.4e38,1.00390625,1.01171875,2049,-2051

func.func @bf16(%x: tensor<1037xbf16>, %y: tensor<1037xbf16>) -> (tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xi1>, tensor<1037xbf16>, tensor<1037xbf16>) {
  %0 = dlc.add %x, %y : tensor<1037xbf16>
  %1 = dlc.subtract %x, %y : tensor<1037xbf16>
  %2 = dlc.multiply %x, %y : tensor<1037xbf16>
  %3 = dlc.divide %x, %y : tensor<1037xbf16>
  %4 = dlc.maximum %x, %y : tensor<1037xbf16>
  %5 = dlc.minimum %x, %y : tensor<1037xbf16>
  %6 = dlc.remainder %x, %y : tensor<1037xbf16>
  %7 = dlc.negate %x : tensor<1037xbf16>
  %8 = dlc.abs %x : tensor<1037xbf16>
  %9 = dlc.floor %x : tensor<1037xbf16>
  %10 = dlc.ceil %x : tensor<1037xbf16>
  %11 = dlc.round_nearest_even %x : tensor<1037xbf16>
  %12 = dlc.sign %x : tensor<1037xbf16>
  %13 = dlc.abs %x : tensor<1037xbf16>
  %14 = dlc.sqrt %13 : tensor<1037xbf16>
  %15 = dlc.compare LT, %x, %y : tensor<1037xbf16>
  %16 = dlc.select %15, %x, %y : tensor<1037xi1>, tensor<1037xbf16>
  %17 = dlc.clamp %y, %x, %x : tensor<1037xbf16>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, %16, %17 : tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xbf16>, tensor<1037xi1>, tensor<1037xbf16>, tensor<1037xbf16>
}

func.func @f16(%x: tensor<1037xf16>, %y: tensor<1037xf16>) -> (tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xi1>, tensor<1037xf16>, tensor<1037xf16>) {
  %0 = dlc.add %x, %y : tensor<1037xf16>
  %1 = dlc.subtract %x, %y : tensor<1037xf16>
  %2 = dlc.multiply %x, %y : tensor<1037xf16>
  %3 = dlc.divide %x, %y : tensor<1037xf16>
  %4 = dlc.maximum %x, %y : tensor<1037xf16>
  %5 = dlc.minimum %x, %y : tensor<1037xf16>
  %6 = dlc.remainder %x, %y : tensor<1037xf16>
  %7 = dlc.negate %x : tensor<1037xf16>
  %8 = dlc.abs %x : tensor<1037xf16>
  %9 = dlc.floor %x : tensor<1037xf16>
  %10 = dlc.ceil %x : tensor<1037xf16>
  %11 = dlc.round_nearest_even %x : tensor<1037xf16>
  %12 = dlc.sign %x : tensor<1037xf16>
  %13 = dlc.abs %x : tensor<1037xf16>
  %14 = dlc.sqrt %13 : tensor<1037xf16>
  %15 = dlc.compare LT, %x, %y : tensor<1037xf16>
  %16 = dlc.select %15, %x, %y : tensor<1037xi1>, tensor<1037xf16>
  %17 = dlc.clamp %y, %x, %x : tensor<1037xf16>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, %16, %17 : tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xf16>, tensor<1037xi1>, tensor<1037xf16>, tensor<1037xf16>
}

func.func @math(%x: tensor<1037xbf16>, %y: tensor<1037xf16>) -> (tensor<1037xbf16>, tensor<1037xf16>, tensor<1037xbf16>, tensor<1037xf16>, tensor<1037xbf16>, tensor<1037xf16>, tensor<1037xbf16>, tensor<1037xf16>, tensor<1037xbf16>, tensor<1037xf16>) {
  %0 = dlc.exponential %x : tensor<1037xbf16>
  %1 = dlc.exponential %y : tensor<1037xf16>
  %2 = dlc.tanh %x : tensor<1037xbf16>
  %3 = dlc.tanh %y : tensor<1037xf16>
  %4 = dlc.sine %x : tensor<1037xbf16>
  %5 = dlc.sine %y : tensor<1037xf16>
  %6 = dlc.erfc %x : tensor<1037xbf16>
  %7 = dlc.erfc %y : tensor<1037xf16>
  %8 = dlc.log_plus_one %x : tensor<1037xbf16>
  %9 = dlc.log_plus_one %y : tensor<1037xf16>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9 : tensor<1037xbf16>, tensor<1037xf16>, tensor<1037xbf16>, tensor<1037xf16>, tensor<1037xbf16>, tensor<1037xf16>, tensor<1037xbf16>, tensor<1037xf16>, tensor<1037xbf16>, tensor<1037xf16>
}

func.func @limits(%x: tensor<20xf32>) -> (tensor<20xbf16>, tensor<20xf16>, tensor<20xf64>, tensor<20xi8>, tensor<20xi32>, tensor<20xbf16>) {
  %0 = dlc.convert %x : tensor<20xf32> to tensor<20xbf16>
  %1 = dlc.convert %x : tensor<20xf32> to tensor<20xf16>
  %2 = dlc.convert %1 : tensor<20xf16> to tensor<20xf64>
  %3 = dlc.convert %0 : tensor<20xbf16> to tensor<20xi8>
  %4 = dlc.convert %1 : tensor<20xf16> to tensor<20xi32>
  %5 = dlc.bitcast_convert %1 : tensor<20xf16> to tensor<20xbf16>
  return %0, %1, %2, %3, %4, %5 : tensor<20xbf16>, tensor<20xf16>, tensor<20xf64>, tensor<20xi8>, tensor<20xi32>, tensor<20xbf16>
}
