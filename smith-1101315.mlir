// crash: signal 11 (Segmentation fault): mcpu=x86-64-v3
// seed 1101315, before it was shrunk
// dlc-smith ./smith-1101315.mlir
module {
  func.func @f(%arg0: tensor<2x1xbf16> {dlc.draw = "few 1"}, %arg1: tensor<2x0xbf16> {dlc.draw = "few 1"}, %arg2: tensor<2x2xi1> {dlc.draw = "few 1"}, %arg3: tensor<2x1xbf16> {dlc.draw = "few 1"}) -> tensor<2x0xbf16> {
    %result, %log_sum = dlc.scaled_dot_product_attention %arg3, %arg0, %arg1 mask %arg2 scale 5.000000e-01 : (tensor<2x1xbf16>, tensor<2x1xbf16>, tensor<2x0xbf16>, tensor<2x2xi1>) -> (tensor<2x0xbf16>, tensor<2xbf16>)
    return %result : tensor<2x0xbf16>
  }
}
