// On a GPU a chain needs shared memory for 16 rows of scores: 64 KiB on sm_75,
// 163 on sm_80, 227 on sm_90. Products of longer rows stay what they are.
// DEFINE: %{chip} = sm_75
// DEFINE: %{run} = dlc compile %s --target=cuda:%{chip} --emit=fusion --verify-contracts
// RUN: %{run} | FileCheck %s --check-prefixes=ALL,FEW
// REDEFINE: %{chip} = sm_80
// RUN: %{run} | FileCheck %s --check-prefixes=ALL,MORE
// REDEFINE: %{chip} = sm_90
// RUN: %{run} | FileCheck %s --check-prefixes=ALL,MOST

// ALL-LABEL: @keys512
// ALL: dlc.kernel chain
// ALL-NOT: dlc.kernel
func.func @keys512(%q: tensor<4x128x8xf32>, %k: tensor<4x512x8xf32>) -> tensor<4x128x8xf32> {
  %o, %l = dlc.scaled_dot_product_attention %q, %k, %k scale 0.5 : (tensor<4x128x8xf32>, tensor<4x512x8xf32>, tensor<4x512x8xf32>) -> (tensor<4x128x8xf32>, tensor<4x128xf32>)
  return %o : tensor<4x128x8xf32>
}
// ALL-LABEL: @keys2000
// FEW-NOT: dlc.kernel chain
// MORE: dlc.kernel chain
// MOST: dlc.kernel chain
func.func @keys2000(%q: tensor<4x128x8xf32>, %k: tensor<4x2000x8xf32>) -> tensor<4x128x8xf32> {
  %o, %l = dlc.scaled_dot_product_attention %q, %k, %k scale 0.5 : (tensor<4x128x8xf32>, tensor<4x2000x8xf32>, tensor<4x2000x8xf32>) -> (tensor<4x128x8xf32>, tensor<4x128xf32>)
  return %o : tensor<4x128x8xf32>
}
// ALL-LABEL: @keys3000
// FEW-NOT: dlc.kernel chain
// MORE-NOT: dlc.kernel chain
// MOST: dlc.kernel chain
func.func @keys3000(%q: tensor<4x128x8xf32>, %k: tensor<4x3000x8xf32>) -> tensor<4x128x8xf32> {
  %o, %l = dlc.scaled_dot_product_attention %q, %k, %k scale 0.5 : (tensor<4x128x8xf32>, tensor<4x3000x8xf32>, tensor<4x3000x8xf32>) -> (tensor<4x128x8xf32>, tensor<4x128xf32>)
  return %o : tensor<4x128x8xf32>
}

// A few long rows are too few blocks.
// ALL-LABEL: @few
// ALL-NOT: dlc.kernel chain
func.func @few(%q: tensor<16x8xf32>, %k: tensor<512x8xf32>) -> tensor<16x8xf32> {
  %o, %l = dlc.scaled_dot_product_attention %q, %k, %k scale 0.5 : (tensor<16x8xf32>, tensor<512x8xf32>, tensor<512x8xf32>) -> (tensor<16x8xf32>, tensor<16xf32>)
  return %o : tensor<16x8xf32>
}

// Nothing is reduced: any number of keys.
// ALL-LABEL: @windows
// ALL: dlc.kernel chain
// ALL-NOT: dlc.kernel
func.func @windows(%q: tensor<4x128x8xf32>, %k: tensor<4x8000x8xf32>) -> tensor<4x128x8xf32> {
  %s = dlc.dot_general %q, %k batch [0] x [0] contract [2] x [2] : tensor<4x128x8xf32>, tensor<4x8000x8xf32> to tensor<4x128x8000xf32>
  %p = dlc.exponential %s : tensor<4x128x8000xf32>
  %o = dlc.dot_general %p, %k batch [0] x [0] contract [2] x [1] : tensor<4x128x8000xf32>, tensor<4x8000x8xf32> to tensor<4x128x8xf32>
  return %o : tensor<4x128x8xf32>
}
