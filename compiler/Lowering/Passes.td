// The passes of `lowering`: kernels become loops over vectors, functions become
// launch lists.

#ifndef DLC_LOWERING_PASSES
#define DLC_LOWERING_PASSES

include "mlir/Pass/PassBase.td"

def LowerKernels : Pass<"dlc-lower-kernels", "mlir::ModuleOp"> {
  let summary = "Emit a function of loops for each dlc.kernel.";
  let description = [{
    The function takes a memref an input and an output, a range of tiles and a
    fault word; `dlc.tiles` says how many tiles there are, from shapes alone,
    and `dlc.work` what they cost. Kernels of equal structure share one function.
    The kernel names it (`callee`) and stays until `dlc-plan-memory`.

    Before:
    ```
    %y = dlc.kernel map(%x) {
    ^bb0(%a: tensor<64xf32>):
      %b = dlc.negate %a : tensor<64xf32>
      dlc.yield %b : tensor<64xf32>
    } : (tensor<64xf32>) -> tensor<64xf32>
    ```
    After:
    ```
    func.func private @map_0(%in: memref<64xf32>, %out: memref<64xf32>,
        %tile0: index, %tile1: index, %fault: memref<1xi64>)
        attributes {dlc.tiles = 1 : i64, dlc.work = 576 : i64} {
      scf.for %tile = %tile0 to %tile1 step %c1 {
        scf.for %i = %lower to %upper step %c64 {
          %a = vector.load %in[%i] : memref<64xf32>, vector<64xf32>
          %b = arith.negf %a : vector<64xf32>
          vector.store %b, %out[%i] : memref<64xf32>, vector<64xf32>
    ```
  }];
  let options = [
    Option<"target", "target", "std::string", "\"cpu\"",
           "cpu: vectors; cuda: threads of blocks of 256">,
    Option<"vectorBytes", "vector-bytes", "int64_t", "64",
           "Bytes of a vector register; contractions fill the registers">,
    Option<"vectorRegisters", "vector-registers", "int64_t", "32",
           "Number of vector registers">,
    Option<"bf16Dots", "bf16-dots", "bool", "false",
           "cpu: products of bf16 by vdpbf16ps, where it adds as multiply-adds "
           "do; needs vectors of 64 bytes">,
    Option<"cacheBytes", "cache-bytes", "int64_t", "1048576",
           "Bytes of the second level of a core's cache; contractions are cut "
           "into blocks that fit">,
    Option<"sm", "sm", "int64_t", "80",
           "cuda: compute capability of the GPU, 80 for 8.0">,
    Option<"tf32", "tf32", "bool", "false",
           "cuda: products of f32 on tensor cores, their operands rounded to "
           "tf32">
  ];
  let dependentDialects = [
    "mlir::arith::ArithDialect", "mlir::func::FuncDialect",
    "mlir::LLVM::LLVMDialect", "mlir::math::MathDialect",
    "mlir::memref::MemRefDialect", "mlir::NVVM::NVVMDialect",
    "mlir::scf::SCFDialect",
    "mlir::vector::VectorDialect"
  ];
}

def PlanMemory : Pass<"dlc-plan-memory", "mlir::ModuleOp"> {
  let summary = "Give every value a place and turn functions into launch lists.";
  let description = [{
    Results are written where they are returned, donated arguments are updated in
    place, and what remains shares one arena, planned by liveness. `dlc.plan`
    notes each block of it: offset, bytes, first and last step of its life.

    Unless memory is limited, kernels that read only arguments marked
    `dlc.invariant`, constants and each other's results become the `setup`. What
    the other kernels read of it lies in memory of its own, `prepared`.

    Before:
    ```
    func.func @f(%x: tensor<64xf32>) -> tensor<64xf32> {
      %y = dlc.kernel map(%x) { … } {callee = @map_0} : (tensor<64xf32>) -> tensor<64xf32>
      return %y : tensor<64xf32>
    }
    ```
    After:
    ```
    dlc.program @f (tensor<64xf32>) -> tensor<64xf32> arena 0 attributes {dlc.plan = []} {
      dlc.launch @map_0 [#dlc.at<argument, 0, 0>, #dlc.at<result, 0, 0>] tiles 1 work 576
    }
    ```

    Before:
    ```
    func.func @g(%x: tensor<64xf32>, %w: tensor<64xf32> {dlc.invariant}) -> tensor<64xf32> {
      %p = dlc.kernel map(%w) { … } {callee = @map_0} : (tensor<64xf32>) -> tensor<64xf32>
      %y = dlc.kernel map(%x, %p) { … } {callee = @map_1} : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
      return %y : tensor<64xf32>
    }
    ```
    After:
    ```
    dlc.program @g (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32> arena 0 prepared 256 attributes {dlc.plan = []} setup {
      dlc.launch @map_0 [#dlc.at<argument, 1, 0>, #dlc.at<prepared, 0, 0>] tiles 1 work 576
    } body {
      dlc.launch @map_1 [#dlc.at<argument, 0, 0>, #dlc.at<prepared, 0, 0>, #dlc.at<result, 0, 0>] tiles 1 work 832
    }
    ```
  }];
  let options = [
    Option<"tapeLimit", "tape-limit", "int64_t", "int64_t(1) << 30",
           "Bytes that tapes of loops without a bound may take in a run">,
    Option<"memoryLimit", "memory-limit", "int64_t",
           "std::numeric_limits<int64_t>::max()",
           "Bytes of the arena: values are computed again where they would take "
           "more, and nothing is prepared">
  ];
}

