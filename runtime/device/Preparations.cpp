#include "device/Preparations.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <utility>

namespace dlc::runtime {

Preparations::Preparations(const Function &function) {
  std::set<size_t> indices;
  for (const Instruction &instruction : function.setup)
    for (const Address &address : instruction.operands)
      if (address.space == Address::Space::argument)
        indices.insert(static_cast<size_t>(address.index));
  reads.assign(indices.begin(), indices.end());
}

bool Preparations::isOf(const Preparation &known,
                        std::span<const BufferRef> arguments,
                        bool asTheyAre) const {
  for (size_t i = 0; i < reads.size(); ++i) {
    const Source &source = known.sources[i];
    const BufferRef &argument = arguments[reads[i]];
    if (source.buffer.owner_before(argument) ||
        argument.owner_before(source.buffer) ||
        (asTheyAre && source.writes != argument->writes()))
      return false;
  }
  return true;
}

BufferRef Preparations::find(std::span<const BufferRef> arguments) {
  std::lock_guard lock(mutex);
  auto found = std::find_if(known.begin(), known.end(), [&](const auto &each) {
    return isOf(each, arguments, /*asTheyAre=*/true);
  });
  if (found == known.end())
    return nullptr;
  std::rotate(known.begin(), found, found + 1);
  return known.front().memory;
}

Preparations::Preparation
Preparations::begin(std::span<const BufferRef> arguments) {
  Preparation fresh;
  for (size_t index : reads)
    fresh.sources.push_back({arguments[index], arguments[index]->writes()});

  std::lock_guard lock(mutex);
  auto isOver = [&](const Preparation &each) {
    return isOf(each, arguments, /*asTheyAre=*/false) ||
           std::any_of(
               each.sources.begin(), each.sources.end(),
               [](const Source &source) { return source.buffer.expired(); });
  };
  auto over = std::find_if(known.begin(), known.end(), isOver);
  if (over == known.end() && known.size() == most)
    --over;
  if (over != known.end()) {
    // A run that is under way may still read it.
    if (over->memory.use_count() == 1)
      fresh.memory = std::move(over->memory);
    known.erase(over);
  }
  std::erase_if(known, isOver);
  // What another thread read there before it dropped its reference is over.
  std::atomic_thread_fence(std::memory_order_acquire);
  return fresh;
}

void Preparations::publish(std::span<const BufferRef> arguments,
                           Preparation done) {
  std::lock_guard lock(mutex);
  // Another thread may have prepared the same at the same time.
  std::erase_if(known, [&](const Preparation &each) {
    return isOf(each, arguments, /*asTheyAre=*/false);
  });
  known.insert(known.begin(), std::move(done));
  if (known.size() > most)
    known.pop_back();
}

} // namespace dlc::runtime
