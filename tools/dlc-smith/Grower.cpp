#include "Grower.h"

#include "IR/Shapes.h"
#include "Interpreter/Interpreter.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"

#include <cmath>
#include <memory>

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;
using interpreter::Tensor;

static Type toType(Element element, Builder &b) {
  switch (element) {
  case Element::f32:
    return b.getF32Type();
  case Element::f64:
    return b.getF64Type();
  case Element::bf16:
    return b.getBF16Type();
  case Element::f16:
    return b.getF16Type();
  case Element::i8:
    return b.getI8Type();
  case Element::i32:
    return b.getI32Type();
  case Element::i64:
    return b.getI64Type();
  case Element::ui8:
    return b.getIntegerType(8, false);
  case Element::ui32:
    return b.getIntegerType(32, false);
  case Element::i1:
    return b.getI1Type();
  }
  llvm_unreachable("an element type without a type");
}

Grower::Grower(Random &random, func::FuncOp function, int64_t ops)
    : random(random), function(function), b(function.getContext()),
      budget(ops) {
  b.setInsertionPointToStart(&function.getBody().front());
  static constexpr Element often[] = {Element::f32, Element::f32, Element::f32,
                                      Element::f64, Element::f64, Element::bf16,
                                      Element::f16};
  mainFloat = toType(random.pick(Elements(often)), b);
  static constexpr int64_t small[] = {1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 17};
  static constexpr int64_t large[] = {24, 31, 32, 33, 64, 70, 130};
  for (int i = 0; i < 4; ++i)
    sizes.push_back(random.chance(0.85) ? random.pick(ArrayRef(small))
                                        : random.pick(ArrayRef(large)));
  if (random.chance(0.08))
    sizes.push_back(0);
  // Now and then enough for several tiles, and thus threads.
  if (random.chance(0.06)) {
    maxElements = 20000;
    sizes.push_back(random.pick({300, 1000, 5000}));
  }
}

//===-- What is drawn
//------------------------------------------------------===//

Type Grower::element(Elements from) {
  Type type = toType(random.pick(from), b);
  bool hasMain = llvm::any_of(
      from, [&](Element each) { return toType(each, b) == mainFloat; });
  if (hasMain &&
      (isa<FloatType>(type) ? random.chance(0.8) : random.chance(0.4)))
    return mainFloat;
  return type;
}

int64_t Grower::size() { return random.pick(ArrayRef<int64_t>(sizes)); }

Shape Grower::shape(int64_t leastRank, int64_t mostRank) {
  // Mostly 0 to 4.
  int64_t usual = std::clamp<int64_t>(random.pick({0, 1, 1, 2, 2, 2, 3, 3, 4}),
                                      leastRank, mostRank);
  int64_t rank =
      random.chance(0.04) ? random.between(leastRank, mostRank) : usual;
  Shape shape(rank);
  for (int64_t &each : shape)
    each = size();
  // Too large: dimensions become small, then 1.
  for (bool isLast : {false, true})
    for (int64_t d = 0; d < rank; ++d)
      if (int64_t count = shapes::elementCount(shape);
          count < 0 || count > maxElements)
        shape[d] = isLast ? 1 : random.pick({1, 1, 2, 3});
  return shape;
}

RankedTensorType Grower::type(ArrayRef<int64_t> shape, Type element) {
  return RankedTensorType::get(shape, element);
}

//===-- Values
//-------------------------------------------------------------===//

void Grower::see(Value value, Tensor numbers) {
  numbersOf[value] = std::move(numbers);
  values.push_back(value);
}

Value Grower::pick(llvm::function_ref<bool(RankedTensorType)> accepts) {
  SmallVector<Value> fitting;
  for (Value value : values)
    if (accepts(tensorType(value)))
      fitting.push_back(value);
  if (fitting.empty())
    return {};
  // Long chains fuse: what is computed counts more than arguments, and what is
  // recent more than that.
  SmallVector<Value> computed;
  for (Value value : fitting)
    if (value.getDefiningOp() && !isa<ConstantOp>(value.getDefiningOp()))
      computed.push_back(value);
  if (computed.empty() || random.chance(0.2))
    return random.pick(ArrayRef<Value>(fitting));
  size_t recent = random.chance(0.6) ? std::min<size_t>(computed.size(), 3)
                                     : computed.size();
  return random.pick(ArrayRef<Value>(computed).take_back(recent));
}

