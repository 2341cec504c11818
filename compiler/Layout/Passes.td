#ifndef DLC_LAYOUT_PASSES
#define DLC_LAYOUT_PASSES

include "mlir/Pass/PassBase.td"

def CollapseDims : Pass<"dlc-collapse-dims", "::mlir::func::FuncOp"> {
  let summary = "Merge dimensions that a kernel always walks together";
  let description = [{
    Two neighbouring dimensions of a kernel's iteration space become one when
    every value of the body has both, side by side, or neither. Vectors then run
    along the longest dimension, and index arithmetic goes. Operands and results
    keep their shapes: a reshape at a kernel's border is free.

    Before:
    ```
    %y = dlc.kernel map(%x) {
    ^bb0(%a: tensor<2x3xf32>):
      %b = dlc.negate %a : tensor<2x3xf32>
      dlc.yield %b : tensor<2x3xf32>
    } : (tensor<2x3xf32>) -> tensor<2x3xf32>
    ```
    After:
    ```
    %y = dlc.kernel map(%x) {
    ^bb0(%a: tensor<6xf32>):
      %b = dlc.negate %a : tensor<6xf32>
      dlc.yield %b : tensor<6xf32>
    } : (tensor<2x3xf32>) -> tensor<2x3xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def PackOperands : Pass<"dlc-pack-operands", "::mlir::func::FuncOp"> {
  let summary = "Pack right operands that products would copy again and again";
  let description = [{
    A product with many columns reads its right operand in strips of columns. One
    that is the same in all trips of a scan is packed once, before the loop, by a
    kernel of its own, if each trip would transpose it or find its rows far
    apart; so is a large one of a product of many rows, and one that most calls give
    again (`dlc.invariant`) of a product of 16 to 128 rows. For CPUs. No bit changes.

    Before:
    ```
    %y = dlc.scan 8 init(%h) over() with(%w) {
    ^bb0(%a: tensor<32x128xf32>, %b: tensor<128x128xf32>):
      %c = dlc.kernel contraction(%a, %b) {
      ^bb0(%p: tensor<32x128xf32>, %q: tensor<128x128xf32>):
        %d = dlc.dot_general %p, %q batch [] x [] contract [1] x [1] : …
        dlc.yield %d : tensor<32x128xf32>
      } : (tensor<32x128xf32>, tensor<128x128xf32>) -> tensor<32x128xf32>
      dlc.yield %c : tensor<32x128xf32>
    } : …
    ```
    After:
    ```
    %s = dlc.kernel map(%w) ends "packed once for a loop" {
    ^bb0(%q: tensor<2x64x128xf32>):
      %t = dlc.transpose %q perm [0, 2, 1] : tensor<2x64x128xf32> to tensor<2x128x64xf32>
      dlc.yield %t : tensor<2x128x64xf32>
    } : (tensor<128x128xf32>) -> tensor<2x128x64xf32>
    %y = dlc.scan 8 init(%h) over() with(%w, %s) {
    ^bb0(%a: tensor<32x128xf32>, %b: tensor<128x128xf32>, %z: tensor<2x128x64xf32>):
      %c = dlc.kernel contraction(%a, %z) {
      ^bb0(%p: tensor<32x128xf32>, %q: tensor<2x128x64xf32>):
        %t = dlc.transpose %q perm [1, 0, 2] : tensor<2x128x64xf32> to tensor<128x2x64xf32>
        %m = dlc.reshape %t : tensor<128x2x64xf32> to tensor<128x128xf32>
        %d = dlc.dot_general %p, %m batch [] x [] contract [1] x [0] : …
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def BlockColumnSums : Pass<"dlc-block-column-sums", "::mlir::func::FuncOp"> {
  let summary = "Sum columns by blocks of rows";
  let description = [{
    Sums down the columns of a large matrix that a row kernel reads or makes are
    taken by that kernel for blocks of up to 32 rows; the column kernel adds the
    blocks. Where there is no such row kernel, and the columns are too few for
    threads to share, a kernel of its own sums up to 64 blocks. Either stores the
    elements that the column kernel stored beside the sums. The order of a sum
    changes with it, by a rule of shapes alone. For CPUs.

    Before:
    ```
    %r = dlc.kernel row(%x) {
    ^bb0(%a: tensor<4096x1024xf32>):
      %m = dlc.reduce max %a dims [1] : tensor<4096x1024xf32> to tensor<4096xf32>
      dlc.yield %m : tensor<4096xf32>
    } : (tensor<4096x1024xf32>) -> tensor<4096xf32>
    %c = dlc.kernel column(%x) {
    ^bb0(%a: tensor<4096x1024xf32>):
      %s = dlc.reduce add %a dims [0] : tensor<4096x1024xf32> to tensor<1024xf32>
      dlc.yield %s : tensor<1024xf32>
    } : (tensor<4096x1024xf32>) -> tensor<1024xf32>
    ```
    After:
    ```
    %r:2 = dlc.kernel row(%x) {
    ^bb0(%a: tensor<128x32x1024xf32>):
      %m = dlc.reduce max %a dims [2] : tensor<128x32x1024xf32> to tensor<128x32xf32>
      %s = dlc.reduce add %a dims [1] : tensor<128x32x1024xf32> to tensor<128x1024xf32>
      dlc.yield %m, %s : tensor<128x32xf32>, tensor<128x1024xf32>
    } : (tensor<4096x1024xf32>) -> (tensor<4096xf32>, tensor<128x1024xf32>)
    %c = dlc.kernel column(%r#1) {
    ^bb0(%a: tensor<128x1024xf32>):
      %s = dlc.reduce add %a dims [0] : tensor<128x1024xf32> to tensor<1024xf32>
      dlc.yield %s : tensor<1024xf32>
    } : (tensor<128x1024xf32>) -> tensor<1024xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def TurnTransposes : Pass<"dlc-turn-transposes", "::mlir::func::FuncOp"> {
  let summary = "Compute maps of transposed values in tiles, through shared memory";
  let description = [{
    The lanes of a GPU's warp stand side by side along the last dimension of what
    a map writes; what is transposed lies along another one, and would be read a
    sector an element. Such a map names that dimension, `dlc.turned`: it is
    computed in tiles of 32 x 32 places of it and the last one, and what is
    transposed is evaluated as it lies in memory and turned in shared memory. The
    dimension is the one along which most transposed bytes lie; both have at least
    16 places. For GPUs. No bit changes.

    Before:
    ```
    %y = dlc.kernel map(%x) {
    ^bb0(%a: tensor<64x128xf32>):
      %t = dlc.transpose %a perm [1, 0] : tensor<64x128xf32> to tensor<128x64xf32>
      dlc.yield %t : tensor<128x64xf32>
    } : (tensor<64x128xf32>) -> tensor<128x64xf32>
    ```
    After:
    ```
    %y = dlc.kernel map(%x) {
    ^bb0(%a: tensor<64x128xf32>):
      %t = dlc.transpose %a perm [1, 0] : tensor<64x128xf32> to tensor<128x64xf32>
      dlc.yield %t : tensor<128x64xf32>
    } {dlc.turned = 0 : i64} : (tensor<64x128xf32>) -> tensor<128x64xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

#endif // DLC_LAYOUT_PASSES
