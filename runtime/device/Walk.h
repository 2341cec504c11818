// Walks a launch list: loops, branches and addresses are the same everywhere;
// what touches memory is the device's.

#ifndef DLC_RUNTIME_DEVICE_WALK_H
#define DLC_RUNTIME_DEVICE_WALK_H

#include "abi/Program.h"
#include "abi/SmallVector.h"
#include "device/Buffer.h"
#include "device/Tapes.h"

#include <array>
#include <span>
#include <utility>
#include <vector>

namespace dlc::runtime {

/// Where the operands of a run lie, in the device's own addresses.
struct Operands {
  SmallVector<std::byte *, 8> arguments, results;
  /// Null if it has no bytes.
  std::byte *arena = nullptr, *constants = nullptr, *prepared = nullptr;
  /// What tapes may take beside them.
  int64_t tapeBytes = 0;

  std::byte *base(const Address &address) const {
    switch (address.space) {
    case Address::Space::argument:
      return arguments[address.index];
    case Address::Space::result:
      return results[address.index];
    case Address::Space::constant:
      return constants;
    case Address::Space::prepared:
      return prepared;
    case Address::Space::arena:
    case Address::Space::tape:
      break;
    }
    return arena;
  }
};

/// One walk. Everything it indexes has been validated.
class Walk {
public:
  explicit Walk(Operands operands)
      : operands(std::move(operands)),
        tapes(this->operands.tapeBytes,
              [this](int64_t bytes) { return addTapeMemory(bytes); }) {}
  Walk(const Walk &) = delete;
  Walk &operator=(const Walk &) = delete;
  virtual ~Walk() = default;

  Status code(std::span<const Instruction> code);
  /// The error of the first check that a kernel found violated so far.
  virtual Status checkFault() = 0;

protected:
  virtual Status launch(const Instruction &launch) = 0;
  /// Launches that may run in any order, also at the same time: one after
  /// another if nobody knows better.
  virtual Status launchTogether(std::span<const Instruction> region);
  virtual Status copy(const Instruction &copy) = 0;
  virtual Status show(const Instruction &show) = 0;
  /// The predicate's value, once it is computed.
  virtual Expected<bool> isTrue(const Address &predicate) = 0;
  /// A tape's header, once it is written.
  virtual Expected<TapeHeader> readHeader(const Address &address) = 0;
  /// Writes a header, or just its number of entries.
  virtual Status writeHeader(const Address &address, const TapeHeader &header,
                             int64_t bytes) = 0;
  /// Memory for tapes, until the walk ends.
  virtual Expected<BufferRef> allocate(int64_t bytes) = 0;

  /// The byte that an address names in this trip of the loops around it.
  std::byte *resolve(const Address &address) const {
    return base(address) + offset(address);
  }
  /// This trip's entry of a tape.
  TapePlace entry(const Address &address) const {
    return entries[address.index];
  }
  int64_t offset(const Address &address) const {
    int64_t offset = address.offset;
    for (size_t d = 0; d < address.strides.size(); ++d)
      offset += address.strides[d] * counters[d];
    return offset;
  }

private:
  Status instruction(const Instruction &instruction);
  Status loop(const Instruction &loop);
  Status branch(const Instruction &branch);
  Status repeat(const Instruction &repeat);
  /// The names of the tapes whose entries a trip sees.
  Expected<std::vector<int64_t>> openTapes(const Instruction &loop,
                                           int64_t trips);
  Status trip(const Instruction &loop, const std::vector<int64_t> &names,
              int64_t counter);
  Status closeTapes(const Instruction &loop, const std::vector<int64_t> &names,
                    int64_t trips);
  Status addTapeMemory(int64_t bytes);
  std::byte *base(const Address &address) const {
    return address.space == Address::Space::tape ? tapeBase(address)
                                                 : operands.base(address);
  }
  std::byte *tapeBase(const Address &address) const;

  const Operands operands;
  Tapes tapes;
  std::vector<BufferRef> tapeMemory;
  /// Of the tapes of the loops around.
  std::vector<TapePlace> entries;
  std::array<int64_t, maxLoopDepth> counters = {};
  size_t depth = 0;
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_DEVICE_WALK_H
