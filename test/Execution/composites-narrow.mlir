// Composites of bf16 and f16 are computed in f32 and rounded once: one unit in
// the last place from the formula at most.
// RUN: dlc run %s --function=pointwise --backend=both --ulp=1 --random=1
// RUN: dlc run %s --function=rows --backend=both --ulp=1 --random=2
// RUN: dlc run %s --function=losses --backend=both --ulp=1 --random=3 --input=5x9xf16=0.5 --input=5xi32=0,8,3,3,1
// RUN: dlc run %s --function=norms --backend=both --rtol=0.01 --random=4
// RUN: dlc run %s --function=cells --backend=both --rtol=0.01 --random=5
// RUN: dlc run %s --function=attention --backend=both --rtol=0.01 --random=6

func.func @pointwise(%x: tensor<40xbf16>, %y: tensor<40xf16>) -> (tensor<40xbf16>, tensor<40xf16>, tensor<40xbf16>, tensor<40xf16>) {
  %0 = dlc.gelu %x : tensor<40xbf16>
  %1 = dlc.silu %y : tensor<40xf16>
  %2 = dlc.softplus %x : tensor<40xbf16>
  %3 = dlc.elu %y {alpha = 1.0 : f64} : tensor<40xf16>
  return %0, %1, %2, %3 : tensor<40xbf16>, tensor<40xf16>, tensor<40xbf16>, tensor<40xf16>
}

func.func @rows(%x: tensor<5x9xbf16>) -> (tensor<5x9xbf16>, tensor<5xbf16>, tensor<5xbf16>, tensor<5x2xbf16>, tensor<5x2xi32>, tensor<5xi32>) {
  %0 = dlc.softmax %x dim 1 : tensor<5x9xbf16>
  %1 = dlc.log_sum_exp %x dim 1 : tensor<5x9xbf16> to tensor<5xbf16>
  %2 = dlc.variance %x dims [1] {correction = 1 : i64} : tensor<5x9xbf16> to tensor<5xbf16>
  %3, %4 = dlc.top_k %x k 2 : tensor<5x9xbf16> to tensor<5x2xbf16>, tensor<5x2xi32>
  %5 = dlc.argmax %x dim 1 : tensor<5x9xbf16> to tensor<5xi32>
  return %0, %1, %2, %3, %4, %5 : tensor<5x9xbf16>, tensor<5xbf16>, tensor<5xbf16>, tensor<5x2xbf16>, tensor<5x2xi32>, tensor<5xi32>
}

func.func @losses(%x: tensor<5x9xf16>, %labels: tensor<5xi32>, %t: tensor<5x9xf16>) -> (tensor<5xf16>, tensor<5x9xf16>) {
  %0 = dlc.softmax_cross_entropy %x, %labels : tensor<5x9xf16>, tensor<5xi32> to tensor<5xf16>
  %1 = dlc.huber %x, %t {delta = 1.0 : f64} : tensor<5x9xf16>
  return %0, %1 : tensor<5xf16>, tensor<5x9xf16>
}

func.func @norms(%x: tensor<4x6x5xbf16>, %c: tensor<6xbf16>, %r: tensor<5xbf16>) -> (tensor<4x6x5xbf16>, tensor<6xbf16>, tensor<6xbf16>, tensor<4x6x5xbf16>, tensor<4x6x5xbf16>) {
  %0, %1, %2 = dlc.batch_norm_training %x, %c, %c feature 1 epsilon 1.0e-5 : tensor<4x6x5xbf16>, tensor<6xbf16>
  %3 = dlc.layer_norm %x, %r, %r epsilon 1.0e-5 : tensor<4x6x5xbf16>, tensor<5xbf16>
  %4 = dlc.group_norm %x, %c, %c groups 3 epsilon 1.0e-5 : tensor<4x6x5xbf16>, tensor<6xbf16>
  return %0, %1, %2, %3, %4 : tensor<4x6x5xbf16>, tensor<6xbf16>, tensor<6xbf16>, tensor<4x6x5xbf16>, tensor<4x6x5xbf16>
}

func.func @cells(%x: tensor<2x3xbf16>, %h: tensor<2x4xbf16>, %c: tensor<2x4xbf16>, %w: tensor<16x3xbf16>, %u: tensor<16x4xbf16>, %b: tensor<16xbf16>, %t: tensor<2x4x3x3xbf16>, %f: tensor<4x2x3x3xbf16>) -> (tensor<2x4xbf16>, tensor<2x4xbf16>, tensor<2x2x6x6xbf16>) {
  %0, %1 = dlc.lstm_cell %x, %h, %c, %w, %u, %b : tensor<2x3xbf16>, tensor<2x4xbf16>, tensor<16x3xbf16>, tensor<16x4xbf16>, tensor<16xbf16>
  %2 = dlc.conv_transpose %t, %f strides [2, 2] padding [1, 1] output_padding [1, 1] dilation [1, 1] groups 1 : tensor<2x4x3x3xbf16>, tensor<4x2x3x3xbf16> to tensor<2x2x6x6xbf16>
  return %0, %1, %2 : tensor<2x4xbf16>, tensor<2x4xbf16>, tensor<2x2x6x6xbf16>
}

func.func @attention(%q: tensor<2x7x4xbf16>, %k: tensor<2x9x4xbf16>, %v: tensor<2x9x3xbf16>) -> (tensor<2x7x3xbf16>, tensor<2x7xbf16>) {
  %0, %1 = dlc.scaled_dot_product_attention %q, %k, %v scale 0.5 causal : (tensor<2x7x4xbf16>, tensor<2x9x4xbf16>, tensor<2x9x3xbf16>) -> (tensor<2x7x3xbf16>, tensor<2x7xbf16>)
  return %0, %1 : tensor<2x7x3xbf16>, tensor<2x7xbf16>
}
