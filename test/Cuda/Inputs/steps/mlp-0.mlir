module {
  func.func @main(%arg0: tensor<2x28x28xui8> {dlc.name = "argument0.0"}, %arg1: tensor<2xi32> {dlc.name = "argument0.1"}, %arg2: tensor<784x256xf32> {dlc.donate = 1 : i64, dlc.name = "state0.1.weight"}, %arg3: tensor<256xf32> {dlc.donate = 2 : i64, dlc.name = "state0.1.bias"}, %arg4: tensor<256x10xf32> {dlc.donate = 3 : i64, dlc.name = "state0.3.weight"}, %arg5: tensor<10xf32> {dlc.donate = 4 : i64, dlc.name = "state0.3.bias"}, %arg6: tensor<f32> {dlc.name = "state1.lr"}) -> (tensor<f32>, tensor<784x256xf32>, tensor<256xf32>, tensor<256x10xf32>, tensor<10xf32>) {
    %0 = dlc.convert %arg0 : tensor<2x28x28xui8> to tensor<2x28x28xf32>
    %1 = dlc.constant dense<2.550000e+02> : tensor<2x28x28xf32>
    %2 = dlc.divide %0, %1 : tensor<2x28x28xf32>
    %3 = dlc.reshape %2 : tensor<2x28x28xf32> to tensor<2x784xf32>
    %4 = dlc.variable %arg2 : tensor<784x256xf32>
    %5 = dlc.dot_general %3, %4 batch [] x [] contract [1] x [0] : tensor<2x784xf32>, tensor<784x256xf32> to tensor<2x256xf32>
    %6 = dlc.variable %arg3 : tensor<256xf32>
    %7 = dlc.broadcast_in_dim %6 dims [1] : tensor<256xf32> to tensor<2x256xf32>
    %8 = dlc.add %5, %7 : tensor<2x256xf32>
    %9 = dlc.relu %8 : tensor<2x256xf32>
    %10 = dlc.variable %arg4 : tensor<256x10xf32>
    %11 = dlc.dot_general %9, %10 batch [] x [] contract [1] x [0] : tensor<2x256xf32>, tensor<256x10xf32> to tensor<2x10xf32>
    %12 = dlc.variable %arg5 : tensor<10xf32>
    %13 = dlc.broadcast_in_dim %12 dims [1] : tensor<10xf32> to tensor<2x10xf32>
    %14 = dlc.add %11, %13 : tensor<2x10xf32>
    %15 = dlc.softmax_cross_entropy %14, %arg1 : tensor<2x10xf32>, tensor<2xi32> to tensor<2xf32>
    %16 = dlc.mean %15 dims [0] : tensor<2xf32> to tensor<f32>
    %17 = dlc.broadcast_in_dim %arg6 dims [] : tensor<f32> to tensor<784x256xf32>
    %18 = dlc.constant dense<1.000000e+00> : tensor<f32>
    %19:4 = dlc.grad of(%16) seed(%18) wrt(%4, %6, %10, %12) : (tensor<f32>, tensor<f32>, tensor<784x256xf32>, tensor<256xf32>, tensor<256x10xf32>, tensor<10xf32>) -> (tensor<784x256xf32>, tensor<256xf32>, tensor<256x10xf32>, tensor<10xf32>)
    %20 = dlc.multiply %17, %19#0 : tensor<784x256xf32>
    %21 = dlc.subtract %arg2, %20 : tensor<784x256xf32>
    %22 = dlc.broadcast_in_dim %arg6 dims [] : tensor<f32> to tensor<256xf32>
    %23 = dlc.multiply %22, %19#1 : tensor<256xf32>
    %24 = dlc.subtract %arg3, %23 : tensor<256xf32>
    %25 = dlc.broadcast_in_dim %arg6 dims [] : tensor<f32> to tensor<256x10xf32>
    %26 = dlc.multiply %25, %19#2 : tensor<256x10xf32>
    %27 = dlc.subtract %arg4, %26 : tensor<256x10xf32>
    %28 = dlc.broadcast_in_dim %arg6 dims [] : tensor<f32> to tensor<10xf32>
    %29 = dlc.multiply %28, %19#3 : tensor<10xf32>
    %30 = dlc.subtract %arg5, %29 : tensor<10xf32>
    return %16, %21, %24, %27, %30 : tensor<f32>, tensor<784x256xf32>, tensor<256xf32>, tensor<256x10xf32>, tensor<10xf32>
  }
}

