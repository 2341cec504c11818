// Reductions along rows, columns and everything; empty ones give the identity.
// RUN: dlc run %s --function=rows --backend=both --rtol=1e-6 --random=1
// RUN: dlc run %s --function=columns --backend=both --rtol=1e-6 --random=2
// RUN: dlc run %s --function=middle --backend=both --rtol=1e-6 --random=3
// RUN: dlc run %s --function=all --backend=both --rtol=1e-5 --random=4
// RUN: dlc run %s --function=integers --backend=both --random=5
// RUN: dlc run %s --function=booleans --backend=both --random=6
// RUN: dlc run %s --function=empty --backend=both --random=7
// RUN: dlc run %s --function=nan --backend=both --input=2x3xf32=1,nan,3,4,5,6

func.func @rows(%x: tensor<7x83xf32>) -> (tensor<7xf32>, tensor<7xf32>, tensor<7xf32>, tensor<7xf64>) {
  %0 = dlc.reduce add %x dims [1] : tensor<7x83xf32> to tensor<7xf32>
  %1 = dlc.reduce max %x dims [1] : tensor<7x83xf32> to tensor<7xf32>
  %2 = dlc.reduce min %x dims [1] : tensor<7x83xf32> to tensor<7xf32>
  %wide = dlc.convert %x : tensor<7x83xf32> to tensor<7x83xf64>
  %3 = dlc.reduce add %wide dims [1] : tensor<7x83xf64> to tensor<7xf64>
  return %0, %1, %2, %3 : tensor<7xf32>, tensor<7xf32>, tensor<7xf32>, tensor<7xf64>
}

func.func @columns(%x: tensor<83x37xf32>) -> (tensor<37xf32>, tensor<37xf32>, tensor<37xf32>) {
  %0 = dlc.reduce add %x dims [0] : tensor<83x37xf32> to tensor<37xf32>
  %1 = dlc.reduce max %x dims [0] : tensor<83x37xf32> to tensor<37xf32>
  %2 = dlc.multiply %x, %x : tensor<83x37xf32>
  %3 = dlc.reduce add %2 dims [0] : tensor<83x37xf32> to tensor<37xf32>
  return %0, %1, %3 : tensor<37xf32>, tensor<37xf32>, tensor<37xf32>
}

func.func @middle(%x: tensor<3x5x7xf32>) -> (tensor<3x7xf32>, tensor<5xf32>) {
  %0 = dlc.reduce add %x dims [1] : tensor<3x5x7xf32> to tensor<3x7xf32>
  %1 = dlc.reduce add %x dims [0, 2] : tensor<3x5x7xf32> to tensor<5xf32>
  return %0, %1 : tensor<3x7xf32>, tensor<5xf32>
}

func.func @all(%x: tensor<31x33xf32>, %y: tensor<9xf32>, %s: tensor<f32>) -> (tensor<f32>, tensor<f32>, tensor<f32>) {
  %0 = dlc.reduce add %x dims [0, 1] : tensor<31x33xf32> to tensor<f32>
  %1 = dlc.reduce mul %y dims [0] : tensor<9xf32> to tensor<f32>
  %2 = dlc.reduce add %s dims [] : tensor<f32> to tensor<f32>
  return %0, %1, %2 : tensor<f32>, tensor<f32>, tensor<f32>
}

func.func @integers(%x: tensor<5x37xi32>, %b: tensor<5x37xui8>) -> (tensor<5xi32>, tensor<37xi32>, tensor<5xi32>, tensor<5xui8>, tensor<37xui8>) {
  %0 = dlc.reduce add %x dims [1] : tensor<5x37xi32> to tensor<5xi32>
  %1 = dlc.reduce mul %x dims [0] : tensor<5x37xi32> to tensor<37xi32>
  %2 = dlc.reduce min %x dims [1] : tensor<5x37xi32> to tensor<5xi32>
  %3 = dlc.reduce max %b dims [1] : tensor<5x37xui8> to tensor<5xui8>
  %4 = dlc.reduce add %b dims [0] : tensor<5x37xui8> to tensor<37xui8>
  return %0, %1, %2, %3, %4 : tensor<5xi32>, tensor<37xi32>, tensor<5xi32>, tensor<5xui8>, tensor<37xui8>
}

func.func @booleans(%p: tensor<9x3xi1>) -> (tensor<9xi1>, tensor<9xi1>, tensor<3xi1>) {
  %0 = dlc.reduce and %p dims [1] : tensor<9x3xi1> to tensor<9xi1>
  %1 = dlc.reduce or %p dims [1] : tensor<9x3xi1> to tensor<9xi1>
  %2 = dlc.reduce or %p dims [0] : tensor<9x3xi1> to tensor<3xi1>
  return %0, %1, %2 : tensor<9xi1>, tensor<9xi1>, tensor<3xi1>
}

func.func @empty(%x: tensor<3x0xf32>, %i: tensor<0xi32>, %p: tensor<0x2xi1>) -> (tensor<3xf32>, tensor<3xf32>, tensor<i32>, tensor<2xi1>, tensor<0xf32>) {
  %0 = dlc.reduce add %x dims [1] : tensor<3x0xf32> to tensor<3xf32>
  %1 = dlc.reduce max %x dims [1] : tensor<3x0xf32> to tensor<3xf32>
  %2 = dlc.reduce min %i dims [0] : tensor<0xi32> to tensor<i32>
  %3 = dlc.reduce and %p dims [0] : tensor<0x2xi1> to tensor<2xi1>
  %4 = dlc.reduce add %x dims [0] : tensor<3x0xf32> to tensor<0xf32>
  return %0, %1, %2, %3, %4 : tensor<3xf32>, tensor<3xf32>, tensor<i32>, tensor<2xi1>, tensor<0xf32>
}

func.func @nan(%x: tensor<2x3xf32>) -> (tensor<2xf32>, tensor<3xf32>, tensor<f32>) {
  %0 = dlc.reduce max %x dims [1] : tensor<2x3xf32> to tensor<2xf32>
  %1 = dlc.reduce min %x dims [0] : tensor<2x3xf32> to tensor<3xf32>
  %2 = dlc.reduce max %x dims [0, 1] : tensor<2x3xf32> to tensor<f32>
  return %0, %1, %2 : tensor<2xf32>, tensor<3xf32>, tensor<f32>
}
