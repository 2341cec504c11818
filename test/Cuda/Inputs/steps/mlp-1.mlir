module {
  func.func @main(%arg0: tensor<2x28x28xui8> {dlc.name = "argument0"}, %arg1: tensor<2xi32> {dlc.name = "argument1"}, %arg2: tensor<784x256xf32> {dlc.donate = 1 : i64, dlc.name = "w1"}, %arg3: tensor<256xf32> {dlc.donate = 2 : i64, dlc.name = "b1"}, %arg4: tensor<256x10xf32> {dlc.donate = 3 : i64, dlc.name = "w2"}, %arg5: tensor<10xf32> {dlc.donate = 4 : i64, dlc.name = "b2"}) -> (tensor<f32>, tensor<784x256xf32>, tensor<256xf32>, tensor<256x10xf32>, tensor<10xf32>) {
    %0 = dlc.reshape %arg0 : tensor<2x28x28xui8> to tensor<2x784xui8>
    %1 = dlc.convert %0 : tensor<2x784xui8> to tensor<2x784xf32>
    %2 = dlc.constant dense<2.550000e+02> : tensor<2x784xf32>
    %3 = dlc.divide %1, %2 : tensor<2x784xf32>
    %4 = dlc.variable %arg2 : tensor<784x256xf32>
    %5 = dlc.dot_general %3, %4 batch [] x [] contract [1] x [0] : tensor<2x784xf32>, tensor<784x256xf32> to tensor<2x256xf32>
    %6 = dlc.variable %arg3 : tensor<256xf32>
    %7 = dlc.broadcast_in_dim %6 dims [1] : tensor<256xf32> to tensor<2x256xf32>
    %8 = dlc.add %5, %7 : tensor<2x256xf32>
    %9 = dlc.constant dense<0.000000e+00> : tensor<2x256xf32>
    %10 = dlc.maximum %8, %9 : tensor<2x256xf32>
    %11 = dlc.variable %arg4 : tensor<256x10xf32>
    %12 = dlc.dot_general %10, %11 batch [] x [] contract [1] x [0] : tensor<2x256xf32>, tensor<256x10xf32> to tensor<2x10xf32>
    %13 = dlc.variable %arg5 : tensor<10xf32>
    %14 = dlc.broadcast_in_dim %13 dims [1] : tensor<10xf32> to tensor<2x10xf32>
    %15 = dlc.add %12, %14 : tensor<2x10xf32>
    %16 = dlc.softmax_cross_entropy %15, %arg1 : tensor<2x10xf32>, tensor<2xi32> to tensor<2xf32>
    %17 = dlc.mean %16 dims [0] : tensor<2xf32> to tensor<f32>
    %18 = dlc.constant dense<1.000000e-01> : tensor<784x256xf32>
    %19 = dlc.constant dense<1.000000e+00> : tensor<f32>
    %20:4 = dlc.grad of(%17) seed(%19) wrt(%4, %6, %11, %13) : (tensor<f32>, tensor<f32>, tensor<784x256xf32>, tensor<256xf32>, tensor<256x10xf32>, tensor<10xf32>) -> (tensor<784x256xf32>, tensor<256xf32>, tensor<256x10xf32>, tensor<10xf32>)
    %21 = dlc.multiply %18, %20#0 : tensor<784x256xf32>
    %22 = dlc.subtract %arg2, %21 : tensor<784x256xf32>
    %23 = dlc.constant dense<1.000000e-01> : tensor<256xf32>
    %24 = dlc.multiply %23, %20#1 : tensor<256xf32>
    %25 = dlc.subtract %arg3, %24 : tensor<256xf32>
    %26 = dlc.constant dense<1.000000e-01> : tensor<256x10xf32>
    %27 = dlc.multiply %26, %20#2 : tensor<256x10xf32>
    %28 = dlc.subtract %arg4, %27 : tensor<256x10xf32>
    %29 = dlc.constant dense<1.000000e-01> : tensor<10xf32>
    %30 = dlc.multiply %29, %20#3 : tensor<10xf32>
    %31 = dlc.subtract %arg5, %30 : tensor<10xf32>
    return %17, %22, %25, %28, %31 : tensor<f32>, tensor<784x256xf32>, tensor<256xf32>, tensor<256x10xf32>, tensor<10xf32>
  }
}

