#include "Pipelines/Explain.h"

#include "IR/Dlc.h"
#include "Lowering/PlanMemoryReport.h"
#include "Pipelines/Pipelines.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace dlc;

static int64_t bytesOf(TypeRange types) {
  int64_t bytes = 0;
  for (Type type : types) {
    auto tensor = cast<RankedTensorType>(type);
    bytes += tensor.getNumElements() *
             llvm::divideCeil(tensor.getElementTypeBitWidth(), 8);
  }
  return bytes;
}

/// Arithmetic operations: two an element of a product, one of all others.
static int64_t flopsOf(Operation *op) {
  if (auto dot = dyn_cast<DotGeneralOp>(op)) {
    int64_t depth = 1;
    for (int64_t d : dot.getLhsContract())
      depth *= tensorType(dot.getLhs()).getDimSize(d);
    return 2 * depth * tensorType(dot.getResult()).getNumElements();
  }
  if (auto reduce = dyn_cast<ReduceOp>(op))
    return tensorType(reduce.getOperand()).getNumElements();
  if (op->hasTrait<Pointwise>())
    return tensorType(op->getResult(0)).getNumElements();
  return 0;
}

static void explainKernel(KernelOp kernel, unsigned number,
                          llvm::raw_ostream &os) {
  // What computes names a kernel; only a kernel that just moves elements is
  // named by its moves.
  llvm::SetVector<StringRef> computes, moves;
  std::vector<std::string> lines;
  int64_t flops = 0;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    if (isa<ConstantOp>(op))
      continue;
    flops += flopsOf(&op);
    (op.hasTrait<IndexMap>() ? moves : computes)
        .insert(op.getName().stripDialect());
    if (auto at = op.getLoc()->findInstanceOf<FileLineColLoc>()) {
      std::string line =
          (at.getFilename().getValue() + ":" + llvm::Twine(at.getLine())).str();
      if (!llvm::is_contained(lines, line))
        lines.push_back(line);
    }
  }
  int64_t bytes =
      bytesOf(kernel.getOperandTypes()) + bytesOf(kernel.getResultTypes());
  os << llvm::format("  %3u  ", number)
     << llvm::left_justify(stringifyEmitter(kernel.getEmitter()), 11)
     << llvm::format("  %12lld bytes  %12lld flops  ",
                     static_cast<long long>(bytes),
                     static_cast<long long>(flops))
     << llvm::join(computes.empty() ? moves : computes, " ");
  if (!lines.empty())
    os << "  (" << llvm::join(lines, ", ") << ")";
  if (std::optional<StringRef> ends = kernel.getEnds())
    os << "  ends: " << *ends;
  os << "\n";
}

LogicalResult dlc::explain(ModuleOp module, llvm::raw_ostream &os) {
  std::string kernels, plans;
  llvm::raw_string_ostream kernelStream(kernels);
  for (auto function : module.getOps<func::FuncOp>()) {
    kernelStream << "kernels of @" << function.getName() << "\n";
    unsigned number = 0;
    function.walk([&](KernelOp kernel) {
      explainKernel(kernel, ++number, kernelStream);
    });
  }
  if (failed(runPipeline(module, Stage::lowering)))
    return failure();
  os << kernels;
  for (auto program : module.getOps<ProgramOp>()) {
    os << "memory of @" << program.getSymName() << "\n";
    MemoryPlan::of(program).print(os);
  }
  return success();
}
