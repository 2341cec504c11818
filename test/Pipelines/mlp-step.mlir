// The training step of an MLP as the recorder prints it, after every stage. Each
// stage resumes from the text of the one before, and each text gives the same
// bits when it is run: no stage computes, and none is lost in printing.
//
// RUN: dlc compile %s --emit=graph --verify-contracts --locations -o %t.graph
// RUN: dlc compile %t.graph --emit=autodiff --verify-contracts --locations -o %t.autodiff
// RUN: dlc compile %t.autodiff --emit=fusion --verify-contracts --locations -o %t.fusion
// RUN: dlc compile %t.fusion --emit=layout --verify-contracts --locations -o %t.layout
// RUN: dlc compile %t.layout --emit=lowering --verify-contracts --locations -o %t.lowering
// RUN: dlc compile %t.lowering --emit=program -o %t.program
// RUN: FileCheck %s --check-prefix=GRAPH --input-file=%t.graph
// RUN: FileCheck %s --check-prefix=AUTODIFF --input-file=%t.autodiff
// RUN: FileCheck %s --check-prefix=FUSION --input-file=%t.fusion
// RUN: FileCheck %s --check-prefix=LAYOUT --input-file=%t.layout
// RUN: FileCheck %s --check-prefix=LOWERING --input-file=%t.lowering
//
// DEFINE: %{labels} = 16xi32=0,1,2,3,4,5,6,7,8,9,0,1,2,3,4,5
// DEFINE: %{run} = dlc run --random=7 --input=%{labels}
// RUN: %{run} %s --output=@%t.loss.npy --output=@%t.w1.npy
// RUN: %{run} %t.graph --output=@%t.graph.loss.npy --output=@%t.graph.w1.npy
// RUN: %{run} %t.layout --output=@%t.layout.loss.npy --output=@%t.layout.w1.npy
// RUN: %{run} %t.program --output=@%t.program.loss.npy --output=@%t.program.w1.npy
// RUN: cmp %t.loss.npy %t.graph.loss.npy
// RUN: cmp %t.loss.npy %t.layout.loss.npy
// RUN: cmp %t.loss.npy %t.program.loss.npy
// RUN: cmp %t.w1.npy %t.graph.w1.npy
// RUN: cmp %t.w1.npy %t.layout.w1.npy
// RUN: cmp %t.w1.npy %t.program.w1.npy
// RUN: %{run} %s --backend=both --rtol=1e-4

// GRAPH: dlc.stage = "graph"
// GRAPH: dlc.softmax_cross_entropy
// GRAPH: dlc.grad

// AUTODIFF: dlc.stage = "autodiff"
// AUTODIFF-NOT: dlc.grad
// AUTODIFF-NOT: dlc.variable
// AUTODIFF: dlc.softmax_cross_entropy
// AUTODIFF-NOT: dlc.transpose

// Nine kernels: forward 2, loss and its gradient 1, mean 1, backward 1, updates 4,
// each fused with its gradient. The two products that read the images convert
// them.
// FUSION: dlc.stage = "fusion"
// FUSION-NOT: dlc.softmax
// FUSION-NOT: dlc.kernel map
// FUSION: dlc.kernel contraction
// FUSION: dlc.convert
// FUSION: dlc.dot_general
// FUSION: dlc.maximum
// FUSION: dlc.kernel contraction
// FUSION: dlc.kernel row
// FUSION: dlc.check_index
// FUSION-DAG: dlc.kernel row
// FUSION-DAG: dlc.kernel column
// FUSION-DAG: dlc.kernel column
// FUSION-NOT: dlc.kernel map

// LAYOUT: dlc.stage = "layout"
// LAYOUT: dlc.kernel contraction
// LAYOUT: ^bb0(%{{.*}}: tensor<16x784xui8>

