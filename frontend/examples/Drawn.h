// What lessons learn from when no `--data` is given: small data sets that the
// programs draw themselves, the same for the same seed.

#ifndef DLC_EXAMPLES_DRAWN_H
#define DLC_EXAMPLES_DRAWN_H

#include <dlc/dlc.h>

#include <string>
#include <vector>

namespace drawn {

/// Ten classes: five shapes, each plain or striped, of any colour, size and
/// place, on a noisy ground. u8 [n, 32, 32, 3].
dlc::data::TensorDataset shapes(int64_t count, uint64_t seed);

/// Discs at random places: bright on dark red (A), or dark on bright blue (B).
/// f32 [n, 3, 16, 16] in -1 … 1.
dlc::Tensor discs(int64_t count, bool isB, uint64_t seed);

/// Houses: sizes, ages, places and prices; some values are missing ("NA").
dlc::data::Table houses(int64_t count, uint64_t seed);

/// Sentences whose mood hangs on few words; "not" turns it.
struct Reviews {
  std::vector<dlc::data::Tokens> texts;
  std::vector<int32_t> labels;
};
Reviews reviews(int64_t count, uint64_t seed);

} // namespace drawn

#endif // DLC_EXAMPLES_DRAWN_H
