// Sorting is stable in both directions and keeps every bit; NaN counts as the
// largest, -0 as 0.
// RUN: dlc run %s --function=sizes --backend=both --random=1
// RUN: dlc run %s --function=ties --backend=both --random=2
// RUN: dlc run %s --function=types --backend=both --random=3
// RUN: dlc run %s --function=axes --backend=both --random=4
// RUN: dlc run %s --function=special --backend=both | FileCheck %s --check-prefix=SAME
// RUN: dlc run %s --function=special | FileCheck %s

func.func @sizes(%e: tensor<3x0xf32>, %a: tensor<5x1xf32>, %b: tensor<5x7xf32>, %c: tensor<40x16xf32>, %d: tensor<2x33xf32>, %f: tensor<3x1000xf32>, %g: tensor<10000xf32>, %n: tensor<0x7xf32>) -> (tensor<3x0xf32>, tensor<5x1xf32>, tensor<5x7xf32>, tensor<40x16xf32>, tensor<2x33xf32>, tensor<3x1000xf32>, tensor<10000xf32>, tensor<0x7xf32>) {
  %0 = dlc.sort %e dim 1 : tensor<3x0xf32>
  %1 = dlc.sort %a dim 1 : tensor<5x1xf32>
  %2 = dlc.sort %b dim 1 descending : tensor<5x7xf32>
  %3 = dlc.sort %c dim 1 : tensor<40x16xf32>
  %4 = dlc.sort %d dim 1 : tensor<2x33xf32>
  %5 = dlc.sort %f dim 1 descending : tensor<3x1000xf32>
  %6 = dlc.sort %g dim 0 : tensor<10000xf32>
  %7 = dlc.sort %n dim 1 : tensor<0x7xf32>
  return %0, %1, %2, %3, %4, %5, %6, %7 : tensor<3x0xf32>, tensor<5x1xf32>, tensor<5x7xf32>, tensor<40x16xf32>, tensor<2x33xf32>, tensor<3x1000xf32>, tensor<10000xf32>, tensor<0x7xf32>
}

// Few distinct keys: the order of the followers shows stability.
func.func @ties(%x: tensor<3x100xf32>, %y: tensor<3x100xf64>) -> (tensor<3x100xf32>, tensor<3x100xi32>, tensor<3x100xi32>, tensor<3x100xf64>, tensor<3x100xi32>) {
  %i = dlc.iota dim 1 : tensor<3x100xi32>
  %a = dlc.floor %x : tensor<3x100xf32>
  %0:2 = dlc.sort %a, %i dim 1 : tensor<3x100xf32>, tensor<3x100xi32>
  %1:2 = dlc.sort %a, %i dim 1 descending : tensor<3x100xf32>, tensor<3x100xi32>
  %b = dlc.floor %y : tensor<3x100xf64>
  %2:3 = dlc.sort %b, %x, %i dim 1 descending : tensor<3x100xf64>, tensor<3x100xf32>, tensor<3x100xi32>
  return %0#0, %0#1, %1#1, %2#0, %2#2 : tensor<3x100xf32>, tensor<3x100xi32>, tensor<3x100xi32>, tensor<3x100xf64>, tensor<3x100xi32>
}

func.func @types(%a: tensor<300xbf16>, %b: tensor<300xf16>, %c: tensor<300xi8>, %d: tensor<300xui8>, %e: tensor<300xi32>, %f: tensor<300xui32>, %g: tensor<300xi64>, %h: tensor<300xi1>) -> (tensor<300xbf16>, tensor<300xi1>, tensor<300xf16>, tensor<300xi8>, tensor<300xui8>, tensor<300xi32>, tensor<300xui32>, tensor<300xi64>) {
  %0:2 = dlc.sort %a, %h dim 0 : tensor<300xbf16>, tensor<300xi1>
  %1 = dlc.sort %b dim 0 descending : tensor<300xf16>
  %2 = dlc.sort %c dim 0 : tensor<300xi8>
  %3 = dlc.sort %d dim 0 descending : tensor<300xui8>
  %4 = dlc.sort %e dim 0 descending : tensor<300xi32>
  %5 = dlc.sort %f dim 0 : tensor<300xui32>
  %6 = dlc.sort %g dim 0 : tensor<300xi64>
  return %0#0, %0#1, %1, %2, %3, %4, %5, %6 : tensor<300xbf16>, tensor<300xi1>, tensor<300xf16>, tensor<300xi8>, tensor<300xui8>, tensor<300xi32>, tensor<300xui32>, tensor<300xi64>
}

func.func @axes(%x: tensor<3x40x5xf32>, %y: tensor<3x40x5xi8>) -> (tensor<3x40x5xf32>, tensor<3x40x5xi8>, tensor<3x40x5xf32>) {
  %0:2 = dlc.sort %x, %y dim 1 : tensor<3x40x5xf32>, tensor<3x40x5xi8>
  %1 = dlc.sort %x dim 0 descending : tensor<3x40x5xf32>
  return %0#0, %0#1, %1 : tensor<3x40x5xf32>, tensor<3x40x5xi8>, tensor<3x40x5xf32>
}

// SAME-COUNT-3: same bits
// CHECK: result 0: {{.*}}[-inf, -1, 0, -0, 0, 1, inf, nan]
// CHECK: result 1: {{.*}}[3, 7, 1, 2, 5, 6, 0, 4]
// CHECK: result 2: {{.*}}[4, 0, 6, 1, 2, 5, 7, 3]
func.func @special() -> (tensor<8xf32>, tensor<8xi32>, tensor<8xi32>) {
  %x = dlc.constant dense<[0x7F800000, 0.0, -0.0, 0xFF800000, 0x7FC00000, 0.0, 1.0, -1.0]> : tensor<8xf32>
  %i = dlc.iota dim 0 : tensor<8xi32>
  %0:2 = dlc.sort %x, %i dim 0 : tensor<8xf32>, tensor<8xi32>
  %1:2 = dlc.sort %x, %i dim 0 descending : tensor<8xf32>, tensor<8xi32>
  return %0#0, %0#1, %1#1 : tensor<8xf32>, tensor<8xi32>, tensor<8xi32>
}
