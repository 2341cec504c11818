#include "Codegen/Partition.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/SetVector.h"

#include <tuple>

using namespace mlir;
using namespace dlc;

namespace {
using Symbols = llvm::SetVector<Operation *>;

struct Part {
  size_t number = 0;
  Symbols symbols;
  int64_t size = 0;

  void add(const Symbols &others) {
    for (Operation *symbol : others)
      if (symbols.insert(symbol))
        symbol->walk([&](Operation *) { ++size; });
  }
  /// The larger ones come first.
  bool operator<(const Part &other) const {
    return std::tie(other.size, number) < std::tie(size, other.number);
  }
};
} // namespace

/// The kernel and every symbol that it reaches.
static Symbols reachable(const SymbolTable &table, func::FuncOp kernel) {
  Symbols symbols;
  symbols.insert(kernel);
  for (size_t i = 0; i < symbols.size(); ++i) {
    auto uses = SymbolTable::getSymbolUses(symbols[i]);
    if (!uses)
      continue;
    for (SymbolTable::SymbolUse use : *uses)
      if (Operation *used =
              table.lookup(use.getSymbolRef().getRootReference().getValue()))
        symbols.insert(used);
  }
  return symbols;
}

SmallVector<OwningOpRef<ModuleOp>> dlc::partition(ModuleOp module,
                                                  size_t count) {
  SymbolTable table(module);
  SmallVector<Part> kernels;
  for (auto func : module.getOps<func::FuncOp>())
    if (func->hasAttr("dlc.tiles")) {
      Part &kernel = kernels.emplace_back();
      kernel.number = kernels.size();
      kernel.add(reachable(table, func));
    }
  // The largest first, each to the part that is smallest so far.
  llvm::sort(kernels);
  SmallVector<Part> parts(std::max<size_t>(1, std::min(count, kernels.size())));
  for (auto [i, part] : llvm::enumerate(parts))
    part.number = i;
  for (const Part &kernel : kernels)
    llvm::min_element(parts, [](const Part &a, const Part &b) {
      return a.size < b.size;
    })->add(kernel.symbols);
  llvm::sort(parts);

  SmallVector<OwningOpRef<ModuleOp>> modules;
  for (Part &part : parts) {
    modules.push_back(ModuleOp::create(module.getLoc()));
    OpBuilder b = OpBuilder::atBlockEnd(modules.back()->getBody());
    for (Operation *symbol : part.symbols)
      b.clone(*symbol);
  }
  return modules;
}
