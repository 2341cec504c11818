// Constants, counters and random bits. The bits are Philox-4x32-10's published
// test vectors: counter 0 and key 0; then the largest 64-bit counter, which
// carries over.
// RUN: dlc run %s --function=sources --backend=both
// RUN: dlc run %s --function=bits --backend=both --input=2xi64=7,9
// RUN: dlc run %s --function=bits --backend=both --input=2xi64=-1,-2
// RUN: dlc run %s --function=draws --backend=both --ulp=0 --input=2xi64=7,9
// RUN: dlc run %s --function=normal --backend=both --rtol=1e-6 --input=2xi64=7,9
// RUN: dlc run %s --function=known --input=2xi64=0,0 | FileCheck %s

func.func @sources() -> (tensor<3xf32>, tensor<2x70xi32>, tensor<70x2xf64>, tensor<4xi1>) {
  %0 = dlc.constant dense<[1.0, -0.0, 0.1]> : tensor<3xf32>
  %1 = dlc.iota dim 1 : tensor<2x70xi32>
  %2 = dlc.iota dim 0 : tensor<70x2xf64>
  %3 = dlc.constant dense<[true, false, false, true]> : tensor<4xi1>
  return %0, %1, %2, %3 : tensor<3xf32>, tensor<2x70xi32>, tensor<70x2xf64>, tensor<4xi1>
}

func.func @bits(%state: tensor<2xi64>) -> (tensor<67xui32>, tensor<3x5xui32>) {
  %0 = dlc.rng_bit_generator %state : tensor<2xi64> to tensor<67xui32>
  %1 = dlc.rng_bit_generator %state : tensor<2xi64> to tensor<3x5xui32>
  return %0, %1 : tensor<67xui32>, tensor<3x5xui32>
}

func.func @draws(%state: tensor<2xi64>) -> (tensor<67xf32>, tensor<3x5xf64>) {
  %0 = dlc.uniform %state : tensor<2xi64> to tensor<67xf32>
  %1 = dlc.uniform %state : tensor<2xi64> to tensor<3x5xf64>
  return %0, %1 : tensor<67xf32>, tensor<3x5xf64>
}

func.func @normal(%state: tensor<2xi64>) -> (tensor<1037xf32>, tensor<67xf64>) {
  %0 = dlc.normal %state : tensor<2xi64> to tensor<1037xf32>
  %1 = dlc.normal %state : tensor<2xi64> to tensor<67xf64>
  return %0, %1 : tensor<1037xf32>, tensor<67xf64>
}

// CHECK: result 0: tensor<4xui32> = [1713891541, 3781805453, 3159862348, 2600524760]
func.func @known(%state: tensor<2xi64>) -> tensor<4xui32> {
  %0 = dlc.rng_bit_generator %state : tensor<2xi64> to tensor<4xui32>
  return %0 : tensor<4xui32>
}