// Nothing is copied: the parameters are updated where they lie, after the check.
// LOWERING: dlc.stage = "lowering"
// LOWERING: dlc.program @step
// LOWERING-NOT: dlc.copy
// LOWERING: dlc.check
// LOWERING-NOT: dlc.copy
// LOWERING: #dlc.at<result, 1, 0, []>
// LOWERING-NOT: dlc.copy
// LOWERING: func.func private @contraction_{{.*}}memref<16x784xi8>

func.func @step(%arg1: tensor<16xi32> {dlc.name = "labels"},
    %arg0: tensor<16x28x28xui8> {dlc.name = "images"},
    %arg2: tensor<784x8xf32> {dlc.name = "state0.1.weight", dlc.donate = 1 : i64},
    %arg3: tensor<8xf32> {dlc.name = "state0.1.bias", dlc.donate = 2 : i64},
    %arg4: tensor<8x10xf32> {dlc.name = "state0.3.weight", dlc.donate = 3 : i64},
    %arg5: tensor<10xf32> {dlc.name = "state0.3.bias", dlc.donate = 4 : i64},
    %arg6: tensor<f32> {dlc.name = "state1.lr"})
    -> (tensor<f32>, tensor<784x8xf32>, tensor<8xf32>, tensor<8x10xf32>, tensor<10xf32>) {
  %0 = "dlc.convert"(%arg0) : (tensor<16x28x28xui8>) -> tensor<16x28x28xf32> loc("mlp.cpp":114:18)
  %1 = "dlc.constant"() <{value = dense<2.55000000e+02> : tensor<16x28x28xf32>}> : () -> tensor<16x28x28xf32> loc("mlp.cpp":114:18)
  %2 = "dlc.divide"(%0, %1) : (tensor<16x28x28xf32>, tensor<16x28x28xf32>) -> tensor<16x28x28xf32> loc("mlp.cpp":114:18)
  %3 = "dlc.reshape"(%2) : (tensor<16x28x28xf32>) -> tensor<16x784xf32> loc("Sequential.0"("mlp.cpp":114:17))
  %4 = "dlc.variable"(%arg2) : (tensor<784x8xf32>) -> tensor<784x8xf32> loc("mlp.cpp":108:24)
  %5 = "dlc.dot_general"(%3, %4) <{lhs_batch = array<i64>, rhs_batch = array<i64>, lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>}> : (tensor<16x784xf32>, tensor<784x8xf32>) -> tensor<16x8xf32> loc("Sequential.1"("mlp.cpp":114:17))
  %6 = "dlc.variable"(%arg3) : (tensor<8xf32>) -> tensor<8xf32> loc("mlp.cpp":108:24)
  %7 = "dlc.broadcast_in_dim"(%6) <{dimensions = array<i64: 1>}> : (tensor<8xf32>) -> tensor<16x8xf32> loc("Sequential.1"("mlp.cpp":114:17))
  %8 = "dlc.add"(%5, %7) : (tensor<16x8xf32>, tensor<16x8xf32>) -> tensor<16x8xf32> loc("Sequential.1"("mlp.cpp":114:17))
  %9 = "dlc.relu"(%8) : (tensor<16x8xf32>) -> tensor<16x8xf32> loc("Sequential.2"("mlp.cpp":114:17))
  %10 = "dlc.variable"(%arg4) : (tensor<8x10xf32>) -> tensor<8x10xf32> loc("mlp.cpp":109:36)
  %11 = "dlc.dot_general"(%9, %10) <{lhs_batch = array<i64>, rhs_batch = array<i64>, lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>}> : (tensor<16x8xf32>, tensor<8x10xf32>) -> tensor<16x10xf32> loc("Sequential.3"("mlp.cpp":114:17))
  %12 = "dlc.variable"(%arg5) : (tensor<10xf32>) -> tensor<10xf32> loc("mlp.cpp":109:36)
  %13 = "dlc.broadcast_in_dim"(%12) <{dimensions = array<i64: 1>}> : (tensor<10xf32>) -> tensor<16x10xf32> loc("Sequential.3"("mlp.cpp":114:17))
  %14 = "dlc.add"(%11, %13) : (tensor<16x10xf32>, tensor<16x10xf32>) -> tensor<16x10xf32> loc("Sequential.3"("mlp.cpp":114:17))
  %15 = "dlc.softmax_cross_entropy"(%14,
    %arg1) : (tensor<16x10xf32>, tensor<16xi32>) -> tensor<16xf32> loc("mlp.cpp":119:23)
  %16 = "dlc.reduce"(%15) <{kind = #dlc<reduction add>, dimensions = array<i64: 0>}> : (tensor<16xf32>) -> tensor<f32> loc("mlp.cpp":119:18)
  %17 = "dlc.constant"() <{value = dense<1.60000000e+01> : tensor<f32>}> : () -> tensor<f32> loc("mlp.cpp":119:18)
  %18 = "dlc.divide"(%16, %17) : (tensor<f32>, tensor<f32>) -> tensor<f32> loc("mlp.cpp":119:18)
  %19 = "dlc.broadcast_in_dim"(%arg6) <{dimensions = array<i64>}> : (tensor<f32>) -> tensor<784x8xf32> loc("SGD"("mlp.cpp":122:9))
  %20 = "dlc.constant"() <{value = dense<1.00000000e+00> : tensor<f32>}> : () -> tensor<f32> loc("mlp.cpp":121:35)
  %21:4 = "dlc.grad"(%18, %20, %4, %6, %10, %12) <{operandSegmentSizes = array<i32: 1, 1, 4>}> : (tensor<f32>, tensor<f32>, tensor<784x8xf32>, tensor<8xf32>, tensor<8x10xf32>, tensor<10xf32>) -> (tensor<784x8xf32>, tensor<8xf32>, tensor<8x10xf32>, tensor<10xf32>) loc("mlp.cpp":121:35)
  %22 = "dlc.multiply"(%19, %21#0) : (tensor<784x8xf32>, tensor<784x8xf32>) -> tensor<784x8xf32> loc("SGD"("mlp.cpp":122:9))
  %23 = "dlc.subtract"(%arg2, %22) : (tensor<784x8xf32>, tensor<784x8xf32>) -> tensor<784x8xf32> loc("SGD"("mlp.cpp":122:9))
  %24 = "dlc.broadcast_in_dim"(%arg6) <{dimensions = array<i64>}> : (tensor<f32>) -> tensor<8xf32> loc("SGD"("mlp.cpp":122:9))
  %25 = "dlc.multiply"(%24, %21#1) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32> loc("SGD"("mlp.cpp":122:9))
  %26 = "dlc.subtract"(%arg3, %25) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32> loc("SGD"("mlp.cpp":122:9))
  %27 = "dlc.broadcast_in_dim"(%arg6) <{dimensions = array<i64>}> : (tensor<f32>) -> tensor<8x10xf32> loc("SGD"("mlp.cpp":122:9))
  %28 = "dlc.multiply"(%27, %21#2) : (tensor<8x10xf32>, tensor<8x10xf32>) -> tensor<8x10xf32> loc("SGD"("mlp.cpp":122:9))
  %29 = "dlc.subtract"(%arg4, %28) : (tensor<8x10xf32>, tensor<8x10xf32>) -> tensor<8x10xf32> loc("SGD"("mlp.cpp":122:9))
  %30 = "dlc.broadcast_in_dim"(%arg6) <{dimensions = array<i64>}> : (tensor<f32>) -> tensor<10xf32> loc("SGD"("mlp.cpp":122:9))
  %31 = "dlc.multiply"(%30, %21#3) : (tensor<10xf32>, tensor<10xf32>) -> tensor<10xf32> loc("SGD"("mlp.cpp":122:9))
  %32 = "dlc.subtract"(%arg5, %31) : (tensor<10xf32>, tensor<10xf32>) -> tensor<10xf32> loc("SGD"("mlp.cpp":122:9))
  func.return %18, %23, %26, %29, %32 : tensor<f32>, tensor<784x8xf32>, tensor<8xf32>, tensor<8x10xf32>, tensor<10xf32>
}
