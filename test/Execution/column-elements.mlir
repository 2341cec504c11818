// A matrix that is stored beside the sums of its columns, which are many
// enough to be added block by block: on their own, or by a kernel of its rows.
// RUN: dlc run %s --function=beside --backend=both --rtol=1e-6 --random=1
// RUN: dlc run %s --function=rows --backend=both --rtol=1e-6 --random=2

func.func @beside(%x: tensor<16384x16xf32>) -> (tensor<16384x16xf32>, tensor<16xf32>) {
  %y = dlc.exponential %x : tensor<16384x16xf32>
  %s = dlc.reduce add %y dims [0] : tensor<16384x16xf32> to tensor<16xf32>
  return %y, %s : tensor<16384x16xf32>, tensor<16xf32>
}

func.func @rows(%x: tensor<1200x128xf32>) -> (tensor<1200xf32>, tensor<1200x128xf32>, tensor<128xf32>) {
  %m = dlc.reduce max %x dims [1] : tensor<1200x128xf32> to tensor<1200xf32>
  %y = dlc.exponential %x : tensor<1200x128xf32>
  %s = dlc.reduce add %y dims [0] : tensor<1200x128xf32> to tensor<128xf32>
  return %m, %y, %s : tensor<1200xf32>, tensor<1200x128xf32>, tensor<128xf32>
}