Value Grower::operand(Elements from, int64_t leastRank, int64_t mostRank,
                      Draw::Kind kind) {
  auto accepts = [&](RankedTensorType type) {
    return type.getRank() >= leastRank && type.getRank() <= mostRank &&
           llvm::any_of(from, [&](Element each) {
             return toType(each, b) == type.getElementType();
           });
  };
  if (random.chance(0.9))
    if (Value value = pick(accepts))
      return value;
  Type chosen = element(from);
  return fresh(type(shape(leastRank, mostRank), chosen), kind);
}

Value Grower::operand(RankedTensorType type, Draw::Kind kind) {
  if (kind == Draw::plain && random.chance(0.7))
    if (Value value = pick([&](RankedTensorType each) { return each == type; }))
      return value;
  // Broadcast from what fits in some dimensions.
  if (kind == Draw::plain && random.chance(0.35)) {
    Value value = pick([&](RankedTensorType each) {
      return each != type && each.getElementType() == type.getElementType() &&
             each.getRank() <= type.getRank();
    });
    if (value) {
      Shape dims = random.subset(type.getRank(), tensorType(value).getRank());
      if (Operation *op =
              emit("broadcast_in_dim", value,
                   {{"dimensions", b.getDenseI64ArrayAttr(dims)}}, type))
        return op->getResult(0);
    }
  }
  return fresh(type, kind);
}

Value Grower::constant(const Tensor &value) {
  std::string bytes = value.toBytes();
  // MLIR packs booleans by bits, one splat byte apart.
  DenseElementsAttr attribute;
  if (value.element().isInteger(1)) {
    SmallVector<bool> flags(value.ints.begin(), value.ints.end());
    attribute = DenseElementsAttr::get(value.type, flags);
  } else {
    attribute = DenseElementsAttr::getFromRawBuffer(
        value.type, ArrayRef(bytes.data(), bytes.size()));
  }
  Value result = b.create<ConstantOp>(loc(), attribute);
  see(result, value);
  return result;
}

Value Grower::fresh(RankedTensorType type, Draw::Kind kind, int64_t limit) {
  if (isTooLarge(type))
    return {};
  Draw draw{kind, static_cast<uint64_t>(random.below(1 << 20)), limit};
  if (kind == Draw::plain && random.chance(0.15))
    draw.kind = Draw::few;
  Tensor numbers = draw.tensor(type);
  if (depth > 0 || random.chance(0.12)) {
    // A large one would make a long file.
    if (numbers.size() > 32) {
      for (double &x : numbers.floats)
        x = numbers.floats[0];
      for (int64_t &x : numbers.ints)
        x = numbers.ints[0];
    }
    return constant(numbers);
  }
  unsigned index = function.getNumArguments();
  function.insertArgument(index, type,
                          b.getDictionaryAttr(b.getNamedAttr(
                              drawAttr, b.getStringAttr(draw.str()))),
                          loc());
  see(function.getArgument(index), std::move(numbers));
  return function.getArgument(index);
}

Value Grower::state() {
  auto stateType = type({2}, b.getI64Type());
  Value value = pick([&](RankedTensorType each) { return each == stateType; });
  return value ? value : fresh(stateType, Draw::wide);
}

//===-- Ops
//----------------------------------------------------------------===//

/// The types that the op infers; none where it cannot.
static SmallVector<Type> inferTypes(RegisteredOperationName name,
                                    ValueRange operands,
                                    DictionaryAttr attributes, Location loc) {
  auto *interface = name.getInterface<InferTypeOpInterface>();
  if (!interface)
    return {};
  struct Free {
    void operator()(char *p) const {
      ::operator delete(p, std::align_val_t(16));
    }
  };
  int size = name.getOpPropertyByteSize();
  std::unique_ptr<char, Free> storage(static_cast<char *>(
      ::operator new(std::max(size, 16), std::align_val_t(16))));
  OpaqueProperties properties(size ? storage.get() : nullptr);
  if (size)
    name.initOpProperties(properties, OpaqueProperties(nullptr));
  SmallVector<Type> types;
  bool isOk =
      (!size || succeeded(name.setOpPropertiesFromAttribute(
                    name, properties, attributes,
                    [&] { return mlir::emitError(loc); }))) &&
      succeeded(interface->inferReturnTypes(name.getContext(), loc, operands,
                                            attributes, properties, {}, types));
  if (size)
    name.destroyOpProperties(properties);
  if (!isOk)
    types.clear();
  return types;
}

