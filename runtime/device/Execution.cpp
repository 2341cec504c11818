#include "device/Execution.h"

#include "device/Device.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace dlc::runtime {

namespace {

void begin(Profile &profile, const Program &program) {
  if (!profile.empty())
    return;
  for (const Kernel &kernel : program.kernels)
    profile.push_back({kernel.name});
  profile.push_back({"copy"});
}

} // namespace

Execution::Execution(Device &device, const Program &program,
                     const Function &function)
    : where(device), program(program), source(function),
      preparations(function) {
  for (size_t i = 0; i < source.arguments.size(); ++i) {
    const Argument &argument = source.arguments[i];
    argumentBytes.push_back(argument.type.bytes());
    if (argument.donatedTo >= 0)
      donations.push_back({i, size_t(argument.donatedTo)});
  }
  for (const TensorType &type : source.results)
    resultBytes.push_back(type.bytes());
}

Status Execution::run(std::vector<BufferRef> &arguments,
                      std::vector<BufferRef> &results, Profile *profile) {
  results.clear();
  results.resize(source.results.size());
  Status status = run(std::span(arguments), std::span(results), profile);
  if (!status.ok())
    results.clear();
  return status;
}

Status Execution::run(std::span<BufferRef> arguments,
                      std::span<BufferRef> results, Profile *profile) {
  std::fill(results.begin(), results.end(), nullptr);
  if (Status status = checkArguments(arguments); !status.ok())
    return status;
  if (results.size() != source.results.size())
    return Error{"[" + source.name + "] has " +
                 std::to_string(source.results.size()) +
                 " results, got places for " + std::to_string(results.size())};

  Operands operands;
  for (const BufferRef &argument : arguments)
    operands.arguments.push_back(argument->address());
  // An address is never null: these results have none yet.
  operands.results.resize(results.size());
  for (auto [argument, result] : donations)
    if (arguments[argument].use_count() == 1)
      operands.results[result] = operands.arguments[argument];
  // What another thread did with a reference that it has dropped is over.
  std::atomic_thread_fence(std::memory_order_acquire);

  auto fail = [&](Error error) {
    std::fill(results.begin(), results.end(), nullptr);
    return Status(std::move(error));
  };
  for (size_t i = 0; i < results.size(); ++i) {
    if (operands.results[i])
      continue;
    Expected<BufferRef> buffer = allocate(resultBytes[i]);
    if (!buffer)
      return fail(buffer.error());
    operands.results[i] = (*buffer)->address();
    results[i] = std::move(*buffer);
  }
  Expected<BufferRef> arena = takeArena();
  if (!arena)
    return fail(arena.error());
  operands.arena = *arena ? (*arena)->address() : nullptr;
  operands.constants = constants();
  operands.tapeBytes = source.tapeBytes;
  if (profile)
    begin(*profile, program);

  // Holds it until the walk is over.
  BufferRef prepared;
  Status status;
  if (!source.setup.empty())
    status = prepare(arguments, operands, prepared, profile);
  if (status.ok()) {
    // Before they change, and after they were read.
    for (auto [argument, result] : donations)
      if (!results[result])
        arguments[argument]->noteWrite();
    status = walk(source.code, operands, profile);
  }
  returnArena(std::move(*arena));
  if (!status.ok())
    return fail(status.error());

  for (auto [argument, result] : donations)
    if (!results[result])
      results[result] = std::move(arguments[argument]);
  return {};
}

Status Execution::prepare(std::span<const BufferRef> arguments,
                          Operands &operands, BufferRef &prepared,
                          Profile *profile) {
  prepared = preparations.find(arguments);
  if (prepared) {
    operands.prepared = prepared->address();
    return {};
  }
  Preparations::Preparation fresh = preparations.begin(arguments);
  if (!fresh.memory) {
    Expected<BufferRef> memory = allocate(source.preparedBytes);
    if (!memory)
      return memory.error();
    fresh.memory = std::move(*memory);
  }
  prepared = fresh.memory;
  operands.prepared = prepared->address();
  Status status = walk(source.setup, operands, profile);
  if (status.ok())
    preparations.publish(arguments, std::move(fresh));
  return status;
}

Status Execution::checkArguments(std::span<const BufferRef> arguments) const {
  auto in = [&] { return "[" + source.name + "] "; };
  if (arguments.size() != source.arguments.size())
    return Error{in() + "expects " + std::to_string(source.arguments.size()) +
                 " arguments, got " + std::to_string(arguments.size())};
  for (size_t i = 0; i < arguments.size(); ++i) {
    auto what = [&] {
      const Argument &expected = source.arguments[i];
      return in() + "argument " + std::to_string(i) + " ('" + expected.name +
             "', " + expected.type.str() + ") ";
    };
    if (!arguments[i])
      return Error{what() + "has no buffer"};
    if (arguments[i]->bytes() != argumentBytes[i])
      return Error{what() + "needs " + std::to_string(argumentBytes[i]) +
                   " bytes, got " + std::to_string(arguments[i]->bytes())};
    if (&arguments[i]->device() != &where)
      return Error{what() + "lies on " + arguments[i]->device().name() +
                   ", but the program runs on " + where.name()};
  }
  return {};
}

Expected<BufferRef> Execution::allocate(int64_t bytes) const {
  Expected<BufferRef> buffer = where.allocate(bytes);
  if (buffer)
    return buffer;
  uint64_t results = 0;
  for (const TensorType &type : source.results)
    results += static_cast<uint64_t>(type.bytes());
  return Error{
      "[" + source.name + "] " + buffer.message() +
      "; the plan: " + std::to_string(source.arenaBytes) + " bytes of arena, " +
      std::to_string(results) + " of results" +
      (source.preparedBytes == 0
           ? ""
           : ", " + std::to_string(source.preparedBytes) + " prepared")};
}

/// Null where nothing stands between kernels.
Expected<BufferRef> Execution::takeArena() {
  if (source.arenaBytes == 0)
    return BufferRef();
  {
    std::lock_guard lock(mutex);
    if (!idleArenas.empty()) {
      BufferRef arena = std::move(idleArenas.back());
      idleArenas.pop_back();
      return arena;
    }
  }
  return allocate(source.arenaBytes);
}

void Execution::returnArena(BufferRef arena) {
  if (!arena)
    return;
  std::lock_guard lock(mutex);
  idleArenas.push_back(std::move(arena));
}

} // namespace dlc::runtime
