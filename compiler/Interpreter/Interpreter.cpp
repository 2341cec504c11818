#include "Interpreter/Interpreter.h"

#include "Interpreter/Noise.h"
#include "Interpreter/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

static const RuleTable &rules() {
  static const RuleTable table = [] {
    RuleTable table;
    addElementwiseRules(table);
    addIndexMapRules(table);
    addReductionRules(table);
    addWindowRules(table);
    addIndexingRules(table);
    addCompositeRules(table);
    return table;
  }();
  return table;
}

LogicalResult dlc::interpreter::indexFault(Operation *op, StringRef user,
                                           int64_t index, int64_t position,
                                           int64_t limit) {
  return op->emitError() << "[" << user << "] index " << index
                         << " at position " << position << " is outside [0, "
                         << limit << ")";
}

namespace {

/// Evaluates blocks. Every region is isolated from above, so that a block's
/// values are all that its ops can see.
class Evaluator {
public:
  using Scope = DenseMap<Value, Tensor>;

  /// `noise` may be null.
  explicit Evaluator(Mode mode, Noise *noise = nullptr)
      : mode(mode), noise(noise) {}

  FailureOr<SmallVector<Tensor>> call(func::FuncOp function,
                                      ArrayRef<Tensor> inputs);
  LogicalResult evaluate(Operation *op, Scope &scope);

private:
  /// The operands of the terminator, with `arguments` as the block's arguments.
  FailureOr<SmallVector<Tensor>> run(Block &block,
                                     SmallVector<Tensor> arguments);
  LogicalResult evaluateScan(ScanOp op, Frame &frame);
  LogicalResult evaluateIf(IfOp op, Frame &frame);
  LogicalResult evaluateWhile(WhileOp op, Frame &frame);
  /// Of an op that is equal to its region: `arguments` in, its results out.
  LogicalResult evaluateRegion(Region &region, ArrayRef<const Tensor *> in,
                               Frame &frame);
  LogicalResult evaluateKernel(KernelOp op, Frame &frame);
  LogicalResult evaluateCall(func::CallOp op, Frame &frame);

  /// Makes a tape, and the value that names it.
  Tensor tapeOf(SmallVector<Tensor> entries, Type type);
  const SmallVector<Tensor> &entriesOf(const Tensor &tape) const {
    return tapes[tape.ints[0]];
  }

  Mode mode;
  Noise *noise;
  /// A tape is named by its position here; the first, which every new tensor of
  /// tapes names, is empty.
  std::vector<SmallVector<Tensor>> tapes{1};
  /// Functions being evaluated, to refuse recursion.
  SmallVector<Operation *> stack;
};

} // namespace

FailureOr<SmallVector<Tensor>> Evaluator::call(func::FuncOp function,
                                               ArrayRef<Tensor> inputs) {
  if (function.isExternal())
    return function.emitError() << "@" << function.getName() << " has no body";
  if (!function.getBody().hasOneBlock())
    return function.emitError()
           << "@" << function.getName() << " has more than one block";
  if (llvm::is_contained(stack, function))
    return function.emitError() << "@" << function.getName() << " calls itself";
  if (inputs.size() != function.getNumArguments())
    return function.emitError()
           << "@" << function.getName() << " needs "
           << function.getNumArguments() << " inputs, got " << inputs.size();
  for (auto [i, input] : llvm::enumerate(inputs))
    if (input.type != function.getArgumentTypes()[i])
      return function.emitError()
             << "input " << i << " of @" << function.getName() << " is "
             << function.getArgumentTypes()[i] << ", got " << input.type;
  stack.push_back(function);
  auto results = run(function.front(), SmallVector<Tensor>(inputs));
  stack.pop_back();
  return results;
}

FailureOr<SmallVector<Tensor>> Evaluator::run(Block &block,
                                              SmallVector<Tensor> arguments) {
  Scope scope;
  for (auto [argument, value] : llvm::zip(block.getArguments(), arguments))
    scope[argument] = std::move(value);
  for (Operation &op : block.without_terminator())
    if (failed(evaluate(&op, scope)))
      return failure();
  SmallVector<Tensor> results;
  for (Value value : block.getTerminator()->getOperands())
    results.push_back(scope.at(value));
  return results;
}

