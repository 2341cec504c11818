#include "device/Walk.h"

#include <algorithm>

namespace dlc::runtime {

/// " (file:line:column)" of a loop, where it is known.
static std::string placeOf(const Instruction &loop) {
  return loop.text.empty() ? "" : " (" + loop.text + ")";
}

/// How many instructions at the front are a launch and those joined to it.
static size_t regionAtFront(std::span<const Instruction> code) {
  if (code.front().kind != Instruction::Kind::launch)
    return 0;
  size_t count = 1;
  while (count < code.size() && code[count].joined)
    ++count;
  return count;
}

Status Walk::code(std::span<const Instruction> code) {
  while (!code.empty()) {
    size_t launches = regionAtFront(code);
    Status status = launches > 1 ? launchTogether(code.first(launches))
                                 : instruction(code.front());
    if (!status.ok())
      return status;
    code = code.subspan(std::max<size_t>(launches, 1));
  }
  return {};
}

Status Walk::launchTogether(std::span<const Instruction> region) {
  for (const Instruction &each : region)
    if (Status status = launch(each); !status.ok())
      return status;
  return {};
}

Status Walk::instruction(const Instruction &instruction) {
  switch (instruction.kind) {
  case Instruction::Kind::launch:
    return launch(instruction);
  case Instruction::Kind::copy:
    return copy(instruction);
  case Instruction::Kind::check:
    return checkFault();
  case Instruction::Kind::show:
    return show(instruction);
  case Instruction::Kind::loop:
    return loop(instruction);
  case Instruction::Kind::branch:
    return branch(instruction);
  case Instruction::Kind::repeat:
    return repeat(instruction);
  }
  return {};
}

Status Walk::loop(const Instruction &loop) {
  int64_t trips = loop.trips;
  if (!loop.operands.empty()) {
    Expected<TapeHeader> header = readHeader(loop.operands[0]);
    if (!header)
      return header.error();
    if (header->entries < 0 || (trips >= 0 && header->entries > trips))
      return Error{"[scan] a tape of " + std::to_string(header->entries) +
                   " entries" + placeOf(loop)};
    trips = header->entries;
  }
  Expected<std::vector<int64_t>> names = openTapes(loop, trips);
  if (!names)
    return names.error();
  Status status;
  for (int64_t i = 0; i < trips && status.ok(); ++i)
    status = trip(loop, *names, loop.reverse ? trips - 1 - i : i);
  return status.ok() ? closeTapes(loop, *names, trips) : status;
}

Status Walk::trip(const Instruction &loop, const std::vector<int64_t> &names,
                  int64_t counter) {
  size_t outer = entries.size();
  size_t next = 0;
  for (const TapeUse &use : loop.tapes) {
    if (use.role == TapeUse::Role::count)
      continue;
    int64_t name = names[next++];
    if (use.role == TapeUse::Role::read) {
      entries.push_back(tapes.at(name, counter));
      continue;
    }
    Expected<TapePlace> place = tapes.append(name, counter);
    if (!place)
      return Error{"[while] the tape of a loop without max_trips needs " +
                   place.message() + placeOf(loop)};
    entries.push_back(*place);
  }
  Tapes::Mark mark = tapes.mark();
  counters[depth++] = counter;
  Status status = code(loop.body);
  --depth;
  entries.resize(outer);
  if (loop.scoped)
    tapes.release(mark);
  return status;
}

Expected<std::vector<int64_t>> Walk::openTapes(const Instruction &loop,
                                               int64_t trips) {
  std::vector<int64_t> names;
  for (const TapeUse &use : loop.tapes) {
    if (use.role == TapeUse::Role::append)
      names.push_back(tapes.open(use.bytes));
    if (use.role != TapeUse::Role::read)
      continue;
    Expected<TapeHeader> header = readHeader(use.at);
    if (!header)
      return header.error();
    if (header->entries != trips || !tapes.has(header->name, trips))
      return Error{"[scan] a tape of " + std::to_string(header->entries) +
                   " entries, expected " + std::to_string(trips) +
                   placeOf(loop)};
    names.push_back(header->name);
  }
  return names;
}

Status Walk::closeTapes(const Instruction &loop,
                        const std::vector<int64_t> &names, int64_t trips) {
  size_t next = 0;
  for (const TapeUse &use : loop.tapes) {
    bool counts = use.role == TapeUse::Role::count;
    TapeHeader header{trips, counts ? 0 : names[next++]};
    if (use.role == TapeUse::Role::read)
      continue;
    if (Status status = writeHeader(
            use.at, header, counts ? sizeof header.entries : sizeof header);
        !status.ok())
      return status;
  }
  return {};
}

Status Walk::addTapeMemory(int64_t bytes) {
  Expected<BufferRef> memory = allocate(bytes);
  if (!memory)
    return memory.error();
  tapeMemory.push_back(std::move(*memory));
  return {};
}

std::byte *Walk::tapeBase(const Address &address) const {
  TapePlace place = entry(address);
  // Entries without bytes need no memory.
  return place.chunk < tapeMemory.size()
             ? tapeMemory[place.chunk]->address() + place.offset
             : operands.arena;
}

Status Walk::branch(const Instruction &branch) {
  Expected<bool> taken = isTrue(branch.operands[0]);
  if (!taken)
    return taken.error();
  return code(*taken ? branch.body : branch.otherwise);
}

Status Walk::repeat(const Instruction &repeat) {
  Expected<std::vector<int64_t>> names = openTapes(repeat, 0);
  if (!names)
    return names.error();
  for (int64_t i = 0;; ++i) {
    Tapes::Mark mark = tapes.mark();
    if (Status status = code(repeat.condition); !status.ok())
      return status;
    if (repeat.scoped)
      tapes.release(mark);
    // What a faulty kernel computed may never end the loop.
    if (Status status = checkFault(); !status.ok())
      return status;
    Expected<bool> again = isTrue(repeat.operands[0]);
    if (!again)
      return again.error();
    if (!*again)
      return closeTapes(repeat, *names, i);
    if (i == repeat.trips)
      return Error{"[while] more than " + std::to_string(repeat.trips) +
                   " trips" + placeOf(repeat)};
    if (Status status = trip(repeat, *names, i); !status.ok())
      return status;
  }
}

} // namespace dlc::runtime
