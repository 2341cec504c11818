module {
  func.func @main(%arg0: tensor<5x200xf32> {dlc.name = "argument0"}, %arg1: tensor<5x1xf32> {dlc.name = "argument1"}, %arg2: tensor<200x1xf32> {dlc.donate = 0 : i64, dlc.name = "w"}, %arg3: tensor<1xf32> {dlc.donate = 1 : i64, dlc.name = "b"}) -> (tensor<200x1xf32>, tensor<1xf32>) {
    %0 = dlc.constant dense<3.000000e-03> : tensor<200x1xf32>
    %1 = dlc.variable %arg2 : tensor<200x1xf32>
    %2 = dlc.dot_general %arg0, %1 batch [] x [] contract [1] x [0] : tensor<5x200xf32>, tensor<200x1xf32> to tensor<5x1xf32>
    %3 = dlc.variable %arg3 : tensor<1xf32>
    %4 = dlc.broadcast_in_dim %3 dims [1] : tensor<1xf32> to tensor<5x1xf32>
    %5 = dlc.add %2, %4 : tensor<5x1xf32>
    %6 = dlc.subtract %5, %arg1 : tensor<5x1xf32>
    %7 = dlc.multiply %6, %6 : tensor<5x1xf32>
    %8 = dlc.constant dense<2.000000e+00> : tensor<5x1xf32>
    %9 = dlc.divide %7, %8 : tensor<5x1xf32>
    %10 = dlc.mean %9 dims [0, 1] : tensor<5x1xf32> to tensor<f32>
    %11 = dlc.constant dense<0.000000e+00> : tensor<f32>
    %12 = dlc.multiply %1, %1 : tensor<200x1xf32>
    %13 = dlc.reduce add %12 dims [0, 1] : tensor<200x1xf32> to tensor<f32>
    %14 = dlc.multiply %11, %13 : tensor<f32>
    %15 = dlc.add %10, %14 : tensor<f32>
    %16 = dlc.constant dense<1.000000e+00> : tensor<f32>
    %17:2 = dlc.grad of(%15) seed(%16) wrt(%1, %3) : (tensor<f32>, tensor<f32>, tensor<200x1xf32>, tensor<1xf32>) -> (tensor<200x1xf32>, tensor<1xf32>)
    %18 = dlc.multiply %0, %17#0 : tensor<200x1xf32>
    %19 = dlc.subtract %arg2, %18 : tensor<200x1xf32>
    %20 = dlc.constant dense<3.000000e-03> : tensor<1xf32>
    %21 = dlc.multiply %20, %17#1 : tensor<1xf32>
    %22 = dlc.subtract %arg3, %21 : tensor<1xf32>
    return %19, %22 : tensor<200x1xf32>, tensor<1xf32>
  }
}

