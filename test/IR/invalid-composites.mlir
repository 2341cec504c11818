// One case for each diagnostic of the composites.
// RUN: dlc-opt %s --split-input-file --verify-diagnostics

func.func @log_sum_exp_dimension(%x: tensor<2xf32>) {
  // expected-error @+2 {{dimension 1 is out of range for rank 1}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.log_sum_exp %x dim 1 : tensor<2xf32> to tensor<f32>
  return
}

// -----
func.func @argmax_empty(%x: tensor<0x2xf32>) {
  // expected-error @+2 {{dimension 0 of shape [0, 2] is empty}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.argmax %x dim 0 : tensor<0x2xf32> to tensor<2xi32>
  return
}

// -----
func.func @argmin_empty(%x: tensor<0x2xf32>) {
  // expected-error @+2 {{dimension 0 of shape [0, 2] is empty}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.argmin %x dim 0 : tensor<0x2xf32> to tensor<2xi32>
  return
}

// -----
func.func @top_k_too_many(%x: tensor<3xf32>) {
  // expected-error @+2 {{k = 4 does not suit shape [3]}}
  // expected-error @+1 {{failed to infer returned types}}
  %0, %1 = dlc.top_k %x k 4 : tensor<3xf32> to tensor<4xf32>, tensor<4xi32>
  return
}

// -----
func.func @mean_twice(%x: tensor<2x3xf32>) {
  // expected-error @+2 {{dimension 1 is named twice}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.mean %x dims [1, 1] : tensor<2x3xf32> to tensor<2xf32>
  return
}

// -----
func.func @variance_dimension(%x: tensor<2x3xf32>) {
  // expected-error @+2 {{dimension 2 is out of range for rank 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.variance %x dims [2] {correction = 0 : i64} : tensor<2x3xf32> to tensor<2xf32>
  return
}

// -----
func.func @norm_dimension(%x: tensor<2x3xf32>) {
  // expected-error @+2 {{dimension -1 is out of range for rank 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.norm %x dims [-1] {order = 2.0 : f64} : tensor<2x3xf32> to tensor<2xf32>
  return
}

// -----
func.func @einsum_sizes(%a: tensor<2x3xf32>, %b: tensor<4x2xf32>) {
  // expected-error @+2 {{'j' is both 3 and 4}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.einsum "ij,jk->ik"(%a, %b) : (tensor<2x3xf32>, tensor<4x2xf32>) -> tensor<2x2xf32>
  return
}

// -----
func.func @einsum_output(%a: tensor<2x3xf32>, %b: tensor<4x2xf32>) {
  // expected-error @+2 {{'z' of the output is in no operand}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.einsum "ij,kl->iz"(%a, %b) : (tensor<2x3xf32>, tensor<4x2xf32>) -> tensor<2x2xf32>
  return
}

// -----
func.func @einsum_twice(%a: tensor<2x3xf32>, %b: tensor<4x2xf32>) {
  // expected-error @+2 {{'i' is twice in the output}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.einsum "ij,kl->ii"(%a, %b) : (tensor<2x3xf32>, tensor<4x2xf32>) -> tensor<2x2xf32>
  return
}

// -----
func.func @einsum_operands(%a: tensor<2x3xf32>, %b: tensor<4x2xf32>) {
  // expected-error @+2 {{"ij->ij" names 1 operands, got 2}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.einsum "ij->ij"(%a, %b) : (tensor<2x3xf32>, tensor<4x2xf32>) -> tensor<2x2xf32>
  return
}

// -----
func.func @einsum_rank(%a: tensor<2x3xf32>, %b: tensor<4x2xf32>) {
  // expected-error @+2 {{"ijk" does not suit shape [2, 3]}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.einsum "ijk,kl->il"(%a, %b) : (tensor<2x3xf32>, tensor<4x2xf32>) -> tensor<2x2xf32>
  return
}