LogicalResult Evaluator::evaluate(Operation *op, Scope &scope) {
  Frame frame{{}, {}, mode};
  SmallVector<const Tensor *> in;
  SmallVector<Tensor> out;
  for (Value operand : op->getOperands()) {
    auto found = scope.find(operand);
    if (found == scope.end())
      return op->emitError() << "'" << op->getName()
                             << "' uses a value from outside its region";
    in.push_back(&found->second);
  }
  for (Type type : op->getResultTypes()) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    if (!tensor || !tensor.hasStaticShape())
      return op->emitError()
             << "'" << op->getName()
             << "' cannot be interpreted: its result is " << type;
    if (tensor.getNumElements() > maxElements)
      return op->emitError() << "'" << op->getName() << "' makes " << type
                             << ", too large for the interpreter";
    out.emplace_back(tensor);
  }
  SmallVector<Tensor> moved;
  if (noise)
    noise->moveOperands(op, in, moved);
  frame.in = in;
  frame.out = out;

  LogicalResult result = success();
  if (auto scan = dyn_cast<ScanOp>(op)) {
    result = evaluateScan(scan, frame);
  } else if (auto branch = dyn_cast<IfOp>(op)) {
    result = evaluateIf(branch, frame);
  } else if (auto loop = dyn_cast<WhileOp>(op)) {
    result = evaluateWhile(loop, frame);
  } else if (isa<EmptyTapeOp>(op)) {
    // The new tensor names the empty tape.
  } else if (auto checkpoint = dyn_cast<CheckpointOp>(op)) {
    result = evaluateRegion(checkpoint.getBody(), frame.in, frame);
  } else if (auto custom = dyn_cast<CustomVjpOp>(op)) {
    result = evaluateRegion(custom.getForward(), frame.in, frame);
  } else if (auto kernel = dyn_cast<KernelOp>(op)) {
    result = evaluateKernel(kernel, frame);
  } else if (auto call = dyn_cast<func::CallOp>(op)) {
    result = evaluateCall(call, frame);
  } else if (isa<GradOp, JvpOp>(op)) {
    result = op->emitError()
             << "'" << op->getName() << "' is a request: run autodiff first";
  } else if (auto rule = rules().find(op->getName().getStringRef());
             rule != rules().end()) {
    result = rule->second(op, frame);
  } else {
    result = op->emitError()
             << "'" << op->getName() << "' cannot be interpreted";
  }
  if (failed(result))
    return failure();
  if (noise)
    noise->moveResults(op, in, out);
  for (auto [value, tensor] : llvm::zip(op->getResults(), out))
    scope[value] = std::move(tensor);
  return success();
}

/// Copies elements between a stack's position and a tensor of its rows.
static void copyRow(const Tensor &from, int64_t first, int64_t count,
                    Tensor &to, int64_t target) {
  if (from.isFloat())
    std::copy_n(from.floats.begin() + first, count, to.floats.begin() + target);
  else
    std::copy_n(from.ints.begin() + first, count, to.ints.begin() + target);
}

Tensor Evaluator::tapeOf(SmallVector<Tensor> entries, Type type) {
  Tensor tape(cast<RankedTensorType>(type));
  tape.ints[0] = tapes.size();
  tapes.push_back(std::move(entries));
  return tape;
}

LogicalResult Evaluator::evaluateScan(ScanOp op, Frame &frame) {
  size_t carries = op.getNumCarries(), sequences = op.getSequences().size();
  bool walksTapes = op.walksTapes();
  int64_t trips =
      walksTapes ? entriesOf(*frame.in[carries]).size() : *op.getTrips();
  Block &body = op.getBody().front();
  SmallVector<Tensor> carry;
  for (const Tensor *init : frame.in.take_front(carries))
    carry.push_back(*init);
  SmallVector<SmallVector<Tensor>> made(op.getNumOutputs());
  for (SmallVector<Tensor> &entries : made)
    entries.resize(walksTapes ? trips : 0);

  for (int64_t trip = 0; trip < trips; ++trip) {
    int64_t position = op.getReverse() ? trips - 1 - trip : trip;
    SmallVector<Tensor> arguments = std::move(carry);
    for (size_t i = carries; i < carries + sequences; ++i) {
      if (walksTapes) {
        const SmallVector<Tensor> &entries = entriesOf(*frame.in[i]);
        if (int64_t(entries.size()) != trips)
          return op.emitError() << "[scan] tapes of " << trips << " and "
                                << entries.size() << " entries";
        arguments.push_back(entries[position]);
        continue;
      }
      Tensor slice(cast<RankedTensorType>(body.getArgument(i).getType()));
      copyRow(*frame.in[i], position * slice.size(), slice.size(), slice, 0);
      arguments.push_back(std::move(slice));
    }
    for (const Tensor *constant : frame.in.drop_front(carries + sequences))
      arguments.push_back(*constant);

    auto results = run(body, std::move(arguments));
    if (failed(results))
      return failure();
    for (size_t i = carries; i < results->size(); ++i) {
      Tensor &row = (*results)[i];
      if (walksTapes)
        made[i - carries][position] = std::move(row);
      else
        copyRow(row, 0, row.size(), frame.out[i], position * row.size());
    }
    results->truncate(carries);
    carry = std::move(*results);
  }
  std::move(carry.begin(), carry.end(), frame.out.begin());
  if (walksTapes)
    for (size_t i = 0; i < made.size(); ++i)
      frame.out[carries + i] =
          tapeOf(std::move(made[i]), op.getResult(carries + i).getType());
  return success();
}

