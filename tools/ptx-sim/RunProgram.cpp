#include "ptx-sim/RunProgram.h"

#include "cpu/Show.h"
#include "device/Walk.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace dlc::ptxsim {

using runtime::Address;

namespace {

using AllocationRef = std::shared_ptr<Allocation>;

/// One walk of a launch list, which has been validated.
class Simulation : public runtime::Walk {
public:
  Simulation(const runtime::Program &program, const runtime::Function &function,
             Machine &machine)
      : Walk({.arguments = {}, .results = {}, .tapeBytes = function.tapeBytes}),
        program(program), machine(machine),
        fault(std::make_shared<Allocation>("the fault word",
                                           sizeof(runtime::GpuStatus))) {
    runtime::GpuStatus status;
    fault->fill(&status, sizeof status);
  }

  Status checkFault() override {
    uint64_t word;
    std::memcpy(&word, fault->bytes.data(), sizeof word);
    return faultStatus(program, word);
  }

  std::vector<AllocationRef> arguments, results;
  AllocationRef arena, constants, prepared;
  std::vector<AllocationRef> tapeChunks;

private:
  Status launch(const runtime::Instruction &launch) override;
  Status copy(const runtime::Instruction &copy) override;
  Status show(const runtime::Instruction &show) override;
  Expected<bool> isTrue(const Address &predicate) override;
  Expected<runtime::TapeHeader> readHeader(const Address &address) override;
  Status writeHeader(const Address &address, const runtime::TapeHeader &header,
                     int64_t bytes) override;
  Expected<runtime::BufferRef> allocate(int64_t bytes) override;
  std::pair<AllocationRef, int64_t> place(const Address &address) const;

  const runtime::Program &program;
  Machine &machine;
  AllocationRef fault;
};

Expected<bool> Simulation::isTrue(const Address &predicate) {
  auto [allocation, offset] = place(predicate);
  return allocation->bytes[offset] != 0;
}

std::pair<AllocationRef, int64_t>
Simulation::place(const Address &address) const {
  int64_t at = offset(address);
  switch (address.space) {
  case Address::Space::argument:
    return {arguments[address.index], at};
  case Address::Space::result:
    return {results[address.index], at};
  case Address::Space::constant:
    return {constants, at};
  case Address::Space::prepared:
    return {prepared, at};
  case Address::Space::tape: {
    runtime::TapePlace place = entry(address);
    // Entries without bytes need no memory.
    if (place.chunk >= tapeChunks.size())
      return {arena, at};
    return {tapeChunks[place.chunk], place.offset + at};
  }
  case Address::Space::arena:
    break;
  }
  return {arena, at};
}

Expected<runtime::TapeHeader> Simulation::readHeader(const Address &address) {
  auto [allocation, offset] = place(address);
  runtime::TapeHeader header;
  std::memcpy(&header, allocation->bytes.data() + offset, sizeof header);
  return header;
}

Status Simulation::writeHeader(const Address &address,
                               const runtime::TapeHeader &header,
                               int64_t bytes) {
  auto [allocation, offset] = place(address);
  std::memcpy(allocation->bytes.data() + offset, &header, bytes);
  std::fill_n(allocation->state.begin() + offset, bytes, ByteState::written);
  return {};
}

Expected<runtime::BufferRef> Simulation::allocate(int64_t bytes) {
  tapeChunks.push_back(std::make_shared<Allocation>("a tape", bytes));
  return runtime::Buffer::allocate(0);
}

Status Simulation::launch(const runtime::Instruction &launch) {
  const runtime::Kernel &kernel = program.kernels[launch.kernel];
  if (launch.tiles == 0)
    return {};
  size_t before = machine.memory.count();
  std::vector<uint64_t> words;
  int64_t bytes = 0;
  for (size_t i = 0; i < launch.operands.size(); ++i) {
    auto [allocation, offset] = place(launch.operands[i]);
    std::string name = "operand " + std::to_string(i) + " (" +
                       allocation->name + " + " + std::to_string(offset) + ")";
    words.push_back(
        machine.memory.open(name, allocation, offset, kernel.operandBytes[i]));
    bytes += kernel.operandBytes[i];
  }
  words.push_back(0);
  words.push_back(static_cast<uint64_t>(launch.tiles));
  words.push_back(
      machine.memory.open(fault->name, fault, 0, sizeof(runtime::GpuStatus)));

  Launch grid;
  grid.kernel = kernel.name;
  grid.grid.x = launch.tiles;
  grid.block.x = kernel.threads;
  grid.dynamicShared = kernel.sharedBytes;
  grid.cooperative = kernel.cooperative;
  if (const Function *function = machine.module().find(kernel.name))
    grid.parameters = packParameters(*function, words);
  Status status = machine.launch(grid);
  machine.memory.keep(before);
  if (status.ok())
    machine.statistics[kernel.name].bufferBytes += bytes;
  return status;
}

Status Simulation::copy(const runtime::Instruction &copy) {
  auto [source, from] = place(copy.operands[0]);
  auto [target, to] = place(copy.operands[1]);
  // A donated argument may be its own result: then source and target are one.
  if (copy.bytes == 0)
    return {};
  std::memmove(target->bytes.data() + to, source->bytes.data() + from,
               copy.bytes);
  std::memmove(target->state.data() + to, source->state.data() + from,
               copy.bytes);
  return {};
}

Status Simulation::show(const runtime::Instruction &show) {
  auto [source, from] = place(show.operands[0]);
  std::string line = runtime::show(show.text, show.type,
                                   source->bytes.data() + from, show.summary);
  std::fputs(line.c_str(), stdout);
  return {};
}

} // namespace

Expected<std::vector<runtime::BufferRef>>
runProgram(const runtime::Program &program, const runtime::Function &function,
           const std::vector<runtime::BufferRef> &arguments, Machine &machine) {
  if (arguments.size() != function.arguments.size())
    return Error{"[" + function.name + "] expects " +
                 std::to_string(function.arguments.size()) +
                 " arguments, got " + std::to_string(arguments.size())};
  Simulation walk(program, function, machine);
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
  walk.prepared =
      std::make_shared<Allocation>("what is prepared", function.preparedBytes);
  walk.constants =
      std::make_shared<Allocation>("constants", program.constants.size());
  walk.constants->fill(program.constants.data(),
                       static_cast<int64_t>(program.constants.size()));

  Status status = walk.code(function.setup);
  if (status.ok())
    status = walk.code(function.code);
  if (status.ok())
    status = walk.checkFault();
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
    std::ranges::copy(allocation.bytes, (*buffer)->as<uint8_t>());
    results.push_back(std::move(*buffer));
  }
  return results;
}

} // namespace dlc::ptxsim