// -----
func.func @einsum_arrow(%a: tensor<2x3xf32>, %b: tensor<4x2xf32>) {
  // expected-error @+2 {{"ij,jk" names no output: write -> and its letters}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.einsum "ij,jk"(%a, %b) : (tensor<2x3xf32>, tensor<4x2xf32>) -> tensor<2x2xf32>
  return
}

// -----
func.func @einsum_blank(%a: tensor<2x3xf32>, %b: tensor<4x2xf32>) {
  // expected-error @+2 {{unexpected ' ' in "ij, jk->ik"}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.einsum "ij, jk->ik"(%a, %b) : (tensor<2x3xf32>, tensor<4x2xf32>) -> tensor<2x2xf32>
  return
}

// -----
func.func @einsum_none() {
  // expected-error @+2 {{needs at least one operand}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = "dlc.einsum"() <{equation = "->"}> : () -> tensor<f32>
  return
}

// -----
func.func @einsum_types(%a: tensor<2xf32>, %b: tensor<2xf64>) {
  // expected-error @+2 {{element types differ: 'f32' vs 'f64'}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.einsum "i,i->"(%a, %b) : (tensor<2xf32>, tensor<2xf64>) -> tensor<f32>
  return
}

// -----
func.func @bernoulli_probability(%s: tensor<2xi64>, %p: tensor<1xf32>) {
  // expected-error @+1 {{the probability must be a scalar, got 'tensor<1xf32>'}}
  %0 = dlc.bernoulli %s, %p : tensor<2xi64>, tensor<1xf32> to tensor<4xi1>
  return
}

// -----
func.func @categorical_shape(%s: tensor<2xi64>, %x: tensor<4x10xf32>) {
  // expected-error @+1 {{draws from logits [4, 10] must end in [4], got [4, 3]}}
  %0 = dlc.categorical %s, %x : tensor<2xi64>, tensor<4x10xf32> to tensor<4x3xi32>
  return
}

// -----
func.func @categorical_classes(%s: tensor<2xi64>, %x: tensor<4x0xf32>) {
  // expected-error @+1 {{needs at least one class, got logits [4, 0]}}
  %0 = dlc.categorical %s, %x : tensor<2xi64>, tensor<4x0xf32> to tensor<4xi32>
  return
}

// -----
func.func @permutation_rank(%s: tensor<2xi64>) {
  // expected-error @+1 {{gives one dimension, not 'tensor<2x5xi32>'}}
  %0 = dlc.permutation %s : tensor<2xi64> to tensor<2x5xi32>
  return
}

// -----
func.func @dropout_rate(%s: tensor<2xi64>, %x: tensor<4xf32>) {
  // expected-error @+1 {{rate 1.500000e+00 is not in [0, 1]}}
  %0 = dlc.dropout %x, %s rate 1.5 : tensor<4xf32>, tensor<2xi64>
  return
}

// -----
func.func @quantize_shape(%x: tensor<4xf32>, %s: tensor<f32>, %z: tensor<i8>) {
  // expected-error @+1 {{shapes differ: 'tensor<4xf32>' vs 'tensor<5xi8>'}}
  %0 = dlc.uniform_quantize %x, %s, %z : tensor<4xf32>, tensor<f32>, tensor<i8> to tensor<5xi8>
  return
}

// -----
func.func @quantize_zero_point(%x: tensor<4xf32>, %s: tensor<f32>, %z: tensor<ui8>) {
  // expected-error @+1 {{element types differ: 'i8' vs 'ui8'}}
  %0 = dlc.uniform_quantize %x, %s, %z : tensor<4xf32>, tensor<f32>, tensor<ui8> to tensor<4xi8>
  return
}

// -----
func.func @dequantize_scale(%q: tensor<4xi8>, %s: tensor<1xf32>, %z: tensor<i8>) {
  // expected-error @+1 {{scale must be a scalar, got 'tensor<1xf32>'}}
  %0 = dlc.uniform_dequantize %q, %s, %z : tensor<4xi8>, tensor<1xf32>, tensor<i8> to tensor<4xf32>
  return
}

