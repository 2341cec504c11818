// Sums over several neighbouring dimensions, with what is computed on the way,
// as the interpreter has them.
// RUN: dlc run %s --function=moments --backend=both --random=1 --rtol=1e-6
// RUN: dlc run %s --function=twice --backend=both --random=2 --rtol=1e-6
// RUN: dlc run %s --function=transposed --backend=both --random=3 --rtol=1e-6
// RUN: dlc run %s --function=apart --backend=both --random=4 --rtol=1e-6
// RUN: dlc run %s --function=unit --backend=both --random=5 --rtol=1e-6
// RUN: dlc run %s --function=layer_norm --backend=both --random=6 --rtol=1e-5
// RUN: dlc run %s --function=blocks --backend=both --random=7 --rtol=1e-5
// RUN: dlc run %s --function=blocks --backend=both --random=7 --rtol=1e-5 --mcpu=x86-64-v3 --threads=3
// RUN: dlc run %s --function=made --backend=both --random=8 --rtol=1e-5
// RUN: dlc run %s --function=few --backend=both --random=9 --rtol=1e-4 --threads=3

func.func @moments(%x: tensor<3x5x7x18xf32>) -> (tensor<18xf32>, tensor<18xf32>, tensor<3x5x7x18xf32>) {
  %n = dlc.constant dense<0.00952380989> : tensor<18xf32>
  %s = dlc.reduce add %x dims [0, 1, 2] : tensor<3x5x7x18xf32> to tensor<18xf32>
  %m = dlc.multiply %s, %n : tensor<18xf32>
  %mb = dlc.broadcast_in_dim %m dims [3] : tensor<18xf32> to tensor<3x5x7x18xf32>
  %c = dlc.subtract %x, %mb : tensor<3x5x7x18xf32>
  %q = dlc.multiply %c, %c : tensor<3x5x7x18xf32>
  %v = dlc.reduce add %q dims [0, 1, 2] : tensor<3x5x7x18xf32> to tensor<18xf32>
  %i = dlc.rsqrt %v : tensor<18xf32>
  %ib = dlc.broadcast_in_dim %i dims [3] : tensor<18xf32> to tensor<3x5x7x18xf32>
  %y = dlc.multiply %c, %ib : tensor<3x5x7x18xf32>
  return %m, %v, %y : tensor<18xf32>, tensor<18xf32>, tensor<3x5x7x18xf32>
}

// The same vector along the dimension before the reduced ones and the one after.
func.func @twice(%x: tensor<6x5x4x6xf32>, %f: tensor<6xf32>) -> tensor<6x6xf32> {
  %a = dlc.broadcast_in_dim %f dims [0] : tensor<6xf32> to tensor<6x5x4x6xf32>
  %b = dlc.broadcast_in_dim %f dims [3] : tensor<6xf32> to tensor<6x5x4x6xf32>
  %p = dlc.multiply %x, %a : tensor<6x5x4x6xf32>
  %q = dlc.add %p, %b : tensor<6x5x4x6xf32>
  %s = dlc.reduce add %q dims [1, 2] : tensor<6x5x4x6xf32> to tensor<6x6xf32>
  return %s : tensor<6x6xf32>
}

func.func @transposed(%x: tensor<3x4x17xf32>, %y: tensor<4x3x17xf32>) -> (tensor<17xf32>, tensor<17xf32>) {
  %t = dlc.transpose %x perm [1, 0, 2] : tensor<3x4x17xf32> to tensor<4x3x17xf32>
  %s = dlc.reduce add %t dims [0, 1] : tensor<4x3x17xf32> to tensor<17xf32>
  %p = dlc.multiply %t, %y : tensor<4x3x17xf32>
  %q = dlc.reduce add %p dims [0, 1] : tensor<4x3x17xf32> to tensor<17xf32>
  return %s, %q : tensor<17xf32>, tensor<17xf32>
}

func.func @apart(%x: tensor<3x4x17xf32>, %f: tensor<3xf32>) -> tensor<17xf32> {
  %b = dlc.broadcast_in_dim %f dims [0] : tensor<3xf32> to tensor<3x4x17xf32>
  %t = dlc.multiply %x, %b : tensor<3x4x17xf32>
  %s = dlc.reduce max %t dims [0, 1] : tensor<3x4x17xf32> to tensor<17xf32>
  return %s : tensor<17xf32>
}