def MergeLoops : Pass<"dlc-merge-loops", "mlir::ModuleOp"> {
  let summary = "Make one launch of a loop whose kernels are small.";
  let description = [{
    Each kernel in the loop's body has a single tile; their bodies follow one
    another in the new kernel's loop. For CPUs: on a GPU a kernel's threads would
    have to wait for each other in between.

    Before:
    ```
    dlc.loop 9 {
      dlc.launch @map_0 [#dlc.at<arena, 0, 0, []>, #dlc.at<result, 0, 0, [16]>] tiles 1 work 32
    }
    ```
    After:
    ```
    dlc.launch @loop_0 [#dlc.at<arena, 0, 0, []>, #dlc.at<result, 0, 0, []>] tiles 1 work 288
    ```
  }];
  let dependentDialects = [
    "mlir::arith::ArithDialect", "mlir::memref::MemRefDialect",
    "mlir::scf::SCFDialect", "mlir::vector::VectorDialect"
  ];
}

def JoinLaunches : Pass<"dlc-join-launches", "mlir::ModuleOp"> {
  let summary = "Mark launches that may run together with the one before.";
  let description = [{
    Of launches that follow each other, none of which touches what another one
    writes. For CPUs, whose threads then need not wait for each other in between.

    Before:
    ```
    dlc.launch @map_0 [#dlc.at<argument, 0, 0>, #dlc.at<result, 0, 0>] tiles 4 work 8192
    dlc.launch @map_1 [#dlc.at<argument, 0, 0>, #dlc.at<result, 1, 0>] tiles 1 work 512
    ```
    After:
    ```
    dlc.launch @map_0 [#dlc.at<argument, 0, 0>, #dlc.at<result, 0, 0>] tiles 4 work 8192
    dlc.launch @map_1 [#dlc.at<argument, 0, 0>, #dlc.at<result, 1, 0>] joined tiles 1 work 512
    ```
  }];
}

def PersistLoops : Pass<"dlc-persist-loops", "mlir::ModuleOp"> {
  let summary = "Make one launch of a GPU's loop whose kernels are small.";
  let description = [{
    The new kernel walks the trips; all its blocks meet between kernels that
    depend on each other. It takes loops of known trips, at least 4, whose body
    is copies and launches of at most 216 tiles. `dlc.cooperative` marks a kernel
    whose blocks must all run at the same time; `dlc.loop` tells what it stands
    for.

    Before:
    ```
    dlc.loop 9 {
      dlc.launch @map_0 [#dlc.at<arena, 0, 0, []>, #dlc.at<result, 0, 0, [4096]>] tiles 4 work 8192
    }
    ```
    After:
    ```
    dlc.launch @loop_0 [#dlc.at<arena, 0, 0, []>, #dlc.at<result, 0, 0, []>] tiles 4 work 73728
    ```
  }];
  let dependentDialects = [
    "mlir::arith::ArithDialect", "mlir::LLVM::LLVMDialect",
    "mlir::memref::MemRefDialect", "mlir::NVVM::NVVMDialect",
    "mlir::scf::SCFDialect"
  ];
}

#endif // DLC_LOWERING_PASSES
