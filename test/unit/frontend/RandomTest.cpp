#include "Support.h"

#include <cmath>

using namespace dlc;
using namespace dlc::test;

namespace {

TEST(Random, EachDrawReservesBlocksOfFour) {
  Generator rng(7);
  uniform(rng, {5});
  EXPECT_EQ(values<int64_t>(rng.state), (std::vector<int64_t>{7, 2}));
  normal(rng, {4, 4});
  EXPECT_EQ(values<int64_t>(rng.state), (std::vector<int64_t>{7, 6}));
  uniform(rng, {0});
  EXPECT_EQ(values<int64_t>(rng.state), (std::vector<int64_t>{7, 6}));
}

TEST(Random, DrawsFollowTheSeed) {
  Generator a(1), b(1), c(2);
  std::vector<float> first = floats(uniform(a, {64}));
  EXPECT_EQ(first, floats(uniform(b, {64})));
  EXPECT_NE(first, floats(uniform(c, {64})));
  EXPECT_NE(first, floats(uniform(a, {64})));
  for (float x : first) {
    EXPECT_GE(x, 0);
    EXPECT_LT(x, 1);
  }
}

TEST(Random, CompiledStepsDrawDifferentMasks) {
  Generator rng(3);
  auto mask = compile([&](const Tensor &x) { return dropout(rng, x, 0.5); },
                      {.state = {rng}});
  Tensor x = ones({64});
  std::vector<float> first = floats(mask(x)), second = floats(mask(x));
  EXPECT_NE(first, second);
  EXPECT_EQ(mask.traceCount(), 1);
  // The numbers are those of uncompiled draws.
  Generator same(3);
  EXPECT_EQ(first, floats(dropout(same, x, 0.5)));
  EXPECT_EQ(second, floats(dropout(same, x, 0.5)));
}

TEST(Random, BadParameters) {
  Generator rng;
  EXPECT_ERROR(uniform(rng, {2}, 1, 1), "[uniform] needs low < high");
  EXPECT_ERROR(normal(rng, {2}, 0, -1),
               "[normal] needs a deviation of 0 or more");
  EXPECT_ERROR(dropout(rng, ones({2}), 1), "[dropout] needs a rate in [0, 1)");
  EXPECT_ERROR(bernoulli(rng, {2}, NAN),
               "[bernoulli] needs a probability in [0, 1]");
  EXPECT_ERROR(uniform(rng, {2}, 0, 1, DType::i32),
               "[uniform] draws floats, not i32");
}

} // namespace
