#include "detail/Fingerprint.h"

#include <dlc/dlc.h>
#include <gtest/gtest.h>

using namespace dlc;
using namespace dlc::detail;

namespace {

struct Recorded {
  std::string fingerprint, text;
};

/// What an expression of two given tensors is found by.
template <typename F>
Recorded record(const F &f, const Shape &shape = {4},
                std::vector<ArgumentInfo> info = {}) {
  Tensor x = zeros(shape), y = ones(shape);
  x.toVector<float>(), y.toVector<float>();
  Tensor result = f(x, y);
  Region region = collect({result.get()}, [](const Node &node) {
    return node.isGiven() || bool(node.data);
  });
  Fingerprint found = fingerprint(region, info);
  return {std::string(found.begin(), found.end()),
          write(region, info, /*asKey=*/true)};
}

TEST(Fingerprint, EqualRecordingsShareIt) {
  auto f = [](const Tensor &x, const Tensor &y) { return x * y + 1; };
  EXPECT_EQ(record(f).fingerprint, record(f).fingerprint);
  // As in the text, neither names nor lines count where nothing can fail.
  auto g = [](const Tensor &x, const Tensor &y) { return x * y + 1; };
  EXPECT_EQ(record(f).fingerprint, record(g).fingerprint);
  EXPECT_EQ(record(f, {4}, {{"a", -1}}).fingerprint,
            record(f, {4}, {{"b", -1}}).fingerprint);
}

TEST(Fingerprint, DifferentTextsDiffer) {
  using T = const Tensor &;
  std::vector<Recorded> all = {
      record([](T x, T y) { return x * y + 1; }),
      record([](T x, T y) { return x * y + 2; }),
      record([](T x, T y) { return x * y - 1; }),
      record([](T x, T y) { return x * x + 1; }),
      record([](T x, T y) { return 1 + x * y; }),
      record([](T x, T y) { return x * y + 1; }, {5}),
      record([](T x, T y) { return x * y + 1; }, {2, 2}),
      record([](T x, T y) { return x * y + 1; }, {4}, {{"", 0}, {"", -1}}),
      record([](T x, T y) { return x * y + 1; }, {4}, {{"", -1}, {"", 0}}),
      record([](T x, T y) { return x * y + 1; }, {4},
             {{"", -1, /*isInvariant=*/true}, {"", -1}}),
      record([](T x, T y) { return sum(x * y); }),
      record([](T x, T y) { return max(x * y); }),
      record([](T x, T y) { return reshape(x, {2, 2}); }),
      record([](T x, T y) { return reshape(x, {4, 1}); }),
      record([](T x, T y) { return x.astype(DType::f64); }),
      record([](T x, T y) { return x.astype(DType::bf16); }),
      record([](T x, T y) { return where(x > y, x, y); }),
      record([](T x, T y) { return where(x < y, x, y); }),
      record([](T x, T y) { return x.astype(DType::i32) / 3; }),
      // The line counts: a fault names it.
      record([](T x, T y) { return x.astype(DType::i32) / 3; }),
  };
  // A body of a loop.
  for (double factor : {2.0, 3.0})
    all.push_back(record([&](T x, T y) {
      auto [last, steps] = scan(
          [&](const Tensor &carry, const Tensor &step) {
            return std::pair(carry * factor + step, carry);
          },
          x[0], y);
      return last;
    }));
  for (size_t i = 0; i < all.size(); ++i)
    for (size_t j = 0; j < i; ++j) {
      EXPECT_NE(all[i].text, all[j].text) << i << " and " << j;
      EXPECT_NE(all[i].fingerprint, all[j].fingerprint) << i << " and " << j;
    }
}

TEST(Fingerprint, BranchesCount) {
  auto branching = [](double factor) {
    return record([&](const Tensor &x, const Tensor &y) {
      return cond(
          sum(y) > 0, [&](const Tensor &x) { return x * factor; },
          [](const Tensor &x) { return x; }, x);
    });
  };
  EXPECT_EQ(branching(2).fingerprint, branching(2).fingerprint);
  EXPECT_NE(branching(2).fingerprint, branching(3).fingerprint);
}

} // namespace
