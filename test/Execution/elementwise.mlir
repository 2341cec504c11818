// Strict elementwise code agrees with the interpreter bit for bit: random values
// in a size that is no multiple of a vector's, then special ones.
// RUN: dlc run %s --function=f32 --backend=both --random=1
// RUN: dlc run %s --function=f64 --backend=both --random=2
// RUN: dlc run %s --function=special --backend=both \
// RUN:   --input=13xf32=nan,inf,-inf,0,-0,1,-1,1e-45,-1e-45,3.4e38,-3.4e38,1.1754942e-38,0.1 \
// RUN:   --input=13xf32=0,-0,nan,-inf,inf,1e-45,3,0.5,1e38,-3.4e38,7,-1e-45,-0.1
// RUN: dlc run %s --function=special --backend=both \
// RUN:   --input=13xf32=nan,inf,-inf,0,-0,1,-1,1e-45,-1e-45,3.4e38,-3.4e38,1.1754942e-38,0.1 \
// RUN:   --input=13xf32=nan
// Of 0 and -0 a maximum takes either, so zeros need not have equal signs.
// RUN: dlc run %s --function=extrema --backend=both --ulp=1 \
// RUN:   --input=13xf32=nan,inf,-inf,0,-0,1,-1,1e-45,-1e-45,3.4e38,-3.4e38,1.1754942e-38,0.1 \
// RUN:   --input=13xf32=0,-0,nan,-inf,0,1e-45,3,nan,1e38,-3.4e38,7,-1e-45,-0.1

func.func @f32(%x: tensor<1037xf32>, %y: tensor<1037xf32>) -> (tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>) {
  %0 = dlc.add %x, %y : tensor<1037xf32>
  %1 = dlc.subtract %x, %y : tensor<1037xf32>
  %2 = dlc.multiply %x, %y : tensor<1037xf32>
  %3 = dlc.divide %x, %y : tensor<1037xf32>
  %4 = dlc.maximum %x, %y : tensor<1037xf32>
  %5 = dlc.minimum %x, %y : tensor<1037xf32>
  %6 = dlc.negate %x : tensor<1037xf32>
  %7 = dlc.abs %x : tensor<1037xf32>
  %8 = dlc.sqrt %7 : tensor<1037xf32>
  // Never contracted to a fused multiply-add.
  %9 = dlc.add %2, %y : tensor<1037xf32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9 : tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>
}

func.func @f64(%x: tensor<1037xf64>, %y: tensor<1037xf64>) -> (tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>) {
  %0 = dlc.add %x, %y : tensor<1037xf64>
  %1 = dlc.subtract %x, %y : tensor<1037xf64>
  %2 = dlc.multiply %x, %y : tensor<1037xf64>
  %3 = dlc.divide %x, %y : tensor<1037xf64>
  %4 = dlc.maximum %x, %y : tensor<1037xf64>
  %5 = dlc.abs %x : tensor<1037xf64>
  %6 = dlc.sqrt %5 : tensor<1037xf64>
  return %0, %1, %2, %3, %4, %5, %6 : tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>
}

func.func @special(%x: tensor<13xf32>, %y: tensor<13xf32>) -> (tensor<13xf32>, tensor<13xf32>, tensor<13xf32>, tensor<13xf32>, tensor<13xf32>) {
  %0 = dlc.add %x, %y : tensor<13xf32>
  %1 = dlc.multiply %x, %y : tensor<13xf32>
  %2 = dlc.divide %x, %y : tensor<13xf32>
  %3 = dlc.sqrt %x : tensor<13xf32>
  %4 = dlc.negate %x : tensor<13xf32>
  return %0, %1, %2, %3, %4 : tensor<13xf32>, tensor<13xf32>, tensor<13xf32>, tensor<13xf32>, tensor<13xf32>
}

func.func @extrema(%x: tensor<13xf32>, %y: tensor<13xf32>) -> (tensor<13xf32>, tensor<13xf32>, tensor<13xf32>) {
  %0 = dlc.maximum %x, %y : tensor<13xf32>
  %1 = dlc.minimum %x, %y : tensor<13xf32>
  %2 = dlc.relu %x : tensor<13xf32>
  return %0, %1, %2 : tensor<13xf32>, tensor<13xf32>, tensor<13xf32>
}
