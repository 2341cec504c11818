module {
  func.func @main(%arg0: tensor<2x28x28xui8> {dlc.name = "argument0"}, %arg1: tensor<2xi32> {dlc.name = "argument1"}, %arg2: tensor<784x10xf32> {dlc.donate = 1 : i64, dlc.name = "w"}, %arg3: tensor<10xf32> {dlc.donate = 2 : i64, dlc.name = "b"}) -> (tensor<f32>, tensor<784x10xf32>, tensor<10xf32>) {
    %0 = dlc.one_hot %arg1 : tensor<2xi32> to tensor<2x10xf32>
    %1 = dlc.reshape %arg0 : tensor<2x28x28xui8> to tensor<2x784xui8>
    %2 = dlc.convert %1 : tensor<2x784xui8> to tensor<2x784xf32>
    %3 = dlc.constant dense<2.550000e+02> : tensor<2x784xf32>
    %4 = dlc.divide %2, %3 : tensor<2x784xf32>
    %5 = dlc.variable %arg2 : tensor<784x10xf32>
    %6 = dlc.dot_general %4, %5 batch [] x [] contract [1] x [0] : tensor<2x784xf32>, tensor<784x10xf32> to tensor<2x10xf32>
    %7 = dlc.variable %arg3 : tensor<10xf32>
    %8 = dlc.broadcast_in_dim %7 dims [1] : tensor<10xf32> to tensor<2x10xf32>
    %9 = dlc.add %6, %8 : tensor<2x10xf32>
    %10 = dlc.exponential %9 : tensor<2x10xf32>
    %11 = dlc.reduce add %10 dims [1] : tensor<2x10xf32> to tensor<2xf32>
    %12 = dlc.reshape %11 : tensor<2xf32> to tensor<2x1xf32>
    %13 = dlc.broadcast_in_dim %12 dims [0, 1] : tensor<2x1xf32> to tensor<2x10xf32>
    %14 = dlc.divide %10, %13 : tensor<2x10xf32>
    %15 = dlc.log %14 : tensor<2x10xf32>
    %16 = dlc.multiply %0, %15 : tensor<2x10xf32>
    %17 = dlc.reduce add %16 dims [1] : tensor<2x10xf32> to tensor<2xf32>
    %18 = dlc.negate %17 : tensor<2xf32>
    %19 = dlc.mean %18 dims [0] : tensor<2xf32> to tensor<f32>
    %20 = dlc.constant dense<1.000000e-01> : tensor<784x10xf32>
    %21 = dlc.constant dense<1.000000e+00> : tensor<f32>
    %22:2 = dlc.grad of(%19) seed(%21) wrt(%5, %7) : (tensor<f32>, tensor<f32>, tensor<784x10xf32>, tensor<10xf32>) -> (tensor<784x10xf32>, tensor<10xf32>)
    %23 = dlc.multiply %20, %22#0 : tensor<784x10xf32>
    %24 = dlc.subtract %arg2, %23 : tensor<784x10xf32>
    %25 = dlc.constant dense<1.000000e-01> : tensor<10xf32>
    %26 = dlc.multiply %25, %22#1 : tensor<10xf32>
    %27 = dlc.subtract %arg3, %26 : tensor<10xf32>
    return %19, %24, %27 : tensor<f32>, tensor<784x10xf32>, tensor<10xf32>
  }
}

