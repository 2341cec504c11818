// The composite ops of networks: losses, normalisation, layers.

#ifndef DLC_LAYERS
#define DLC_LAYERS

include "DlcBase.td"

//===-- Losses -------------------------------------------------------------===//
// Each gives the loss of every element or row; sums and means are ops of their
// own.

def SoftmaxCrossEntropyOp : Dlc_Op<"softmax_cross_entropy", [Pure, Composite, Inferred]> {
  let summary = "-sum target · log_softmax(logits) for each row.";
  let description = [{
    logits are [batch…, classes]. Labels are indices [batch…], and one outside
    [0, classes) is a fault unless it is `ignore_index`, whose row has loss and
    gradient 0; or they are probabilities, of the logits' type. The loss is
    sum t · log sum e^(x-m) - sum t · (x - m), m the row's largest logit and t
    the target, one_hot(labels) or the probabilities; `smoothing` s makes it
    (1 - s) · t + s / classes. d logits = (sum t · softmax - t) · g.

    Example:
    ```
    %l = dlc.softmax_cross_entropy %x, %labels
        : tensor<2x3xf32>, tensor<2xi32> to tensor<2xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$logits, Dlc_Tensor:$labels,
                       OptionalAttr<I64Attr>:$ignore_index,
                       DefaultValuedAttr<F64Attr, "0.0">:$smoothing);
  let results = (outs Dlc_FloatTensor:$loss);
  let assemblyFormat =
      "$logits `,` $labels attr-dict `:` type($logits) `,` type($labels) `to` type($loss)";
  let hasVerifier = 1;
}
def NllOp : Dlc_Op<"nll", [Pure, Composite, Inferred]> {
  let summary = "-log_probabilities[label] for each row.";
  let description = [{
    log_probabilities are [batch…, classes], labels [batch…]; a label outside
    [0, classes) is a fault unless it is `ignore_index`, whose row has loss 0.

    Example: `%l = dlc.nll %p, %labels : tensor<2x3xf32>, tensor<2xi32> to tensor<2xf32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$log_probabilities, Dlc_IndexTensor:$labels,
                       OptionalAttr<I64Attr>:$ignore_index);
  let results = (outs Dlc_FloatTensor:$loss);
  let assemblyFormat = [{
    $log_probabilities `,` $labels attr-dict
    `:` type($log_probabilities) `,` type($labels) `to` type($loss)
  }];
}
def SigmoidBinaryCrossEntropyOp : Dlc_Op<"sigmoid_binary_cross_entropy", [Pure, Composite, SameOperandsAndResultType]> {
  let summary = "max(x, 0) - x · t + log(1 + e^-|x|), x the logit.";
  let description = [{
    Example: `%l = dlc.sigmoid_binary_cross_entropy %x, %t : tensor<4xf32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$target);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = "$operand `,` $target attr-dict `:` type($result)";
}
def MseOp : Dlc_Op<"mse", [Pure, Composite, SameOperandsAndResultType]> {
  let summary = "(x - t)², the squared error of each element.";
  let description = [{
    Example: `%l = dlc.mse %x, %t : tensor<4xf32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$target);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = "$operand `,` $target attr-dict `:` type($result)";
}
def L1Op : Dlc_Op<"l1", [Pure, Composite, SameOperandsAndResultType]> {
  let summary = "|x - t|; the gradient at 0 is 0.";
  let description = [{
    Example: `%l = dlc.l1 %x, %t : tensor<4xf32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$target);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = "$operand `,` $target attr-dict `:` type($result)";
}
def HuberOp : Dlc_Op<"huber", [Pure, Composite, SameOperandsAndResultType]> {
  let summary = "d²/2 where |d| is at most delta, else delta · (|d| - delta/2).";
  let description = [{
    d = x - t.

    Example: `%l = dlc.huber %x, %t {delta = 1.0 : f64} : tensor<4xf32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$target, F64Attr:$delta);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = "$operand `,` $target attr-dict `:` type($result)";
}
def KlDivOp : Dlc_Op<"kl_div", [Pure, Composite, SameOperandsAndResultType]> {
  let summary = "t · (log t - x), x the log of a probability; 0 where t is 0.";
  let description = [{
    Example: `%l = dlc.kl_div %x, %t : tensor<4xf32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$target);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = "$operand `,` $target attr-dict `:` type($result)";
}

//===-- Normalisation ------------------------------------------------------===//

def BatchNormTrainingOp : Dlc_Op<"batch_norm_training", [Pure, Composite,
    AllTypesMatch<["operand", "result"]>,
    AllTypesMatch<["scale", "bias", "mean", "variance"]>]> {
  let summary = "(x - mean) / sqrt(variance + epsilon) · scale + bias by feature.";
  let description = [{
    Mean and (population) variance of each index of the feature dimension over
    all others; they are results too. scale and bias have one element a feature.

    Example:
    ```
    %y, %mean, %var = dlc.batch_norm_training %x, %scale, %bias feature 1 epsilon 1.0e-5
        : tensor<8x3x4x4xf32>, tensor<3xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$scale,
                       Dlc_FloatTensor:$bias, I64Attr:$feature, F64Attr:$epsilon);
  let results = (outs Dlc_FloatTensor:$result, Dlc_FloatTensor:$mean,
                      Dlc_FloatTensor:$variance);
  let assemblyFormat = [{
    $operand `,` $scale `,` $bias `feature` $feature `epsilon` $epsilon attr-dict
    `:` type($operand) `,` type($scale)
  }];
  let hasVerifier = 1;
}
def BatchNormInferenceOp : Dlc_Op<"batch_norm_inference", [Pure, Composite,
    AllTypesMatch<["operand", "result"]>,
    AllTypesMatch<["scale", "bias", "mean", "variance"]>]> {
  let summary = "(x - mean) / sqrt(variance + epsilon) · scale + bias, all given.";
  let description = [{
    Example:
    ```
    %y = dlc.batch_norm_inference %x, %scale, %bias, %mean, %var feature 1 epsilon 1.0e-5
        : tensor<8x3x4x4xf32>, tensor<3xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$scale,
                       Dlc_FloatTensor:$bias, Dlc_FloatTensor:$mean,
                       Dlc_FloatTensor:$variance, I64Attr:$feature, F64Attr:$epsilon);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $operand `,` $scale `,` $bias `,` $mean `,` $variance `feature` $feature
    `epsilon` $epsilon attr-dict `:` type($operand) `,` type($scale)
  }];
  let hasVerifier = 1;
}
def LayerNormOp : Dlc_Op<"layer_norm", [Pure, Composite,
    AllTypesMatch<["operand", "result"]>, AllTypesMatch<["scale", "bias"]>]> {
  let summary = "(x - mean) / sqrt(variance + epsilon) · scale + bias by row.";
  let description = [{
    A row is the trailing dimensions that scale and bias have.

    Example:
    ```
    %y = dlc.layer_norm %x, %scale, %bias epsilon 1.0e-5 : tensor<2x8xf32>, tensor<8xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$scale,
                       Dlc_FloatTensor:$bias, F64Attr:$epsilon);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $operand `,` $scale `,` $bias `epsilon` $epsilon attr-dict
    `:` type($operand) `,` type($scale)
  }];
  let hasVerifier = 1;
}
def RmsNormOp : Dlc_Op<"rms_norm", [Pure, Composite, AllTypesMatch<["operand", "result"]>]> {
  let summary = "x / sqrt(mean x² + epsilon) · scale by row.";
  let description = [{
    A row is the trailing dimensions that scale has.

    Example: `%y = dlc.rms_norm %x, %scale epsilon 1.0e-5 : tensor<2x8xf32>, tensor<8xf32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$scale,
                       F64Attr:$epsilon);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat =
      "$operand `,` $scale `epsilon` $epsilon attr-dict `:` type($operand) `,` type($scale)";
  let hasVerifier = 1;
}
def GroupNormOp : Dlc_Op<"group_norm", [Pure, Composite,
    AllTypesMatch<["operand", "result"]>, AllTypesMatch<["scale", "bias"]>]> {
  let summary = "Normalises each image's groups of channels; instance norm at C groups.";
  let description = [{
    x is [N, C, spatial…]. Mean and variance of each image and group of
    C / groups channels; scale and bias are [C].

    Example:
    ```
    %y = dlc.group_norm %x, %scale, %bias groups 2 epsilon 1.0e-5
        : tensor<8x4x5x5xf32>, tensor<4xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$scale,
                       Dlc_FloatTensor:$bias, I64Attr:$groups, F64Attr:$epsilon);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $operand `,` $scale `,` $bias `groups` $groups `epsilon` $epsilon attr-dict
    `:` type($operand) `,` type($scale)
  }];
  let hasVerifier = 1;
}
def InstanceNormOp : Dlc_Op<"instance_norm", [Pure, Composite,
    AllTypesMatch<["operand", "result"]>, AllTypesMatch<["scale", "bias"]>]> {
  let summary = "Normalises each channel of each image.";
  let description = [{
    x is [N, C, spatial…]; scale and bias are [C].

    Example:
    ```
    %y = dlc.instance_norm %x, %scale, %bias epsilon 1.0e-5
        : tensor<8x4x5x5xf32>, tensor<4xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$scale,
                       Dlc_FloatTensor:$bias, F64Attr:$epsilon);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $operand `,` $scale `,` $bias `epsilon` $epsilon attr-dict
    `:` type($operand) `,` type($scale)
  }];
  let hasVerifier = 1;
}

//===-- Layers -------------------------------------------------------------===//

def EmbeddingOp : Dlc_Op<"embedding", [Pure, Composite, Inferred]> {
  let summary = "table[index] for each index; an index outside is a fault.";
  let description = [{
    The table is [entries, features…]. Its gradient adds each row's where the
    index points.

    Example: `%y = dlc.embedding %table, %i : tensor<10x4xf32>, tensor<2x3xi32> to tensor<2x3x4xf32>`
  }];
  let arguments = (ins Dlc_FloatTensor:$table, Dlc_IndexTensor:$indices);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat =
      "$table `,` $indices attr-dict `:` type($table) `,` type($indices) `to` type($result)";
}

class Dlc_Pool<string mnemonic> : Dlc_Op<mnemonic, [Pure, Composite, Inferred]> {
  let arguments = (ins Dlc_FloatTensor:$operand, DenseI64ArrayAttr:$window,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$high);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $operand `window` $window `strides` $strides `low` $low `high` $high attr-dict
    `:` type($operand) `to` type($result)
  }];
}
def MaxPoolOp : Dlc_Pool<"max_pool"> {
  let summary = "The largest element under each window of [N, C, spatial…].";
  let description = [{
    Padding counts as -inf. Of equal ones the first takes the gradient.

    Example:
    ```
    %y = dlc.max_pool %x window [2, 2] strides [2, 2] low [0, 0] high [0, 0]
        : tensor<1x1x4x4xf32> to tensor<1x1x2x2xf32>
    ```
  }];
}
def AvgPoolOp : Dlc_Pool<"avg_pool"> {
  let summary = "The mean under each window of [N, C, spatial…].";
  let description = [{
    Divided by the number of taps inside the image, or of all taps with
    `count_padding`.

    Example:
    ```
    %y = dlc.avg_pool %x window [2, 2] strides [2, 2] low [0, 0] high [0, 0]
        : tensor<1x1x4x4xf32> to tensor<1x1x2x2xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, DenseI64ArrayAttr:$window,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$high, UnitAttr:$count_padding);
}
def GlobalAvgPoolOp : Dlc_Op<"global_avg_pool", [Pure, Composite, Inferred]> {
  let summary = "The mean of each channel of [N, C, spatial…], as [N, C].";
  let description = "Example: `%y = dlc.global_avg_pool %x : tensor<1x2x4x4xf32> to tensor<1x2xf32>`";
  let arguments = (ins Dlc_FloatTensor:$operand);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = "$operand attr-dict `:` type($operand) `to` type($result)";
}
def ConvTransposeOp : Dlc_Op<"conv_transpose", [Pure, Composite, Inferred]> {
  let summary = "The data gradient of a convolution, as a layer.";
  let description = [{
    images [N, C, spatial…], filters [C, O / groups, spatial…]. Size
    (n - 1) · stride - 2 · padding + dilation · (window - 1) + output_padding + 1.

    Example:
    ```
    %y = dlc.conv_transpose %x, %w strides [2, 2] padding [1, 1]
        output_padding [0, 0] dilation [1, 1] groups 1
        : tensor<1x3x4x4xf32>, tensor<3x2x4x4xf32> to tensor<1x2x8x8xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$images, Dlc_FloatTensor:$filters,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$padding,
                       DenseI64ArrayAttr:$output_padding,
                       DenseI64ArrayAttr:$dilation, I64Attr:$groups);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $images `,` $filters `strides` $strides `padding` $padding
    `output_padding` $output_padding `dilation` $dilation `groups` $groups
    attr-dict `:` type($images) `,` type($filters) `to` type($result)
  }];
}

// A cell takes x [N, I] and a state [N, H], weights [gates · H, I] and
// [gates · H, H] and one bias [gates · H] (PyTorch's gate order, its two biases
// added).
def RnnCellOp : Dlc_Op<"rnn_cell", [Pure, Composite, AllTypesMatch<["state", "result"]>]> {
  let summary = "tanh(x · Wxᵀ + h · Whᵀ + b).";
  let description = [{
    Example:
    ```
    %h1 = dlc.rnn_cell %x, %h, %wx, %wh, %b : tensor<2x3xf32>, tensor<2x4xf32>,
        tensor<4x3xf32>, tensor<4x4xf32>, tensor<4xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$input, Dlc_FloatTensor:$state,
                       Dlc_FloatTensor:$input_weights,
                       Dlc_FloatTensor:$state_weights, Dlc_FloatTensor:$bias);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $state `,` $input_weights `,` $state_weights `,` $bias attr-dict
    `:` type($input) `,` type($state) `,` type($input_weights) `,`
    type($state_weights) `,` type($bias)
  }];
  let hasVerifier = 1;
}
def GruCellOp : Dlc_Op<"gru_cell", [Pure, Composite, AllTypesMatch<["state", "result"]>]> {
  let summary = "(1 - z) · n + z · h with gates r, z, n.";
  let description = [{
    r = σ(x Wrᵀ + h Urᵀ + b_r), z likewise, n = tanh(x Wnᵀ + b_n + r · (h Unᵀ +
    c)). c is [H]; the gates stand in the order r, z, n.

    Example:
    ```
    %h1 = dlc.gru_cell %x, %h, %wx, %wh, %b, %c : tensor<2x3xf32>, tensor<2x4xf32>,
        tensor<12x3xf32>, tensor<12x4xf32>, tensor<12xf32>, tensor<4xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$input, Dlc_FloatTensor:$state,
                       Dlc_FloatTensor:$input_weights,
                       Dlc_FloatTensor:$state_weights, Dlc_FloatTensor:$bias,
                       Dlc_FloatTensor:$candidate_bias);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $input `,` $state `,` $input_weights `,` $state_weights `,` $bias `,`
    $candidate_bias attr-dict `:` type($input) `,` type($state) `,`
    type($input_weights) `,` type($state_weights) `,` type($bias) `,`
    type($candidate_bias)
  }];
  let hasVerifier = 1;
}
def LstmCellOp : Dlc_Op<"lstm_cell", [Pure, Composite,
    AllTypesMatch<["state", "cell", "next_state", "next_cell"]>]> {
  let summary = "c' = f · c + i · g, h' = o · tanh c'.";
  let description = [{
    i, f, o = σ and g = tanh of x Wᵀ + h Uᵀ + b; the gates stand in the order
    i, f, g, o.

    Example:
    ```
    %h1, %c1 = dlc.lstm_cell %x, %h, %c, %wx, %wh, %b : tensor<2x3xf32>,
        tensor<2x4xf32>, tensor<16x3xf32>, tensor<16x4xf32>, tensor<16xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$input, Dlc_FloatTensor:$state,
                       Dlc_FloatTensor:$cell, Dlc_FloatTensor:$input_weights,
                       Dlc_FloatTensor:$state_weights, Dlc_FloatTensor:$bias);
  let results = (outs Dlc_FloatTensor:$next_state, Dlc_FloatTensor:$next_cell);
  let assemblyFormat = [{
    $input `,` $state `,` $cell `,` $input_weights `,` $state_weights `,` $bias
    attr-dict `:` type($input) `,` type($state) `,` type($input_weights) `,`
    type($state_weights) `,` type($bias)
  }];
  let hasVerifier = 1;
}

def ScaledDotProductAttentionOp : Dlc_Op<"scaled_dot_product_attention", [Pure, Composite, Inferred]> {
  let summary = "softmax(scale · q kᵀ + mask) v for each batch.";
  let description = [{
    q is [batch…, Q, D], k [batch…, K, D], v [batch…, K, E], the result [batch…,
    Q, E]. The mask is i1 [batch…, Q, K], false where a key is hidden; `causal`
    hides key j from query i where j - i > K - Q. A query that sees no key gives
    0. The second result is the log of each query's sum of exponentials
    [batch…, Q] (-inf where it sees none), all that the gradient keeps.

    Example:
    ```
    %o, %l = dlc.scaled_dot_product_attention %q, %k, %v scale 0.5 causal
        : (tensor<2x5x4xf32>, tensor<2x5x4xf32>, tensor<2x5x4xf32>)
        -> (tensor<2x5x4xf32>, tensor<2x5xf32>)
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$query, Dlc_FloatTensor:$key,
                       Dlc_FloatTensor:$value, Optional<Dlc_BoolTensor>:$mask,
                       F64Attr:$scale, UnitAttr:$causal);
  let results = (outs Dlc_FloatTensor:$result, Dlc_FloatTensor:$log_sum);
  let assemblyFormat = [{
    $query `,` $key `,` $value (`mask` $mask^)? `scale` $scale
    (`causal` $causal^)? attr-dict `:` functional-type(operands, results)
  }];
}
def AdditiveAttentionOp : Dlc_Op<"additive_attention", [Pure, Composite, Inferred]> {
  let summary = "softmax(tanh(q + k) · w) v for each batch (Bahdanau).";
  let description = [{
    q is [batch…, Q, H] and k [batch…, K, H], both projected already, w [H],
    v [batch…, K, E]; mask as for `scaled_dot_product_attention`. Results:
    [batch…, Q, E] and the weights [batch…, Q, K].

    Example:
    ```
    %o, %a = dlc.additive_attention %q, %k, %v, %w
        : (tensor<2x5x4xf32>, tensor<2x6x4xf32>, tensor<2x6x3xf32>, tensor<4xf32>)
        -> (tensor<2x5x3xf32>, tensor<2x5x6xf32>)
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$query, Dlc_FloatTensor:$key,
                       Dlc_FloatTensor:$value, Dlc_FloatTensor:$weight,
                       Optional<Dlc_BoolTensor>:$mask);
  let results = (outs Dlc_FloatTensor:$result, Dlc_FloatTensor:$weights);
  let assemblyFormat = [{
    $query `,` $key `,` $value `,` $weight (`mask` $mask^)? attr-dict
    `:` functional-type(operands, results)
  }];
}

#endif // DLC_LAYERS
