// Powers, remainders, shifts and bits of integers wrap as the interpreter's do.
// RUN: dlc run %s --function=i32 --backend=both --random=1
// RUN: dlc run %s --function=i32 --backend=both --input=8xi32=-2147483648,-7,7,-1,1,0,-2,3 --input=8xi32=-1,2,-2,-3,-5,6,31,40
// RUN: dlc run %s --function=i8 --backend=both --random=2
// RUN: dlc run %s --function=i8 --backend=both --input=6xi8=-128,-128,-7,100,-1,2 --input=6xi8=-1,1,3,-7,-3,7
// RUN: dlc run %s --function=ui8 --backend=both --random=3
// RUN: not dlc run %s --function=i32 --input=8xi32=1 --input=8xi32=1,2,0,1,1,0,1,1 2>&1 | FileCheck %s
// RUN: not dlc run %s --function=i32 --backend=interpreter --input=8xi32=1 --input=8xi32=1,2,0,1,1,0,1,1 2>&1 | FileCheck %s

// CHECK: [remainder] the divisor at position 2 is zero
func.func @i32(%x: tensor<8xi32>, %y: tensor<8xi32>) -> (tensor<8xi32>, tensor<8xi32>, tensor<8xi32>, tensor<8xi32>, tensor<8xi32>) {
  %0 = dlc.remainder %x, %y : tensor<8xi32>
  %1 = dlc.power %x, %y : tensor<8xi32>
  %2 = dlc.shift_left %x, %y : tensor<8xi32>
  %3 = dlc.xor %x, %y : tensor<8xi32>
  %4 = dlc.sign %x : tensor<8xi32>
  return %0, %1, %2, %3, %4 : tensor<8xi32>, tensor<8xi32>, tensor<8xi32>, tensor<8xi32>, tensor<8xi32>
}

func.func @i8(%x: tensor<6xi8>, %y: tensor<6xi8>) -> (tensor<6xi8>, tensor<6xi8>, tensor<6xi8>, tensor<6xi8>, tensor<6xi8>, tensor<6xi8>) {
  %one = dlc.constant dense<1> : tensor<6xi8>
  %odd = dlc.or %y, %one : tensor<6xi8>
  %0 = dlc.add %x, %y : tensor<6xi8>
  %1 = dlc.multiply %x, %y : tensor<6xi8>
  %2 = dlc.divide %x, %odd : tensor<6xi8>
  %3 = dlc.remainder %x, %odd : tensor<6xi8>
  %4 = dlc.power %x, %y : tensor<6xi8>
  %5 = dlc.maximum %x, %y : tensor<6xi8>
  return %0, %1, %2, %3, %4, %5 : tensor<6xi8>, tensor<6xi8>, tensor<6xi8>, tensor<6xi8>, tensor<6xi8>, tensor<6xi8>
}

func.func @ui8(%x: tensor<300xui8>, %y: tensor<300xui8>) -> (tensor<300xui8>, tensor<300xui8>, tensor<300xui8>, tensor<300xui8>) {
  %0 = dlc.power %x, %y : tensor<300xui8>
  %1 = dlc.shift_left %x, %y : tensor<300xui8>
  %2 = dlc.sign %x : tensor<300xui8>
  %3 = dlc.clamp %x, %y, %0 : tensor<300xui8>
  return %0, %1, %2, %3 : tensor<300xui8>, tensor<300xui8>, tensor<300xui8>, tensor<300xui8>
}