LogicalResult Evaluator::evaluateRegion(Region &region,
                                        ArrayRef<const Tensor *> in,
                                        Frame &frame) {
  SmallVector<Tensor> arguments;
  for (const Tensor *input : in)
    arguments.push_back(*input);
  auto results = run(region.front(), std::move(arguments));
  if (failed(results))
    return failure();
  // A custom_vjp's residuals come after its results.
  std::move(results->begin(), results->begin() + frame.out.size(),
            frame.out.begin());
  return success();
}

LogicalResult Evaluator::evaluateIf(IfOp op, Frame &frame) {
  Region &taken = frame.in[0]->ints[0] ? op.getThen() : op.getOtherwise();
  return evaluateRegion(taken, frame.in.drop_front(), frame);
}

LogicalResult Evaluator::evaluateWhile(WhileOp op, Frame &frame) {
  size_t carries = op.getInits().size();
  SmallVector<Tensor> carry;
  for (const Tensor *init : frame.in.take_front(carries))
    carry.push_back(*init);
  SmallVector<SmallVector<Tensor>> made(op.getNumResults() - carries);
  auto arguments = [&] {
    SmallVector<Tensor> all(carry);
    for (const Tensor *constant : frame.in.drop_front(carries))
      all.push_back(*constant);
    return all;
  };
  for (uint64_t trip = 0;; ++trip) {
    auto goesOn = run(op.getCondition().front(), arguments());
    if (failed(goesOn))
      return failure();
    if (!(*goesOn)[0].ints[0])
      break;
    if (op.getMaxTrips() && trip == *op.getMaxTrips())
      return op.emitError()
             << "[while] more than " << *op.getMaxTrips() << " trips";
    auto next = run(op.getBody().front(), arguments());
    if (failed(next))
      return failure();
    for (size_t i = 0; i < made.size(); ++i)
      made[i].push_back(std::move((*next)[carries + i]));
    next->truncate(carries);
    carry = std::move(*next);
  }
  std::move(carry.begin(), carry.end(), frame.out.begin());
  for (size_t i = 0; i < made.size(); ++i)
    frame.out[carries + i] =
        tapeOf(std::move(made[i]), op.getResult(carries + i).getType());
  return success();
}

LogicalResult Evaluator::evaluateKernel(KernelOp op, Frame &frame) {
  Block &body = op.getBody().front();
  // A kernel's border may reshape.
  SmallVector<Tensor> arguments;
  for (auto [input, argument] : llvm::zip(frame.in, body.getArguments())) {
    arguments.push_back(*input);
    arguments.back().type = tensorType(argument);
  }
  auto results = run(body, std::move(arguments));
  if (failed(results))
    return failure();
  for (auto [result, out] : llvm::zip(*results, frame.out)) {
    RankedTensorType type = out.type;
    out = std::move(result);
    out.type = type;
  }
  return success();
}

LogicalResult Evaluator::evaluateCall(func::CallOp op, Frame &frame) {
  auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      op, op.getCalleeAttr());
  if (!callee)
    return op.emitError() << "@" << op.getCallee() << " is not a function";
  SmallVector<Tensor> arguments;
  for (const Tensor *input : frame.in)
    arguments.push_back(*input);
  auto results = call(callee, arguments);
  if (failed(results))
    return failure();
  llvm::move(*results, frame.out.begin());
  return success();
}

FailureOr<SmallVector<Tensor>>
dlc::interpreter::interpret(func::FuncOp function, ArrayRef<Tensor> inputs,
                            Mode mode) {
  return Evaluator(mode).call(function, inputs);
}

FailureOr<SmallVector<Tensor>> dlc::interpreter::interpretWithNoise(
    func::FuncOp function, ArrayRef<Tensor> inputs, uint64_t seed, Sums sums) {
  Noise noise(seed, sums);
  return Evaluator(Mode::native, &noise).call(function, inputs);
}

LogicalResult dlc::interpreter::evaluate(Operation *op,
                                         DenseMap<Value, Tensor> &values) {
  return Evaluator(Mode::native).evaluate(op, values);
}

bool dlc::interpreter::hasRule(StringRef opName) {
  return rules().contains(opName) || opName == ScanOp::getOperationName() ||
         opName == IfOp::getOperationName() ||
         opName == WhileOp::getOperationName() ||
         opName == EmptyTapeOp::getOperationName() ||
         opName == CheckpointOp::getOperationName() ||
         opName == CustomVjpOp::getOperationName() ||
         opName == KernelOp::getOperationName() ||
         opName == YieldOp::getOperationName();
}
