// Registers, immediates and addresses; what one lane computes by itself.

#include "ptx-sim/Block.h"

#include <bit>

namespace dlc::ptxsim {

uint64_t Block::readSpecial(const Thread &thread, Special special) const {
  const Launch &launch = grid.launch;
  uint32_t bit = uint32_t(1) << thread.lane;
  switch (special) {
  case Special::tidX:
    return thread.id.x;
  case Special::tidY:
    return thread.id.y;
  case Special::tidZ:
    return thread.id.z;
  case Special::ntidX:
    return launch.block.x;
  case Special::ntidY:
    return launch.block.y;
  case Special::ntidZ:
    return launch.block.z;
  case Special::ctaidX:
    return id.x;
  case Special::ctaidY:
    return id.y;
  case Special::ctaidZ:
    return id.z;
  case Special::nctaidX:
    return launch.grid.x;
  case Special::nctaidY:
    return launch.grid.y;
  case Special::nctaidZ:
    return launch.grid.z;
  case Special::laneid:
    return thread.lane;
  case Special::warpid:
    return thread.index / warpSize;
  case Special::nwarpid:
    return warps.size();
  case Special::smid:
  case Special::gridid:
    return 0;
  case Special::nsmid:
    return 1;
  case Special::clock:
  case Special::clock64:
    return grid.counts.warpInstructions;
  case Special::lanemaskEq:
    return bit;
  case Special::lanemaskLt:
    return bit - 1;
  case Special::lanemaskLe:
    return bit | (bit - 1);
  case Special::lanemaskGt:
    return uint32_t(~(bit | (bit - 1)));
  case Special::lanemaskGe:
    return uint32_t(~(bit - 1));
  case Special::dynamicSharedSize:
    return launch.dynamicShared;
  case Special::totalSharedSize:
    return shared->bytes.size();
  }
  return 0;
}

static uint64_t readRegister(const uint64_t *registers,
                             const Operand &operand) {
  uint64_t bits = registers[operand.index * warpSize];
  return operand.negated ? !bits : bits;
}

uint64_t Block::read(Thread &thread, const Operand &operand) {
  switch (operand.kind) {
  case Operand::Kind::reg:
    return readRegister(thread.frames.back().registers, operand);
  case Operand::Kind::immediate:
    return operand.bits;
  case Operand::Kind::special:
    return readSpecial(thread, operand.special);
  case Operand::Kind::variable:
    return addressOf(thread, operand);
  default:
    return 0;
  }
}

void Block::write(Thread &thread, const Operand &operand, uint64_t bits) {
  if (operand.kind != Operand::Kind::reg)
    return;
  Frame &frame = thread.frames.back();
  frame.registers[operand.index * warpSize] =
      bits & frame.function->masks[operand.index];
}

/// Of a variable, in its own state space; of [base + offset], the sum.
uint64_t Block::addressOf(Thread &thread, const Operand &operand) {
  if (operand.kind == Operand::Kind::memory)
    return (operand.parts.empty() ? 0 : read(thread, operand.parts[0])) +
           operand.bits;
  const Variable &variable = *operand.variable;
  auto offset = static_cast<uint64_t>(variable.offset);
  switch (variable.space) {
  case Space::global:
  case Space::constant:
    return grid.machine.moduleBase + offset;
  case Space::shared:
    return variable.isExtern
               ? dynamicSharedOffset(grid.machine.module(), grid.kernel)
               : offset;
  case Space::local:
    return thread.frames.back().local + offset;
  default:
    return offset;
  }
}

namespace {
/// Where lanes of a warp find an operand: each in its own register, or all the
/// same number.
struct Source {
  const uint64_t *at;
  size_t step;
  bool negated;
};
} // namespace

/// Most of all that is simulated: in a kernel, from registers to a register.
bool Block::computeInRegisters(Warp &warp, const Instruction &i, Lanes active) {
  constexpr size_t most = 8;
  const Operand &target = i.operands[0];
  const size_t count = i.operands.size() - 1;
  if (i.carryIn || i.carryOut || target.kind != Operand::Kind::reg ||
      !target.parts.empty() || count > most ||
      warp.threads[std::countr_zero(active)]->frames.size() > 1)
    return false;
  Source sources[most];
  bool anyNegated = false;
  for (size_t k = 0; k < count; ++k) {
    const Operand &operand = i.operands[k + 1];
    anyNegated |= operand.negated;
    if (operand.kind == Operand::Kind::reg)
      sources[k] = {&warp.registers[operand.index * warpSize], 1,
                    operand.negated};
    else if (operand.kind == Operand::Kind::immediate)
      sources[k] = {&operand.bits, 0, false};
    else
      return false;
  }
  uint64_t *results = &warp.registers[target.index * warpSize];
  uint64_t mask = grid.kernel.masks[target.index];
  uint64_t in[most] = {};
  constexpr size_t few = 3;
  if (count <= few && !anyNegated) {
    for (size_t k = count; k < few; ++k)
      sources[k] = {&in[few], 0, false}; // 0
    const Source a = sources[0], b = sources[1], c = sources[2];
    for (Lanes left = active; left; left &= left - 1) {
      int lane = std::countr_zero(left);
      in[0] = a.at[lane * a.step];
      in[1] = b.at[lane * b.step];
      in[2] = c.at[lane * c.step];
      uint64_t out[2] = {};
      i.compute(i, in, out);
      results[lane] = out[0] & mask;
    }
    return true;
  }
  for (Lanes left = active; left; left &= left - 1) {
    int lane = std::countr_zero(left);
    for (size_t k = 0; k < count; ++k) {
      uint64_t bits = sources[k].at[lane * sources[k].step];
      in[k] = sources[k].negated ? !bits : bits;
    }
    uint64_t out[2] = {};
    i.compute(i, in, out);
    results[lane] = out[0] & mask;
  }
  return true;
}

void Block::compute(Warp &warp, const Instruction &i, Lanes active) {
  if (!active || computeInRegisters(warp, i, active))
    return;
  const Operand &target = i.operands[0];
  forLanes(warp, active, [&](Thread &thread) {
    Frame &frame = thread.frames.back();
    uint64_t in[8] = {}, out[2] = {};
    for (size_t k = 1; k < i.operands.size(); ++k)
      in[k - 1] = read(thread, i.operands[k]);
    if (i.carryIn)
      in[2] = frame.carry;
    i.compute(i, in, out);
    if (i.carryOut)
      frame.carry = out[1];
    write(thread, target, out[0]);
    if (!target.parts.empty())
      write(thread, target.parts[0], out[1]);
  });
}

/// mov also packs and unpacks: mov.b64 {%r1, %r2}, %rd1.
void Block::move(Thread &thread, const Instruction &i) {
  const Operand &target = i.operands[0], &source = i.operands[1];
  int width = bitsOf(i.valueType);
  auto elementMask = [&](size_t count) {
    int bits = width / static_cast<int>(count);
    return std::pair(bits,
                     bits == 64 ? ~uint64_t(0) : (uint64_t(1) << bits) - 1);
  };
  uint64_t value = 0;
  if (source.kind == Operand::Kind::vector) {
    auto [bits, mask] = elementMask(source.parts.size());
    int shift = 0;
    for (const Operand &part : source.parts) {
      value |= (read(thread, part) & mask) << shift;
      shift += bits;
    }
  } else {
    value = read(thread, source);
  }
  if (target.kind != Operand::Kind::vector)
    return write(thread, target, value);
  auto [bits, mask] = elementMask(target.parts.size());
  int shift = 0;
  for (const Operand &part : target.parts) {
    write(thread, part, value >> shift & mask);
    shift += bits;
  }
}

void Block::convertAddress(Thread &thread, const Instruction &i) {
  uint64_t base = i.space == Space::shared  ? sharedBase
                  : i.space == Space::local ? localBase
                                            : 0;
  uint64_t address = read(thread, i.operands[1]);
  if (i.kind == Kind::isSpace) {
    Space space = address >= localBase    ? Space::local
                  : address >= sharedBase ? Space::shared
                                          : Space::global;
    return write(thread, i.operands[0], space == i.space);
  }
  write(thread, i.operands[0], i.toSpace ? address - base : address + base);
}

} // namespace dlc::ptxsim