bool Grower::isTooLarge(RankedTensorType type) const {
  int64_t count = shapes::elementCount(type.getShape());
  return count < 0 || count > maxElements ||
         !shapes::checked(type.getShape()).ok();
}

bool Grower::isGood(const Tensor &tensor) const {
  return llvm::all_of(tensor.floats, [](double x) {
    // NaN fails too.
    return std::fabs(x) <= 1e4;
  });
}

Operation *Grower::emit(StringRef name, ValueRange operands,
                        ArrayRef<Field> attributes, TypeRange types) {
  return emit(name, operands, attributes, types, {});
}

Operation *Grower::emit(StringRef name, ValueRange operands,
                        ArrayRef<Field> attributes, TypeRange types,
                        ArrayRef<Region *> regions) {
  if (llvm::is_contained(operands, Value()))
    return nullptr;
  ScopedDiagnosticHandler quiet(b.getContext(),
                                [](Diagnostic &) { return success(); });
  auto registered = RegisteredOperationName::lookup(
      name.contains('.') ? name.str() : ("dlc." + name).str(), b.getContext());
  assert(registered && "no such op");
  SmallVector<NamedAttribute> named;
  for (auto [key, value] : attributes)
    named.push_back(b.getNamedAttr(key, value));
  DictionaryAttr dictionary = b.getDictionaryAttr(named);
  SmallVector<Type> results(types);
  if (results.empty() && regions.empty())
    results = inferTypes(*registered, operands, dictionary, loc());
  if (budget <= 0 || results.empty())
    return nullptr;
  for (Type result : results)
    if (isTooLarge(cast<RankedTensorType>(result)))
      return nullptr;
  OperationState state(loc(), *registered);
  state.addOperands(operands);
  state.addTypes(results);
  state.addAttributes(named);
  for (Region *region : regions)
    state.addRegion()->takeBody(*region);
  Operation *op = b.create(state);
  auto refuse = [&] {
    for (Value result : op->getResults())
      numbersOf.erase(result);
    op->erase();
    return nullptr;
  };
  if (failed(verify(op)) || failed(interpreter::evaluate(op, numbersOf)))
    return refuse();
  for (Value result : op->getResults())
    if (!isGood(numbersOf[result]))
      return refuse();
  llvm::append_range(values, op->getResults());
  --budget;
  return op;
}

void Grower::growRegion(Region &region, ArrayRef<Value> from, int64_t ops,
                        llvm::function_ref<void()> end) {
  Block &block = region.emplaceBlock();
  SmallVector<Value> outside = std::move(values);
  values.clear();
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(&block);
  ++depth;
  for (Value value : from)
    see(block.addArgument(value.getType(), loc()), Tensor(numbersOf[value]));
  for (int64_t i = 0; i < ops && budget > 0; ++i)
    grow();
  end();
  --depth;
  values = std::move(outside);
}

ArrayRef<Rule> dlc::smith::rules() {
  static const SmallVector<Rule> table = [] {
    SmallVector<Rule> table;
    addElementwise(table);
    addIndexMaps(table);
    addReductions(table);
    addIndexing(table);
    addComposites(table);
    addLayers(table);
    addNormalizations(table);
    addDraws(table);
    addControlFlow(table);
    return table;
  }();
  return table;
}

bool Grower::grow() {
  static const int64_t total = [] {
    int64_t sum = 0;
    for (const Rule &rule : rules())
      sum += rule.weight;
    return sum;
  }();
  for (int attempt = 0; attempt < 8; ++attempt) {
    int64_t at = random.below(total);
    const Rule *chosen = rules().begin();
    for (; at >= chosen->weight; ++chosen)
      at -= chosen->weight;
    for (int again = 0; again < 3; ++again)
      if (chosen->draw(*this, chosen->name))
        return true;
  }
  return false;
}