// -----
func.func @fake_quant_range(%x: tensor<4xf32>, %s: tensor<f32>) {
  // expected-error @+1 {{low 3 exceeds high 2}}
  %0 = dlc.fake_quant %x, %s, %s low 3 high 2 : tensor<4xf32>, tensor<f32>
  return
}

// -----
func.func @magnitude_mask_drop(%x: tensor<4xf32>) {
  // expected-error @+1 {{cannot drop 5 of 4 elements}}
  %0 = dlc.magnitude_mask %x drop 5 : tensor<4xf32> to tensor<4xi1>
  return
}

// -----
func.func @magnitude_mask_shape(%x: tensor<4xf32>) {
  // expected-error @+1 {{shapes differ: 'tensor<4xf32>' vs 'tensor<5xi1>'}}
  %0 = dlc.magnitude_mask %x drop 1 : tensor<4xf32> to tensor<5xi1>
  return
}

// -----
func.func @cross_entropy_soft(%x: tensor<2x3xf32>, %t: tensor<3x2xf32>) {
  // expected-error @+2 {{logits [2, 3] need probabilities of the same shape, got [3, 2]}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.softmax_cross_entropy %x, %t : tensor<2x3xf32>, tensor<3x2xf32> to tensor<2xf32>
  return
}

// -----
func.func @cross_entropy_ignore(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{probabilities have no ignore_index}}
  %0 = dlc.softmax_cross_entropy %x, %x {ignore_index = 0 : i64} : tensor<2x3xf32>, tensor<2x3xf32> to tensor<2xf32>
  return
}

// -----
func.func @cross_entropy_labels(%x: tensor<2x3xf32>, %t: tensor<2xi8>) {
  // expected-error @+1 {{labels are i32, i64 or probabilities, not 'i8'}}
  %0 = dlc.softmax_cross_entropy %x, %t : tensor<2x3xf32>, tensor<2xi8> to tensor<2xf32>
  return
}

// -----
func.func @cross_entropy_smoothing(%x: tensor<2x3xf32>, %t: tensor<2xi32>) {
  // expected-error @+1 {{smoothing 2.000000e+00 is not in [0, 1]}}
  %0 = dlc.softmax_cross_entropy %x, %t {smoothing = 2.0 : f64} : tensor<2x3xf32>, tensor<2xi32> to tensor<2xf32>
  return
}

// -----
func.func @nll_labels(%x: tensor<2x3xf32>, %t: tensor<3xi32>) {
  // expected-error @+2 {{logits [2, 3] need labels [2], got [3]}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.nll %x, %t : tensor<2x3xf32>, tensor<3xi32> to tensor<2xf32>
  return
}

// -----
func.func @batch_norm_training_features(%x: tensor<2x4x5xf32>, %s: tensor<3xf32>) {
  // expected-error @+1 {{4 features need scale and bias [4], got [3]}}
  %0, %1, %2 = dlc.batch_norm_training %x, %s, %s feature 1 epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<3xf32>
  return
}

// -----
func.func @batch_norm_training_dimension(%x: tensor<2x4x5xf32>, %s: tensor<3xf32>) {
  // expected-error @+1 {{dimension 3 is out of range for rank 3}}
  %0, %1, %2 = dlc.batch_norm_training %x, %s, %s feature 3 epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<3xf32>
  return
}

// -----
func.func @batch_norm_inference_features(%x: tensor<2x4x5xf32>, %s: tensor<3xf32>) {
  // expected-error @+1 {{4 features need scale and bias [4], got [3]}}
  %0 = dlc.batch_norm_inference %x, %s, %s, %s, %s feature 1 epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<3xf32>
  return
}

// -----
func.func @layer_norm_row(%x: tensor<2x4x5xf32>, %s: tensor<3xf32>) {
  // expected-error @+1 {{scale and bias [3] are not the trailing dimensions of [2, 4, 5]}}
  %0 = dlc.layer_norm %x, %s, %s epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<3xf32>
  return
}

