// Primitives that move elements without computing.
#ifndef DLC_INDEX_MAPS
#define DLC_INDEX_MAPS

include "DlcBase.td"

def BroadcastInDimOp : Dlc_Op<"broadcast_in_dim", [Pure, IndexMap]> {
  let summary = "Repeats a tensor along new dimensions or along those of size 1.";
  let description = [{
    `dimensions[i]` is the result's dimension that operand dimension i becomes;
    strictly increasing.

    Example: `%y = dlc.broadcast_in_dim %b dims [1] : tensor<3xf32> to tensor<2x3xf32>`
  }];
  let arguments = (ins Dlc_Tensor:$operand, DenseI64ArrayAttr:$dimensions);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat =
      "$operand `dims` $dimensions attr-dict `:` type($operand) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}
def ReshapeOp : Dlc_Op<"reshape", [Pure, IndexMap]> {
  let summary = "The same elements in row-major order under another shape.";
  let description = "Example: `%y = dlc.reshape %x : tensor<2x3xf32> to tensor<6xf32>`";
  let arguments = (ins Dlc_Tensor:$operand);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = "$operand attr-dict `:` type($operand) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}
def TransposeOp : Dlc_Op<"transpose", [Pure, IndexMap, Inferred]> {
  let summary = "result dimension i is operand dimension permutation[i].";
  let description = "Example: `%y = dlc.transpose %x perm [1, 0] : tensor<2x3xf32> to tensor<3x2xf32>`";
  let arguments = (ins Dlc_Tensor:$operand, DenseI64ArrayAttr:$permutation);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat =
      "$operand `perm` $permutation attr-dict `:` type($operand) `to` type($result)";
  let hasFolder = 1;
}
def SliceOp : Dlc_Op<"slice", [Pure, IndexMap, Inferred]> {
  let summary = "The box [start, limit) with positive strides.";
  let description = "Example: `%y = dlc.slice %x from [0] to [4] by [2] : tensor<6xf32> to tensor<2xf32>`";
  let arguments = (ins Dlc_Tensor:$operand, DenseI64ArrayAttr:$start,
                       DenseI64ArrayAttr:$limit, DenseI64ArrayAttr:$strides);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = [{
    $operand `from` $start `to` $limit `by` $strides attr-dict
    `:` type($operand) `to` type($result)
  }];
  let hasFolder = 1;
}
def PadOp : Dlc_Op<"pad", [Pure, IndexMap, Inferred]> {
  let summary = "Surrounds a tensor with a value, and puts it between elements.";
  let description = [{
    interior is the number of padding elements between neighbours; negative low
    and high cut elements off, after the interior padding. The adjoint of
    `slice`.

    Example: `%y = dlc.pad %x with %z low [1] high [0] interior [0] : tensor<2xf32> to tensor<3xf32>`
  }];
  let arguments = (ins Dlc_Tensor:$operand, Dlc_Tensor:$value,
                       DenseI64ArrayAttr:$low, DenseI64ArrayAttr:$high,
                       DenseI64ArrayAttr:$interior);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = [{
    $operand `with` $value `low` $low `high` $high `interior` $interior attr-dict
    `:` type($operand) `,` type($value) `to` type($result)
  }];
}
def ReverseOp : Dlc_Op<"reverse", [Pure, IndexMap, SameOperandsAndResultType]> {
  let summary = "Turns the order of the elements along dimensions.";
  let description = "Example: `%y = dlc.reverse %x dims [0] : tensor<4xf32>`";
  let arguments = (ins Dlc_Tensor:$operand, DenseI64ArrayAttr:$dimensions);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = "$operand `dims` $dimensions attr-dict `:` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}
def ConcatenateOp : Dlc_Op<"concatenate", [Pure, IndexMap, Inferred]> {
  let summary = "Joins tensors along a dimension.";
  let description = [{
    At least one operand; all sizes agree except along the dimension.

    Example:
    ```
    %z = dlc.concatenate %x, %y dim 0
        : (tensor<2x3xf32>, tensor<1x3xf32>) -> tensor<3x3xf32>
    ```
  }];
  let arguments = (ins Variadic<Dlc_Tensor>:$inputs, I64Attr:$dimension);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat =
      "$inputs `dim` $dimension attr-dict `:` functional-type($inputs, $result)";
  let hasFolder = 1;
}
def DynamicSliceOp : Dlc_Op<"dynamic_slice", [Pure, Inferred]> {
  let summary = "The box of `sizes` at a position known at run time.";
  let description = [{
    One scalar start for each dimension, clamped to [0, size - sizes[d]] so that
    the box lies inside; the frontend checks them before.

    Example:
    ```
    %y = dlc.dynamic_slice %x at(%i, %j) sizes [1, 2]
        : (tensor<4x4xf32>, tensor<i32>, tensor<i32>) -> tensor<1x2xf32>
    ```
  }];
  let arguments = (ins Dlc_Tensor:$operand, Variadic<Dlc_IndexTensor>:$starts,
                       DenseI64ArrayAttr:$sizes);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = [{
    $operand `at` `(` $starts `)` `sizes` $sizes attr-dict
    `:` functional-type(operands, $result)
  }];
}
def DynamicUpdateSliceOp : Dlc_Op<"dynamic_update_slice", [Pure,
    AllTypesMatch<["operand", "result"]>]> {
  let summary = "The operand with a box at a run-time position replaced.";
  let description = [{
    Starts are clamped as by `dynamic_slice`.

    Example:
    ```
    %y = dlc.dynamic_update_slice %x, %u at(%i)
        : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Dlc_Tensor:$operand, Dlc_Tensor:$update,
                       Variadic<Dlc_IndexTensor>:$starts);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` $update `at` `(` $starts `)` attr-dict
    `:` functional-type(operands, $result)
  }];
  let hasVerifier = 1;
}

#endif // DLC_INDEX_MAPS
