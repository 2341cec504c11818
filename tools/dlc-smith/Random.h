// Random numbers that are the same everywhere.

#ifndef DLC_TOOLS_DLC_SMITH_RANDOM_H
#define DLC_TOOLS_DLC_SMITH_RANDOM_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <cmath>
#include <cstdint>

namespace dlc::smith {

/// splitmix64; the distributions of <random> differ between libraries.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}

  uint64_t next() {
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  /// In [0, count); count is above 0.
  int64_t below(int64_t count) {
    return static_cast<int64_t>(next() % static_cast<uint64_t>(count));
  }
  /// In [least, most].
  int64_t between(int64_t least, int64_t most) {
    return least + below(most - least + 1);
  }
  /// In [0, 1), with 53 bits.
  double unit() { return std::ldexp(static_cast<double>(next() >> 11), -53); }
  bool chance(double probability) { return unit() < probability; }

  template <typename T> const T &pick(llvm::ArrayRef<T> from) {
    return from[below(static_cast<int64_t>(from.size()))];
  }
  template <typename T> T pick(std::initializer_list<T> from) {
    return from.begin()[below(static_cast<int64_t>(from.size()))];
  }

  template <typename T> void shuffle(llvm::SmallVectorImpl<T> &values) {
    for (size_t i = values.size(); i > 1; --i)
      std::swap(values[i - 1], values[below(static_cast<int64_t>(i))]);
  }

  /// `count` different ones of 0 … n-1, increasing.
  llvm::SmallVector<int64_t> subset(int64_t n, int64_t count) {
    llvm::SmallVector<int64_t> chosen;
    for (int64_t i = 0; i < n; ++i)
      if (below(n - i) < count - static_cast<int64_t>(chosen.size()))
        chosen.push_back(i);
    return chosen;
  }
  /// Any subset of 0 … n-1, increasing.
  llvm::SmallVector<int64_t> subset(int64_t n) {
    return subset(n, between(0, n));
  }
  llvm::SmallVector<int64_t> permutation(int64_t n) {
    llvm::SmallVector<int64_t> order = subset(n, n);
    shuffle(order);
    return order;
  }

private:
  uint64_t state;
};

} // namespace dlc::smith

#endif // DLC_TOOLS_DLC_SMITH_RANDOM_H
