module {
  func.func @main(%arg0: tensor<2x28x28xui8> {dlc.name = "argument0.0"}, %arg1: tensor<2xi32> {dlc.name = "argument0.1"}, %arg2: tensor<784x256xf32> {dlc.donate = 1 : i64, dlc.name = "state0.1.weight"}, %arg3: tensor<256xf32> {dlc.donate = 2 : i64, dlc.name = "state0.1.bias"}, %arg4: tensor<256x256xf32> {dlc.donate = 3 : i64, dlc.name = "state0.4.weight"}, %arg5: tensor<256xf32> {dlc.donate = 4 : i64, dlc.name = "state0.4.bias"}, %arg6: tensor<256x10xf32> {dlc.donate = 5 : i64, dlc.name = "state0.7.weight"}, %arg7: tensor<10xf32> {dlc.donate = 6 : i64, dlc.name = "state0.7.bias"}, %arg8: tensor<f32> {dlc.name = "state1.lr"}, %arg9: tensor<2xi64> {dlc.donate = 7 : i64, dlc.name = "state3.state"}) -> (tensor<f32>, tensor<784x256xf32>, tensor<256xf32>, tensor<256x256xf32>, tensor<256xf32>, tensor<256x10xf32>, tensor<10xf32>, tensor<2xi64>) {
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
    %10 = dlc.dropout %9, %arg9 rate 2.000000e-01 : tensor<2x256xf32>, tensor<2xi64>
    %11 = dlc.variable %arg4 : tensor<256x256xf32>
    %12 = dlc.dot_general %10, %11 batch [] x [] contract [1] x [0] : tensor<2x256xf32>, tensor<256x256xf32> to tensor<2x256xf32>
    %13 = dlc.variable %arg5 : tensor<256xf32>
    %14 = dlc.broadcast_in_dim %13 dims [1] : tensor<256xf32> to tensor<2x256xf32>
    %15 = dlc.add %12, %14 : tensor<2x256xf32>
    %16 = dlc.relu %15 : tensor<2x256xf32>
    %17 = dlc.constant dense<[0, 128]> : tensor<2xi64>
    %18 = dlc.add %arg9, %17 : tensor<2xi64>
    %19 = dlc.dropout %16, %18 rate 5.000000e-01 : tensor<2x256xf32>, tensor<2xi64>
    %20 = dlc.variable %arg6 : tensor<256x10xf32>
    %21 = dlc.dot_general %19, %20 batch [] x [] contract [1] x [0] : tensor<2x256xf32>, tensor<256x10xf32> to tensor<2x10xf32>
    %22 = dlc.variable %arg7 : tensor<10xf32>
    %23 = dlc.broadcast_in_dim %22 dims [1] : tensor<10xf32> to tensor<2x10xf32>
    %24 = dlc.add %21, %23 : tensor<2x10xf32>
    %25 = dlc.softmax_cross_entropy %24, %arg1 : tensor<2x10xf32>, tensor<2xi32> to tensor<2xf32>
    %26 = dlc.mean %25 dims [0] : tensor<2xf32> to tensor<f32>
    %27 = dlc.broadcast_in_dim %arg8 dims [] : tensor<f32> to tensor<784x256xf32>
    %28 = dlc.constant dense<1.000000e+00> : tensor<f32>
    %29:6 = dlc.grad of(%26) seed(%28) wrt(%4, %6, %11, %13, %20, %22) : (tensor<f32>, tensor<f32>, tensor<784x256xf32>, tensor<256xf32>, tensor<256x256xf32>, tensor<256xf32>, tensor<256x10xf32>, tensor<10xf32>) -> (tensor<784x256xf32>, tensor<256xf32>, tensor<256x256xf32>, tensor<256xf32>, tensor<256x10xf32>, tensor<10xf32>)
    %30 = dlc.multiply %27, %29#0 : tensor<784x256xf32>
    %31 = dlc.subtract %arg2, %30 : tensor<784x256xf32>
    %32 = dlc.broadcast_in_dim %arg8 dims [] : tensor<f32> to tensor<256xf32>
    %33 = dlc.multiply %32, %29#1 : tensor<256xf32>
    %34 = dlc.subtract %arg3, %33 : tensor<256xf32>
    %35 = dlc.broadcast_in_dim %arg8 dims [] : tensor<f32> to tensor<256x256xf32>
    %36 = dlc.multiply %35, %29#2 : tensor<256x256xf32>
    %37 = dlc.subtract %arg4, %36 : tensor<256x256xf32>
    %38 = dlc.broadcast_in_dim %arg8 dims [] : tensor<f32> to tensor<256xf32>
    %39 = dlc.multiply %38, %29#3 : tensor<256xf32>
    %40 = dlc.subtract %arg5, %39 : tensor<256xf32>
    %41 = dlc.broadcast_in_dim %arg8 dims [] : tensor<f32> to tensor<256x10xf32>
    %42 = dlc.multiply %41, %29#4 : tensor<256x10xf32>
    %43 = dlc.subtract %arg6, %42 : tensor<256x10xf32>
    %44 = dlc.broadcast_in_dim %arg8 dims [] : tensor<f32> to tensor<10xf32>
    %45 = dlc.multiply %44, %29#5 : tensor<10xf32>
    %46 = dlc.subtract %arg7, %45 : tensor<10xf32>
    %47 = dlc.constant dense<[0, 128]> : tensor<2xi64>
    %48 = dlc.add %18, %47 : tensor<2xi64>
    return %26, %31, %34, %37, %40, %43, %46, %48 : tensor<f32>, tensor<784x256xf32>, tensor<256xf32>, tensor<256x256xf32>, tensor<256xf32>, tensor<256x10xf32>, tensor<10xf32>, tensor<2xi64>
  }
}

