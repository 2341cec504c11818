module {
  func.func @main(%arg0: tensor<10x4xf32> {dlc.name = "argument0.0"}, %arg1: tensor<10x1xf32> {dlc.name = "argument0.1"}, %arg2: tensor<4x1xf32> {dlc.donate = 1 : i64, dlc.name = "state0.weight"}, %arg3: tensor<f32> {dlc.name = "state1.lr"}, %arg4: tensor<4x1xf32> {dlc.donate = 2 : i64, dlc.name = "state1.means.0"}, %arg5: tensor<4x1xf32> {dlc.donate = 3 : i64, dlc.name = "state1.squares.0"}, %arg6: tensor<f64> {dlc.donate = 4 : i64, dlc.name = "state1.power1"}, %arg7: tensor<f64> {dlc.donate = 5 : i64, dlc.name = "state1.power2"}) -> (tensor<f32>, tensor<4x1xf32>, tensor<4x1xf32>, tensor<4x1xf32>, tensor<f64>, tensor<f64>) {
    %0 = dlc.variable %arg2 : tensor<4x1xf32>
    %1 = dlc.dot_general %arg0, %0 batch [] x [] contract [1] x [0] : tensor<10x4xf32>, tensor<4x1xf32> to tensor<10x1xf32>
    %2 = dlc.subtract %1, %arg1 : tensor<10x1xf32>
    %3 = dlc.multiply %2, %2 : tensor<10x1xf32>
    %4 = dlc.mean %3 dims [0, 1] : tensor<10x1xf32> to tensor<f32>
    %5 = dlc.convert %arg3 : tensor<f32> to tensor<f64>
    %6 = dlc.constant dense<1.000000e+00> : tensor<f64>
    %7 = dlc.constant dense<9.000000e-01> : tensor<f64>
    %8 = dlc.multiply %arg6, %7 : tensor<f64>
    %9 = dlc.subtract %6, %8 : tensor<f64>
    %10 = dlc.divide %5, %9 : tensor<f64>
    %11 = dlc.convert %10 : tensor<f64> to tensor<f32>
    %12 = dlc.broadcast_in_dim %11 dims [] : tensor<f32> to tensor<4x1xf32>
    %13 = dlc.constant dense<0.899999976> : tensor<4x1xf32>
    %14 = dlc.multiply %13, %arg4 : tensor<4x1xf32>
    %15 = dlc.constant dense<1.000000e-01> : tensor<4x1xf32>
    %16 = dlc.constant dense<1.000000e+00> : tensor<f32>
    %17 = dlc.grad of(%4) seed(%16) wrt(%0) : (tensor<f32>, tensor<f32>, tensor<4x1xf32>) -> tensor<4x1xf32>
    %18 = dlc.multiply %15, %17 : tensor<4x1xf32>
    %19 = dlc.add %14, %18 : tensor<4x1xf32>
    %20 = dlc.constant dense<9.990000e-01> : tensor<4x1xf32>
    %21 = dlc.multiply %20, %arg5 : tensor<4x1xf32>
    %22 = dlc.constant dense<1.000000e-03> : tensor<4x1xf32>
    %23 = dlc.multiply %17, %17 : tensor<4x1xf32>
    %24 = dlc.multiply %22, %23 : tensor<4x1xf32>
    %25 = dlc.add %21, %24 : tensor<4x1xf32>
    %26 = dlc.sqrt %25 : tensor<4x1xf32>
    %27 = dlc.constant dense<1.000000e+00> : tensor<f64>
    %28 = dlc.constant dense<1.000000e+00> : tensor<f64>
    %29 = dlc.constant dense<0.99899999999999999> : tensor<f64>
    %30 = dlc.multiply %arg7, %29 : tensor<f64>
    %31 = dlc.subtract %28, %30 : tensor<f64>
    %32 = dlc.sqrt %31 : tensor<f64>
    %33 = dlc.divide %27, %32 : tensor<f64>
    %34 = dlc.convert %33 : tensor<f64> to tensor<f32>
    %35 = dlc.broadcast_in_dim %34 dims [] : tensor<f32> to tensor<4x1xf32>
    %36 = dlc.multiply %26, %35 : tensor<4x1xf32>
    %37 = dlc.constant dense<9.99999993E-9> : tensor<4x1xf32>
    %38 = dlc.add %36, %37 : tensor<4x1xf32>
    %39 = dlc.divide %19, %38 : tensor<4x1xf32>
    %40 = dlc.multiply %12, %39 : tensor<4x1xf32>
    %41 = dlc.subtract %arg2, %40 : tensor<4x1xf32>
    return %4, %41, %19, %25, %8, %30 : tensor<f32>, tensor<4x1xf32>, tensor<4x1xf32>, tensor<4x1xf32>, tensor<f64>, tensor<f64>
  }
}

