// What composites decompose into computes their formulas.
// RUN: dlc run %s --function=rows --backend=both --rtol=1e-6 --random=1
// RUN: dlc run %s --function=columns --backend=both --rtol=1e-6 --random=2
// RUN: dlc run %s --function=cross_entropy --backend=both --rtol=1e-6 --input=3x3xf32=0,200,-200,0,200,-200,0,200,-200 --input=3xi32=0,1,2
// RUN: dlc run %s --function=indices --backend=both --input=5xi32=0,2,3,-1,1
// RUN: dlc run %s --function=argmax --backend=both --input=4x3xf32=1,3,3,nan,1,nan,-inf,-inf,-inf,0,-0,0
// RUN: dlc run %s --function=argmax --backend=both --random=3
// RUN: dlc run %s --function=requests --backend=both --random=4

func.func @rows(%x: tensor<5x37xf32>) -> (tensor<5x37xf32>, tensor<5x37xf32>, tensor<5x37xf32>) {
  %0 = dlc.softmax %x dim 1 : tensor<5x37xf32>
  %1 = dlc.log_softmax %x dim 1 : tensor<5x37xf32>
  %2 = dlc.relu %x : tensor<5x37xf32>
  return %0, %1, %2 : tensor<5x37xf32>, tensor<5x37xf32>, tensor<5x37xf32>
}

func.func @columns(%x: tensor<5x37xf64>) -> (tensor<5x37xf64>, tensor<5x37xf64>) {
  %0 = dlc.softmax %x dim 0 : tensor<5x37xf64>
  %1 = dlc.log_softmax %x dim 0 : tensor<5x37xf64>
  return %0, %1 : tensor<5x37xf64>, tensor<5x37xf64>
}

func.func @cross_entropy(%x: tensor<3x3xf32>, %labels: tensor<3xi32>) -> tensor<3xf32> {
  %0 = dlc.softmax_cross_entropy %x, %labels : tensor<3x3xf32>, tensor<3xi32> to tensor<3xf32>
  return %0 : tensor<3xf32>
}

func.func @indices(%i: tensor<5xi32>) -> (tensor<5x3xf32>, tensor<5x3xi1>) {
  %0 = dlc.one_hot %i : tensor<5xi32> to tensor<5x3xf32>
  %1 = dlc.one_hot %i : tensor<5xi32> to tensor<5x3xi1>
  return %0, %1 : tensor<5x3xf32>, tensor<5x3xi1>
}

func.func @argmax(%x: tensor<4x3xf32>) -> (tensor<4xi32>, tensor<3xi32>) {
  %0 = dlc.argmax %x dim 1 : tensor<4x3xf32> to tensor<4xi32>
  %1 = dlc.argmax %x dim 0 : tensor<4x3xf32> to tensor<3xi32>
  return %0, %1 : tensor<4xi32>, tensor<3xi32>
}

func.func @requests(%x: tensor<7xf32>) -> (tensor<7xf32>, tensor<7xf32>) {
  %v = dlc.variable %x : tensor<7xf32>
  %s = dlc.stop_gradient %v : tensor<7xf32>
  %y = dlc.multiply %v, %s : tensor<7xf32>
  %dx = dlc.grad of(%y) seed(%x) wrt(%v) : (tensor<7xf32>, tensor<7xf32>, tensor<7xf32>) -> tensor<7xf32>
  return %y, %dx : tensor<7xf32>, tensor<7xf32>
}
