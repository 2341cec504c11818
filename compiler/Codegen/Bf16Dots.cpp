#include "Codegen/Bf16Dots.h"

#include "llvm/ADT/bit.h"

#include <cmath>
#include <cstdint>
#include <immintrin.h>

namespace {

constexpr int lanes = 16;

/// sums += the products of the pairs x and y.
__attribute__((target("avx512f,avx512bf16"))) void
addDots(const uint32_t *x, const uint32_t *y, float *sums) {
  __m512i xs = _mm512_loadu_si512(x), ys = _mm512_loadu_si512(y);
  __m512 added =
      _mm512_dpbf16_ps(_mm512_loadu_ps(sums), (__m512bh)xs, (__m512bh)ys);
  _mm512_storeu_ps(sums, added);
}

/// Pairs of numbers of either sign with exponents of -8 to 7, so that sums
/// cancel, round up, down and to even.
class Pairs {
public:
  uint32_t next() { return half() << 16 | half(); }

private:
  uint32_t half() {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 16 & 0x87ff) + ((127 - 8) << 7);
  }
  uint32_t seed = 1;
};

} // namespace

bool dlc::dotsRoundAsMultiplyAdds() {
  Pairs pairs;
  float sums[lanes] = {}, expected[lanes] = {};
  for (int round = 0; round < 64; ++round) {
    uint32_t x[lanes], y[lanes];
    for (int i = 0; i < lanes; ++i) {
      x[i] = pairs.next();
      y[i] = pairs.next();
      for (int half : {16, 0})
        expected[i] =
            std::fma(llvm::bit_cast<float>(x[i] >> half << 16),
                     llvm::bit_cast<float>(y[i] >> half << 16), expected[i]);
    }
    addDots(x, y, sums);
    for (int i = 0; i < lanes; ++i)
      if (sums[i] != expected[i])
        return false;
  }
  return true;
}
