#include "ptx-sim/RunProgram.h"

#include "cpu/Show.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

namespace dlc::ptxsim {

using runtime::Address;

namespace {

using AllocationRef = std::shared_ptr<Allocation>;

/// One walk of a launch list, which has been validated.
class Walk {
public:
  Walk(const runtime::Program &program, Machine &machine)
      : program(program), machine(machine),
        fault(std::make_shared<Allocation>("the fault word", 8)) {
    fault->fill(&runtime::noFault, sizeof runtime::noFault);
  }

  Status code(const std::vector<runtime::Instruction> &code);
  Status check() const {
    uint64_t word;
    std::memcpy(&word, fault->bytes.data(), sizeof word);
    return faultStatus(program, word);
  }

  std::vector<AllocationRef> arguments, results;
  AllocationRef arena, constants;

private:
  Status instruction(const runtime::Instruction &instruction);
  Status loop(const runtime::Instruction &loop);
  Status launch(const runtime::Instruction &launch);
  Status repeat(const runtime::Instruction &repeat);
  bool isTrue(const Address &predicate) const;
  void copy(const runtime::Instruction &copy);
  void show(const runtime::Instruction &show);
  std::pair<AllocationRef, int64_t> resolve(const Address &address) const;

  const runtime::Program &program;
  Machine &machine;
  AllocationRef fault;
  std::array<int64_t, runtime::maxLoopDepth> counters = {};
  size_t depth = 0;
};

Status Walk::code(const std::vector<runtime::Instruction> &code) {
  for (const runtime::Instruction &each : code)
    if (Status status = instruction(each); !status.ok())
      return status;
  return {};
}

Status Walk::instruction(const runtime::Instruction &instruction) {
  switch (instruction.kind) {
  case runtime::Instruction::Kind::launch:
    return launch(instruction);
  case runtime::Instruction::Kind::copy:
    copy(instruction);
    return {};
  case runtime::Instruction::Kind::show:
    show(instruction);
    return {};
  case runtime::Instruction::Kind::check:
    return check();
  case runtime::Instruction::Kind::loop:
    return loop(instruction);
  case runtime::Instruction::Kind::branch:
    return code(isTrue(instruction.operands[0]) ? instruction.body
                                                : instruction.otherwise);
  case runtime::Instruction::Kind::repeat:
    return repeat(instruction);
  }
  return {};
}

bool Walk::isTrue(const Address &predicate) const {
  auto [allocation, offset] = resolve(predicate);
  return allocation->bytes[offset] != 0;
}

Status Walk::repeat(const runtime::Instruction &repeat) {
  for (int64_t trip = 0;; ++trip) {
    if (Status status = code(repeat.condition); !status.ok())
      return status;
    if (Status status = check(); !status.ok())
      return status;
    if (!isTrue(repeat.operands[0]))
      return {};
    if (trip == repeat.trips)
      return Error{"[while] more than " + std::to_string(repeat.trips) +
                   " trips"};
    if (Status status = code(repeat.body); !status.ok())
      return status;
  }
}

Status Walk::loop(const runtime::Instruction &loop) {
  int64_t &counter = counters[depth++];
  Status status;
  for (int64_t trip = 0; trip < loop.trips && status.ok(); ++trip) {
    counter = loop.reverse ? loop.trips - 1 - trip : trip;
    status = code(loop.body);
  }
  --depth;
  return status;
}

std::pair<AllocationRef, int64_t> Walk::resolve(const Address &address) const {
  int64_t offset = address.offset;
  for (size_t d = 0; d < address.strides.size(); ++d)
    offset += address.strides[d] * counters[d];
  switch (address.space) {
  case Address::Space::argument:
    return {arguments[address.index], offset};
  case Address::Space::result:
    return {results[address.index], offset};
  case Address::Space::constant:
    return {constants, offset};
  case Address::Space::arena:
    break;
  }
  return {arena, offset};
}

Status Walk::launch(const runtime::Instruction &launch) {
  const runtime::Kernel &kernel = program.kernels[launch.kernel];
  if (launch.tiles == 0)
    return {};
  size_t before = machine.memory.count();
  std::vector<uint64_t> words;
  int64_t bytes = 0;
  for (size_t i = 0; i < launch.operands.size(); ++i) {
    auto [allocation, offset] = resolve(launch.operands[i]);
    std::string name = "operand " + std::to_string(i) + " (" +
                       allocation->name + " + " + std::to_string(offset) + ")";
    words.push_back(
        machine.memory.open(name, allocation, offset, kernel.operandBytes[i]));
    bytes += kernel.operandBytes[i];
  }
  words.push_back(0);
  words.push_back(static_cast<uint64_t>(launch.tiles));
  words.push_back(machine.memory.open(fault->name, fault, 0, 8));

  Launch grid;
  grid.kernel = kernel.name;
  grid.grid.x = launch.tiles;
  grid.block.x = kernel.threads;
  grid.dynamicShared = kernel.sharedBytes;
  if (const Function *function = machine.module().find(kernel.name))
    grid.parameters = packParameters(*function, words);
  Status status = machine.launch(grid);
  machine.memory.keep(before);
  if (status.ok())
    machine.statistics[kernel.name].bufferBytes += bytes;
  return status;
}

void Walk::copy(const runtime::Instruction &copy) {
  auto [source, from] = resolve(copy.operands[0]);
  auto [target, to] = resolve(copy.operands[1]);
  // A donated argument may be its own result: then source and target are one.
  if (copy.bytes == 0)
    return;
  std::memmove(target->bytes.data() + to, source->bytes.data() + from,
               copy.bytes);
  std::memmove(target->state.data() + to, source->state.data() + from,
               copy.bytes);
}

void Walk::show(const runtime::Instruction &show) {
  auto [source, from] = resolve(show.operands[0]);
  std::string line = runtime::show(show.text, show.type,
                                   source->bytes.data() + from, show.summary);
  std::fputs(line.c_str(), stdout);
}

} // namespace

Expected<std::vector<runtime::BufferRef>>
runProgram(const runtime::Program &program, const runtime::Function &function,
           const std::vector<runtime::BufferRef> &arguments, Machine &machine) {
  if (arguments.size() != function.arguments.size())
    return Error{"[" + function.name + "] expects " +
                 std::to_string(function.arguments.size()) +
                 " arguments, got " + std::to_string(arguments.size())};
  Walk walk(program, machine);
  walk.results.resize(function.results.size());
  for (size_t i = 0; i < arguments.size(); ++i) {
    const runtime::Argument &argument = function.arguments[i];
    if (arguments[i]->bytes() != argument.type.bytes())
      return Error{"[" + function.name + "] argument " + std::to_string(i) +
                   " needs " + std::to_string(argument.type.bytes()) +
                   " bytes, got " + std::to_string(arguments[i]->bytes())};
    auto allocation = std::make_shared<Allocation>(
        "argument '" + argument.name + "'", argument.type.bytes());
    allocation->fill(arguments[i]->data(), arguments[i]->bytes());
    if (argument.donatedTo >= 0)
      walk.results[argument.donatedTo] = allocation;
    walk.arguments.push_back(std::move(allocation));
  }
  for (size_t i = 0; i < function.results.size(); ++i)
    if (!walk.results[i])
      walk.results[i] = std::make_shared<Allocation>(
          "result " + std::to_string(i), function.results[i].bytes());
  walk.arena = std::make_shared<Allocation>("arena", function.arenaBytes);
  walk.constants =
      std::make_shared<Allocation>("constants", program.constants.size());
  walk.constants->fill(program.constants.data(),
                       static_cast<int64_t>(program.constants.size()));

  Status status = walk.code(function.code);
  if (status.ok())
    status = walk.check();
  if (!status.ok())
    return status.error();

  std::vector<runtime::BufferRef> results;
  for (size_t i = 0; i < walk.results.size(); ++i) {
    const Allocation &allocation = *walk.results[i];
    auto unwritten = std::find_if(
        allocation.state.begin(), allocation.state.end(),
        [](ByteState state) { return state != ByteState::written; });
    if (unwritten != allocation.state.end()) {
      Fault fault{FaultKind::unwritten, function.name, {}, {}};
      fault.position.line = static_cast<int>(i);
      fault.text = "function " + function.name + ": " +
                   std::string(name(FaultKind::unwritten)) + ": byte " +
                   std::to_string(unwritten - allocation.state.begin()) +
                   " of result " + std::to_string(i) + " was never written";
      machine.faults.add(std::move(fault));
    }
    runtime::Expected<runtime::BufferRef> buffer =
        runtime::Buffer::allocate(function.results[i].bytes());
    if (!buffer)
      return buffer.error();
    std::memcpy((*buffer)->data(), allocation.bytes.data(),
                allocation.bytes.size());
    results.push_back(std::move(*buffer));
  }
  return results;
}

} // namespace dlc::ptxsim
