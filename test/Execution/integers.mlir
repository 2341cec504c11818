// Integer arithmetic wraps and truncates as the interpreter's does; the values
// cover the whole range of their types.
// RUN: dlc run %s --function=i32 --backend=both --random=1
// RUN: dlc run %s --function=i32 --backend=both --input=6xi32=-2147483648,-2147483648,7,-7,7,2147483647 --input=6xi32=-1,1,-2,2,3,-1
// RUN: dlc run %s --function=i64 --backend=both --random=2
// RUN: dlc run %s --function=ui8 --backend=both --random=3
// RUN: dlc run %s --function=ui32 --backend=both --random=4
// RUN: dlc run %s --function=shift --backend=both --input=7xi32=-1 --input=7xi32=0,1,31,32,33,-1,5 --input=7xui8=255 --input=7xui8=0,1,7,8,9,255,5
// RUN: dlc run %s --function=i1 --backend=both --random=5

func.func @i32(%x: tensor<6xi32>, %y: tensor<6xi32>) -> (tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>) {
  %0 = dlc.add %x, %y : tensor<6xi32>
  %1 = dlc.subtract %x, %y : tensor<6xi32>
  %2 = dlc.multiply %x, %y : tensor<6xi32>
  %3 = dlc.divide %x, %y : tensor<6xi32>
  %4 = dlc.maximum %x, %y : tensor<6xi32>
  %5 = dlc.abs %x : tensor<6xi32>
  %6 = dlc.negate %x : tensor<6xi32>
  return %0, %1, %2, %3, %4, %5, %6 : tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>
}

func.func @i64(%x: tensor<37xi64>, %y: tensor<37xi64>) -> (tensor<37xi64>, tensor<37xi64>, tensor<37xi64>, tensor<37xi64>, tensor<37xi64>) {
  %0 = dlc.add %x, %y : tensor<37xi64>
  %1 = dlc.multiply %x, %y : tensor<37xi64>
  %2 = dlc.divide %x, %y : tensor<37xi64>
  %3 = dlc.minimum %x, %y : tensor<37xi64>
  %4 = dlc.and %x, %y : tensor<37xi64>
  return %0, %1, %2, %3, %4 : tensor<37xi64>, tensor<37xi64>, tensor<37xi64>, tensor<37xi64>, tensor<37xi64>
}

func.func @ui8(%x: tensor<300xui8>, %y: tensor<300xui8>) -> (tensor<300xui8>, tensor<300xui8>, tensor<300xui8>, tensor<300xui8>, tensor<300xui8>, tensor<300xui8>, tensor<300xui8>, tensor<300xui8>) {
  %one = dlc.constant dense<1> : tensor<300xui8>
  %divisor = dlc.or %y, %one : tensor<300xui8>
  %0 = dlc.add %x, %y : tensor<300xui8>
  %1 = dlc.subtract %x, %y : tensor<300xui8>
  %2 = dlc.multiply %x, %y : tensor<300xui8>
  %3 = dlc.divide %x, %divisor : tensor<300xui8>
  %4 = dlc.maximum %x, %y : tensor<300xui8>
  %5 = dlc.minimum %x, %y : tensor<300xui8>
  %6 = dlc.not %x : tensor<300xui8>
  %7 = dlc.negate %x : tensor<300xui8>
  return %0, %1, %2, %3, %4, %5, %6, %7 : tensor<300xui8>, tensor<300xui8>, tensor<300xui8>, tensor<300xui8>, tensor<300xui8>, tensor<300xui8>, tensor<300xui8>, tensor<300xui8>
}

func.func @ui32(%x: tensor<37xui32>, %y: tensor<37xui32>) -> (tensor<37xui32>, tensor<37xui32>, tensor<37xui32>, tensor<37xui32>, tensor<37xui32>) {
  %0 = dlc.multiply %x, %y : tensor<37xui32>
  %1 = dlc.divide %x, %y : tensor<37xui32>
  %2 = dlc.maximum %x, %y : tensor<37xui32>
  %3 = dlc.abs %x : tensor<37xui32>
  %eight = dlc.constant dense<8> : tensor<37xui32>
  %4 = dlc.shift_right_logical %x, %eight : tensor<37xui32>
  return %0, %1, %2, %3, %4 : tensor<37xui32>, tensor<37xui32>, tensor<37xui32>, tensor<37xui32>, tensor<37xui32>
}

func.func @shift(%x: tensor<7xi32>, %n: tensor<7xi32>, %y: tensor<7xui8>, %m: tensor<7xui8>) -> (tensor<7xi32>, tensor<7xui8>) {
  %0 = dlc.shift_right_logical %x, %n : tensor<7xi32>
  %1 = dlc.shift_right_logical %y, %m : tensor<7xui8>
  return %0, %1 : tensor<7xi32>, tensor<7xui8>
}

func.func @i1(%p: tensor<67xi1>, %q: tensor<67xi1>) -> (tensor<67xi1>, tensor<67xi1>, tensor<67xi1>, tensor<67xi1>) {
  %0 = dlc.and %p, %q : tensor<67xi1>
  %1 = dlc.or %p, %q : tensor<67xi1>
  %2 = dlc.not %p : tensor<67xi1>
  %3 = dlc.compare EQ, %p, %q : tensor<67xi1>
  return %0, %1, %2, %3 : tensor<67xi1>, tensor<67xi1>, tensor<67xi1>, tensor<67xi1>
}