// -----
func.func @rms_norm_row(%x: tensor<2x4x5xf32>, %s: tensor<3xf32>) {
  // expected-error @+1 {{scale and bias [3] are not the trailing dimensions of [2, 4, 5]}}
  %0 = dlc.rms_norm %x, %s epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<3xf32>
  return
}

// -----
func.func @group_norm_groups(%x: tensor<2x4x5xf32>, %s: tensor<4xf32>) {
  // expected-error @+1 {{3 groups do not divide 4 channels}}
  %0 = dlc.group_norm %x, %s, %s groups 3 epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<4xf32>
  return
}

// -----
func.func @instance_norm_types(%x: tensor<2x4x5xf32>, %s: tensor<4xf64>) {
  // expected-error @+1 {{element types differ: 'f32' vs 'f64'}}
  %0 = dlc.instance_norm %x, %s, %s epsilon 1.0e-5 : tensor<2x4x5xf32>, tensor<4xf64>
  return
}

// -----
func.func @embedding_empty(%t: tensor<0x4xf32>, %i: tensor<3xi32>) {
  // expected-error @+2 {{the table [0, 4] is empty}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.embedding %t, %i : tensor<0x4xf32>, tensor<3xi32> to tensor<3x4xf32>
  return
}

// -----
func.func @max_pool_window(%x: tensor<1x1x4xf32>) {
  // expected-error @+2 {{window 0 is out of range}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.max_pool %x window [0] strides [1] low [0] high [0] : tensor<1x1x4xf32> to tensor<1x1x4xf32>
  return
}

// -----
func.func @avg_pool_strides(%x: tensor<1x1x4xf32>) {
  // expected-error @+2 {{strides 0 is out of range}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.avg_pool %x window [2] strides [0] low [0] high [0] : tensor<1x1x4xf32> to tensor<1x1x4xf32>
  return
}

// -----
func.func @global_avg_pool_rank(%x: tensor<4xf32>) {
  // expected-error @+2 {{needs [N, C, spatial…], got [4]}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.global_avg_pool %x : tensor<4xf32> to tensor<4xf32>
  return
}

// -----
func.func @conv_transpose_output_padding(%x: tensor<1x2x4xf32>, %w: tensor<2x3x2xf32>) {
  // expected-error @+2 {{output padding 1 is not below stride or dilation}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.conv_transpose %x, %w strides [1] padding [0] output_padding [1] dilation [1] groups 1 : tensor<1x2x4xf32>, tensor<2x3x2xf32> to tensor<1x3x5xf32>
  return
}

// -----
func.func @conv_transpose_padding(%x: tensor<1x2x4xf32>, %w: tensor<2x3x2xf32>) {
  // expected-error @+2 {{padding 3 leaves no output}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.conv_transpose %x, %w strides [1] padding [3] output_padding [0] dilation [1] groups 1 : tensor<1x2x4xf32>, tensor<2x3x2xf32> to tensor<1x3x5xf32>
  return
}

// -----
func.func @conv_transpose_groups(%x: tensor<1x2x4xf32>, %w: tensor<2x3x2xf32>) {
  // expected-error @+2 {{images with 2 channels and filters [2, 3, 2] do not suit 3 groups}}
  // expected-error @+1 {{failed to infer returned types}}
  %0 = dlc.conv_transpose %x, %w strides [1] padding [0] output_padding [0] dilation [1] groups 3 : tensor<1x2x4xf32>, tensor<2x3x2xf32> to tensor<1x3x5xf32>
  return
}

// -----
func.func @rnn_cell_weights(%x: tensor<2x3xf32>, %h: tensor<2x4xf32>, %w: tensor<4x4xf32>, %b: tensor<4xf32>) {
  // expected-error @+1 {{input [2, 3] and state [2, 4] need weights of shape [4, 3], got [4, 4]}}
  %0 = dlc.rnn_cell %x, %h, %w, %w, %b : tensor<2x3xf32>, tensor<2x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4xf32>
  return
}

