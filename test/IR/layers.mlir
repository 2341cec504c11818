// The other composites survive a round trip, in their own and in generic form.
// RUN: dlc-opt %s | dlc-opt | FileCheck %s
// RUN: dlc-opt %s --mlir-print-op-generic | dlc-opt | FileCheck %s

// CHECK-LABEL: func @elementwise
func.func @elementwise(%x: tensor<4xf32>, %t: tensor<4xf32>) {
  // CHECK: dlc.leaky_relu %{{.*}} {slope = 1.000000e-02 : f64} : tensor<4xf32>
  %0 = dlc.leaky_relu %x {slope = 0.01 : f64} : tensor<4xf32>
  // CHECK: dlc.prelu %{{.*}}, %{{.*}} : tensor<4xf32>
  %1 = dlc.prelu %x, %t : tensor<4xf32>
  // CHECK: dlc.elu %{{.*}} {alpha = 1.000000e+00 : f64} : tensor<4xf32>
  %2 = dlc.elu %x {alpha = 1.0 : f64} : tensor<4xf32>
  // CHECK: dlc.softplus %{{.*}} : tensor<4xf32>
  %3 = dlc.softplus %x : tensor<4xf32>
  // CHECK: dlc.gelu %{{.*}} : tensor<4xf32>
  %4 = dlc.gelu %x : tensor<4xf32>
  // CHECK: dlc.gelu %{{.*}} {tanh} : tensor<4xf32>
  %5 = dlc.gelu %x {tanh} : tensor<4xf32>
  // CHECK: dlc.silu %{{.*}} : tensor<4xf32>
  %6 = dlc.silu %x : tensor<4xf32>
  // CHECK: dlc.hard_sigmoid %{{.*}} : tensor<4xf32>
  %7 = dlc.hard_sigmoid %x : tensor<4xf32>
  // CHECK: dlc.sigmoid_binary_cross_entropy %{{.*}}, %{{.*}} : tensor<4xf32>
  %8 = dlc.sigmoid_binary_cross_entropy %x, %t : tensor<4xf32>
  // CHECK: dlc.mse %{{.*}}, %{{.*}} : tensor<4xf32>
  %9 = dlc.mse %x, %t : tensor<4xf32>
  // CHECK: dlc.l1 %{{.*}}, %{{.*}} : tensor<4xf32>
  %10 = dlc.l1 %x, %t : tensor<4xf32>
  // CHECK: dlc.huber %{{.*}}, %{{.*}} {delta = 1.000000e+00 : f64} : tensor<4xf32>
  %11 = dlc.huber %x, %t {delta = 1.0 : f64} : tensor<4xf32>
  // CHECK: dlc.kl_div %{{.*}}, %{{.*}} : tensor<4xf32>
  %12 = dlc.kl_div %x, %t : tensor<4xf32>
  return
}

