// How branches, loops and the ops with regions of their own are drawn.

#include "Grower.h"

#include "Interpreter/Interpreter.h"
#include "mlir/IR/BuiltinOps.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;

/// A few values to take into a region.
static SmallVector<Value> captures(Grower &g, int64_t most) {
  SmallVector<Value> values;
  for (int64_t i = g.random.between(1, most); i > 0; --i)
    values.push_back(
        g.operand(g.random.chance(0.7) ? Elements(floats) : Elements(all)));
  return values;
}

static void yield(Grower &g, ValueRange values) {
  g.builder().create<YieldOp>(g.loc(), values);
}

/// Values of these types in sight, made up where there are none.
static SmallVector<Value> ofTypes(Grower &g, TypeRange types) {
  SmallVector<Value> values;
  for (Type type : types) {
    Value value = g.pick([&](RankedTensorType each) { return each == type; });
    values.push_back(value ? value : g.fresh(cast<RankedTensorType>(type)));
  }
  return values;
}

/// One to three values in sight, rather those made last.
static SmallVector<Value> someResults(Grower &g) {
  SmallVector<Value> values;
  for (int64_t i = g.random.between(1, 3); i > 0; --i)
    if (Value value = g.pick([](RankedTensorType) { return true; }))
      values.push_back(value);
  return values;
}

static int64_t bodyOps(Grower &g) {
  return g.random.between(
      1, std::max<int64_t>(1, std::min<int64_t>(4, g.opsLeft() - 1)));
}

static bool isTooDeep(Grower &g) { return g.nesting() >= 2 || g.opsLeft() < 2; }

static bool drawIf(Grower &g, StringRef name) {
  if (isTooDeep(g))
    return false;
  Value pred = g.operand(g.scalar(g.element(booleans)));
  SmallVector<Value> inputs = captures(g, 3);
  SmallVector<Type> types;
  Region then, otherwise;
  g.growRegion(then, inputs, bodyOps(g), [&] {
    SmallVector<Value> results = someResults(g);
    llvm::append_range(types, ValueRange(results).getTypes());
    yield(g, results);
  });
  g.growRegion(otherwise, inputs, bodyOps(g),
               [&] { yield(g, ofTypes(g, types)); });
  inputs.insert(inputs.begin(), pred);
  return g.emit(name, inputs, {}, types, {&then, &otherwise}) != nullptr;
}

static bool drawScan(Grower &g, StringRef name) {
  if (isTooDeep(g))
    return false;
  int64_t trips = g.random.pick({1, 2, 3, 4, 5, 8, 0});
  SmallVector<Value> inits = captures(g, 2), sequences, constants;
  for (int64_t i = g.random.between(0, 2); i > 0; --i) {
    Shape shape = g.shape(0, 2);
    shape.insert(shape.begin(), trips);
    sequences.push_back(g.operand(g.type(shape, g.element(floats))));
    if (!sequences.back())
      return false;
  }
  if (g.random.chance(0.5))
    constants = captures(g, 2);
  // Numbers for the body: a row of zeros stands for each slice.
  SmallVector<Value> arguments = inits;
  for (Value sequence : sequences) {
    RankedTensorType type = tensorType(sequence);
    arguments.push_back(g.constant(interpreter::Tensor(
        g.type(type.getShape().drop_front(), type.getElementType()))));
  }
  llvm::append_range(arguments, constants);
  SmallVector<Type> types;
  Region body;
  g.growRegion(body, arguments, bodyOps(g), [&] {
    SmallVector<Value> yielded = ofTypes(g, ValueRange(inits).getTypes());
    llvm::append_range(types, ValueRange(inits).getTypes());
    for (Value output : someResults(g)) {
      Shape shape(tensorType(output).getShape());
      shape.insert(shape.begin(), trips);
      types.push_back(g.type(shape, tensorType(output).getElementType()));
      yielded.push_back(output);
    }
    yield(g, yielded);
  });
  Builder &b = g.builder();
  auto count = [](const auto &values) {
    return static_cast<int32_t>(values.size());
  };
  SmallVector<Field> attributes = {
      {"trips", b.getI64IntegerAttr(trips)},
      {"operandSegmentSizes",
       b.getDenseI32ArrayAttr(
           {count(inits), count(sequences), count(constants)})}};
  if (g.random.chance(0.4))
    attributes.push_back({"reverse", b.getUnitAttr()});
  SmallVector<Value> operands = inits;
  llvm::append_range(operands, sequences);
  llvm::append_range(operands, constants);
  return g.emit(name, operands, attributes, types, {&body}) != nullptr;
}

