// Comparison, choice and conversion agree with the interpreter bit for bit.
// RUN: dlc run %s --function=compare --backend=both --input=5xf32=nan,0,-0,1,-inf --input=5xf32=nan,-0,0,2,-inf --input=5xui32=4294967295,0,1,2,3 --input=5xui32=1,0,2,2,4294967295
// RUN: dlc run %s --function=select --backend=both --random=1
// RUN: dlc run %s --function=from_float --backend=both --input=17xf32=nan,inf,-inf,0,-0,0.9,-0.9,1.5,254.9,255,256,2147483520,2147483648,-2147483648,-2147483904,1e19,-1e19
// RUN: dlc run %s --function=from_integer --backend=both --random=2
// RUN: dlc run %s --function=round --backend=both --random=3

func.func @compare(%x: tensor<5xf32>, %y: tensor<5xf32>, %i: tensor<5xui32>, %j: tensor<5xui32>) -> (tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>) {
  %0 = dlc.compare EQ, %x, %y : tensor<5xf32>
  %1 = dlc.compare NE, %x, %y : tensor<5xf32>
  %2 = dlc.compare LT, %x, %y : tensor<5xf32>
  %3 = dlc.compare LE, %x, %y : tensor<5xf32>
  %4 = dlc.compare GT, %x, %y : tensor<5xf32>
  %5 = dlc.compare GE, %x, %y : tensor<5xf32>
  %6 = dlc.compare LT, %i, %j : tensor<5xui32>
  %7 = dlc.compare GE, %i, %j : tensor<5xui32>
  return %0, %1, %2, %3, %4, %5, %6, %7 : tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>
}

func.func @select(%p: tensor<67xi1>, %x: tensor<67xf64>, %y: tensor<67xf64>, %i: tensor<67xui8>, %q: tensor<67xi1>) -> (tensor<67xf64>, tensor<67xui8>, tensor<67xi1>) {
  %0 = dlc.select %p, %x, %y : tensor<67xi1>, tensor<67xf64>
  %not = dlc.not %i : tensor<67xui8>
  %1 = dlc.select %p, %i, %not : tensor<67xi1>, tensor<67xui8>
  %2 = dlc.select %p, %q, %p : tensor<67xi1>, tensor<67xi1>
  return %0, %1, %2 : tensor<67xf64>, tensor<67xui8>, tensor<67xi1>
}

func.func @from_float(%x: tensor<17xf32>) -> (tensor<17xi32>, tensor<17xi64>, tensor<17xui8>, tensor<17xui32>, tensor<17xi1>, tensor<17xf64>) {
  %0 = dlc.convert %x : tensor<17xf32> to tensor<17xi32>
  %1 = dlc.convert %x : tensor<17xf32> to tensor<17xi64>
  %2 = dlc.convert %x : tensor<17xf32> to tensor<17xui8>
  %3 = dlc.convert %x : tensor<17xf32> to tensor<17xui32>
  %4 = dlc.convert %x : tensor<17xf32> to tensor<17xi1>
  %5 = dlc.convert %x : tensor<17xf32> to tensor<17xf64>
  return %0, %1, %2, %3, %4, %5 : tensor<17xi32>, tensor<17xi64>, tensor<17xui8>, tensor<17xui32>, tensor<17xi1>, tensor<17xf64>
}

func.func @from_integer(%i: tensor<37xi32>, %l: tensor<37xi64>, %b: tensor<37xui8>, %u: tensor<37xui32>, %p: tensor<37xi1>) -> (tensor<37xf32>, tensor<37xf32>, tensor<37xf64>, tensor<37xf32>, tensor<37xf32>, tensor<37xf32>, tensor<37xi32>, tensor<37xui8>, tensor<37xi64>, tensor<37xi1>, tensor<37xi32>) {
  %0 = dlc.convert %i : tensor<37xi32> to tensor<37xf32>
  %1 = dlc.convert %l : tensor<37xi64> to tensor<37xf32>
  %2 = dlc.convert %l : tensor<37xi64> to tensor<37xf64>
  %3 = dlc.convert %b : tensor<37xui8> to tensor<37xf32>
  %4 = dlc.convert %u : tensor<37xui32> to tensor<37xf32>
  %5 = dlc.convert %p : tensor<37xi1> to tensor<37xf32>
  %6 = dlc.convert %l : tensor<37xi64> to tensor<37xi32>
  %7 = dlc.convert %i : tensor<37xi32> to tensor<37xui8>
  %8 = dlc.convert %u : tensor<37xui32> to tensor<37xi64>
  %9 = dlc.convert %b : tensor<37xui8> to tensor<37xi1>
  %10 = dlc.convert %p : tensor<37xi1> to tensor<37xi32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10 : tensor<37xf32>, tensor<37xf32>, tensor<37xf64>, tensor<37xf32>, tensor<37xf32>, tensor<37xf32>, tensor<37xi32>, tensor<37xui8>, tensor<37xi64>, tensor<37xi1>, tensor<37xi32>
}

func.func @round(%x: tensor<37xf64>) -> tensor<37xf32> {
  %0 = dlc.convert %x : tensor<37xf64> to tensor<37xf32>
  return %0 : tensor<37xf32>
}
