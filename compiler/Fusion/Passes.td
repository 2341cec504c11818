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

def FormKernels : Pass<"dlc-form-kernels", "::mlir::func::FuncOp"> {
  let summary = "Group ops into kernels";
  let description = [{
    Fusion is decided here and nowhere else. A contraction or a reduction
    collects the pointwise ops that read it; a group of pointwise ops with one
    reader moves into that reader. Index maps, constants and scalars are cloned
    into each reader. FormKernels.cpp opens with the algorithm.

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
  let dependentDialects = ["::dlc::DlcDialect"];
}

#endif // DLC_FUSION_PASSES
