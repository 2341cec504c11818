// Products, row by column: MxNxK, then whether the left and the right operand
// are given transposed. Named as in the peers' gemm_bench.

func.func @"256x256x256_nn"(%a: tensor<256x256xf32>, %b: tensor<256x256xf32>) -> tensor<256x256xf32> {
  %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<256x256xf32>, tensor<256x256xf32> to tensor<256x256xf32>
  return %c : tensor<256x256xf32>
}

func.func @"512x512x512_nn"(%a: tensor<512x512xf32>, %b: tensor<512x512xf32>) -> tensor<512x512xf32> {
  %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<512x512xf32>, tensor<512x512xf32> to tensor<512x512xf32>
  return %c : tensor<512x512xf32>
}

func.func @"1024x1024x1024_nn"(%a: tensor<1024x1024xf32>, %b: tensor<1024x1024xf32>) -> tensor<1024x1024xf32> {
  %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<1024x1024xf32>, tensor<1024x1024xf32> to tensor<1024x1024xf32>
  return %c : tensor<1024x1024xf32>
}

func.func @"2048x2048x2048_nn"(%a: tensor<2048x2048xf32>, %b: tensor<2048x2048xf32>) -> tensor<2048x2048xf32> {
  %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<2048x2048xf32>, tensor<2048x2048xf32> to tensor<2048x2048xf32>
  return %c : tensor<2048x2048xf32>
}

func.func @"256x256x784_nn"(%a: tensor<256x784xf32>, %b: tensor<784x256xf32>) -> tensor<256x256xf32> {
  %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<256x784xf32>, tensor<784x256xf32> to tensor<256x256xf32>
  return %c : tensor<256x256xf32>
}

func.func @"784x256x256_tn"(%a: tensor<256x784xf32>, %b: tensor<256x256xf32>) -> tensor<784x256xf32> {
  %c = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<256x784xf32>, tensor<256x256xf32> to tensor<784x256xf32>
  return %c : tensor<784x256xf32>
}

func.func @"256x784x256_nt"(%a: tensor<256x256xf32>, %b: tensor<784x256xf32>) -> tensor<256x784xf32> {
  %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [1] : tensor<256x256xf32>, tensor<784x256xf32> to tensor<256x784xf32>
  return %c : tensor<256x784xf32>
}

func.func @"256x10x784_nn"(%a: tensor<256x784xf32>, %b: tensor<784x10xf32>) -> tensor<256x10xf32> {
  %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<256x784xf32>, tensor<784x10xf32> to tensor<256x10xf32>
  return %c : tensor<256x10xf32>
}

func.func @"256x10x256_nn"(%a: tensor<256x256xf32>, %b: tensor<256x10xf32>) -> tensor<256x10xf32> {
  %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<256x256xf32>, tensor<256x10xf32> to tensor<256x10xf32>
  return %c : tensor<256x10xf32>
}

func.func @"784x10x256_tn"(%a: tensor<256x784xf32>, %b: tensor<256x10xf32>) -> tensor<784x10xf32> {
  %c = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<256x784xf32>, tensor<256x10xf32> to tensor<784x10xf32>
  return %c : tensor<784x10xf32>
}

func.func @"256x10x256_tn"(%a: tensor<256x256xf32>, %b: tensor<256x10xf32>) -> tensor<256x10xf32> {
  %c = dlc.dot_general %a, %b batch [] x [] contract [0] x [0] : tensor<256x256xf32>, tensor<256x10xf32> to tensor<256x10xf32>
  return %c : tensor<256x10xf32>
}

func.func @"256x256x10_nt"(%a: tensor<256x10xf32>, %b: tensor<256x10xf32>) -> tensor<256x256xf32> {
  %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [1] : tensor<256x10xf32>, tensor<256x10xf32> to tensor<256x256xf32>
  return %c : tensor<256x256xf32>
}
