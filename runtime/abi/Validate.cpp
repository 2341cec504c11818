// What a Program must satisfy before anything walks it.

#include "abi/Program.h"

#include <algorithm>
#include <set>

namespace dlc::runtime {

namespace {

std::string quoted(const std::string &name) { return "'" + name + "'"; }

/// Element counts and byte counts fit int64_t, also after a size-0 dimension is
/// replaced by 1, since kernels compute strides of inner dimensions.
bool hasValidShape(const TensorType &type) {
  int64_t bytes = byteSize(type.element);
  return std::all_of(type.shape.begin(), type.shape.end(), [&](int64_t size) {
    return size >= 0 &&
           !__builtin_mul_overflow(bytes, std::max<int64_t>(size, 1), &bytes);
  });
}

/// Checks one function; remembers the trips of the loops it is in, and the
/// entries of their tapes.
class FunctionValidator {
public:
  FunctionValidator(const Program &program, const Function &function)
      : program(program), function(function) {}

  Status validate() {
    if (Status status = validateSignature(); !status.ok())
      return status;
    if (Status status = validateSetup(); !status.ok())
      return status;
    return validateCode(function.code);
  }

private:
  Status validateSignature() const;
  Status validateSetup();
  Status validateCode(const std::vector<Instruction> &code);
  Status validateInstruction(const Instruction &instruction);
  Status validateGpuLaunch(const Instruction &launch) const;
  Status validateLoop(const Instruction &loop);
  Status validateTapes(const Instruction &loop);
  /// What every trip of a loop walks.
  Status validateTrips(const Instruction &loop);
  Status validateChoice(const Instruction &choice);
  /// The address and `bytes` from it on lie in their space, in every trip.
  Status validateAddress(const Address &address, int64_t bytes) const;
  /// Bytes of what the address names, or -1 where there is no such thing.
  int64_t spaceBytes(const Address &address) const;

  Error error(const std::string &text) const {
    return {"invalid program: function " + quoted(function.name) + ": " + text};
  }

