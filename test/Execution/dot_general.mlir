// Contractions of every orientation, with a batch, with an epilogue, of odd and
// of empty shapes.
// RUN: dlc run %s --function=orientations --backend=both --rtol=2e-6 --random=1
// RUN: dlc run %s --function=narrow --backend=both --rtol=2e-6 --random=2
// RUN: dlc run %s --function=batched --backend=both --rtol=2e-6 --random=3
// RUN: dlc run %s --function=vectors --backend=both --rtol=2e-6 --random=4
// RUN: dlc run %s --function=empty --backend=both --random=5
// RUN: dlc run %s --function=epilogue --backend=both --rtol=2e-6 --random=6
// RUN: dlc run %s --function=f64 --backend=both --rtol=1e-14 --random=7

func.func @orientations(%a: tensor<37x45xf32>, %b: tensor<45x83xf32>, %at: tensor<45x37xf32>, %bt: tensor<83x45xf32>) -> (tensor<37x83xf32>, tensor<37x83xf32>, tensor<37x83xf32>, tensor<37x83xf32>) {
  %0 = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<37x45xf32>, tensor<45x83xf32> to tensor<37x83xf32>
  %1 = dlc.dot_general %at, %b batch [] x [] contract [0] x [0] : tensor<45x37xf32>, tensor<45x83xf32> to tensor<37x83xf32>
  %2 = dlc.dot_general %a, %bt batch [] x [] contract [1] x [1] : tensor<37x45xf32>, tensor<83x45xf32> to tensor<37x83xf32>
  %3 = dlc.dot_general %at, %bt batch [] x [] contract [0] x [1] : tensor<45x37xf32>, tensor<83x45xf32> to tensor<37x83xf32>
  return %0, %1, %2, %3 : tensor<37x83xf32>, tensor<37x83xf32>, tensor<37x83xf32>, tensor<37x83xf32>
}

func.func @narrow(%x: tensor<33x700xf32>, %w: tensor<700x10xf32>, %g: tensor<33x10xf32>) -> (tensor<33x10xf32>, tensor<700x10xf32>, tensor<33x700xf32>) {
  %0 = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<33x700xf32>, tensor<700x10xf32> to tensor<33x10xf32>
  %1 = dlc.dot_general %x, %g batch [] x [] contract [0] x [0] : tensor<33x700xf32>, tensor<33x10xf32> to tensor<700x10xf32>
  %2 = dlc.dot_general %g, %w batch [] x [] contract [1] x [1] : tensor<33x10xf32>, tensor<700x10xf32> to tensor<33x700xf32>
  return %0, %1, %2 : tensor<33x10xf32>, tensor<700x10xf32>, tensor<33x700xf32>
}

func.func @batched(%a: tensor<3x5x7xf32>, %b: tensor<3x7x11xf32>, %c: tensor<5x3x7xf32>) -> (tensor<3x5x11xf32>, tensor<3x5x11xf32>) {
  %0 = dlc.dot_general %a, %b batch [0] x [0] contract [2] x [1] : tensor<3x5x7xf32>, tensor<3x7x11xf32> to tensor<3x5x11xf32>
  %1 = dlc.dot_general %c, %b batch [1] x [0] contract [2] x [1] : tensor<5x3x7xf32>, tensor<3x7x11xf32> to tensor<3x5x11xf32>
  return %0, %1 : tensor<3x5x11xf32>, tensor<3x5x11xf32>
}

func.func @vectors(%x: tensor<83xf32>, %y: tensor<83xf32>, %m: tensor<83x19xf32>, %t: tensor<2x3x83xf32>) -> (tensor<f32>, tensor<19xf32>, tensor<83x83xf32>, tensor<2x3x19xf32>) {
  %0 = dlc.dot_general %x, %y batch [] x [] contract [0] x [0] : tensor<83xf32>, tensor<83xf32> to tensor<f32>
  %1 = dlc.dot_general %x, %m batch [] x [] contract [0] x [0] : tensor<83xf32>, tensor<83x19xf32> to tensor<19xf32>
  %2 = dlc.dot_general %x, %y batch [] x [] contract [] x [] : tensor<83xf32>, tensor<83xf32> to tensor<83x83xf32>
  %3 = dlc.dot_general %t, %m batch [] x [] contract [2] x [0] : tensor<2x3x83xf32>, tensor<83x19xf32> to tensor<2x3x19xf32>
  return %0, %1, %2, %3 : tensor<f32>, tensor<19xf32>, tensor<83x83xf32>, tensor<2x3x19xf32>
}

func.func @empty(%a: tensor<3x0xf32>, %b: tensor<0x4xf32>, %c: tensor<4x5xf32>) -> (tensor<3x4xf32>, tensor<0x5xf32>) {
  %0 = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<3x0xf32>, tensor<0x4xf32> to tensor<3x4xf32>
  %1 = dlc.dot_general %b, %c batch [] x [] contract [1] x [0] : tensor<0x4xf32>, tensor<4x5xf32> to tensor<0x5xf32>
  return %0, %1 : tensor<3x4xf32>, tensor<0x5xf32>
}

func.func @epilogue(%x: tensor<33x70xf32>, %w: tensor<70x50xf32>, %bias: tensor<50xf32>) -> tensor<33x50xf32> {
  %0 = dlc.dot_general %x, %w batch [] x [] contract [1] x [0] : tensor<33x70xf32>, tensor<70x50xf32> to tensor<33x50xf32>
  %1 = dlc.broadcast_in_dim %bias dims [1] : tensor<50xf32> to tensor<33x50xf32>
  %2 = dlc.add %0, %1 : tensor<33x50xf32>
  %3 = dlc.relu %2 : tensor<33x50xf32>
  return %3 : tensor<33x50xf32>
}

func.func @f64(%a: tensor<37x45xf64>, %b: tensor<45x29xf64>) -> tensor<37x29xf64> {
  %0 = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<37x45xf64>, tensor<45x29xf64> to tensor<37x29xf64>
  return %0 : tensor<37x29xf64>
}