/// Counts up to a few trips; sometimes a number in the body ends it earlier.
static bool drawWhile(Grower &g, StringRef name) {
  if (isTooDeep(g))
    return false;
  OpBuilder &b = g.builder();
  RankedTensorType counter = g.scalar(b.getI32Type());
  int64_t trips = g.random.between(0, 4);
  auto number = [&](int64_t value) {
    interpreter::Tensor tensor(counter);
    tensor.ints[0] = value;
    return g.constant(tensor);
  };
  SmallVector<Value> inits = captures(g, 2);
  inits.insert(inits.begin(), number(0));
  SmallVector<Value> constants;
  if (g.random.chance(0.5))
    constants = captures(g, 2);
  SmallVector<Value> operands = inits;
  llvm::append_range(operands, constants);
  Region condition, body;
  g.growRegion(condition, operands, g.random.pick({0, 0, 1, 2}), [&] {
    Value count = g.inSight().front();
    Value limit = number(trips);
    Value goesOn = b.create<CompareOp>(g.loc(), Direction::LT, count, limit);
    Value other = g.pick(
        [&](RankedTensorType type) { return type == g.scalar(b.getI1Type()); });
    if (other && g.random.chance(0.5))
      goesOn = b.create<AndOp>(g.loc(), goesOn, other);
    yield(g, goesOn);
  });
  g.growRegion(body, operands, bodyOps(g), [&] {
    Value count = g.inSight().front();
    Value one = number(1);
    Value next = b.create<AddOp>(g.loc(), count, one);
    SmallVector<Value> yielded =
        ofTypes(g, ValueRange(inits).drop_front().getTypes());
    yielded.insert(yielded.begin(), next);
    yield(g, yielded);
  });
  SmallVector<Field> attributes = {
      {"operandSegmentSizes",
       b.getDenseI32ArrayAttr({static_cast<int32_t>(inits.size()),
                               static_cast<int32_t>(constants.size())})}};
  if (g.random.chance(0.7))
    attributes.push_back(
        {"max_trips", b.getI64IntegerAttr(trips + g.random.below(3))});
  return g.emit(name, operands, attributes, ValueRange(inits).getTypes(),
                {&condition, &body}) != nullptr;
}

static bool drawCheckpoint(Grower &g, StringRef name) {
  if (isTooDeep(g))
    return false;
  SmallVector<Value> inputs = captures(g, 3);
  SmallVector<Type> types;
  Region body;
  g.growRegion(body, inputs, bodyOps(g), [&] {
    SmallVector<Value> results = someResults(g);
    llvm::append_range(types, ValueRange(results).getTypes());
    yield(g, results);
  });
  return g.emit(name, inputs, {}, types, {&body}) != nullptr;
}

/// The backward region makes any cotangents: it is the user's to say.
static bool drawCustomVjp(Grower &g, StringRef name) {
  if (isTooDeep(g))
    return false;
  SmallVector<Value> inputs = captures(g, 2);
  SmallVector<Type> types, residuals;
  auto isFloat = [](Type type) {
    return isa<FloatType>(getElementTypeOrSelf(type));
  };
  Region forward, backward;
  g.growRegion(forward, inputs, bodyOps(g), [&] {
    SmallVector<Value> results = someResults(g);
    llvm::append_range(types, ValueRange(results).getTypes());
    if (g.random.chance(0.7))
      for (Value residual : someResults(g)) {
        residuals.push_back(residual.getType());
        results.push_back(residual);
      }
    yield(g, results);
  });
  // Numbers for the backward region: those of new values.
  SmallVector<Value> arguments;
  for (Type type : residuals)
    arguments.push_back(
        g.constant(interpreter::Tensor(cast<RankedTensorType>(type))));
  for (Type type : types)
    if (isFloat(type))
      arguments.push_back(
          g.constant(interpreter::Tensor(cast<RankedTensorType>(type))));
  g.growRegion(backward, arguments, bodyOps(g), [&] {
    SmallVector<Type> cotangents;
    for (Value input : inputs)
      if (isFloat(input.getType()))
        cotangents.push_back(input.getType());
    yield(g, ofTypes(g, cotangents));
  });
  return g.emit(name, inputs, {}, types, {&forward, &backward}) != nullptr;
}

/// A function of its own and a call of it.
static bool drawCall(Grower &g, StringRef name) {
  if (isTooDeep(g) || g.nesting() > 0)
    return false;
  SmallVector<Value> inputs = captures(g, 3);
  SmallVector<Type> types;
  Region body;
  g.growRegion(body, inputs, bodyOps(g), [&] {
    SmallVector<Value> results = someResults(g);
    llvm::append_range(types, ValueRange(results).getTypes());
    g.builder().create<func::ReturnOp>(g.loc(), results);
  });
  auto module = g.parent()->getParentOfType<ModuleOp>();
  std::string callee =
      "g" + std::to_string(std::distance(module.getBody()->begin(),
                                         module.getBody()->end()));
  OpBuilder at = OpBuilder::atBlockEnd(module.getBody());
  auto function = at.create<func::FuncOp>(
      g.loc(), callee,
      at.getFunctionType(ValueRange(inputs).getTypes(), types));
  function.setPrivate();
  function.getBody().takeBody(body);
  if (g.emit(name, inputs,
             {{"callee", FlatSymbolRefAttr::get(at.getContext(), callee)}},
             types))
    return true;
  function.erase();
  return false;
}

void dlc::smith::addControlFlow(SmallVectorImpl<Rule> &rules) {
  rules.push_back({"if", 3, drawIf});
  rules.push_back({"scan", 5, drawScan});
  rules.push_back({"while", 3, drawWhile});
  rules.push_back({"checkpoint", 3, drawCheckpoint});
  rules.push_back({"custom_vjp", 2, drawCustomVjp});
  rules.push_back({"func.call", 2, drawCall});
}
