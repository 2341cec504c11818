#include "Codegen/BuildProgram.h"

#include "IR/Dlc.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

static std::string text(Type type) {
  std::string result;
  llvm::raw_string_ostream(result) << type;
  return result;
}

static FailureOr<runtime::TensorType> convert(Type type, Location loc) {
  auto tensor = cast<RankedTensorType>(type);
  auto element = runtime::parseElementType(text(tensor.getElementType()));
  if (!element)
    return emitError(loc) << element.message();
  runtime::TensorType result;
  result.element = *element;
  result.shape.assign(tensor.getShape().begin(), tensor.getShape().end());
  return result;
}

static runtime::Address convert(AddressAttr address) {
  runtime::Address result;
  switch (address.getSpace()) {
  case Space::argument:
    result.space = runtime::Address::Space::argument;
    break;
  case Space::result:
    result.space = runtime::Address::Space::result;
    break;
  case Space::arena:
    result.space = runtime::Address::Space::arena;
    break;
  case Space::constant:
    result.space = runtime::Address::Space::constant;
    break;
  case Space::tape:
    result.space = runtime::Address::Space::tape;
    break;
  case Space::prepared:
    result.space = runtime::Address::Space::prepared;
    break;
  }
  result.index = address.getIndex();
  result.offset = address.getOffset();
  result.strides.assign(address.getStrides().begin(),
                        address.getStrides().end());
  return result;
}

static LogicalResult nestsTooDeep(Operation *loop) {
  return loop->emitOpError()
         << "loops nest deeper than " << runtime::maxLoopDepth;
}

static std::vector<runtime::TapeUse> convert(ArrayAttr tapes) {
  std::vector<runtime::TapeUse> uses;
  if (!tapes)
    return uses;
  for (auto tape : tapes.getAsRange<TapeUseAttr>()) {
    runtime::TapeUse &use = uses.emplace_back();
    switch (tape.getRole()) {
    case TapeRole::count:
      use.role = runtime::TapeUse::Role::count;
      break;
    case TapeRole::read:
      use.role = runtime::TapeUse::Role::read;
      break;
    case TapeRole::append:
      use.role = runtime::TapeUse::Role::append;
      break;
    }
    use.at = convert(tape.getAt());
    use.bytes = tape.getBytes();
  }
  return uses;
}

/// Appends the instructions of a launch list in `depth` loops.
static LogicalResult convert(Region &list,
                             const llvm::StringMap<int64_t> &kernels,
                             std::vector<runtime::Instruction> &code,
                             size_t depth = 0) {
  using Kind = runtime::Instruction::Kind;
  for (Operation &op : list.getOps()) {
    runtime::Instruction &instruction = code.emplace_back();
    LogicalResult converted =
        TypeSwitch<Operation *, LogicalResult>(&op)
            .Case([&](LaunchOp launch) -> LogicalResult {
              auto kernel = kernels.find(launch.getKernel());
              if (kernel == kernels.end())
                return launch.emitOpError()
                       << "there is no kernel '" << launch.getKernel() << "'";
              instruction.kind = Kind::launch;
              instruction.kernel = kernel->second;
              instruction.tiles = launch.getTiles();
              instruction.work = launch.getWork();
              instruction.joined = launch.getJoined();
              for (auto slot : launch.getSlots().getAsRange<AddressAttr>())
                instruction.operands.push_back(convert(slot));
              return success();
            })
            .Case([&](CopyOp copy) {
              instruction.kind = Kind::copy;
              instruction.operands = {convert(copy.getSource()),
                                      convert(copy.getTarget())};
              instruction.bytes = copy.getBytes();
              return success();
            })
            .Case([&](ShowOp show) -> LogicalResult {
              auto type = convert(show.getType(), show.getLoc());
              if (failed(type))
                return failure();
              instruction.kind = Kind::show;
              instruction.operands = {convert(show.getSource())};
              instruction.type = *type;
              instruction.text = show.getText().str();
              instruction.summary = show.getSummary();
              return success();
            })
            .Case([&](CheckOp) {
              instruction.kind = Kind::check;
              return success();
            })
            .Case([&](BranchOp branch) -> LogicalResult {
              instruction.kind = Kind::branch;
              instruction.operands = {convert(branch.getPredicate())};
              if (failed(convert(branch.getThen(), kernels, instruction.body,
                                 depth)))
                return failure();
              return convert(branch.getOtherwise(), kernels,
                             instruction.otherwise, depth);
            })
            .Case([&](RepeatOp repeat) -> LogicalResult {
              instruction.kind = Kind::repeat;
              instruction.operands = {convert(repeat.getPredicate())};
              instruction.trips = repeat.getMaxTrips().value_or(-1);
              instruction.text = repeat.getPlace().str();
              instruction.tapes = convert(repeat.getTapesAttr());
              instruction.scoped = repeat.getScoped();
              if (depth == runtime::maxLoopDepth)
                return nestsTooDeep(repeat);
              if (failed(convert(repeat.getCondition(), kernels,
                                 instruction.condition, depth)))
                return failure();
              return convert(repeat.getBody(), kernels, instruction.body,
                             depth + 1);
            })
            .Case([&](LoopOp loop) -> LogicalResult {
              if (depth == runtime::maxLoopDepth)
                return nestsTooDeep(loop);
              instruction.kind = Kind::loop;
              instruction.trips = loop.getTrips();
              if (loop.getCount())
                instruction.operands = {convert(*loop.getCount())};
              instruction.reverse = loop.getReverse();
              instruction.tapes = convert(loop.getTapesAttr());
              instruction.scoped = loop.getScoped();
              instruction.text = loop.getPlace().value_or("").str();
              return convert(loop.getBody(), kernels, instruction.body,
                             depth + 1);
            })
            .Default([](Operation *other) {
              return other->emitOpError() << "does not belong in a launch list";
            });
    if (failed(converted))
      return failure();
  }
  return success();
}

