#include "device/Execution.h"

#include "device/Device.h"

#include <atomic>
#include <utility>

namespace dlc::runtime {

namespace {

void prepare(Profile &profile, const Program &program) {
  if (!profile.empty())
    return;
  for (const Kernel &kernel : program.kernels)
    profile.push_back({kernel.name});
  profile.push_back({"copy"});
}

} // namespace

Status Execution::run(std::vector<BufferRef> &arguments,
                      std::vector<BufferRef> &results, Profile *profile) {
  results.clear();
  if (Status status = checkArguments(arguments); !status.ok())
    return status;

  // giver[r]: the argument whose buffer result r takes, or -1.
  std::vector<int64_t> giver(source.results.size(), -1);
  for (size_t i = 0; i < arguments.size(); ++i)
    if (int64_t result = source.arguments[i].donatedTo;
        result >= 0 && arguments[i].use_count() == 1)
      giver[result] = i;
  // What another thread did with a reference that it has dropped is over.
  std::atomic_thread_fence(std::memory_order_acquire);

  std::vector<BufferRef> fresh(source.results.size());
  for (size_t i = 0; i < fresh.size(); ++i) {
    if (giver[i] >= 0)
      continue;
    Expected<BufferRef> buffer = allocate(source.results[i].bytes());
    if (!buffer)
      return buffer.error();
    fresh[i] = *buffer;
  }
  Expected<BufferRef> arena = takeArena();
  if (!arena)
    return arena.error();

  Operands operands;
  for (const BufferRef &argument : arguments)
    operands.arguments.push_back(argument->address());
  for (size_t i = 0; i < fresh.size(); ++i)
    operands.results.push_back(giver[i] < 0 ? fresh[i]->address()
                                            : operands.arguments[giver[i]]);
  operands.arena = (*arena)->address();
  operands.constants = constants();
  operands.tapeBytes = source.tapeBytes;
  if (profile)
    prepare(*profile, program);

  Status status = walk(operands, profile);
  returnArena(std::move(*arena));
  if (!status.ok())
    return status;

  for (size_t i = 0; i < fresh.size(); ++i)
    if (giver[i] >= 0)
      fresh[i] = std::move(arguments[giver[i]]);
  results = std::move(fresh);
  return {};
}

Status
Execution::checkArguments(const std::vector<BufferRef> &arguments) const {
  auto in = [&] { return "[" + source.name + "] "; };
  if (arguments.size() != source.arguments.size())
    return Error{in() + "expects " + std::to_string(source.arguments.size()) +
                 " arguments, got " + std::to_string(arguments.size())};
  for (size_t i = 0; i < arguments.size(); ++i) {
    const Argument &expected = source.arguments[i];
    auto what = [&] {
      return in() + "argument " + std::to_string(i) + " ('" + expected.name +
             "', " + expected.type.str() + ") ";
    };
    if (!arguments[i])
      return Error{what() + "has no buffer"};
    if (arguments[i]->bytes() != expected.type.bytes())
      return Error{what() + "needs " + std::to_string(expected.type.bytes()) +
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
  return Error{"[" + source.name + "] " + buffer.message() +
               "; the plan: " + std::to_string(source.arenaBytes) +
               " bytes of arena, " + std::to_string(results) + " of results"};
}

Expected<BufferRef> Execution::takeArena() {
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
  std::lock_guard lock(mutex);
  idleArenas.push_back(std::move(arena));
}

} // namespace dlc::runtime