  const Program &program;
  const Function &function;
  std::vector<int64_t> trips, entries;
  size_t nesting = 0;
  bool inSetup = false;
};

Status FunctionValidator::validateSignature() const {
  std::set<int64_t> donated;
  for (const TensorType &result : function.results)
    if (!hasValidShape(result))
      return error("a result has the impossible type " + result.str());
  for (const Argument &argument : function.arguments) {
    std::string what = "argument " + quoted(argument.name);
    if (!hasValidShape(argument.type))
      return error(what + " has the impossible type " + argument.type.str());
    int64_t target = argument.donatedTo;
    if (target == -1)
      continue;
    if (target < 0 || target >= std::ssize(function.results))
      return error(what + " is donated to result " + std::to_string(target) +
                   " of " + std::to_string(function.results.size()));
    if (function.results[target] != argument.type)
      return error(what + " of " + argument.type.str() +
                   " is donated to a result of " +
                   function.results[target].str());
    if (!donated.insert(target).second)
      return error(what + " is donated to result " + std::to_string(target) +
                   ", as is another argument");
  }
  if (function.arenaBytes < 0 || function.tapeBytes < 0 ||
      function.preparedBytes < 0)
    return error("the arena has " + std::to_string(function.arenaBytes) +
                 " bytes, tapes have " + std::to_string(function.tapeBytes) +
                 ", what is prepared has " +
                 std::to_string(function.preparedBytes));
  return {};
}

/// A setup is straight, and uses nothing that is of one run alone. What it
/// prepares serves many runs, so that their code must not write there.
Status FunctionValidator::validateSetup() {
  if (function.setup.empty() && function.preparedBytes > 0)
    return error("nothing prepares its " +
                 std::to_string(function.preparedBytes) + " bytes");
  for (const Instruction &each : function.setup) {
    if (each.kind != Instruction::Kind::launch &&
        each.kind != Instruction::Kind::copy)
      return error("a setup does more than launch and copy");
    for (const Address &address : each.operands)
      if (address.space == Address::Space::result)
        return error("a setup uses a result");
  }
  inSetup = true;
  Status status = validateCode(function.setup);
  inSetup = false;
  return status;
}

Status FunctionValidator::validateCode(const std::vector<Instruction> &code) {
  const Instruction *before = nullptr;
  for (const Instruction &instruction : code) {
    if (Status status = validateInstruction(instruction); !status.ok())
      return status;
    if (instruction.joined &&
        (instruction.kind != Instruction::Kind::launch || !before ||
         before->kind != Instruction::Kind::launch))
      return error("a launch is joined to something else");
    before = &instruction;
  }
  return {};
}

Status FunctionValidator::validateInstruction(const Instruction &instruction) {
  int64_t bytes = 0;
  switch (instruction.kind) {
  case Instruction::Kind::check:
    return {};
  case Instruction::Kind::loop:
    return validateLoop(instruction);
  case Instruction::Kind::branch:
  case Instruction::Kind::repeat:
    return validateChoice(instruction);
  case Instruction::Kind::launch:
    if (instruction.kernel < 0 ||
        instruction.kernel >= std::ssize(program.kernels))
      return error("a launch names kernel " +
                   std::to_string(instruction.kernel) + " of " +
                   std::to_string(program.kernels.size()));
    if (instruction.tiles < 0 || instruction.work < 0)
      return error("a launch has negative tiles or work");
    if (program.device == "cuda")
      return validateGpuLaunch(instruction);
    break;
  case Instruction::Kind::copy:
    bytes = instruction.bytes;
    if (instruction.operands.size() != 2 || bytes < 0)
      return error("a copy needs a source, a target and a size");
    if (Address::Space space = instruction.operands[1].space;
        space == Address::Space::argument || space == Address::Space::constant)
      return error("a copy writes to an argument or a constant");
    if (!inSetup && instruction.operands[1].space == Address::Space::prepared)
      return error("a copy writes to what is prepared");
    break;
  case Instruction::Kind::show:
    if (instruction.operands.size() != 1 || !hasValidShape(instruction.type))
      return error("what is printed has no place or an impossible type");
    bytes = instruction.type.bytes();
    break;
  }
  for (const Address &address : instruction.operands)
    if (Status status = validateAddress(address, bytes); !status.ok())
      return status;
  return {};
}

/// A GPU kernel says how far it reaches.
Status FunctionValidator::validateGpuLaunch(const Instruction &launch) const {
  const Kernel &kernel = program.kernels[launch.kernel];
  if (launch.tiles > INT32_MAX)
    return error("a grid has " + std::to_string(launch.tiles) + " blocks");
  if (launch.operands.size() != kernel.operandBytes.size())
    return error("a launch of " + quoted(kernel.name) + " has " +
                 std::to_string(launch.operands.size()) +
                 " operands, the kernel takes " +
                 std::to_string(kernel.operandBytes.size()));
  for (size_t i = 0; i < launch.operands.size(); ++i)
    if (Status status =
            validateAddress(launch.operands[i], kernel.operandBytes[i]);
        !status.ok())
      return status;
  return {};
}

Status FunctionValidator::validateLoop(const Instruction &loop) {
  bool counts = !loop.operands.empty();
  if (loop.trips < (counts ? -1 : 0) || loop.operands.size() > 1)
    return error("a loop has " + std::to_string(loop.trips) + " trips");
  if (counts)
    if (Status status = validateAddress(loop.operands[0], sizeof(TapeHeader));
        !status.ok())
      return status;
  if (Status status = validateTapes(loop); !status.ok())
    return status;
  return validateTrips(loop);
}

Status FunctionValidator::validateTapes(const Instruction &loop) {
  // Entries are rounded up to whole cache lines.
  constexpr int64_t mostBytes = INT64_MAX / 2;
  for (const TapeUse &use : loop.tapes) {
    if (use.bytes < 0 || use.bytes > mostBytes)
      return error("a tape has entries of " + std::to_string(use.bytes) +
                   " bytes");
    if (use.role != TapeUse::Role::read &&
        (use.at.space == Address::Space::argument ||
         use.at.space == Address::Space::constant ||
         use.at.space == Address::Space::prepared))
      return error("a loop makes a tape in an argument, a constant or what is "
                   "prepared");
    bool counts = use.role == TapeUse::Role::count;
    if (Status status = validateAddress(use.at, counts ? sizeof(int64_t)
                                                       : sizeof(TapeHeader));
        !status.ok())
      return status;
  }
  return {};
}

Status FunctionValidator::validateTrips(const Instruction &loop) {
  if (trips.size() == maxLoopDepth)
    return error("loops nest deeper than " + std::to_string(maxLoopDepth));
  size_t outer = entries.size();
  for (const TapeUse &use : loop.tapes)
    if (use.role != TapeUse::Role::count)
      entries.push_back(use.bytes);
  // A stride over any number of trips reaches outside of everything.
  trips.push_back(loop.trips < 0 ? INT64_MAX : loop.trips);
  Status status = validateCode(loop.body);
  trips.pop_back();
  entries.resize(outer);
  return status;
}

/// A branch or a loop with a condition: one i1 decides.
Status FunctionValidator::validateChoice(const Instruction &choice) {
  if (choice.operands.size() != 1)
    return error("a branch needs one predicate, has " +
                 std::to_string(choice.operands.size()));
  if (choice.trips < -1)
    return error("a loop has " + std::to_string(choice.trips) + " trips");
  if (Status status = validateAddress(choice.operands[0], 1); !status.ok())
    return status;
  // Lists nest only so deep, whatever they are walked for.
  if (nesting == maxNesting)
    return error("branches nest deeper than " + std::to_string(maxNesting));
  ++nesting;
  bool loops = choice.kind == Instruction::Kind::repeat;
  Status status = validateTapes(choice);
  if (status.ok())
    status = validateCode(loops ? choice.condition : choice.otherwise);
  if (status.ok())
    status = loops ? validateTrips(choice) : validateCode(choice.body);
  --nesting;
  return status;
}

Status FunctionValidator::validateAddress(const Address &address,
                                          int64_t bytes) const {
  int64_t size = spaceBytes(address);
  if (size < 0)
    return error("an operand names a place that does not exist");
  if (address.strides.size() > trips.size())
    return error("an operand has more strides than loops around it");
  // The lowest and the highest offset that any trip computes.
  int64_t low = address.offset, high = address.offset;
  bool overflow = false;
  for (size_t depth = 0; depth < address.strides.size(); ++depth) {
    int64_t reach = 0;
    overflow |= __builtin_mul_overflow(
        address.strides[depth], std::max<int64_t>(trips[depth] - 1, 0), &reach);
    int64_t &end = reach < 0 ? low : high;
    overflow |= __builtin_add_overflow(end, reach, &end);
  }
  overflow |= __builtin_add_overflow(high, bytes, &high);
  if (overflow || low < 0 || high > size)
    return error("an operand reaches outside its " + std::to_string(size) +
                 " bytes");
  return {};
}

int64_t FunctionValidator::spaceBytes(const Address &address) const {
  int64_t index = address.index;
  switch (address.space) {
  case Address::Space::argument:
    return index >= 0 && index < std::ssize(function.arguments)
               ? function.arguments[index].type.bytes()
               : -1;
  case Address::Space::result:
    return index >= 0 && index < std::ssize(function.results)
               ? function.results[index].bytes()
               : -1;
  case Address::Space::arena:
    return index == 0 ? function.arenaBytes : -1;
  case Address::Space::tape:
    return index >= 0 && index < std::ssize(entries) ? entries[index] : -1;
  case Address::Space::prepared:
    return index == 0 ? function.preparedBytes : -1;
  case Address::Space::constant:
    return index == 0 ? static_cast<int64_t>(program.constants.size()) : -1;
  }
  return -1;
}

} // namespace

Status validate(const Program &program) {
  bool isCpu = program.device == "cpu";
  if (!isCpu && program.device != "cuda")
    return Error{"invalid program: unknown device " + quoted(program.device)};
  for (const Kernel &kernel : program.kernels)
    if (kernel.entry < 0 ||
        (isCpu && kernel.entry >= std::ssize(program.image)))
      return Error{"invalid program: kernel " + quoted(kernel.name) +
                   " lies outside the image"};
  constexpr int64_t maxThreads = 1024, maxShared = 228 << 10;
  for (const Kernel &kernel : program.kernels)
    if (!isCpu &&
        (kernel.threads < 1 || kernel.threads > maxThreads ||
         kernel.sharedBytes < 0 || kernel.sharedBytes > maxShared ||
         std::any_of(kernel.operandBytes.begin(), kernel.operandBytes.end(),
                     [](int64_t bytes) { return bytes < 0; })))
      return Error{"invalid program: kernel " + quoted(kernel.name) +
                   " has impossible blocks"};
  for (const Check &check : program.checks)
    if (check.limit < Check::notFinite)
      return Error{"invalid program: a check of " + quoted(check.op) +
                   " has the limit " + std::to_string(check.limit)};
  std::set<std::string_view> names;
  for (const Function &function : program.functions) {
    if (!names.insert(function.name).second)
      return Error{"invalid program: two functions are named " +
                   quoted(function.name)};
    if (Status status = FunctionValidator(program, function).validate();
        !status.ok())
      return status;
  }
  return {};
}

} // namespace dlc::runtime
