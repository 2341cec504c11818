#include "ptx-sim/Machine.h"

#include "ptx-sim/Block.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace dlc::ptxsim {

std::string packParameters(const Function &function,
                           const std::vector<uint64_t> &values) {
  std::string bytes;
  for (size_t i = 0; i < function.inputs.size() && i < values.size(); ++i) {
    const Variable &input = *function.inputs[i];
    bytes.resize(input.offset + input.bytes);
    for (int64_t b = 0; b < std::min<int64_t>(input.bytes, 8); ++b)
      bytes[input.offset + b] = static_cast<char>(values[i] >> (8 * b));
  }
  return bytes;
}

Machine::Machine(std::shared_ptr<const Module> module, Limits limits)
    : limits(limits), code(std::move(module)) {
  auto variables =
      std::make_shared<Allocation>("the module's variables", code->globalBytes);
  for (const auto &variable : code->variables)
    if (variable->space == Space::global ||
        variable->space == Space::constant) {
      // A variable without an initialiser is zero.
      std::string bytes = variable->initial;
      bytes.resize(variable->bytes);
      variables->fill(bytes.data(), variable->bytes, variable->offset);
    }
  moduleBase =
      memory.open("the module's variables", variables, 0, code->globalBytes);
}

/// Runs some blocks, in turns where they wait for each other.
static void runTogether(Grid &grid, int64_t first, int64_t count) {
  std::vector<std::unique_ptr<Block>> blocks;
  for (int64_t i = 0; i < count; ++i)
    blocks.push_back(std::make_unique<Block>(grid, first + i));
  // Who has slept may do something yet.
  constexpr int idleRounds = 3;
  for (int idle = 0; !blocks.empty() && !grid.aborted;) {
    int64_t writes = grid.writes;
    size_t erased =
        std::erase_if(blocks, [](const auto &block) { return block->run(); });
    idle = erased || grid.writes != writes ? 0 : idle + 1;
    if (idle < idleRounds)
      continue;
    for (const auto &block : blocks)
      block->reportDeadlock();
    return;
  }
}

Status Machine::launch(const Launch &launch) {
  auto error = [&](const std::string &text) {
    return Error{"kernel '" + launch.kernel + "': " + text};
  };
  const Function *kernel = code->find(launch.kernel);
  if (!kernel || !kernel->isEntry || !kernel->isDefined) {
    std::string known;
    for (const auto &function : code->functions)
      if (function->isEntry)
        known += (known.empty() ? "" : ", ") + function->name;
    return error("there is none of that name; there are: " +
                 (known.empty() ? "none" : known));
  }
  auto inRange = [](const Dim3 &size, int64_t x, int64_t yz) {
    return size.x >= 1 && size.y >= 1 && size.z >= 1 && size.x <= x &&
           size.y <= yz && size.z <= yz;
  };
  if (!inRange(launch.grid, INT32_MAX, 65535))
    return error("no card takes a grid of this size");
  if (!inRange(launch.block, 1024, 1024) || launch.block.count() > 1024)
    return error("no card takes blocks of " +
                 std::to_string(launch.block.count()) + " threads");
  if (kernel->required[0] && (kernel->required[0] != launch.block.x ||
                              kernel->required[1] != launch.block.y ||
                              kernel->required[2] != launch.block.z))
    return error("it is compiled for blocks of " +
                 std::to_string(kernel->required[0]) + " x " +
                 std::to_string(kernel->required[1]) + " x " +
                 std::to_string(kernel->required[2]) + " threads");
  if (launch.cooperative && launch.grid.count() > limits.residentBlocks)
    return error("of its " + std::to_string(launch.grid.count()) +
                 " blocks, which wait for each other, only " +
                 std::to_string(limits.residentBlocks) +
                 " run at the same time");
  if (kernel->maxThreads && launch.block.count() > kernel->maxThreads)
    return error("it is compiled for at most " +
                 std::to_string(kernel->maxThreads) + " threads a block");
  int64_t fixed = code->sharedBytesOf(*kernel);
  if (fixed > limits.staticSharedBytes)
    return error("its variables take " + std::to_string(fixed) +
                 " bytes of shared memory, of at most " +
                 std::to_string(limits.staticSharedBytes));
  if (launch.dynamicShared < 0 ||
      fixed + launch.dynamicShared > limits.sharedBytes)
    return error("it needs " + std::to_string(fixed + launch.dynamicShared) +
                 " bytes of shared memory, of which there are " +
                 std::to_string(limits.sharedBytes));
  int64_t parameters = 0;
  for (const Variable *input : kernel->inputs)
    parameters = std::max(parameters, input->offset + input->bytes);
  if (static_cast<int64_t>(launch.parameters.size()) != parameters)
    return error("its parameters have " + std::to_string(parameters) +
                 " bytes, got " + std::to_string(launch.parameters.size()));

  KernelStatistics &counts = statistics[launch.kernel];
  ++counts.launches;
  for (auto &window : memory.all())
    if (window->isOpen) {
      // What ran before is ordered before this launch.
      window->allocation->log.clear();
      window->touched.clear();
    }
  Grid grid{*this, *kernel, launch, counts};
  int64_t together = launch.cooperative ? launch.grid.count() : 1;
  for (int64_t first = 0; first < launch.grid.count() && !grid.aborted;
       first += together)
    runTogether(grid, first, together);
  for (auto &window : memory.all())
    for (uint8_t flags : window->touched) {
      counts.bytesRead += flags & 1;
      counts.bytesWritten += flags >> 1 & 1;
    }
  return {};
}

} // namespace dlc::ptxsim
