#include "Shrink.h"

#include "Draw.h"
#include "Generate.h"

#include "IR/Dlc.h"
#include "Pipelines/ParseInput.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"

#include <set>

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;

static func::FuncOp mainOf(ModuleOp module) {
  return module.lookupSymbol<func::FuncOp>(mainFunction);
}

int64_t dlc::smith::countOps(ModuleOp module) {
  int64_t count = 0;
  module.walk([&](Operation *op) {
    count += !isa<ModuleOp, func::FuncOp, ConstantOp>(op) &&
             !op->hasTrait<OpTrait::IsTerminator>();
  });
  return count;
}

/// The i-th op that may go, the last first.
static Operation *opAt(ModuleOp module, int64_t i) {
  SmallVector<Operation *> ops;
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (!isa<ModuleOp, func::FuncOp, ConstantOp>(op) &&
        !op->hasTrait<OpTrait::IsTerminator>())
      ops.push_back(op);
  });
  int64_t count = static_cast<int64_t>(ops.size());
  return i < count ? ops[count - 1 - i] : nullptr;
}

//===-- Steps
//--------------------------------------------------------------===//
// Each changes the module in its i-th way. `end`: there are no more ways.

namespace {
enum class Step { done, notApplicable, end };
} // namespace

static void setResults(func::FuncOp function, ArrayRef<Value> results) {
  function.front().back().setOperands(results);
  function.setFunctionType(FunctionType::get(function.getContext(),
                                             function.getArgumentTypes(),
                                             ValueRange(results).getTypes()));
  // Results have other numbers now.
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    function.removeArgAttr(i, "dlc.donate");
}

static Step keepOneResult(ModuleOp module, int64_t i) {
  func::FuncOp function = mainOf(module);
  if (i >= function.getNumResults())
    return Step::end;
  if (function.getNumResults() == 1)
    return Step::notApplicable;
  setResults(function, {function.front().back().getOperand(i)});
  return Step::done;
}

static Step dropResult(ModuleOp module, int64_t i) {
  func::FuncOp function = mainOf(module);
  if (i >= function.getNumResults() || function.getNumResults() == 1)
    return Step::end;
  SmallVector<Value> results(function.front().back().getOperands());
  results.erase(results.begin() + i);
  setResults(function, results);
  return Step::done;
}

static Step dropDonations(ModuleOp module, int64_t i) {
  func::FuncOp function = mainOf(module);
  if (i > 0)
    return Step::end;
  setResults(function,
             SmallVector<Value>(function.front().back().getOperands()));
  return Step::done;
}

/// Op i / 4 becomes its operand of the same type number i % 4.
static Step forwardOperand(ModuleOp module, int64_t i) {
  Operation *op = opAt(module, i / 4);
  if (!op)
    return Step::end;
  if (op->getNumResults() == 0)
    return Step::notApplicable;
  int64_t skip = i % 4;
  for (Value operand : op->getOperands())
    if (operand.getType() == op->getResult(0).getType() && skip-- == 0) {
      for (Value result : op->getResults())
        if (result.getType() == operand.getType())
          result.replaceAllUsesWith(operand);
      return Step::done;
    }
  return Step::notApplicable;
}

/// Op i / 2 becomes arguments, or constants inside a region, drawn in one of
/// two ways.
static Step cut(ModuleOp module, int64_t i) {
  Operation *op = opAt(module, i / 2);
  if (!op)
    return Step::end;
  func::FuncOp function = mainOf(module);
  bool isOutside = op->getBlock() == &function.front();
  OpBuilder b(op);
  for (Value result : op->getResults()) {
    auto type = tensorType(result);
    Draw draw{i % 2 ? Draw::positive : Draw::plain, 1};
    if (isa<IntegerType>(type.getElementType()) && i % 2)
      draw = {Draw::below, 1, 1};
    Value other;
    if (isOutside) {
      unsigned at = function.getNumArguments();
      function.insertArgument(at, type,
                              b.getDictionaryAttr(b.getNamedAttr(
                                  drawAttr, b.getStringAttr(draw.str()))),
                              op->getLoc());
      other = function.getArgument(at);
    } else {
      other = splat(b, op->getLoc(), type, i % 2 ? 1 : 0);
    }
    result.replaceAllUsesWith(other);
  }
  op->erase();
  return Step::done;
}

/// Op i / 2, which has regions, becomes the contents of the first or second.
static Step openRegion(ModuleOp module, int64_t i) {
  Operation *op = opAt(module, i / 2);
  if (!op)
    return Step::end;
  bool isSecond = i % 2;
  if (!isa<CheckpointOp, CustomVjpOp, IfOp>(op) || (isSecond && !isa<IfOp>(op)))
    return Step::notApplicable;
  Block &body = op->getRegion(isSecond).front();
  ValueRange inputs = op->getOperands();
  if (isa<IfOp>(op))
    inputs = inputs.drop_front();
  OpBuilder b(op);
  IRMapping mapping;
  mapping.map(body.getArguments(), inputs);
  for (Operation &inner : body.without_terminator())
    b.clone(inner, mapping);
  for (auto [result, yielded] :
       llvm::zip(op->getResults(), body.back().getOperands()))
    result.replaceAllUsesWith(mapping.lookup(yielded));
  op->erase();
  return Step::done;
}

