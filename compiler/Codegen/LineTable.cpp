#include "Codegen/LineTable.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/BinaryFormat/Dwarf.h"

using namespace mlir;
using namespace dlc;

/// The first place in a file that a location names; null if it names none. A
/// kernel's location holds one of each op that was fused into it.
static FileLineColLoc placeOf(Location loc) {
  FileLineColLoc place;
  loc->walk([&](Location part) {
    place = dyn_cast<FileLineColLoc>(part);
    return place ? WalkResult::interrupt() : WalkResult::advance();
  });
  return place;
}

static LLVM::DIFileAttr fileOf(FileLineColLoc place) {
  return LLVM::DIFileAttr::get(place.getContext(), place.getFilename().str(),
                               "");
}

static void addLines(LLVM::LLVMFuncOp function, FileLineColLoc begin) {
  MLIRContext *context = function.getContext();
  Builder b(context);
  auto id = [&] { return DistinctAttr::create(b.getUnitAttr()); };
  LLVM::DIFileAttr file = fileOf(begin);
  // Line tables would make the driver compile for debugging.
  auto unit = LLVM::DICompileUnitAttr::get(
      id(), llvm::dwarf::DW_LANG_C, file, b.getStringAttr("dlc"),
      /*isOptimized=*/true, LLVM::DIEmissionKind::DebugDirectivesOnly);
  auto type = LLVM::DISubroutineTypeAttr::get(
      context, llvm::dwarf::DW_CC_normal, ArrayRef<LLVM::DITypeAttr>());
  auto flags =
      LLVM::DISubprogramFlags::Optimized | LLVM::DISubprogramFlags::Definition;
  auto program = LLVM::DISubprogramAttr::get(
      context, id(), unit, file, function.getNameAttr(), function.getNameAttr(),
      file, begin.getLine(), begin.getLine(), flags, type);

  function.walk([&](Operation *op) {
    FileLineColLoc place = placeOf(op->getLoc());
    if (!place)
      place = begin;
    // What comes from another file needs a scope that says so.
    Attribute scope = program;
    if (place.getFilename() != begin.getFilename())
      scope =
          LLVM::DILexicalBlockFileAttr::get(context, program, fileOf(place), 0);
    op->setLoc(op == function ? FusedLoc::get({begin}, program, context)
                              : FusedLoc::get({place}, scope, context));
  });
}

void dlc::addLineTable(ModuleOp module) {
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    if (FileLineColLoc begin = placeOf(function.getLoc());
        begin && !function.isExternal())
      addLines(function, begin);
}