// CHECK-LABEL: func @statistics
func.func @statistics(%x: tensor<2x3xf32>, %labels: tensor<2xi64>, %y: tensor<3x4xf32>) {
  // CHECK: dlc.log_sum_exp %{{.*}} dim 1 : tensor<2x3xf32> to tensor<2xf32>
  %0 = dlc.log_sum_exp %x dim 1 : tensor<2x3xf32> to tensor<2xf32>
  // CHECK: dlc.argmin %{{.*}} dim 0 : tensor<2x3xf32> to tensor<3xi32>
  %1 = dlc.argmin %x dim 0 : tensor<2x3xf32> to tensor<3xi32>
  // CHECK: dlc.top_k %{{.*}} k 2 : tensor<2x3xf32> to tensor<2x2xf32>, tensor<2x2xi32>
  %2, %3 = dlc.top_k %x k 2 : tensor<2x3xf32> to tensor<2x2xf32>, tensor<2x2xi32>
  // CHECK: dlc.mean %{{.*}} dims [0, 1] : tensor<2x3xf32> to tensor<f32>
  %4 = dlc.mean %x dims [0, 1] : tensor<2x3xf32> to tensor<f32>
  // CHECK: dlc.variance %{{.*}} dims [1] {correction = 1 : i64} : tensor<2x3xf32> to tensor<2xf32>
  %5 = dlc.variance %x dims [1] {correction = 1 : i64} : tensor<2x3xf32> to tensor<2xf32>
  // CHECK: dlc.norm %{{.*}} dims [0] {order = 2.000000e+00 : f64} : tensor<2x3xf32> to tensor<3xf32>
  %6 = dlc.norm %x dims [0] {order = 2.0 : f64} : tensor<2x3xf32> to tensor<3xf32>
  // CHECK: dlc.einsum "ij,jk->ik"(%{{.*}}, %{{.*}}) : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
  %7 = dlc.einsum "ij,jk->ik"(%x, %y) : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
  // CHECK: dlc.nll %{{.*}}, %{{.*}} {ignore_index = -1 : i64} : tensor<2x3xf32>, tensor<2xi64> to tensor<2xf32>
  %8 = dlc.nll %x, %labels {ignore_index = -1 : i64} : tensor<2x3xf32>, tensor<2xi64> to tensor<2xf32>
  // CHECK: dlc.softmax_cross_entropy %{{.*}}, %{{.*}} {smoothing = 1.000000e-01 : f64} : tensor<2x3xf32>, tensor<2x3xf32> to tensor<2xf32>
  %9 = dlc.softmax_cross_entropy %x, %x {smoothing = 0.1 : f64} : tensor<2x3xf32>, tensor<2x3xf32> to tensor<2xf32>
  return
}

// CHECK-LABEL: func @draws
func.func @draws(%s: tensor<2xi64>, %p: tensor<f32>, %x: tensor<4x10xbf16>) {
  // CHECK: dlc.bernoulli %{{.*}}, %{{.*}} : tensor<2xi64>, tensor<f32> to tensor<4xi1>
  %0 = dlc.bernoulli %s, %p : tensor<2xi64>, tensor<f32> to tensor<4xi1>
  // CHECK: dlc.categorical %{{.*}}, %{{.*}} : tensor<2xi64>, tensor<4x10xbf16> to tensor<3x4xi32>
  %1 = dlc.categorical %s, %x : tensor<2xi64>, tensor<4x10xbf16> to tensor<3x4xi32>
  // CHECK: dlc.permutation %{{.*}} : tensor<2xi64> to tensor<10xi32>
  %2 = dlc.permutation %s : tensor<2xi64> to tensor<10xi32>
  // CHECK: dlc.dropout %{{.*}}, %{{.*}} rate 5.000000e-01 : tensor<4x10xbf16>, tensor<2xi64>
  %3 = dlc.dropout %x, %s rate 0.5 : tensor<4x10xbf16>, tensor<2xi64>
  return
}

// CHECK-LABEL: func @quantisation
func.func @quantisation(%x: tensor<4xf32>, %s: tensor<f32>, %z: tensor<i8>) {
  // CHECK: dlc.uniform_quantize %{{.*}}, %{{.*}}, %{{.*}} : tensor<4xf32>, tensor<f32>, tensor<i8> to tensor<4xi8>
  %0 = dlc.uniform_quantize %x, %s, %z : tensor<4xf32>, tensor<f32>, tensor<i8> to tensor<4xi8>
  // CHECK: dlc.uniform_dequantize %{{.*}}, %{{.*}}, %{{.*}} : tensor<4xi8>, tensor<f32>, tensor<i8> to tensor<4xf32>
  %1 = dlc.uniform_dequantize %0, %s, %z : tensor<4xi8>, tensor<f32>, tensor<i8> to tensor<4xf32>
  // CHECK: dlc.fake_quant %{{.*}}, %{{.*}}, %{{.*}} low -128 high 127 : tensor<4xf32>, tensor<f32>
  %2 = dlc.fake_quant %x, %s, %s low -128 high 127 : tensor<4xf32>, tensor<f32>
  // CHECK: dlc.magnitude_mask %{{.*}} drop 2 : tensor<4xf32> to tensor<4xi1>
  %3 = dlc.magnitude_mask %x drop 2 : tensor<4xf32> to tensor<4xi1>
  return
}