static Step inlineCalls(ModuleOp module, int64_t i) {
  if (i > 0 || llvm::hasSingleElement(module.getOps<func::FuncOp>()))
    return Step::end;
  PassManager pm(module.getContext(), ModuleOp::getOperationName());
  return succeeded(parsePassPipeline("dlc-inline-calls", pm)) &&
                 succeeded(pm.run(module))
             ? Step::done
             : Step::end;
}

/// Arguments are drawn from few numbers, which are easy to read.
static Step drawFew(ModuleOp module, int64_t i) {
  func::FuncOp function = mainOf(module);
  if (i >= function.getNumArguments())
    return Step::end;
  Builder b(module.getContext());
  Draw few{Draw::few, 1};
  if (function.getArgAttrOfType<StringAttr>(i, drawAttr).getValue() ==
      few.str())
    return Step::notApplicable;
  function.setArgAttr(i, drawAttr, b.getStringAttr(few.str()));
  return Step::done;
}

/// All sizes above 1 in the module's types.
static SmallVector<int64_t> sizesOf(ModuleOp module) {
  llvm::SetVector<int64_t> sizes;
  module.walk([&](Operation *op) {
    auto note = [&](Type type) {
      if (auto tensor = dyn_cast<RankedTensorType>(type))
        for (int64_t size : tensor.getShape())
          if (size > 1)
            sizes.insert(size);
    };
    llvm::for_each(op->getResultTypes(), note);
    llvm::for_each(op->getOperandTypes(), note);
  });
  return sizes.takeVector();
}

/// A number becomes another one wherever it stands in the text, in types and
/// attributes alike: what then fits together is a case.
static OwningOpRef<ModuleOp> replaceNumber(ModuleOp module, int64_t from,
                                           int64_t to) {
  std::string text, result;
  llvm::raw_string_ostream(text) << module;
  std::string old = llvm::itostr(from), now = llvm::itostr(to);
  for (size_t at = 0; at < text.size();) {
    bool isNumber = llvm::isDigit(text[at]);
    bool isName = at > 0 && (llvm::isAlpha(text[at - 1]) ||
                             StringRef("%#_.").contains(text[at - 1]));
    // The x of "4x5xf32" is no letter of a name.
    if (at > 1 && text[at - 1] == 'x' &&
        (llvm::isDigit(text[at - 2]) || text[at - 2] == '<'))
      isName = false;
    size_t end = at + 1;
    while (isNumber && end < text.size() && llvm::isDigit(text[end]))
      ++end;
    std::string word = text.substr(at, end - at);
    bool isType = end < text.size() && StringRef(".:").contains(text[end]);
    result += isNumber && !isName && !isType && word == old ? now : word;
    at = end;
  }
  return parseModule(result, "shrunk", module.getContext());
}

//===-- The search
//---------------------------------------------------------===//

namespace {
class Shrinker {
public:
  Shrinker(ModuleOp module, llvm::function_ref<bool(ModuleOp)> fails)
      : current(module.clone()), fails(fails) {}

  OwningOpRef<ModuleOp> run() {
    using StepFunction = Step (*)(ModuleOp, int64_t);
    for (bool again = true; again;) {
      again = false;
      for (StepFunction step :
           {keepOneResult, dropResult, dropDonations, cut, forwardOperand,
            openRegion, inlineCalls, drawFew})
        for (int64_t i = 0;;) {
          OwningOpRef<ModuleOp> next(current->clone());
          Step what = step(*next, i);
          if (what == Step::end)
            break;
          if (what == Step::done && take(std::move(next)))
            again = true;
          else
            ++i;
        }
      again |= shrinkSizes();
    }
    return std::move(current);
  }

private:
  /// Keeps `next` if it is smaller, valid and fails.
  bool take(OwningOpRef<ModuleOp> next) {
    if (!next || failed(verify(*next)) || !mainOf(*next))
      return false;
    eraseUnused(*next);
    std::string text, old;
    llvm::raw_string_ostream(text) << *next;
    llvm::raw_string_ostream(old) << *current;
    // Text that comes back would be tried for ever.
    if (text.size() > old.size() + 60 || !seen.insert(text).second ||
        !fails(*next))
      return false;
    current = std::move(next);
    return true;
  }

  bool shrinkSizes() {
    bool changed = false;
    for (int64_t size : sizesOf(*current))
      for (int64_t smaller : {int64_t(1), int64_t(2), int64_t(3), size / 2})
        if (smaller < size && take(replaceNumber(*current, size, smaller))) {
          changed = true;
          break;
        }
    return changed;
  }

  OwningOpRef<ModuleOp> current;
  llvm::function_ref<bool(ModuleOp)> fails;
  std::set<std::string> seen;
};
} // namespace

OwningOpRef<ModuleOp>
dlc::smith::shrink(ModuleOp module, llvm::function_ref<bool(ModuleOp)> fails) {
  ScopedDiagnosticHandler quiet(module.getContext(),
                                [](Diagnostic &) { return success(); });
  return Shrinker(module, fails).run();
}
