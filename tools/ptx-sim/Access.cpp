// Loads, stores, atomics and asynchronous copies.

#include "ptx-sim/Block.h"
#include "ptx-sim/Floats.h"

#include <algorithm>
#include <cstring>

namespace dlc::ptxsim {

static std::string verb(AccessLog::Kind kind) {
  switch (kind) {
  case AccessLog::Kind::read:
  case AccessLog::Kind::atomicRead:
    return "reads ";
  case AccessLog::Kind::write:
    return "writes ";
  case AccessLog::Kind::atomic:
    break;
  }
  return "updates ";
}

static const std::string &nameOf(const Target &target) {
  return target.window ? target.window->name : target.allocation->name;
}

std::optional<Target> Block::resolve(Thread &thread, const Instruction &i,
                                     Space space, uint64_t address, int bytes,
                                     AccessLog::Kind kind) {
  if (space == Space::generic && address >= localBase) {
    space = Space::local;
    address -= localBase;
  } else if (space == Space::generic && address >= sharedBase) {
    space = Space::shared;
    address -= sharedBase;
  }
  Target target;
  target.space = space;
  int64_t size = 0, offset = static_cast<int64_t>(address);
  if (space == Space::shared) {
    target.allocation = shared.get();
    size = static_cast<int64_t>(shared->bytes.size());
    target.offset = offset;
  } else if (space == Space::local) {
    const Frame &frame = thread.frames.back();
    size = std::min(frame.local + frame.function->localBytes,
                    grid.machine.limits.localBytes);
    if (!thread.local)
      thread.local =
          std::make_shared<Allocation>("the thread's local memory", 0);
    thread.local->grow(size);
    target.allocation = thread.local.get();
    target.offset = offset;
  } else {
    target.space = Space::global;
    target.window = grid.machine.memory.find(address);
    if (!target.window || !target.window->isOpen) {
      char text[32];
      std::snprintf(text, sizeof text, "0x%llx",
                    static_cast<unsigned long long>(address));
      report(FaultKind::outOfBounds, i,
             verb(kind) + std::to_string(bytes) + " bytes at " + text +
                 ", where there is no buffer; " + describe(thread));
      return std::nullopt;
    }
    target.allocation = target.window->allocation.get();
    offset = static_cast<int64_t>(address - target.window->base);
    size = target.window->bytes;
    target.offset = target.window->offset + offset;
  }
  bool isInside = offset >= 0 && offset + bytes <= size;
  if (isInside && address % bytes == 0)
    return target;
  std::string what = verb(kind) + std::to_string(bytes) + " bytes at offset " +
                     std::to_string(offset) + " of " + nameOf(target);
  if (isInside)
    report(FaultKind::misaligned, i, what + "; " + describe(thread));
  else
    report(FaultKind::outOfBounds, i,
           what + ", which has " + std::to_string(size) + " bytes; " +
               describe(thread));
  return std::nullopt;
}

void Block::log(Thread &thread, const Instruction &i, const Target &target,
                int bytes, AccessLog::Kind kind) {
  if (target.space == Space::local)
    return;
  Accessor self{static_cast<int32_t>(number), thread.index,
                clocks.of(thread.index)};
  int64_t base = 0;
  if (target.window) {
    bool writes =
        kind == AccessLog::Kind::write || kind == AccessLog::Kind::atomic;
    grid.writes += writes;
    base = target.window->offset;
    target.window->touch(target.offset - base, bytes, writes ? 2 : 1);
    exchangeMessages(thread, target, kind);
  }
  auto race =
      target.allocation->log.enter(target.offset, bytes, kind, self, clocks);
  if (!race)
    return;
  const Accessor &other = race->other;
  bool sameBlock = other.block == self.block;
  report(FaultKind::race, i,
         verb(kind) + "byte " + std::to_string(race->byte - base) + " of " +
             nameOf(target) + ", as thread " + std::to_string(other.thread) +
             " of " +
             (sameBlock ? "the same block"
                        : "block " + std::to_string(other.block)) +
             " does with no barrier in between; " + describe(thread));
}

bool Block::load(Thread &thread, const Instruction &i, Space space,
                 uint64_t address, int bytes, uint8_t *data,
                 AccessLog::Kind kind) {
  std::memset(data, poison, bytes);
  auto target = resolve(thread, i, space, address, bytes, kind);
  if (!target)
    return false;
  log(thread, i, *target, bytes, kind);
  const Allocation &from = *target->allocation;
  int64_t base = target->window ? target->window->offset : 0;
  for (int b = 0; b < bytes; ++b) {
    ByteState state = from.state[target->offset + b];
    if (state == ByteState::written)
      continue;
    bool inFlight = state == ByteState::inFlight;
    report(inFlight ? FaultKind::inFlight : FaultKind::unwritten, i,
           "reads byte " + std::to_string(target->offset + b - base) + " of " +
               nameOf(*target) +
               (inFlight ? ", which a cp.async that was not waited for writes; "
                         : ", which nothing has written; ") +
               describe(thread));
    break;
  }
  std::memcpy(data, from.bytes.data() + target->offset, bytes);
  return true;
}

bool Block::store(Thread &thread, const Instruction &i, Space space,
                  uint64_t address, int bytes, const uint8_t *data,
                  AccessLog::Kind kind) {
  auto target = resolve(thread, i, space, address, bytes, kind);
  if (!target)
    return false;
  log(thread, i, *target, bytes, kind);
  Allocation &to = *target->allocation;
  for (int b = 0; b < bytes; ++b)
    if (to.state[target->offset + b] == ByteState::inFlight) {
      report(FaultKind::inFlight, i,
             "writes byte " + std::to_string(target->offset + b) + " of " +
                 to.name +
                 ", which a cp.async that was not waited for writes; " +
                 describe(thread));
      break;
    }
  to.fill(data, bytes, target->offset);
  return true;
}

//===-- ld and st ---------------------------------------------------------===//

void Block::access(Warp &warp, const Instruction &i, Lanes active) {
  bool isStore = i.kind == Kind::store;
  bool isAtomic = i.kind == Kind::atomic;
  const Operand &memory =
      i.operands[isStore || (isAtomic && i.reducesOnly) ? 0 : 1];
  if (i.space == Space::param) {
    forLanes(warp, active, [&](Thread &thread) { accessParam(thread, i); });
    return;
  }
  Addresses addresses;
  forLanes(warp, active, [&](Thread &thread) {
    uint64_t address = addressOf(thread, memory);
    Space space = i.space;
    uint64_t place = address;
    if (space == Space::generic && address >= sharedBase &&
        address < localBase) {
      space = Space::shared;
      place -= sharedBase;
    } else if (space == Space::generic && address < sharedBase) {
      space = Space::global;
    }
    addresses.add(space, place, thread.lane);
    if (i.releases)
      clocks.fence(thread.index);
    if (isAtomic)
      atomic(thread, i, address);
    else
      loadOrStore(thread, i, address);
    if (i.acquires)
      clocks.fence(thread.index);
  });
  if (isAtomic)
    grid.counts.atomics += addresses.global.count + addresses.shared.count;
  else
    count(i, isStore, i.count * bytesOf(i.valueType), addresses);
}

void Block::count(const Instruction &i, bool isStore, int bytes,
                  const Addresses &addresses) {
  KernelStatistics &counts = grid.counts;
  LineStatistics &line = counts.lines[i.position];
  if (const auto &global = addresses.global; global.count) {
    GlobalTraffic traffic = countGlobal(global.values, global.count, bytes);
    (isStore ? counts.stores : counts.loads) += traffic;
    (isStore ? line.stores : line.loads) += traffic;
  }
  if (const auto &shared = addresses.shared; shared.count) {
    SharedTraffic traffic =
        countShared(shared.values, shared.lanes, shared.count, bytes);
    counts.shared += traffic;
    line.shared += traffic;
  }
}

void Block::accessParam(Thread &thread, const Instruction &i) {
  bool isStore = i.kind == Kind::store;
  const Operand &memory = i.operands[isStore ? 0 : 1];
  const Operand &value = i.operands[isStore ? 1 : 0];
  std::vector<uint8_t> &params = thread.frames.back().params;
  uint64_t address = addressOf(thread, memory);
  int size = bytesOf(i.valueType);
  if (address > params.size() || address + i.count * size > params.size())
    return report(
        FaultKind::outOfBounds, i,
        verb(isStore ? AccessLog::Kind::write : AccessLog::Kind::read) +
            "parameter bytes that do not exist; " + describe(thread));
  for (int e = 0; e < i.count; ++e) {
    const Operand &element =
        value.kind == Operand::Kind::vector ? value.parts[e] : value;
    uint8_t *at = params.data() + address + e * size;
    uint64_t bits = 0;
    if (isStore) {
      bits = read(thread, element);
      std::memcpy(at, &bits, size);
    } else {
      std::memcpy(&bits, at, size);
      write(thread, element, extend(i.valueType, bits));
    }
  }
}

void Block::loadOrStore(Thread &thread, const Instruction &i,
                        uint64_t address) {
  bool isStore = i.kind == Kind::store;
  const Operand &value = i.operands[isStore ? 1 : 0];
  int size = bytesOf(i.valueType);
  uint8_t data[64];
  auto element = [&](int e) -> const Operand & {
    return value.kind == Operand::Kind::vector ? value.parts[e] : value;
  };
  if (isStore) {
    for (int e = 0; e < i.count; ++e) {
      uint64_t bits = read(thread, element(e));
      std::memcpy(data + e * size, &bits, size);
    }
    store(thread, i, i.space, address, i.count * size, data,
          i.strong ? AccessLog::Kind::atomic : AccessLog::Kind::write);
    return;
  }
  load(thread, i, i.space, address, i.count * size, data,
       i.strong ? AccessLog::Kind::atomicRead : AccessLog::Kind::read);
  for (int e = 0; e < i.count; ++e) {
    uint64_t bits = 0;
    std::memcpy(&bits, data + e * size, size);
    write(thread, element(e), extend(i.valueType, bits));
  }
}

//===-- atom and red ------------------------------------------------------===//

uint64_t Block::combine(const Instruction &i, uint64_t old, uint64_t value,
                        uint64_t other) const {
  Type type = i.valueType;
  if (isFloat(type) && i.atomic == Atomic::add) {
    Type lane = laneType(type);
    int width = bitsOf(lane);
    uint64_t result = 0;
    for (int shift = 0; shift < bitsOf(type); shift += width) {
      if (lane == Type::f32) // one rounding, as of add.rn
        result = toBits(as<float>(old) + as<float>(value));
      else
        result |= encodeFloat(
                      lane, addToOdd(static_cast<double>(decodeFloat(
                                         lane, extend(lane, old >> shift))),
                                     static_cast<double>(decodeFloat(
                                         lane, extend(lane, value >> shift)))))
                  << shift;
    }
    return type == Type::f64 ? toBits(as<double>(old) + as<double>(value))
                             : result;
  }
  uint64_t x = extend(type, old), y = extend(type, value);
  auto less = [&] {
    return isSigned(type) ? static_cast<int64_t>(x) < static_cast<int64_t>(y)
                          : x < y;
  };
  switch (i.atomic) {
  case Atomic::add:
    return x + y;
  case Atomic::min:
    return less() ? x : y;
  case Atomic::max:
    return less() ? y : x;
  case Atomic::inc:
    return x >= y ? 0 : x + 1;
  case Atomic::dec:
    return x == 0 || x > y ? y : x - 1;
  case Atomic::conjunction:
    return x & y;
  case Atomic::disjunction:
    return x | y;
  case Atomic::exclusive:
    return x ^ y;
  case Atomic::exchange:
    return y;
  case Atomic::compareAndSwap:
    return x == y ? other : x;
  }
  return x;
}

void Block::atomic(Thread &thread, const Instruction &i, uint64_t address) {
  size_t first = i.reducesOnly ? 1 : 2;
  int size = bytesOf(i.valueType);
  uint64_t value = read(thread, i.operands[first]), other = 0, old = 0;
  if (i.atomic == Atomic::compareAndSwap)
    other = read(thread, i.operands[first + 1]);
  uint8_t data[8];
  constexpr auto kind = AccessLog::Kind::atomic;
  if (load(thread, i, i.space, address, size, data, kind)) {
    std::memcpy(&old, data, size);
    uint64_t result = combine(i, old, value, other);
    std::memcpy(data, &result, size);
    store(thread, i, i.space, address, size, data, kind);
  }
  if (!i.reducesOnly)
    write(thread, i.operands[0], old);
}

//===-- cp.async ----------------------------------------------------------===//

/// cp.async [shared], [global], size {, bytes read; the rest is zero}.
void Block::copyAsync(Warp &warp, const Instruction &i, Lanes active) {
  Addresses sources, targets;
  int size = 0;
  forLanes(warp, active, [&](Thread &thread) {
    size = static_cast<int>(read(thread, i.operands[2]));
    if (size != 4 && size != 8 && size != 16)
      return report(FaultKind::misaligned, i,
                    "copies " + std::to_string(size) +
                        " bytes at once, not 4, 8 or 16; " + describe(thread));
    uint64_t wanted =
        i.operands.size() > 3 ? read(thread, i.operands[3]) : uint64_t(size);
    int valid = static_cast<int>(std::min<uint64_t>(wanted, size));
    Copy copy{&i, addressOf(thread, i.operands[0]), size};
    uint64_t source = addressOf(thread, i.operands[1]);
    if (source % size != 0)
      return report(FaultKind::misaligned, i,
                    "copies " + std::to_string(size) +
                        " bytes from an address that is no multiple of it; " +
                        describe(thread));
    // Partial sources are read byte by byte: only those may be touched.
    if (valid == size)
      load(thread, i, Space::global, source, size, copy.bytes.data());
    else
      for (int b = 0; b < valid; ++b)
        load(thread, i, Space::global, source + b, 1, copy.bytes.data() + b);
    if (valid > 0)
      sources.add(Space::global, source, thread.lane);
    targets.add(Space::shared, copy.target, thread.lane);
    auto target = resolve(thread, i, Space::shared, copy.target, size,
                          AccessLog::Kind::write);
    if (!target)
      return;
    log(thread, i, *target, size, AccessLog::Kind::write);
    std::fill_n(target->allocation->state.begin() + target->offset, size,
                ByteState::inFlight);
    thread.copies.push_back(copy);
  });
  count(i, false, std::max(size, 1), sources);
  count(i, true, std::max(size, 1), targets);
}

void Block::commit(Thread &thread) {
  thread.groups.push_back(std::move(thread.copies));
  thread.copies.clear();
}

void Block::waitGroups(Thread &thread, size_t left) {
  while (thread.groups.size() > left) {
    for (const Copy &copy : thread.groups.front())
      finish(thread, copy);
    thread.groups.erase(thread.groups.begin());
  }
}

void Block::finish(Thread &thread, const Copy &copy) {
  int size = copy.size;
  auto target = resolve(thread, *copy.instruction, Space::shared, copy.target,
                        size, AccessLog::Kind::write);
  if (!target)
    return;
  log(thread, *copy.instruction, *target, size, AccessLog::Kind::write);
  target->allocation->fill(copy.bytes.data(), size, target->offset);
}

} // namespace dlc::ptxsim
