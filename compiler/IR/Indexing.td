// Primitives that look elements up, place them and sort them.
#ifndef DLC_INDEXING
#define DLC_INDEXING

include "DlcBase.td"

def GatherOp : Dlc_Op<"gather", [Pure, Inferred]> {
  let summary = "Slices of a tensor at positions given by an index tensor.";
  let description = [{
    ONNX's GatherND with any indexed dimensions. indices are [batch…, rows…, n]:
    the last dimension holds one index for each of the n `index_dims` of the
    operand (increasing, none among the first `batch_dims`, which both operands
    share). The result is [batch…, rows…, the operand's other dimensions…]. An
    index is clamped to its dimension, which must not be empty if there are
    indices; the frontend checks indices before.

    Example:
    ```
    %y = dlc.gather %table, %i batch_dims 0 index_dims [0]
        : tensor<10x4xf32>, tensor<3x1xi32> to tensor<3x4xf32>
    ```
  }];
  let arguments = (ins Dlc_Tensor:$operand, Dlc_IndexTensor:$indices,
                       I64Attr:$batch_dims, DenseI64ArrayAttr:$index_dims);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` $indices `batch_dims` $batch_dims `index_dims` $index_dims
    attr-dict `:` type($operand) `,` type($indices) `to` type($result)
  }];
}
def ScatterOp : Dlc_Op<"scatter", [Pure, AllTypesMatch<["operand", "result"]>]> {
  let summary = "The operand with slices added to or replaced at positions.";
  let description = [{
    The adjoint of `gather`, with its indices: updates have the shape of its
    result. Updates are applied in row-major order of the rows, so the last of
    several `replace` wins, and a sum has one order; it is rounded after each to
    the element type, of bf16 and f16 to f32 and to their own at the end. An
    update whose index lies outside is dropped; the
    frontend checks indices before.

    Example:
    ```
    %y = dlc.scatter add %table, %i, %u batch_dims 0 index_dims [0]
        : tensor<10x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>
    ```
  }];
  let arguments = (ins Dlc_ScatterMode:$mode, Dlc_Tensor:$operand,
                       Dlc_IndexTensor:$indices, Dlc_Tensor:$updates,
                       I64Attr:$batch_dims, DenseI64ArrayAttr:$index_dims);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = [{
    `` $mode $operand `,` $indices `,` $updates `batch_dims` $batch_dims
    `index_dims` $index_dims attr-dict
    `:` type($operand) `,` type($indices) `,` type($updates)
  }];
  let hasVerifier = 1;
}
def SortOp : Dlc_Op<"sort", [Pure, Inferred]> {
  let summary = "Sorts along a dimension by the first operand; others follow.";
  let description = [{
    Stable in both directions. NaN counts as larger than every number; -0 and 0
    are equal.

    Example:
    ```
    %keys, %order = dlc.sort %x, %i dim 0 descending
        : tensor<4xf32>, tensor<4xi32>
    ```
  }];
  let arguments = (ins Variadic<Dlc_Tensor>:$inputs, I64Attr:$dimension,
                       UnitAttr:$descending);
  let results = (outs Variadic<Dlc_Tensor>:$results);
  let assemblyFormat =
      "$inputs `dim` $dimension (`descending` $descending^)? attr-dict `:` type($inputs)";
  let hasVerifier = 1;
}

#endif // DLC_INDEXING
