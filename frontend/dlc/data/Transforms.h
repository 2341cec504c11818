// What happens to data before a model sees them.

#ifndef DLC_FRONTEND_DATA_TRANSFORMS_H
#define DLC_FRONTEND_DATA_TRANSFORMS_H

#include <dlc/Ops.h>

#include <functional>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::data {

/// (x - mean) / deviation for each column. Values that are not there (NaN)
/// count for neither and become 0, the mean.
class Standardizer {
public:
  /// Learns from f32 rows [samples, columns]. A column of equal values gets
  /// deviation 1. Throws for a column without any value.
  explicit Standardizer(const Tensor &rows, Loc where = Loc::current());

  Tensor operator()(const Tensor &rows, Loc where = Loc::current()) const;
  /// Back to the original units.
  Tensor inverse(const Tensor &rows, Loc where = Loc::current()) const;

  /// f32 [columns].
  Tensor mean, deviation;
};

/// Changes a batch on the host, before it is used; all chance comes from
/// `seed`, which is another one for each batch of each epoch.
using Transform = std::function<std::vector<Tensor>(std::vector<Tensor> batch,
                                                    uint64_t seed)>;

/// One after the other.
Transform chain(std::vector<Transform> transforms);

// Augmentation of the batch's first tensor: images u8 or f32, [n, height,
// width] or [n, height, width, channels]. Each image has its own luck.

/// Mirrors left and right with the given probability.
Transform randomFlip(double probability = 0.5, Loc where = Loc::current());
/// Moves by up to `pixels` in each direction; what comes in is 0.
Transform randomShift(int64_t pixels, Loc where = Loc::current());
/// Adds normal noise, in the images' units; u8 is rounded and clamped.
Transform randomNoise(double deviation, Loc where = Loc::current());

} // namespace dlc::data
#pragma GCC visibility pop

#endif // DLC_FRONTEND_DATA_TRANSFORMS_H