func.func @unit(%x: tensor<1x4x17xf32>, %f: tensor<1x17xf32>) -> (tensor<17xf32>, tensor<1x4x17xf32>) {
  %b = dlc.broadcast_in_dim %f dims [0, 2] : tensor<1x17xf32> to tensor<1x4x17xf32>
  %t = dlc.add %x, %b : tensor<1x4x17xf32>
  %s = dlc.reduce add %t dims [0, 1] : tensor<1x4x17xf32> to tensor<17xf32>
  return %s, %t : tensor<17xf32>, tensor<1x4x17xf32>
}

// Wide enough for the wide columns, two sums of which share a walk.
func.func @layer_norm(%x: tensor<37x1030xf32>, %scale: tensor<1030xf32>, %bias: tensor<1030xf32>, %dy: tensor<37x1030xf32>) -> (tensor<37x1030xf32>, tensor<37x1030xf32>, tensor<1030xf32>, tensor<1030xf32>) {
  %vx = dlc.variable %x : tensor<37x1030xf32>
  %vs = dlc.variable %scale : tensor<1030xf32>
  %vb = dlc.variable %bias : tensor<1030xf32>
  %y = dlc.layer_norm %vx, %vs, %vb epsilon 1.0e-5 : tensor<37x1030xf32>, tensor<1030xf32>
  %dx, %ds, %db = dlc.grad of(%y) seed(%dy) wrt(%vx, %vs, %vb) : (tensor<37x1030xf32>, tensor<37x1030xf32>, tensor<37x1030xf32>, tensor<1030xf32>, tensor<1030xf32>) -> (tensor<37x1030xf32>, tensor<1030xf32>, tensor<1030xf32>)
  return %y, %dx, %ds, %db : tensor<37x1030xf32>, tensor<37x1030xf32>, tensor<1030xf32>, tensor<1030xf32>
}

// Large enough for the rows' kernel to sum columns, in blocks of 32 rows.
func.func @blocks(%x: tensor<512x266xf32>, %scale: tensor<266xf32>, %bias: tensor<266xf32>, %dy: tensor<512x266xf32>) -> (tensor<512x266xf32>, tensor<512x266xf32>, tensor<266xf32>, tensor<266xf32>) {
  %vx = dlc.variable %x : tensor<512x266xf32>
  %vs = dlc.variable %scale : tensor<266xf32>
  %vb = dlc.variable %bias : tensor<266xf32>
  %y = dlc.layer_norm %vx, %vs, %vb epsilon 1.0e-5 : tensor<512x266xf32>, tensor<266xf32>
  %dx, %ds, %db = dlc.grad of(%y) seed(%dy) wrt(%vx, %vs, %vb) : (tensor<512x266xf32>, tensor<512x266xf32>, tensor<512x266xf32>, tensor<266xf32>, tensor<266xf32>) -> (tensor<512x266xf32>, tensor<266xf32>, tensor<266xf32>)
  return %y, %dx, %ds, %db : tensor<512x266xf32>, tensor<512x266xf32>, tensor<266xf32>, tensor<266xf32>
}

// Sums and maxima of what the rows' kernel makes, also in f64.
func.func @made(%x: tensor<990x266xf32>, %z: tensor<1000x136xf64>) -> (tensor<990x266xf32>, tensor<266xf32>, tensor<266xf32>, tensor<1000x136xf64>, tensor<136xf64>) {
  %y = dlc.softmax %x dim 1 : tensor<990x266xf32>
  %s = dlc.reduce add %y dims [0] : tensor<990x266xf32> to tensor<266xf32>
  %m = dlc.reduce max %y dims [0] : tensor<990x266xf32> to tensor<266xf32>
  %u = dlc.log_softmax %z dim 1 : tensor<1000x136xf64>
  %v = dlc.reduce add %u dims [0] : tensor<1000x136xf64> to tensor<136xf64>
  return %y, %s, %m, %u, %v : tensor<990x266xf32>, tensor<266xf32>, tensor<266xf32>, tensor<1000x136xf64>, tensor<136xf64>
}

// Few columns: blocks of rows, then these.
func.func @few(%x: tensor<30x11x41x12xf32>, %m: tensor<12xf32>) -> (tensor<12xf32>, tensor<12xf32>) {
  %b = dlc.broadcast_in_dim %m dims [3] : tensor<12xf32> to tensor<30x11x41x12xf32>
  %p = dlc.multiply %x, %b : tensor<30x11x41x12xf32>
  %s = dlc.reduce add %p dims [0, 1, 2] : tensor<30x11x41x12xf32> to tensor<12xf32>
  %u = dlc.reduce max %x dims [0, 1, 2] : tensor<30x11x41x12xf32> to tensor<12xf32>
  %v = dlc.add %m, %s : tensor<12xf32>
  return %v, %u : tensor<12xf32>, tensor<12xf32>
}