// CHECK-LABEL: func @normalisation
func.func @normalisation(%x: tensor<2x4x5xf32>, %c: tensor<4xf32>, %r: tensor<5xf32>) {
  // CHECK: dlc.batch_norm_training %{{.*}}, %{{.*}}, %{{.*}} feature 1 epsilon {{.*}} : tensor<2x4x5xf32>, tensor<4xf32>
  %0, %1, %2 = dlc.batch_norm_training %x, %c, %c feature 1 epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<4xf32>
  // CHECK: dlc.batch_norm_inference %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} feature 1 epsilon {{.*}} : tensor<2x4x5xf32>, tensor<4xf32>
  %3 = dlc.batch_norm_inference %x, %c, %c, %c, %c feature 1 epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<4xf32>
  // CHECK: dlc.layer_norm %{{.*}}, %{{.*}}, %{{.*}} epsilon {{.*}} : tensor<2x4x5xf32>, tensor<5xf32>
  %4 = dlc.layer_norm %x, %r, %r epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<5xf32>
  // CHECK: dlc.rms_norm %{{.*}}, %{{.*}} epsilon {{.*}} : tensor<2x4x5xf32>, tensor<5xf32>
  %5 = dlc.rms_norm %x, %r epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<5xf32>
  // CHECK: dlc.group_norm %{{.*}}, %{{.*}}, %{{.*}} groups 2 epsilon {{.*}} : tensor<2x4x5xf32>, tensor<4xf32>
  %6 = dlc.group_norm %x, %c, %c groups 2 epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<4xf32>
  // CHECK: dlc.instance_norm %{{.*}}, %{{.*}}, %{{.*}} epsilon {{.*}} : tensor<2x4x5xf32>, tensor<4xf32>
  %7 = dlc.instance_norm %x, %c, %c epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<4xf32>
  return
}

// CHECK-LABEL: func @images
func.func @images(%x: tensor<1x2x4x4xf32>, %w: tensor<2x3x2x2xf32>, %table: tensor<10x4xf32>, %i: tensor<2x3xi32>) {
  // CHECK: dlc.embedding %{{.*}}, %{{.*}} : tensor<10x4xf32>, tensor<2x3xi32> to tensor<2x3x4xf32>
  %0 = dlc.embedding %table, %i : tensor<10x4xf32>, tensor<2x3xi32> to tensor<2x3x4xf32>
  // CHECK: dlc.max_pool %{{.*}} window [2, 2] strides [2, 2] low [0, 0] high [0, 0] : tensor<1x2x4x4xf32> to tensor<1x2x2x2xf32>
  %1 = dlc.max_pool %x window [2, 2] strides [2, 2] low [0, 0] high [0, 0] : tensor<1x2x4x4xf32> to tensor<1x2x2x2xf32>
  // CHECK: dlc.avg_pool %{{.*}} window [2, 2] strides [2, 2] low [1, 1] high [1, 1] {count_padding} : tensor<1x2x4x4xf32> to tensor<1x2x3x3xf32>
  %2 = dlc.avg_pool %x window [2, 2] strides [2, 2] low [1, 1] high [1, 1] {count_padding} : tensor<1x2x4x4xf32> to tensor<1x2x3x3xf32>
  // CHECK: dlc.global_avg_pool %{{.*}} : tensor<1x2x4x4xf32> to tensor<1x2xf32>
  %3 = dlc.global_avg_pool %x : tensor<1x2x4x4xf32> to tensor<1x2xf32>
  // CHECK: dlc.conv_transpose %{{.*}}, %{{.*}} strides [2, 2] padding [0, 0] output_padding [1, 1] dilation [1, 1] groups 1 : tensor<1x2x4x4xf32>, tensor<2x3x2x2xf32> to tensor<1x3x9x9xf32>
  %4 = dlc.conv_transpose %x, %w strides [2, 2] padding [0, 0] output_padding [1, 1] dilation [1, 1] groups 1 : tensor<1x2x4x4xf32>, tensor<2x3x2x2xf32> to tensor<1x3x9x9xf32>
  return
}

