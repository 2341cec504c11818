// Primitives that combine elements: reductions, contractions, windows.
#ifndef DLC_REDUCTIONS
#define DLC_REDUCTIONS

include "DlcBase.td"

def ReduceOp : Dlc_Op<"reduce", [Pure, Inferred]> {
  let summary = "Combines the elements along dimensions, which disappear.";
  let description = [{
    add, mul, max and min on numbers, and and or on i1. max and min pass NaN
    on. An empty add gives 0, mul 1, max the smallest value (-inf), min the
    largest, and true, or false.

    Example: `%s = dlc.reduce add %x dims [1] : tensor<2x3xf32> to tensor<2xf32>`
  }];
  let arguments = (ins Dlc_Reduction:$kind, Dlc_Tensor:$operand,
                       DenseI64ArrayAttr:$dimensions);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat =
      "`` $kind $operand `dims` $dimensions attr-dict `:` type($operand) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}
def DotGeneralOp : Dlc_Op<"dot_general", [Pure, Inferred]> {
  let summary = "Sum of products over contracting dimensions, for each batch.";
  let description = [{
    result = [batch…, free of lhs…, free of rhs…]. Sums are kept in the
    element type, those of bf16 and f16 in f32 and rounded once; K is split in
    blocks of 512 whose sums are added in order.

    Example:
    ```
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0]
        : tensor<2x3xf32>, tensor<3x4xf32> to tensor<2x4xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$lhs, Dlc_FloatTensor:$rhs,
                       DenseI64ArrayAttr:$lhs_batch, DenseI64ArrayAttr:$rhs_batch,
                       DenseI64ArrayAttr:$lhs_contract, DenseI64ArrayAttr:$rhs_contract);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `batch` $lhs_batch `x` $rhs_batch
    `contract` $lhs_contract `x` $rhs_contract attr-dict
    `:` type($lhs) `,` type($rhs) `to` type($result)
  }];
}

//===-- Windows ------------------------------------------------------------===//
// A window of `window[d]` taps, `dilations[d]` apart, moves by `strides[d]` over
// a dimension that is padded by `low[d]` and `high[d]` (negative cuts off).

def ReduceWindowOp : Dlc_Op<"reduce_window", [Pure, Inferred]> {
  let summary = "Combines the elements under a moving window.";
  let description = [{
    add, mul, max and min; padding counts as the identity, which is -inf for
    max. One entry for each dimension.

    Example:
    ```
    %y = dlc.reduce_window max %x window [1, 2] strides [1, 2] dilations [1, 1]
        low [0, 0] high [0, 0] : tensor<2x4xf32> to tensor<2x2xf32>
    ```
  }];
  let arguments = (ins Dlc_Reduction:$kind, Dlc_NumberTensor:$operand,
                       DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$dilations, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$high);
  let results = (outs Dlc_NumberTensor:$result);
  let assemblyFormat = [{
    `` $kind $operand `window` $window `strides` $strides `dilations` $dilations
    `low` $low `high` $high attr-dict `:` type($operand) `to` type($result)
  }];
  let hasVerifier = 1;
}
def SelectAndScatterOp : Dlc_Op<"select_and_scatter", [Pure,
    AllTypesMatch<["operand", "result"]>]> {
  let summary = "Adds each source element where its window's largest lies.";
  let description = [{
    The adjoint of `reduce_window max`: windows over the operand as there, source
    of that op's result shape. Of equal elements the first in row-major order of
    the window takes the value, and the first NaN if there is one. A window that
    lies in the padding alone gives nothing.

    Example:
    ```
    %dx = dlc.select_and_scatter %x, %dy window [2] strides [2] dilations [1]
        low [0] high [0] : tensor<4xf32>, tensor<2xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$operand, Dlc_FloatTensor:$source,
                       DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$dilations, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$high);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $operand `,` $source `window` $window `strides` $strides
    `dilations` $dilations `low` $low `high` $high attr-dict
    `:` type($operand) `,` type($source)
  }];
  let hasVerifier = 1;
}
def ConvolutionOp : Dlc_Op<"convolution", [Pure, Inferred]> {
  let summary = "Cross-correlation of images with filters.";
  let description = [{
    images [N, C, spatial…], filters [O, C / groups, spatial…], result
    [N / batch_groups, O, spatial…]; with `channels_last` they are [N, spatial…,
    C], [spatial…, C / groups, O] and [N / batch_groups, spatial…, O]; with
    `batch_last` [C, spatial…, N], [O, C / groups, spatial…] and [O, spatial…,
    N / batch_groups]. `low` and `high` pad (negative: cut) the images after
    `image_dilation`, which puts d - 1 zeros between their elements
    (transposed convolution); `filter_dilation` puts the taps d apart. A filter
    is turned by `reverse`. Output channel o sees the channels of group
    o div (O / groups); with batch_groups it sees the images of group
    o div (O / batch_groups) (the filters' gradient of a grouped convolution).
    At most one of the two is not 1. Padding and the gaps of dilated images are
    not multiplied: an infinite tap there changes nothing.

    Example:
    ```
    %y = dlc.convolution %x, %w strides [1, 1] low [1, 1] high [1, 1]
        image_dilation [1, 1] filter_dilation [1, 1] groups 1 batch_groups 1
        : tensor<2x3x8x8xf32>, tensor<4x3x3x3xf32> to tensor<2x4x8x8xf32>
    ```
  }];
  let arguments = (ins Dlc_FloatTensor:$images, Dlc_FloatTensor:$filters,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$low,
                       DenseI64ArrayAttr:$high, DenseI64ArrayAttr:$image_dilation,
                       DenseI64ArrayAttr:$filter_dilation, I64Attr:$groups,
                       I64Attr:$batch_groups, UnitAttr:$channels_last,
                       UnitAttr:$batch_last);
  let results = (outs Dlc_FloatTensor:$result);
  let assemblyFormat = [{
    $images `,` $filters `strides` $strides `low` $low `high` $high
    `image_dilation` $image_dilation `filter_dilation` $filter_dilation
    `groups` $groups `batch_groups` $batch_groups
    (`channels_last` $channels_last^)? (`batch_last` $batch_last^)? attr-dict
    `:` type($images) `,` type($filters) `to` type($result)
  }];
}

//===-- Running sums -------------------------------------------------------===//

def CumulativeSumOp : Dlc_Op<"cumulative_sum", [Pure, SameOperandsAndResultType]> {
  let summary = "Sums of the first 1, 2, 3 … elements along a dimension.";
  let description = [{
    With `reverse` the sums start at the end; with `exclusive` an element is not
    in its own sum. Added one after the other; bf16 and f16 sums are kept in f32.

    Example: `%y = dlc.cumulative_sum %x dim 0 : tensor<4xf32>`
  }];
  let arguments = (ins Dlc_NumberTensor:$operand, I64Attr:$dimension,
                       UnitAttr:$reverse, UnitAttr:$exclusive);
  let results = (outs Dlc_NumberTensor:$result);
  let assemblyFormat = [{
    $operand `dim` $dimension (`reverse` $reverse^)? (`exclusive` $exclusive^)?
    attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
}

#endif // DLC_REDUCTIONS
