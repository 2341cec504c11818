#include "Pipelines/Explain.h"

#include "IR/Cost.h"
#include "IR/TurnedValues.h"
#include "Lowering/PlanMemoryReport.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace dlc;

static void explainKernel(KernelOp kernel, unsigned number,
                          llvm::raw_ostream &os) {
  // What computes names a kernel; only a kernel that just moves elements is
  // named by its moves.
  llvm::SetVector<StringRef> computes, moves;
  std::vector<std::string> lines;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    if (isa<ConstantOp>(op))
      continue;
    (op.hasTrait<IndexMap>() ? moves : computes)
        .insert(op.getName().stripDialect());
    if (auto at = op.getLoc()->findInstanceOf<FileLineColLoc>()) {
      std::string line =
          (at.getFilename().getValue() + ":" + llvm::Twine(at.getLine())).str();
      if (!llvm::is_contained(lines, line))
        lines.push_back(line);
    }
  }
  os << llvm::format("  %3u  ", number)
     << llvm::left_justify(stringifyEmitter(kernel.getEmitter()), 11)
     << llvm::format("  %12lld bytes  %12lld flops  ",
                     static_cast<long long>(bytesOf(kernel)),
                     static_cast<long long>(flopsOf(kernel)))
     << llvm::join(computes.empty() ? moves : computes, " ");
  if (std::optional<int64_t> turned = turnedOf(kernel))
    os << "  in tiles of dimension " << *turned
       << " and the last, turned in shared memory";
  if (!lines.empty())
    os << "  (" << llvm::join(lines, ", ") << ")";
  if (std::optional<StringRef> ends = kernel.getEnds())
    os << "  ends: " << *ends;
  os << "\n";
}

/// The launches that are loops of a GPU.
static void explainLoops(ProgramOp program, llvm::raw_ostream &os) {
  program.walk([&](LaunchOp launch) {
    auto kernel = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
        program, launch.getKernelAttr());
    auto loop = kernel ? kernel->getAttrOfType<DictionaryAttr>("dlc.loop")
                       : DictionaryAttr();
    if (!loop)
      return;
    auto count = [&](int64_t number, StringRef what) {
      os << "  " << number << " " << what << (number == 1 ? "" : "s");
    };
    auto number = [&](StringRef name) {
      return cast<IntegerAttr>(loop.get(name)).getInt();
    };
    os << "loop of @" << program.getSymName() << " in one launch\n  "
       << launch.getKernel();
    count(number("trips"), "trip");
    count(number("launches"), "kernel");
    count(number("barriers"), "barrier");
    count(launch.getTiles(), "block");
    if (std::string place = userPlace(launch.getLoc()); !place.empty())
      os << "  (" << place << ")";
    os << "\n";
  });
}

LogicalResult dlc::explain(ModuleOp module, const PipelineOptions &options,
                           llvm::raw_ostream &os) {
  std::string kernels, plans;
  llvm::raw_string_ostream kernelStream(kernels);
  for (auto function : module.getOps<func::FuncOp>()) {
    kernelStream << "kernels of @" << function.getName() << "\n";
    unsigned number = 0;
    function.walk([&](KernelOp kernel) {
      explainKernel(kernel, ++number, kernelStream);
    });
  }
  if (failed(runPipeline(module, Stage::lowering, options)))
    return failure();
  os << kernels;
  for (auto program : module.getOps<ProgramOp>()) {
    os << "memory of @" << program.getSymName() << "\n";
    MemoryPlan::of(program).print(os);
    explainLoops(program, os);
  }
  return success();
}
