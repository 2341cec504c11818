// Our polynomials stay within the ulps that compiler/Lowering/Math.h states, on
// ordinary and on special values.
// RUN: dlc run %s --function=f32 --backend=both --ulp=2 --random=1
// RUN: dlc run %s --function=f64 --backend=both --ulp=3 --random=2
// RUN: dlc run %s --function=special --backend=both --ulp=2 \
// RUN:   --input=16xf32=nan,inf,-inf,0,-0,1,-1,1e-45,88.7,89,-87,-103,-104,3.4e38,-3.4e38,1e-30

func.func @f32(%x: tensor<1037xf32>) -> (tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>) {
  %0 = dlc.exponential %x : tensor<1037xf32>
  %1 = dlc.tanh %x : tensor<1037xf32>
  %2 = dlc.logistic %x : tensor<1037xf32>
  %abs = dlc.abs %x : tensor<1037xf32>
  %3 = dlc.log %abs : tensor<1037xf32>
  return %0, %1, %2, %3 : tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>, tensor<1037xf32>
}

func.func @f64(%x: tensor<1037xf64>) -> (tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>) {
  %0 = dlc.exponential %x : tensor<1037xf64>
  %1 = dlc.tanh %x : tensor<1037xf64>
  %2 = dlc.logistic %x : tensor<1037xf64>
  %abs = dlc.abs %x : tensor<1037xf64>
  %3 = dlc.log %abs : tensor<1037xf64>
  return %0, %1, %2, %3 : tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>, tensor<1037xf64>
}

func.func @special(%x: tensor<16xf32>) -> (tensor<16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16xf32>) {
  %0 = dlc.exponential %x : tensor<16xf32>
  %1 = dlc.tanh %x : tensor<16xf32>
  %2 = dlc.logistic %x : tensor<16xf32>
  %3 = dlc.log %x : tensor<16xf32>
  return %0, %1, %2, %3 : tensor<16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16xf32>
}
