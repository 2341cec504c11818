// Threads that take several neighbours, on the simulated GPU, which knows
// misaligned accesses: 16 bytes at once wherever they are aligned, and the same
// bits everywhere.
// DEFINE: %{f} = chain
// DEFINE: %{run} = dlc run %s --random=1 --function=%{f} --backend=both --device=simulator
// RUN: %{run} | FileCheck %s --check-prefix=SAME
// REDEFINE: %{f} = halves
// RUN: %{run} | FileCheck %s --check-prefix=SAME
// REDEFINE: %{f} = ragged
// RUN: %{run} | FileCheck %s --check-prefix=SAME
// REDEFINE: %{f} = rows_of_ten
// RUN: %{run} | FileCheck %s --check-prefix=SAME
// REDEFINE: %{f} = moved
// RUN: %{run} | FileCheck %s --check-prefix=SAME
// REDEFINE: %{f} = noise
// RUN: %{run} --input=2xi64=7,1 | FileCheck %s --check-prefix=SAME
// REDEFINE: %{f} = slices
// RUN: %{run} | FileCheck %s --check-prefix=SAME
// REDEFINE: %{f} = odd_slices
// RUN: %{run} | FileCheck %s --check-prefix=SAME
// REDEFINE: %{f} = checked
// RUN: %{run} | FileCheck %s --check-prefix=SAME
// REDEFINE: %{f} = epilogue
// RUN: %{run} --rtol=1e-5 | FileCheck %s --check-prefix=NEAR
// REDEFINE: %{f} = columns
// RUN: %{run} --rtol=1e-4 --atol=1e-4 | FileCheck %s --check-prefix=NEAR
// SAME: result 0: {{.*}}: same bits
// SAME-NOT: differs
// NEAR: result 0:

// RUN: dlc compile %s --target=cuda:sm_80 -o %t.dlcprog
// RUN: ptx-sim %t.dlcprog --random=1 --function=chain --stats | FileCheck %s --check-prefix=COUNT
// COUNT: global loads: {{[0-9]+}} requests, 16.00 sectors each (at best 16.00)
// COUNT: global stores: {{[0-9]+}} requests, 16.00 sectors each (at best 16.00)