// -----
func.func @gru_cell_candidate(%x: tensor<2x3xf32>, %h: tensor<2x1xf32>, %w: tensor<3x3xf32>, %u: tensor<3x1xf32>, %b: tensor<3xf32>) {
  // expected-error @+1 {{the candidate's bias must have 1 elements, got 'tensor<3xf32>'}}
  %0 = dlc.gru_cell %x, %h, %w, %u, %b, %b : tensor<2x3xf32>, tensor<2x1xf32>, tensor<3x3xf32>, tensor<3x1xf32>, tensor<3xf32>, tensor<3xf32>
  return
}

// -----
func.func @lstm_cell_state(%x: tensor<2x3xf32>, %h: tensor<3x4xf32>, %w: tensor<16x3xf32>, %u: tensor<16x4xf32>, %b: tensor<16xf32>) {
  // expected-error @+1 {{needs an input [N, I] and a state [N, H], got [2, 3] and [3, 4]}}
  %0, %1 = dlc.lstm_cell %x, %h, %h, %w, %u, %b : tensor<2x3xf32>, tensor<3x4xf32>, tensor<16x3xf32>, tensor<16x4xf32>, tensor<16xf32>
  return
}

// -----
func.func @attention_inner(%q: tensor<2x5x4xf32>, %k: tensor<2x6x3xf32>, %v: tensor<2x7x3xf32>, %m: tensor<2x5x5xi1>, %w: tensor<3xf32>) {
  // expected-error @+2 {{inner sizes differ: 4 vs 3}}
  // expected-error @+1 {{failed to infer returned types}}
  %0, %1 = dlc.scaled_dot_product_attention %q, %k, %k scale 0.5 : (tensor<2x5x4xf32>, tensor<2x6x3xf32>, tensor<2x6x3xf32>) -> (tensor<2x5x3xf32>, tensor<2x5xf32>)
  return
}

// -----
func.func @attention_values(%q: tensor<2x5x4xf32>, %k: tensor<2x6x3xf32>, %v: tensor<2x7x3xf32>, %m: tensor<2x5x5xi1>, %w: tensor<3xf32>) {
  // expected-error @+2 {{keys and values differ in number: 6 vs 7}}
  // expected-error @+1 {{failed to infer returned types}}
  %0, %1 = dlc.scaled_dot_product_attention %k, %k, %v scale 0.5 : (tensor<2x6x3xf32>, tensor<2x6x3xf32>, tensor<2x7x3xf32>) -> (tensor<2x5x3xf32>, tensor<2x5xf32>)
  return
}

// -----
func.func @attention_mask(%q: tensor<2x5x4xf32>, %k: tensor<2x6x3xf32>, %v: tensor<2x7x3xf32>, %m: tensor<2x5x5xi1>, %w: tensor<3xf32>) {
  // expected-error @+2 {{the mask must have shape [2, 6, 6], got [2, 5, 5]}}
  // expected-error @+1 {{failed to infer returned types}}
  %0, %1 = dlc.scaled_dot_product_attention %k, %k, %k mask %m scale 0.5 : (tensor<2x6x3xf32>, tensor<2x6x3xf32>, tensor<2x6x3xf32>, tensor<2x5x5xi1>) -> (tensor<2x5x3xf32>, tensor<2x5xf32>)
  return
}

// -----
func.func @additive_attention_weight(%q: tensor<2x5x4xf32>, %k: tensor<2x6x3xf32>, %v: tensor<2x7x3xf32>, %m: tensor<2x5x5xi1>, %w: tensor<3xf32>) {
  // expected-error @+2 {{the weight must have shape [4], got [3]}}
  // expected-error @+1 {{failed to infer returned types}}
  %0, %1 = dlc.additive_attention %q, %q, %q, %w : (tensor<2x5x4xf32>, tensor<2x5x4xf32>, tensor<2x5x4xf32>, tensor<3xf32>) -> (tensor<2x5x4xf32>, tensor<2x5x5xf32>)
  return
}