static FailureOr<runtime::Function>
convert(ProgramOp program, const llvm::StringMap<int64_t> &kernels) {
  runtime::Function function;
  function.name = program.getSymName().str();
  function.arenaBytes = program.getArena();
  function.tapeBytes = program.getTapes().value_or(0);
  function.preparedBytes = program.getPrepared().value_or(0);
  auto type = cast<FunctionType>(program.getFunctionType());
  for (auto [i, input] : llvm::enumerate(type.getInputs())) {
    auto tensor = convert(input, program.getLoc());
    if (failed(tensor))
      return failure();
    runtime::Argument &argument = function.arguments.emplace_back();
    argument.type = *tensor;
    if (ArrayAttr all = program.getArgAttrsAttr()) {
      auto attributes = cast<DictionaryAttr>(all[i]);
      if (auto name = attributes.getAs<StringAttr>("dlc.name"))
        argument.name = name.str();
      if (auto result = attributes.getAs<IntegerAttr>("dlc.donate"))
        argument.donatedTo = result.getInt();
    }
  }
  for (Type output : type.getResults()) {
    auto tensor = convert(output, program.getLoc());
    if (failed(tensor))
      return failure();
    function.results.push_back(*tensor);
  }
  if (failed(convert(program.getSetup(), kernels, function.setup)) ||
      failed(convert(program.getBody(), kernels, function.code)))
    return failure();
  return function;
}

/// The bytes of a constant as kernels read them: an i1 takes a byte, a splat
/// every element.
static void append(DenseElementsAttr value, std::string &bytes) {
  Type element = value.getElementType();
  if (element.isInteger(1)) {
    for (bool bit : value.getValues<bool>())
      bytes.push_back(bit);
    return;
  }
  ArrayRef<char> raw = value.getRawData();
  int64_t repeats = value.isSplat() ? value.getNumElements() : 1;
  for (int64_t i = 0; i < repeats; ++i)
    bytes.append(raw.begin(), raw.end());
}

FailureOr<runtime::Program> dlc::buildProgram(ModuleOp module) {
  runtime::Program program;
  llvm::StringMap<int64_t> kernels;
  for (auto kernel : module.getOps<func::FuncOp>()) {
    if (!kernel->hasAttr("dlc.tiles"))
      continue;
    kernels[kernel.getSymName()] = program.kernels.size();
    runtime::Kernel &entry = program.kernels.emplace_back();
    entry.name = kernel.getSymName().str();
    if (auto threads = kernel->getAttrOfType<IntegerAttr>("dlc.block"))
      entry.threads = threads.getInt();
    if (auto bytes = kernel->getAttrOfType<IntegerAttr>("dlc.shared"))
      entry.sharedBytes = bytes.getInt();
    if (auto bytes = kernel->getAttrOfType<DenseI64ArrayAttr>("dlc.touches"))
      entry.operandBytes.assign(bytes.asArrayRef().begin(),
                                bytes.asArrayRef().end());
    entry.cooperative = kernel->hasAttr("dlc.cooperative");
  }
  if (auto checks = module->getAttrOfType<ArrayAttr>("dlc.checks"))
    for (auto check : checks.getAsRange<DictionaryAttr>()) {
      runtime::Check &entry = program.checks.emplace_back();
      if (auto op = check.getAs<StringAttr>("op"))
        entry.op = op.str();
      if (auto loc = check.getAs<StringAttr>("loc"))
        entry.location = loc.str();
      if (auto limit = check.getAs<IntegerAttr>("limit"))
        entry.limit = limit.getInt();
    }
  // The planner counts the same way (PlanMemory.cpp).
  if (auto constants = module->getAttrOfType<ArrayAttr>("dlc.constants"))
    for (auto value : constants.getAsRange<DenseElementsAttr>()) {
      program.constants.resize(llvm::alignTo(program.constants.size(), 64));
      append(value, program.constants);
    }
  for (auto function : module.getOps<ProgramOp>()) {
    auto converted = convert(function, kernels);
    if (failed(converted))
      return failure();
    program.functions.push_back(std::move(*converted));
  }
  return program;
}
