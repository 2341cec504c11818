#include "Support.h"

using namespace dlc;
using namespace dlc::test;

namespace {

using F = std::vector<float>;

auto runningSum = [](const Tensor &sum, const Tensor &x) {
  Tensor next = sum + x;
  return std::pair(next, next);
};

TEST(Scan, CarriesAndStacks) {
  auto [last, sums] = scan(runningSum, zeros({}), tensor({1.0f, 2.0f, 4.0f}));
  EXPECT_EQ(last.item(), 7);
  EXPECT_EQ(floats(sums), (F{1, 3, 7}));
}

TEST(Scan, Reverse) {
  auto [last, sums] = scan(runningSum, zeros({}), tensor({1.0f, 2.0f, 4.0f}),
                           {.reverse = true});
  EXPECT_EQ(last.item(), 7);
  EXPECT_EQ(floats(sums), (F{7, 6, 4}));
}

TEST(Scan, WithoutSequences) {
  auto [last, nothing] =
      scan([](const Tensor &x,
              std::tuple<>) { return std::pair(x * 2, std::tuple<>()); },
           scalar(1), std::tuple<>(), {.length = 10});
  EXPECT_EQ(last.item(), 1024);
}

TEST(Scan, TreesAndCapturedTensors) {
  Tensor scale = tensor({2.0f, 3.0f});
  using Pair = std::pair<Tensor, Tensor>;
  auto [last, out] = scan(
      [&](const Pair &c, const Pair &x) {
        return std::pair(Pair{c.first + x.first * scale, c.second + 1},
                         std::vector<Tensor>{x.second});
      },
      Pair{zeros({2}), scalar(0, DType::i32)}, Pair{ones({3, 2}), ones({3})});
  EXPECT_EQ(floats(last.first), (F{6, 9}));
  EXPECT_EQ(last.second.item<int>(), 3);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(floats(out[0]), (F{1, 1, 1}));
}

TEST(Scan, OfNoTrips) {
  auto [last, sums] = scan(runningSum, scalar(5), zeros({0}));
  EXPECT_EQ(last.item(), 5);
  EXPECT_EQ(sums.shape(), Shape{0});
}

TEST(Scan, InsideScan) {
  auto rows = [](const Tensor &total, const Tensor &row) {
    auto [sum, each] = scan(runningSum, total, row);
    return std::pair(sum, each);
  };
  auto [last, sums] = scan(rows, zeros({}), tensor<float>({{1, 2}, {3, 4}}));
  EXPECT_EQ(last.item(), 10);
  EXPECT_EQ(floats(sums), (F{1, 3, 6, 10}));
}

TEST(Scan, IsDifferentiated) {
  // The product of all elements: the derivative is the product of the others.
  auto product = [](const Tensor &xs) {
    return scan(
               [](const Tensor &p, const Tensor &x) {
                 return std::pair(p * x, std::tuple<>());
               },
               scalar(1), xs)
        .first;
  };
  EXPECT_EQ(floats(grad(product)(tensor({2.0f, 3.0f, 5.0f}))), (F{15, 10, 6}));
  auto compiled = compile([&](const Tensor &xs) { return grad(product)(xs); });
  EXPECT_EQ(floats(compiled(tensor({2.0f, 3.0f, 5.0f}))), (F{15, 10, 6}));
}

} // namespace
