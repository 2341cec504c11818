module {
  func.func @main(%arg0: tensor<10x2xf32> {dlc.name = "argument0.0"}, %arg1: tensor<10x1xf32> {dlc.name = "argument0.1"}, %arg2: tensor<2x1xf32> {dlc.donate = 1 : i64, dlc.name = "state0.weight"}, %arg3: tensor<1xf32> {dlc.donate = 2 : i64, dlc.name = "state0.bias"}, %arg4: tensor<f32> {dlc.name = "state1.lr"}) -> (tensor<f32>, tensor<2x1xf32>, tensor<1xf32>) {
    %0 = dlc.variable %arg2 : tensor<2x1xf32>
    %1 = dlc.dot_general %arg0, %0 batch [] x [] contract [1] x [0] : tensor<10x2xf32>, tensor<2x1xf32> to tensor<10x1xf32>
    %2 = dlc.variable %arg3 : tensor<1xf32>
    %3 = dlc.broadcast_in_dim %2 dims [1] : tensor<1xf32> to tensor<10x1xf32>
    %4 = dlc.add %1, %3 : tensor<10x1xf32>
    %5 = dlc.subtract %4, %arg1 : tensor<10x1xf32>
    %6 = dlc.multiply %5, %5 : tensor<10x1xf32>
    %7 = dlc.constant dense<2.000000e+00> : tensor<10x1xf32>
    %8 = dlc.divide %6, %7 : tensor<10x1xf32>
    %9 = dlc.mean %8 dims [0, 1] : tensor<10x1xf32> to tensor<f32>
    %10 = dlc.broadcast_in_dim %arg4 dims [] : tensor<f32> to tensor<2x1xf32>
    %11 = dlc.constant dense<1.000000e+00> : tensor<f32>
    %12:2 = dlc.grad of(%9) seed(%11) wrt(%0, %2) : (tensor<f32>, tensor<f32>, tensor<2x1xf32>, tensor<1xf32>) -> (tensor<2x1xf32>, tensor<1xf32>)
    %13 = dlc.multiply %10, %12#0 : tensor<2x1xf32>
    %14 = dlc.subtract %arg2, %13 : tensor<2x1xf32>
    %15 = dlc.broadcast_in_dim %arg4 dims [] : tensor<f32> to tensor<1xf32>
    %16 = dlc.multiply %15, %12#1 : tensor<1xf32>
    %17 = dlc.subtract %arg3, %16 : tensor<1xf32>
    return %9, %14, %17 : tensor<f32>, tensor<2x1xf32>, tensor<1xf32>
  }
}