// CHECK-LABEL: func @cells
func.func @cells(%x: tensor<2x3xf32>, %h: tensor<2x4xf32>, %w1: tensor<4x3xf32>, %u1: tensor<4x4xf32>, %b1: tensor<4xf32>,
                 %w3: tensor<12x3xf32>, %u3: tensor<12x4xf32>, %b3: tensor<12xf32>,
                 %w4: tensor<16x3xf32>, %u4: tensor<16x4xf32>, %b4: tensor<16xf32>) {
  // CHECK: dlc.rnn_cell {{.*}} : tensor<2x3xf32>, tensor<2x4xf32>, tensor<4x3xf32>, tensor<4x4xf32>, tensor<4xf32>
  %0 = dlc.rnn_cell %x, %h, %w1, %u1, %b1 : tensor<2x3xf32>, tensor<2x4xf32>, tensor<4x3xf32>, tensor<4x4xf32>, tensor<4xf32>
  // CHECK: dlc.gru_cell {{.*}} : tensor<2x3xf32>, tensor<2x4xf32>, tensor<12x3xf32>, tensor<12x4xf32>, tensor<12xf32>, tensor<4xf32>
  %1 = dlc.gru_cell %x, %h, %w3, %u3, %b3, %b1 : tensor<2x3xf32>, tensor<2x4xf32>, tensor<12x3xf32>, tensor<12x4xf32>, tensor<12xf32>, tensor<4xf32>
  // CHECK: dlc.lstm_cell {{.*}} : tensor<2x3xf32>, tensor<2x4xf32>, tensor<16x3xf32>, tensor<16x4xf32>, tensor<16xf32>
  %2, %3 = dlc.lstm_cell %x, %h, %h, %w4, %u4, %b4 : tensor<2x3xf32>, tensor<2x4xf32>, tensor<16x3xf32>, tensor<16x4xf32>, tensor<16xf32>
  return
}

// CHECK-LABEL: func @attention
func.func @attention(%q: tensor<2x5x4xf32>, %k: tensor<2x6x4xf32>, %v: tensor<2x6x3xf32>, %w: tensor<4xf32>, %m: tensor<2x5x6xi1>) {
  // CHECK: dlc.scaled_dot_product_attention %{{.*}}, %{{.*}}, %{{.*}} scale 5.000000e-01 causal : (tensor<2x5x4xf32>, tensor<2x6x4xf32>, tensor<2x6x3xf32>) -> (tensor<2x5x3xf32>, tensor<2x5xf32>)
  %0, %1 = dlc.scaled_dot_product_attention %q, %k, %v scale 0.5 causal : (tensor<2x5x4xf32>, tensor<2x6x4xf32>, tensor<2x6x3xf32>) -> (tensor<2x5x3xf32>, tensor<2x5xf32>)
  // CHECK: dlc.scaled_dot_product_attention %{{.*}}, %{{.*}}, %{{.*}} mask %{{.*}} scale 5.000000e-01 :
  %2, %3 = dlc.scaled_dot_product_attention %q, %k, %v mask %m scale 0.5 : (tensor<2x5x4xf32>, tensor<2x6x4xf32>, tensor<2x6x3xf32>, tensor<2x5x6xi1>) -> (tensor<2x5x3xf32>, tensor<2x5xf32>)
  // CHECK: dlc.additive_attention %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} : (tensor<2x5x4xf32>, tensor<2x6x4xf32>, tensor<2x6x3xf32>, tensor<4xf32>) -> (tensor<2x5x3xf32>, tensor<2x5x6xf32>)
  %4, %5 = dlc.additive_attention %q, %k, %v, %w : (tensor<2x5x4xf32>, tensor<2x6x4xf32>, tensor<2x6x3xf32>, tensor<4xf32>) -> (tensor<2x5x3xf32>, tensor<2x5x6xf32>)
  // CHECK: dlc.additive_attention %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} mask %{{.*}} :
  %6, %7 = dlc.additive_attention %q, %k, %v, %w mask %m : (tensor<2x5x4xf32>, tensor<2x6x4xf32>, tensor<2x6x3xf32>, tensor<4xf32>, tensor<2x5x6xi1>) -> (tensor<2x5x3xf32>, tensor<2x5x6xf32>)
  return
}
