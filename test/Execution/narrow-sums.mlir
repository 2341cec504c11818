// bf16 and f16 are summed in f32: the results are within one rounding of the
// interpreter's, which sums in f64.
// RUN: dlc run %s --function=dot --backend=both --random=1 --ulp=1 --atol=1e-5
// RUN: dlc run %s --function=reduce --backend=both --random=2 --ulp=1 --atol=1e-5
// RUN: dlc run %s --function=exact --backend=both --random=3
// RUN: dlc run %s --function=softmax --backend=both --random=4 --ulp=1

func.func @dot(%x: tensor<17x300xbf16>, %w: tensor<300x33xbf16>, %h: tensor<4x5x6xf16>, %g: tensor<4x6x3xf16>) -> (tensor<17x33xbf16>, tensor<4x5x3xf16>) {
  %0 = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<17x300xbf16>, tensor<300x33xbf16> to tensor<17x33xbf16>
  %1 = dlc.dot_general %h, %g batch [0] x [0] contract [2] x [1] : tensor<4x5x6xf16>, tensor<4x6x3xf16> to tensor<4x5x3xf16>
  return %0, %1 : tensor<17x33xbf16>, tensor<4x5x3xf16>
}

func.func @reduce(%x: tensor<7x100x40xbf16>, %y: tensor<7x100x40xf16>) -> (tensor<7x100xbf16>, tensor<7x40xbf16>, tensor<100xbf16>, tensor<7xf16>, tensor<100x40xf16>) {
  %0 = dlc.reduce add %x dims [2] : tensor<7x100x40xbf16> to tensor<7x100xbf16>
  %1 = dlc.reduce add %x dims [1] : tensor<7x100x40xbf16> to tensor<7x40xbf16>
  %2 = dlc.reduce add %x dims [0, 2] : tensor<7x100x40xbf16> to tensor<100xbf16>
  %3 = dlc.reduce add %y dims [1, 2] : tensor<7x100x40xf16> to tensor<7xf16>
  %4 = dlc.reduce mul %y dims [0] : tensor<7x100x40xf16> to tensor<100x40xf16>
  return %0, %1, %2, %3, %4 : tensor<7x100xbf16>, tensor<7x40xbf16>, tensor<100xbf16>, tensor<7xf16>, tensor<100x40xf16>
}

func.func @exact(%x: tensor<9x70xbf16>, %y: tensor<9x70xf16>) -> (tensor<9xbf16>, tensor<70xf16>, tensor<70x9xbf16>, tensor<9x33xf16>) {
  %0 = dlc.reduce max %x dims [1] : tensor<9x70xbf16> to tensor<9xbf16>
  %1 = dlc.reduce min %y dims [0] : tensor<9x70xf16> to tensor<70xf16>
  %2 = dlc.transpose %x perm [1, 0] : tensor<9x70xbf16> to tensor<70x9xbf16>
  %3 = dlc.slice %y from [0, 3] to [9, 69] by [1, 2] : tensor<9x70xf16> to tensor<9x33xf16>
  %4 = dlc.negate %3 : tensor<9x33xf16>
  return %0, %1, %2, %4 : tensor<9xbf16>, tensor<70xf16>, tensor<70x9xbf16>, tensor<9x33xf16>
}

func.func @softmax(%x: tensor<5x37xf16>) -> tensor<5x37xf16> {
  %0 = dlc.softmax %x dim 1 : tensor<5x37xf16>
  return %0 : tensor<5x37xf16>
}
