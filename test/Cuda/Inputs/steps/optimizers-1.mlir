module {
  func.func @main(%arg0: tensor<2x28x28xui8> {dlc.name = "argument0.0"}, %arg1: tensor<2xi32> {dlc.name = "argument0.1"}, %arg2: tensor<784x64xf32> {dlc.donate = 1 : i64, dlc.name = "state0.1.weight"}, %arg3: tensor<64xf32> {dlc.donate = 2 : i64, dlc.name = "state0.1.bias"}, %arg4: tensor<64x10xf32> {dlc.donate = 3 : i64, dlc.name = "state0.3.weight"}, %arg5: tensor<10xf32> {dlc.donate = 4 : i64, dlc.name = "state0.3.bias"}, %arg6: tensor<f32> {dlc.name = "state1.lr"}, %arg7: tensor<784x64xf32> {dlc.donate = 5 : i64, dlc.name = "state1.velocity.0"}, %arg8: tensor<64xf32> {dlc.donate = 6 : i64, dlc.name = "state1.velocity.1"}, %arg9: tensor<64x10xf32> {dlc.donate = 7 : i64, dlc.name = "state1.velocity.2"}, %arg10: tensor<10xf32> {dlc.donate = 8 : i64, dlc.name = "state1.velocity.3"}) -> (tensor<f32>, tensor<784x64xf32>, tensor<64xf32>, tensor<64x10xf32>, tensor<10xf32>, tensor<784x64xf32>, tensor<64xf32>, tensor<64x10xf32>, tensor<10xf32>) {
    %0 = dlc.convert %arg0 : tensor<2x28x28xui8> to tensor<2x28x28xf32>
    %1 = dlc.constant dense<2.550000e+02> : tensor<2x28x28xf32>
    %2 = dlc.divide %0, %1 : tensor<2x28x28xf32>
    %3 = dlc.reshape %2 : tensor<2x28x28xf32> to tensor<2x784xf32>
    %4 = dlc.variable %arg2 : tensor<784x64xf32>
    %5 = dlc.dot_general %3, %4 batch [] x [] contract [1] x [0] : tensor<2x784xf32>, tensor<784x64xf32> to tensor<2x64xf32>
    %6 = dlc.variable %arg3 : tensor<64xf32>
    %7 = dlc.broadcast_in_dim %6 dims [1] : tensor<64xf32> to tensor<2x64xf32>
    %8 = dlc.add %5, %7 : tensor<2x64xf32>
    %9 = dlc.relu %8 : tensor<2x64xf32>
    %10 = dlc.variable %arg4 : tensor<64x10xf32>
    %11 = dlc.dot_general %9, %10 batch [] x [] contract [1] x [0] : tensor<2x64xf32>, tensor<64x10xf32> to tensor<2x10xf32>
    %12 = dlc.variable %arg5 : tensor<10xf32>
    %13 = dlc.broadcast_in_dim %12 dims [1] : tensor<10xf32> to tensor<2x10xf32>
    %14 = dlc.add %11, %13 : tensor<2x10xf32>
    %15 = dlc.softmax_cross_entropy %14, %arg1 : tensor<2x10xf32>, tensor<2xi32> to tensor<2xf32>
    %16 = dlc.mean %15 dims [0] : tensor<2xf32> to tensor<f32>
    %17 = dlc.broadcast_in_dim %arg6 dims [] : tensor<f32> to tensor<784x64xf32>
    %18 = dlc.constant dense<0.899999976> : tensor<784x64xf32>
    %19 = dlc.multiply %18, %arg7 : tensor<784x64xf32>
    %20 = dlc.constant dense<1.000000e+00> : tensor<f32>
    %21:4 = dlc.grad of(%16) seed(%20) wrt(%4, %6, %10, %12) : (tensor<f32>, tensor<f32>, tensor<784x64xf32>, tensor<64xf32>, tensor<64x10xf32>, tensor<10xf32>) -> (tensor<784x64xf32>, tensor<64xf32>, tensor<64x10xf32>, tensor<10xf32>)
    %22 = dlc.add %19, %21#0 : tensor<784x64xf32>
    %23 = dlc.multiply %17, %22 : tensor<784x64xf32>
    %24 = dlc.subtract %arg2, %23 : tensor<784x64xf32>
    %25 = dlc.broadcast_in_dim %arg6 dims [] : tensor<f32> to tensor<64xf32>
    %26 = dlc.constant dense<0.899999976> : tensor<64xf32>
    %27 = dlc.multiply %26, %arg8 : tensor<64xf32>
    %28 = dlc.add %27, %21#1 : tensor<64xf32>
    %29 = dlc.multiply %25, %28 : tensor<64xf32>
    %30 = dlc.subtract %arg3, %29 : tensor<64xf32>
    %31 = dlc.broadcast_in_dim %arg6 dims [] : tensor<f32> to tensor<64x10xf32>
    %32 = dlc.constant dense<0.899999976> : tensor<64x10xf32>
    %33 = dlc.multiply %32, %arg9 : tensor<64x10xf32>
    %34 = dlc.add %33, %21#2 : tensor<64x10xf32>
    %35 = dlc.multiply %31, %34 : tensor<64x10xf32>
    %36 = dlc.subtract %arg4, %35 : tensor<64x10xf32>
    %37 = dlc.broadcast_in_dim %arg6 dims [] : tensor<f32> to tensor<10xf32>
    %38 = dlc.constant dense<0.899999976> : tensor<10xf32>
    %39 = dlc.multiply %38, %arg10 : tensor<10xf32>
    %40 = dlc.add %39, %21#3 : tensor<10xf32>
    %41 = dlc.multiply %37, %40 : tensor<10xf32>
    %42 = dlc.subtract %arg5, %41 : tensor<10xf32>
    return %16, %24, %30, %36, %42, %22, %28, %34, %40 : tensor<f32>, tensor<784x64xf32>, tensor<64xf32>, tensor<64x10xf32>, tensor<10xf32>, tensor<784x64xf32>, tensor<64xf32>, tensor<64x10xf32>, tensor<10xf32>
  }
}

