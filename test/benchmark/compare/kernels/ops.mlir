// Work that memory bounds, random numbers, attention. Named as in the peers'
// torch_ops.py and onednn_ops.

func.func @chain_16M(%x: tensor<16777216xf32>) -> tensor<16777216xf32> {
  %two = dlc.constant dense<2.0> : tensor<16777216xf32>
  %one = dlc.constant dense<1.0> : tensor<16777216xf32>
  %0 = dlc.multiply %x, %two : tensor<16777216xf32>
  %1 = dlc.add %0, %one : tensor<16777216xf32>
  %2 = dlc.relu %1 : tensor<16777216xf32>
  %3 = dlc.tanh %2 : tensor<16777216xf32>
  %4 = dlc.multiply %3, %x : tensor<16777216xf32>
  return %4 : tensor<16777216xf32>
}

func.func @softmax_ce_fb_4096x1000(%x: tensor<4096x1000xf32>, %labels: tensor<4096xi32>) -> (tensor<f32>, tensor<4096x1000xf32>) {
  %v = dlc.variable %x : tensor<4096x1000xf32>
  %losses = dlc.softmax_cross_entropy %v, %labels : tensor<4096x1000xf32>, tensor<4096xi32> to tensor<4096xf32>
  %sum = dlc.reduce add %losses dims [0] : tensor<4096xf32> to tensor<f32>
  %scale = dlc.constant dense<0.000244140625> : tensor<f32>
  %mean = dlc.multiply %sum, %scale : tensor<f32>
  %one = dlc.constant dense<1.0> : tensor<f32>
  %d = dlc.grad of(%mean) seed(%one) wrt(%v) : (tensor<f32>, tensor<f32>, tensor<4096x1000xf32>) -> tensor<4096x1000xf32>
  return %mean, %d : tensor<f32>, tensor<4096x1000xf32>
}

func.func @softmax_ce_fb_256x10(%x: tensor<256x10xf32>, %labels: tensor<256xi32>) -> (tensor<f32>, tensor<256x10xf32>) {
  %v = dlc.variable %x : tensor<256x10xf32>
  %losses = dlc.softmax_cross_entropy %v, %labels : tensor<256x10xf32>, tensor<256xi32> to tensor<256xf32>
  %sum = dlc.reduce add %losses dims [0] : tensor<256xf32> to tensor<f32>
  %scale = dlc.constant dense<0.00390625> : tensor<f32>
  %mean = dlc.multiply %sum, %scale : tensor<f32>
  %one = dlc.constant dense<1.0> : tensor<f32>
  %d = dlc.grad of(%mean) seed(%one) wrt(%v) : (tensor<f32>, tensor<f32>, tensor<256x10xf32>) -> tensor<256x10xf32>
  return %mean, %d : tensor<f32>, tensor<256x10xf32>
}

func.func @layer_norm_fb_4096x1024(%x: tensor<4096x1024xf32>, %scale: tensor<1024xf32>, %bias: tensor<1024xf32>, %dy: tensor<4096x1024xf32>) -> (tensor<4096x1024xf32>, tensor<4096x1024xf32>, tensor<1024xf32>, tensor<1024xf32>) {
  %vx = dlc.variable %x : tensor<4096x1024xf32>
  %vs = dlc.variable %scale : tensor<1024xf32>
  %vb = dlc.variable %bias : tensor<1024xf32>
  %y = dlc.layer_norm %vx, %vs, %vb epsilon 1.0e-5 : tensor<4096x1024xf32>, tensor<1024xf32>
  %dx, %ds, %db = dlc.grad of(%y) seed(%dy) wrt(%vx, %vs, %vb) : (tensor<4096x1024xf32>, tensor<4096x1024xf32>, tensor<4096x1024xf32>, tensor<1024xf32>, tensor<1024xf32>) -> (tensor<4096x1024xf32>, tensor<1024xf32>, tensor<1024xf32>)
  return %y, %dx, %ds, %db : tensor<4096x1024xf32>, tensor<4096x1024xf32>, tensor<1024xf32>, tensor<1024xf32>
}

func.func @normal_1M(%state: tensor<2xi64>) -> tensor<1048576xf32> {
  %0 = dlc.normal %state : tensor<2xi64> to tensor<1048576xf32>
  return %0 : tensor<1048576xf32>
}

func.func @bernoulli_1M(%state: tensor<2xi64>) -> tensor<1048576xi1> {
  %p = dlc.constant dense<0.5> : tensor<f32>
  %0 = dlc.bernoulli %state, %p : tensor<2xi64>, tensor<f32> to tensor<1048576xi1>
  return %0 : tensor<1048576xi1>
}

func.func @dropout_fwd_1M(%x: tensor<1048576xf32>, %state: tensor<2xi64>) -> tensor<1048576xf32> {
  %0 = dlc.dropout %x, %state rate 0.5 : tensor<1048576xf32>, tensor<2xi64>
  return %0 : tensor<1048576xf32>
}

// Heads of 64 features lie side by side in each position.
func.func @attention_8x4x128x64(%q: tensor<8x128x256xf32>, %k: tensor<8x128x256xf32>, %v: tensor<8x128x256xf32>) -> tensor<8x128x256xf32> {
  %qr = dlc.reshape %q : tensor<8x128x256xf32> to tensor<8x128x4x64xf32>
  %qh = dlc.transpose %qr perm [0, 2, 1, 3] : tensor<8x128x4x64xf32> to tensor<8x4x128x64xf32>
  %kr = dlc.reshape %k : tensor<8x128x256xf32> to tensor<8x128x4x64xf32>
  %kh = dlc.transpose %kr perm [0, 2, 1, 3] : tensor<8x128x4x64xf32> to tensor<8x4x128x64xf32>
  %vr = dlc.reshape %v : tensor<8x128x256xf32> to tensor<8x128x4x64xf32>
  %vh = dlc.transpose %vr perm [0, 2, 1, 3] : tensor<8x128x4x64xf32> to tensor<8x4x128x64xf32>
  %y, %lse = dlc.scaled_dot_product_attention %qh, %kh, %vh scale 0.125 : (tensor<8x4x128x64xf32>, tensor<8x4x128x64xf32>, tensor<8x4x128x64xf32>) -> (tensor<8x4x128x64xf32>, tensor<8x4x128xf32>)
  %yt = dlc.transpose %y perm [0, 2, 1, 3] : tensor<8x4x128x64xf32> to tensor<8x128x4x64xf32>
  %z = dlc.reshape %yt : tensor<8x128x4x64xf32> to tensor<8x128x256xf32>
  return %z : tensor<8x128x256xf32>
}
