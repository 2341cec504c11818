// Products over several blocks of k, batches of them, few columns and rows, and
// more rows than are computed in one band.
// RUN: dlc run %s --function=blocks --backend=both --rtol=2e-6 --random=1
// RUN: dlc run %s --function=batches --backend=both --rtol=2e-6 --random=2
// RUN: dlc run %s --function=narrow --backend=both --rtol=2e-6 --random=3
// RUN: dlc run %s --function=bands --backend=both --rtol=2e-6 --random=4

func.func @blocks(%a: tensor<9x1100xf32>, %b: tensor<1100x20xf32>, %c: tensor<20x513xf32>, %d: tensor<9x513xf32>) -> (tensor<9x20xf32>, tensor<9x20xf32>) {
  %0 = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<9x1100xf32>, tensor<1100x20xf32> to tensor<9x20xf32>
  %1 = dlc.dot_general %d, %c batch [] x [] contract [1] x [1] : tensor<9x513xf32>, tensor<20x513xf32> to tensor<9x20xf32>
  return %0, %1 : tensor<9x20xf32>, tensor<9x20xf32>
}

func.func @batches(%a: tensor<3x70x40xf32>, %b: tensor<3x40x50xf32>, %c: tensor<3x50x40xf32>, %d: tensor<3x40x70xf32>) -> (tensor<3x70x50xf32>, tensor<3x70x50xf32>, tensor<3x70x50xf32>) {
  %0 = dlc.dot_general %a, %b batch [0] x [0] contract [2] x [1] : tensor<3x70x40xf32>, tensor<3x40x50xf32> to tensor<3x70x50xf32>
  %1 = dlc.dot_general %a, %c batch [0] x [0] contract [2] x [2] : tensor<3x70x40xf32>, tensor<3x50x40xf32> to tensor<3x70x50xf32>
  %2 = dlc.dot_general %d, %b batch [0] x [0] contract [1] x [1] : tensor<3x40x70xf32>, tensor<3x40x50xf32> to tensor<3x70x50xf32>
  return %0, %1, %2 : tensor<3x70x50xf32>, tensor<3x70x50xf32>, tensor<3x70x50xf32>
}

func.func @narrow(%a: tensor<37x2100xf32>, %b: tensor<2100x3xf32>, %c: tensor<90x300xf32>, %d: tensor<5x300xf32>, %e: tensor<1x2100xf32>, %f: tensor<2100x64xf32>) -> (tensor<37x3xf32>, tensor<5x90xf32>, tensor<1x64xf32>) {
  %0 = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<37x2100xf32>, tensor<2100x3xf32> to tensor<37x3xf32>
  %1 = dlc.dot_general %d, %c batch [] x [] contract [1] x [1] : tensor<5x300xf32>, tensor<90x300xf32> to tensor<5x90xf32>
  %2 = dlc.dot_general %e, %f batch [] x [] contract [1] x [0] : tensor<1x2100xf32>, tensor<2100x64xf32> to tensor<1x64xf32>
  return %0, %1, %2 : tensor<37x3xf32>, tensor<5x90xf32>, tensor<1x64xf32>
}

func.func @bands(%a: tensor<331x530xf32>, %b: tensor<530x67xf32>, %c: tensor<530x331xf32>) -> (tensor<331x67xf32>, tensor<331x67xf32>) {
  %0 = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<331x530xf32>, tensor<530x67xf32> to tensor<331x67xf32>
  %1 = dlc.dot_general %c, %b batch [] x [] contract [0] x [0] : tensor<530x331xf32>, tensor<530x67xf32> to tensor<331x67xf32>
  return %0, %1 : tensor<331x67xf32>, tensor<331x67xf32>
}
