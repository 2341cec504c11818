// What a function's setup has prepared, and from what.
//
// The setup brings what does not change, the weights of a model that is
// evaluated, to the form that the kernels read: transposed, in strips, in
// another element type. It depends on some arguments alone. As long as runs are
// given the same buffers there, and nobody has written to them, what is
// prepared stays right:
//
//   run(x0, w)   setup w, code     nothing was known
//   run(x1, w)   code
//   …            a training step writes its new weights over w: same buffer
//   run(x2, w)   setup w, code     its count of writes has moved
//
// Buffers are remembered by weak references. So nothing here keeps weights that
// are gone, or keeps a training step from writing over its own; and a buffer
// made later is never taken for one that is gone, even at its address.

#ifndef DLC_RUNTIME_DEVICE_PREPARATIONS_H
#define DLC_RUNTIME_DEVICE_PREPARATIONS_H

#include "abi/Program.h"
#include "device/Buffer.h"

#include <mutex>
#include <span>
#include <vector>

namespace dlc::runtime {

/// Of one function. Any thread may call; what is prepared is not written to
/// once it is published, so that concurrent runs share it.
class Preparations {
public:
  explicit Preparations(const Function &function);

  /// Arguments that the setup read, as they were.
  struct Source {
    std::weak_ptr<Buffer> buffer;
    uint64_t writes = 0;
  };
  struct Preparation {
    std::vector<Source> sources;
    BufferRef memory;
  };

  /// The memory that was prepared from these arguments as they are now, or
  /// null.
  BufferRef find(std::span<const BufferRef> arguments);
  /// What a setup of these arguments begins with: notes of what they are, and
  /// memory to write to, if there is some that nobody needs any more.
  Preparation begin(std::span<const BufferRef> arguments);
  /// Its memory holds what the setup computes of the arguments.
  void publish(std::span<const BufferRef> arguments, Preparation done);

private:
  /// Models of the same structure share a function: so many may be evaluated in
  /// turn.
  static constexpr size_t most = 4;

  bool isOf(const Preparation &known, std::span<const BufferRef> arguments,
            bool asTheyAre) const;

  /// Arguments that the setup reads.
  std::vector<size_t> reads;
  std::mutex mutex;
  /// The last used first.
  std::vector<Preparation> known;
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_DEVICE_PREPARATIONS_H
