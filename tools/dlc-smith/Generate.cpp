#include "Generate.h"

#include "Grower.h"
#include "Oracle.h"

#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;

static bool isFloat(Type type) {
  return isa<FloatType>(cast<RankedTensorType>(type).getElementType());
}

bool dlc::smith::hasRequests(ModuleOp module) {
  return module
      .walk([](Operation *op) {
        return isa<GradOp, JvpOp>(op) ? WalkResult::interrupt()
                                      : WalkResult::advance();
      })
      .wasInterrupted();
}

void dlc::smith::eraseUnused(ModuleOp module) {
  auto isDead = [](Operation *op) {
    return op->use_empty() &&
           (isOpTriviallyDead(op) || op->getNumRegions() > 0 ||
            isa<func::CallOp>(op));
  };
  auto function = module.lookupSymbol<func::FuncOp>(mainFunction);
  SmallVector<Operation *> ops;
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op != module && !isa<func::FuncOp>(op))
      ops.push_back(op);
  });
  // What uses a value stands behind it; what stands in a region, behind its op.
  for (Operation *op : llvm::reverse(ops))
    if (!op->hasTrait<OpTrait::IsTerminator>() && isDead(op))
      op->erase();
  for (unsigned i = function.getNumArguments(); i-- > 0;)
    if (function.getArgument(i).use_empty() && function.getNumArguments() > 1)
      function.eraseArgument(i);
  for (auto other : llvm::make_early_inc_range(module.getOps<func::FuncOp>()))
    if (other != function && SymbolTable::symbolKnownUseEmpty(other, module))
      other.erase();
}

//===-- Results and derivatives
//--------------------------------------------===//

/// All values that nothing uses, and some that something does; few of a great
/// many.
static SmallVector<Value> chooseResults(Grower &g) {
  SmallVector<Value> results;
  for (Value value : g.inSight()) {
    if (!value.getDefiningOp() || isa<ConstantOp>(value.getDefiningOp()))
      continue;
    if (value.use_empty() || g.random.chance(0.15))
      results.push_back(value);
  }
  return results;
}

/// A request for derivatives of `from` by `by`, with drawn directions.
static SmallVector<Value> request(Grower &g, ArrayRef<Value> from,
                                  ArrayRef<Value> by) {
  bool isForwards = g.random.chance(0.25);
  SmallVector<Value> directions;
  for (Value value : isForwards ? by : from)
    directions.push_back(g.operand(tensorType(value)));
  OpBuilder &b = g.builder();
  Operation *op;
  if (isForwards)
    op = b.create<JvpOp>(g.loc(), ValueRange(from).getTypes(), from, by,
                         directions);
  else
    op = b.create<GradOp>(g.loc(), ValueRange(by).getTypes(), from, directions,
                          by);
  return SmallVector<Value>(op->getResults());
}

static SmallVector<Value> someFloats(Grower &g, ArrayRef<Value> values) {
  SmallVector<Value> chosen;
  for (Value value : values)
    if (isFloat(value.getType()))
      chosen.push_back(value);
  g.random.shuffle(chosen);
  if (chosen.size() > 1)
    chosen.truncate(g.random.pick<size_t>({1, 1, 2}));
  return chosen;
}

/// Derivatives of a result or two; sometimes those of derivatives.
static SmallVector<Value> differentiate(Grower &g, func::FuncOp function,
                                        ArrayRef<Value> results) {
  SmallVector<Value> from = someFloats(g, results);
  SmallVector<Value> arguments(function.getArguments());
  SmallVector<Value> by = someFloats(g, arguments);
  if (from.empty() || by.empty())
    return {};
  SmallVector<Value> first = request(g, from, by);
  if (!g.random.chance(0.12))
    return first;
  return request(g, {first.front()}, someFloats(g, arguments));
}

//===-- The whole
//----------------------------------------------------------===//

static void finish(func::FuncOp function, ArrayRef<Value> results) {
  Block &body = function.front();
  if (!body.empty() && isa<func::ReturnOp>(body.back()))
    body.back().erase();
  OpBuilder b = OpBuilder::atBlockEnd(&body);
  b.create<func::ReturnOp>(b.getUnknownLoc(), results);
  function.setFunctionType(b.getFunctionType(function.getArgumentTypes(),
                                             ValueRange(results).getTypes()));
}

/// Lets the runtime write a result over an argument of its type.
static void donate(Random &random, func::FuncOp function) {
  SmallVector<bool> taken(function.getNumResults());
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    for (unsigned r = 0; r < function.getNumResults(); ++r) {
      if (taken[r] ||
          function.getResultTypes()[r] != function.getArgumentTypes()[i] ||
          !random.chance(0.3))
        continue;
      taken[r] = true;
      function.setArgAttr(
          i, "dlc.donate",
          IntegerAttr::get(IntegerType::get(function.getContext(), 64), r));
      break;
    }
}

/// Lets the runtime prepare what follows from some arguments alone.
static void markInvariant(Random &random, func::FuncOp function) {
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    if (!function.getArgAttr(i, "dlc.donate") && random.chance(0.8))
      function.setArgAttr(i, "dlc.invariant",
                          UnitAttr::get(function.getContext()));
}

OwningOpRef<ModuleOp> dlc::smith::generate(uint64_t seed, int64_t maxOps,
                                           MLIRContext *context) {
  // Neighbouring seeds have nothing in common.
  Random random(Random(seed).next());
  OpBuilder b(context);
  OwningOpRef<ModuleOp> module(ModuleOp::create(b.getUnknownLoc()));
  b.setInsertionPointToStart(module->getBody());
  auto function = b.create<func::FuncOp>(b.getUnknownLoc(), mainFunction,
                                         b.getFunctionType({}, {}));
  function.addEntryBlock();
  // Twice as many small ones: they take less time and find as much.
  int64_t least = std::min<int64_t>(2, maxOps);
  int64_t ops = random.chance(0.5)
                    ? random.between(least, maxOps)
                    : random.between(least, std::max(least, maxOps / 2));
  Grower grower(random, function, ops);
  while (grower.opsLeft() > 0 && grower.grow()) {
  }
  SmallVector<Value> results = chooseResults(grower);
  finish(function, results);
  if (random.chance(0.3))
    donate(random, function);
  if (random.chance(0.65)) {
    grower.builder().setInsertionPoint(&function.front().back());
    SmallVector<Value> derivatives = differentiate(grower, function, results);
    llvm::append_range(results, derivatives);
    finish(function, results);
  }
  // Last, so that a seed's graph is the same with and without.
  if (random.chance(0.5))
    markInvariant(random, function);
  eraseUnused(*module);
  return module;
}

void dlc::smith::dropRequests(ModuleOp module) {
  auto function = module.lookupSymbol<func::FuncOp>(mainFunction);
  SmallVector<Value> results;
  for (Value result : function.front().back().getOperands())
    if (!isa_and_nonnull<GradOp, JvpOp>(result.getDefiningOp()))
      results.push_back(result);
  finish(function, results);
  eraseUnused(module);
}
