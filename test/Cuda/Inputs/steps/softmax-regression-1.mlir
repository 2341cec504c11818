module {
  func.func @main(%arg0: tensor<2x28x28xui8> {dlc.name = "argument0.0"}, %arg1: tensor<2xi32> {dlc.name = "argument0.1"}, %arg2: tensor<784x10xf32> {dlc.donate = 1 : i64, dlc.name = "state0.1.weight"}, %arg3: tensor<10xf32> {dlc.donate = 2 : i64, dlc.name = "state0.1.bias"}, %arg4: tensor<f32> {dlc.name = "state1.lr"}) -> (tensor<f32>, tensor<784x10xf32>, tensor<10xf32>) {
    %0 = dlc.convert %arg0 : tensor<2x28x28xui8> to tensor<2x28x28xf32>
    %1 = dlc.constant dense<2.550000e+02> : tensor<2x28x28xf32>
    %2 = dlc.divide %0, %1 : tensor<2x28x28xf32>
    %3 = dlc.reshape %2 : tensor<2x28x28xf32> to tensor<2x784xf32>
    %4 = dlc.variable %arg2 : tensor<784x10xf32>
    %5 = dlc.dot_general %3, %4 batch [] x [] contract [1] x [0] : tensor<2x784xf32>, tensor<784x10xf32> to tensor<2x10xf32>
    %6 = dlc.variable %arg3 : tensor<10xf32>
    %7 = dlc.broadcast_in_dim %6 dims [1] : tensor<10xf32> to tensor<2x10xf32>
    %8 = dlc.add %5, %7 : tensor<2x10xf32>
    %9 = dlc.softmax_cross_entropy %8, %arg1 : tensor<2x10xf32>, tensor<2xi32> to tensor<2xf32>
    %10 = dlc.mean %9 dims [0] : tensor<2xf32> to tensor<f32>
    %11 = dlc.broadcast_in_dim %arg4 dims [] : tensor<f32> to tensor<784x10xf32>
    %12 = dlc.constant dense<1.000000e+00> : tensor<f32>
    %13:2 = dlc.grad of(%10) seed(%12) wrt(%4, %6) : (tensor<f32>, tensor<f32>, tensor<784x10xf32>, tensor<10xf32>) -> (tensor<784x10xf32>, tensor<10xf32>)
    %14 = dlc.multiply %11, %13#0 : tensor<784x10xf32>
    %15 = dlc.subtract %arg2, %14 : tensor<784x10xf32>
    %16 = dlc.broadcast_in_dim %arg4 dims [] : tensor<f32> to tensor<10xf32>
    %17 = dlc.multiply %16, %13#1 : tensor<10xf32>
    %18 = dlc.subtract %arg3, %17 : tensor<10xf32>
    return %10, %15, %18 : tensor<f32>, tensor<784x10xf32>, tensor<10xf32>
  }
}

