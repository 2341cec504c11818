#ifndef DLC_FUSION_PASSES
#define DLC_FUSION_PASSES

include "mlir/Pass/PassBase.td"

def DecomposeComposites : Pass<"dlc-decompose-composites"> {
  let summary = "Replace composites by the primitives of their formula";
  let description = [{
    Row statistics (the maximum, e^(x-m), its sum) are built alike by every
    composite of the softmax family, so that CSE lets forward and backward share
    them.

    Before: `%y = dlc.relu %x : tensor<4xf32>`
    After:
    ```
    %zero = dlc.constant dense<0.0> : tensor<4xf32>
    %y = dlc.maximum %x, %zero : tensor<4xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def WidenSums : Pass<"dlc-widen-sums"> {
  let summary = "Add up bf16 and f16 elements in f32";
  let description = [{
    Contractions, windows, scatters and running sums convert their operands to
    f32 and round their result once. A reduction along neighbouring dimensions
    does so in its kernel, and on a GPU, whose tensor cores take halves, a
    product (dot_general, convolution) does too.

    Before: `%y = dlc.cumulative_sum %x dim 0 : tensor<4xbf16>`
    After:
    ```
    %a = dlc.convert %x : tensor<4xbf16> to tensor<4xf32>
    %b = dlc.cumulative_sum %a dim 0 : tensor<4xf32>
    %y = dlc.convert %b : tensor<4xf32> to tensor<4xbf16>
    ```
  }];
  let options = [
    Option<"products", "products", "bool", "true",
           "Also those of dot_general and convolution">
  ];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def NarrowProducts : Pass<"dlc-narrow-products", "::mlir::func::FuncOp"> {
  let summary = "Products of bf16 that were made f32 are bf16 again";
  let description = [{
    For CPUs with an instruction that multiplies pairs of bf16, so that kernels
    leave bf16 for products to read. Once kernels stand, `dlc-widen-sums` makes
    them f32 again, in their kernels.

    Before:
    ```
    %a = dlc.convert %x : tensor<32x64xbf16> to tensor<32x64xf32>
    %b = dlc.convert %y : tensor<64x32xbf16> to tensor<64x32xf32>
    %c = dlc.dot_general %a, %b batch [] x [] contract [1] x [0] : tensor<32x64xf32>, tensor<64x32xf32> to tensor<32x32xf32>
    %z = dlc.convert %c : tensor<32x32xf32> to tensor<32x32xbf16>
    ```
    After:
    ```
    %z = dlc.dot_general %x, %y batch [] x [] contract [1] x [0] : tensor<32x64xbf16>, tensor<64x32xbf16> to tensor<32x32xbf16>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def HoistSums : Pass<"dlc-hoist-sums"> {
  let summary = "Add up products of a loop's trips after the loop";
  let description = [{
    A carry of a `scan` to which each trip adds a product, or a sum, of values of
    that trip: the values are stacked, and one product adds up all trips.

    Before:
    ```
    %w = dlc.scan 9 init(%zero) over(%xs, %ys) with() {
    ^bb0(%sum: tensor<4x5xf32>, %x: tensor<2x4xf32>, %y: tensor<2x5xf32>):
      %p = dlc.dot_general %x, %y batch [] x [] contract [0] x [0] : ...
      %s = dlc.add %sum, %p : tensor<4x5xf32>
      dlc.yield %s : tensor<4x5xf32>
    }
    ```
    After: `%w = dlc.dot_general %xs, %ys batch [] x [] contract [0, 1] x [0, 1]`
    and the sum with `%zero`.
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def DecomposeWindows : Pass<"dlc-decompose-windows"> {
  let summary = "Write moving windows as slices that are combined";
  let description = [{
    A reduce_window combines a strided slice for each tap; of many taps it goes
    one dimension after the other, by windows half as long. select_and_scatter
    finds the winning tap of each window, then adds what each tap has won.

    Before:
    ```
    %y = dlc.reduce_window max %x window [2] strides [2] dilations [1] low [0]
        high [0] : tensor<4xf32> to tensor<2xf32>
    ```
    After:
    ```
    %a = dlc.slice %x from [0] to [3] by [2] : tensor<4xf32> to tensor<2xf32>
    %b = dlc.slice %x from [1] to [4] by [2] : tensor<4xf32> to tensor<2xf32>
    %y = dlc.maximum %a, %b : tensor<2xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def NormalizeConvolutions : Pass<"dlc-normalize-convolutions"> {
  let summary = "Bring convolutions into the window emitter's form";
  let description = [{
    Channels last, or, in functions whose convolutions have few of them but a
    large batch, the batch, in parts of 16 images that are one more spatial
    dimension; a filter of one tap that meets every pixel becomes a dot_general.

    Before:
    ```
    %y = dlc.convolution %x, %w strides [1] low [1] high [1] image_dilation [1]
        filter_dilation [1] groups 1 batch_groups 1
        : tensor<2x3x8xf32>, tensor<4x3x3xf32> to tensor<2x4x8xf32>
    ```
    After:
    ```
    %a = dlc.transpose %x perm [0, 2, 1] : tensor<2x3x8xf32> to tensor<2x8x3xf32>
    %f = dlc.transpose %w perm [2, 1, 0] : tensor<4x3x3xf32> to tensor<3x3x4xf32>
    %b = dlc.convolution %a, %f strides [1] low [1] high [1] image_dilation [1]
        filter_dilation [1] groups 1 batch_groups 1 channels_last
        : tensor<2x8x3xf32>, tensor<3x3x4xf32> to tensor<2x8x4xf32>
    %y = dlc.transpose %b perm [0, 2, 1] : tensor<2x8x4xf32> to tensor<2x4x8xf32>
    ```
  }];
  let options = [
    Option<"batchLast", "batch-last", "bool", "true",
           "Whether the batch may come last">
  ];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def JoinPads : Pass<"dlc-join-pads"> {
  let summary = "Write sums of padded parts as concatenations";
  let description = [{
    What the gradients of an array's slices add up to. A zero may change its
    sign.

    Before:
    ```
    %a = dlc.pad %x with %zero low [0] high [3] interior [0] : tensor<2xf32>, tensor<f32> to tensor<5xf32>
    %b = dlc.pad %y with %zero low [2] high [0] interior [0] : tensor<3xf32>, tensor<f32> to tensor<5xf32>
    %z = dlc.add %a, %b : tensor<5xf32>
    ```
    After:
    ```
    %z = dlc.concatenate %x, %y dim 0 : (tensor<2xf32>, tensor<3xf32>) -> tensor<5xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def SinkTransposes : Pass<"dlc-sink-transposes"> {
  let summary = "Move transposes behind pointwise ops until they cancel";
  let description = [{
    Between two convolutions the channels then stay last. A reshape that merges
    the parts of a batch (`dlc.merges_parts`, of dlc-normalize-convolutions) moves
    with the transpose before it.

    Before:
    ```
    %t = dlc.transpose %x perm [0, 2, 1] : tensor<2x8x3xf32> to tensor<2x3x8xf32>
    %y = dlc.negate %t : tensor<2x3x8xf32>
    ```
    After:
    ```
    %n = dlc.negate %x : tensor<2x8x3xf32>
    %y = dlc.transpose %n perm [0, 2, 1] : tensor<2x8x3xf32> to tensor<2x3x8xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def SinkReshapes : Pass<"dlc-sink-reshapes"> {
  let summary = "Move reshapes of repeated values behind the ops that read them";
  let description = [{
    Those ops are then fused with the repetition.

    Before:
    ```
    %b = dlc.broadcast_in_dim %g dims [0, 2] : tensor<3x8xf32> to tensor<3x2x8xf32>
    %r = dlc.reshape %b : tensor<3x2x8xf32> to tensor<6x8xf32>
    %y = dlc.multiply %r, %x : tensor<6x8xf32>
    ```
    After:
    ```
    %b = dlc.broadcast_in_dim %g dims [0, 2] : tensor<3x8xf32> to tensor<3x2x8xf32>
    %s = dlc.reshape %x : tensor<6x8xf32> to tensor<3x2x8xf32>
    %m = dlc.multiply %b, %s : tensor<3x2x8xf32>
    %y = dlc.reshape %m : tensor<3x2x8xf32> to tensor<6x8xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def NormalizeAxes : Pass<"dlc-normalize-axes"> {
  let summary = "Bring contractions and reductions into the emitters' forms";
  let description = [{
    A dot_general gets at most one batch, one free and one contracting dimension
    a side; a reduce removes trailing dimensions or a single other one.
    Reshapes, which are aliases, collapse neighbours; a transpose is made only
    where an operand's axes are interleaved.

    Before:
    ```
    %z = dlc.dot_general %x, %w batch [] x [] contract [2] x [0]
        : tensor<2x3x4xf32>, tensor<4x5xf32> to tensor<2x3x5xf32>
    ```
    After:
    ```
    %a = dlc.reshape %x : tensor<2x3x4xf32> to tensor<6x4xf32>
    %b = dlc.dot_general %a, %w batch [] x [] contract [1] x [0]
        : tensor<6x4xf32>, tensor<4x5xf32> to tensor<6x5xf32>
    %z = dlc.reshape %b : tensor<6x5xf32> to tensor<2x3x5xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def SinkSplits : Pass<"dlc-sink-splits"> {
  let summary = "Move reshapes that split the first dimension behind row ops";
  let description = [{
    What follows a product of [batch, length, features], computed as one of
    [batch · length, features], can then be its epilogue.

    Before:
    ```
    %r = dlc.reshape %z : tensor<6x5xf32> to tensor<2x3x5xf32>
    %y = dlc.negate %r : tensor<2x3x5xf32>
    ```
    After:
    ```
    %n = dlc.negate %z : tensor<6x5xf32>
    %y = dlc.reshape %n : tensor<6x5xf32> to tensor<2x3x5xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def FormChains : Pass<"dlc-form-chains", "::mlir::func::FuncOp"> {
  let summary = "Form kernels of products with a softmax between them";
  let description = [{
    A product whose left operand is computed, row by row and with an exponential,
    from other products becomes one kernel with them: attention, forward and
    backward. Transposes of what it reads and writes move into it.
    FormChains.cpp opens with the conditions.

    Before:
    ```
    %s = dlc.dot_general %q, %k ... : ... to tensor<4x32x32xf32>
    %p = dlc.exponential %s : tensor<4x32x32xf32>
    %o = dlc.dot_general %p, %v ... : ... to tensor<4x32x8xf32>
    ```
    After:
    ```
    %o = dlc.kernel chain(%q, %k, %v) ends "..." {
    ^bb0(%a: ..., %b: ..., %c: ...):
      %s = dlc.dot_general %a, %b ... : ... to tensor<4x32x32xf32>
      %p = dlc.exponential %s : tensor<4x32x32xf32>
      %w = dlc.dot_general %p, %c ... : ... to tensor<4x32x8xf32>
      dlc.yield %w : tensor<4x32x8xf32>
    } : ...
    ```
  }];
  let options = [
    Option<"sm", "sm", "int64_t", "0",
           "compute capability of a GPU, whose shared memory must do for a "
           "block of rows; 0 for a CPU">
  ];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def FormKernels : Pass<"dlc-form-kernels", "::mlir::func::FuncOp"> {
  let summary = "Group ops into kernels";
  let description = [{
    Fusion is decided here, but for chains (dlc-form-chains). A contraction or a reduction
    collects the pointwise ops that read it, and a contraction of many rows for a
    CPU reductions of these rows too; a group of pointwise ops with one reader
    moves into that reader. Index maps, constants and scalars are cloned
    into each reader, and so is what takes an instruction to compute from values
    in memory (Outputs.cpp). Groups.cpp opens with the algorithm.

    Before:
    ```
    %a = dlc.negate %x : tensor<4xf32>
    %b = dlc.exponential %a : tensor<4xf32>
    ```
    After:
    ```
    %b = dlc.kernel map(%x) ends "result" {
    ^bb0(%in: tensor<4xf32>):
      %a = dlc.negate %in : tensor<4xf32>
      %e = dlc.exponential %a : tensor<4xf32>
      dlc.yield %e : tensor<4xf32>
    } : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let options = [
    Option<"gpu", "gpu", "bool", "false", "kernels are a GPU's">
  ];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def FormPrologues : Pass<"dlc-form-prologues", "::mlir::func::FuncOp"> {
  let summary = "Move maps into the products that read them";
  let description = [{
    A contraction may compute an operand where it would copy it to scratch, or
    on a GPU to shared memory.
    FormPrologues.cpp says when that pays. A map of invariant arguments alone
    stays one if its result is no larger than they are: it is prepared.

    Before:
    ```
    %a = dlc.kernel map(%x) {
    ^bb0(%in: tensor<8x32xui8>):
      %f = dlc.convert %in : tensor<8x32xui8> to tensor<8x32xf32>
      dlc.yield %f : tensor<8x32xf32>
    } : (tensor<8x32xui8>) -> tensor<8x32xf32>
    %z = dlc.kernel contraction(%a, %w) {
    ^bb0(%l: tensor<8x32xf32>, %r: tensor<32x64xf32>):
      %d = dlc.dot_general %l, %r ... : ... to tensor<8x64xf32>
      dlc.yield %d : tensor<8x64xf32>
    } : (tensor<8x32xf32>, tensor<32x64xf32>) -> tensor<8x64xf32>
    ```
    After:
    ```
    %z = dlc.kernel contraction(%w, %x) {
    ^bb0(%r: tensor<32x64xf32>, %in: tensor<8x32xui8>):
      %f = dlc.convert %in : tensor<8x32xui8> to tensor<8x32xf32>
      %d = dlc.dot_general %f, %r ... : ... to tensor<8x64xf32>
      dlc.yield %d : tensor<8x64xf32>
    } : (tensor<32x64xf32>, tensor<8x32xui8>) -> tensor<8x64xf32>
    ```
  }];
  let options = [
    Option<"all", "all", "bool", "false",
           "wherever it can be done, also where it does not pay (for tests)">,
    Option<"gpu", "gpu", "bool", "false", "products are computed by a GPU">,
    Option<"prepares", "prepares", "bool", "true",
           "what follows from invariant arguments is computed once for many "
           "calls">
  ];
  let dependentDialects = ["::dlc::DlcDialect"];
}

def PlaceChains : Pass<"dlc-place-chains", "::mlir::func::FuncOp"> {
  let summary = "Let chains read and write parts of arrays in place";
  let description = [{
    Maps that only cut an operand out of an array move into the chain that reads
    it, and so do those that only join its results. PlaceChains.cpp opens with
    why.

    Before:
    ```
    %q = dlc.kernel map(%x) {
    ^bb0(%in: tensor<4x32x3x8xf32>):
      %s = dlc.slice %in ... : ... to tensor<4x32x1x8xf32>
      dlc.yield %s : tensor<4x32x1x8xf32>
    } : (tensor<4x32x3x8xf32>) -> tensor<4x32x1x8xf32>
    %r = dlc.reshape %q : tensor<4x32x1x8xf32> to tensor<4x32x8xf32>
    %o = dlc.kernel chain(%r, ...) {
    ^bb0(%a: tensor<4x32x8xf32>, ...):
    ```
    After:
    ```
    %o = dlc.kernel chain(%x, ...) {
    ^bb0(%in: tensor<4x32x3x8xf32>, ...):
      %s = dlc.slice %in ... : ... to tensor<4x32x1x8xf32>
      %a = dlc.reshape %s : tensor<4x32x1x8xf32> to tensor<4x32x8xf32>
    ```
  }];
  let dependentDialects = ["::dlc::DlcDialect"];
}

#endif // DLC_FUSION_PASSES