func.func @chain(%x: tensor<512x256xf32>, %y: tensor<512x256xf32>, %b: tensor<256xf32>) -> tensor<512x256xf32> {
  %0 = dlc.broadcast_in_dim %b dims [1] : tensor<256xf32> to tensor<512x256xf32>
  %1 = dlc.add %x, %0 : tensor<512x256xf32>
  %2 = dlc.maximum %1, %y : tensor<512x256xf32>
  return %2 : tensor<512x256xf32>
}
func.func @halves(%x: tensor<512x512xbf16>, %y: tensor<512x512xf16>) -> (tensor<512x512xf16>, tensor<512x512xi1>) {
  %0 = dlc.convert %x : tensor<512x512xbf16> to tensor<512x512xf16>
  %1 = dlc.add %0, %y : tensor<512x512xf16>
  %2 = dlc.compare LT, %0, %y : tensor<512x512xf16>
  return %1, %2 : tensor<512x512xf16>, tensor<512x512xi1>
}
// The last elements have a thread each.
func.func @ragged(%x: tensor<100003xf64>, %y: tensor<100003xi1>) -> tensor<100003xf64> {
  %1 = dlc.negate %x : tensor<100003xf64>
  %2 = dlc.select %y, %1, %x : tensor<100003xi1>, tensor<100003xf64>
  return %2 : tensor<100003xf64>
}
// Rows begin at multiples of 8 bytes.
func.func @rows_of_ten(%x: tensor<12000x10xf32>, %b: tensor<10xf32>) -> tensor<12000x10xf32> {
  %0 = dlc.broadcast_in_dim %b dims [1] : tensor<10xf32> to tensor<12000x10xf32>
  %1 = dlc.multiply %x, %0 : tensor<12000x10xf32>
  return %1 : tensor<12000x10xf32>
}
// Slices that begin at multiples of 16 bytes, and not; across and backwards.
func.func @moved(%x: tensor<400x404xf32>) -> (tensor<400x400xf32>, tensor<400x400xf32>, tensor<404x400xf32>, tensor<400x404xf32>) {
  %0 = dlc.slice %x from [0, 4] to [400, 404] by [1, 1] : tensor<400x404xf32> to tensor<400x400xf32>
  %1 = dlc.slice %x from [0, 1] to [400, 401] by [1, 1] : tensor<400x404xf32> to tensor<400x400xf32>
  %2 = dlc.negate %0 : tensor<400x400xf32>
  %3 = dlc.multiply %1, %0 : tensor<400x400xf32>
  %4 = dlc.transpose %x perm [1, 0] : tensor<400x404xf32> to tensor<404x400xf32>
  %5 = dlc.reverse %x dims [0, 1] : tensor<400x404xf32>
  return %2, %3, %4, %5 : tensor<400x400xf32>, tensor<400x400xf32>, tensor<404x400xf32>, tensor<400x404xf32>
}
// A block of random words is four neighbours.
func.func @noise(%s: tensor<2xi64>) -> tensor<300x400xi32> {
  %bits = dlc.rng_bit_generator %s : tensor<2xi64> to tensor<300x400xui32>
  %0 = dlc.bitcast_convert %bits : tensor<300x400xui32> to tensor<300x400xi32>
  return %0 : tensor<300x400xi32>
}
// A trip's slice begins where the one before ends: at a multiple of 16 bytes ...
func.func @slices(%x: tensor<3x110600xf32>) -> tensor<3x110600xf32> {
  %ys = dlc.scan 3 init() over(%x) with() {
  ^bb0(%a: tensor<110600xf32>):
    %b = dlc.negate %a : tensor<110600xf32>
    dlc.yield %b : tensor<110600xf32>
  } : (tensor<3x110600xf32>) -> tensor<3x110600xf32>
  return %ys : tensor<3x110600xf32>
}
// ... or anywhere.
func.func @odd_slices(%x: tensor<3x110601xf32>) -> tensor<3x110601xf32> {
  %ys = dlc.scan 3 init() over(%x) with() {
  ^bb0(%a: tensor<110601xf32>):
    %b = dlc.negate %a : tensor<110601xf32>
    dlc.yield %b : tensor<110601xf32>
  } : (tensor<3x110601xf32>) -> tensor<3x110601xf32>
  return %ys : tensor<3x110601xf32>
}
func.func @checked(%x: tensor<400x400xf32>) -> tensor<400x400xf32> {
  %0 = dlc.assert_finite %x {op = "log"} : tensor<400x400xf32>
  %1 = dlc.negate %0 : tensor<400x400xf32>
  return %1 : tensor<400x400xf32>
}
// 30 columns: two at once.
func.func @epilogue(%x: tensor<50x40xf32>, %y: tensor<40x30xf32>, %b: tensor<30xf32>) -> tensor<50x30xf32> {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<50x40xf32>, tensor<40x30xf32> to tensor<50x30xf32>
  %1 = dlc.broadcast_in_dim %b dims [1] : tensor<30xf32> to tensor<50x30xf32>
  %2 = dlc.add %0, %1 : tensor<50x30xf32>
  %3 = dlc.tanh %2 : tensor<50x30xf32>
  return %3 : tensor<50x30xf32>
}
// Members of a team meet in shared memory with four sums each.
func.func @columns(%x: tensor<600x12xf32>) -> (tensor<12xf32>, tensor<12xf32>) {
  %0 = "dlc.variance"(%x) <{dimensions = array<i64: 0>, correction = 0 : i64}> : (tensor<600x12xf32>) -> tensor<12xf32>
  %1 = dlc.reduce max %x dims [0] : tensor<600x12xf32> to tensor<12xf32>
  return %0, %1 : tensor<12xf32>, tensor<12xf32>
}
