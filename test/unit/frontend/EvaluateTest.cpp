// Lazy evaluation: what runs, and when.

#include "Support.h"

#include "detail/Session.h"

#include <thread>

using namespace dlc;
using namespace dlc::test;

namespace {

int64_t compilations() { return detail::sessionCounts().compilations; }

TEST(Evaluate, ReadingRunsWhatItNeeds) {
  Tensor x = tensor({1.0f, 2.0f, 3.0f});
  Tensor y = x * 2 + 1;
  EXPECT_FALSE(y.get()->data);
  EXPECT_EQ(floats(y), (std::vector<float>{3, 5, 7}));
  EXPECT_TRUE(y.get()->data);
  EXPECT_EQ(sum(y).item(), 15);
}

TEST(Evaluate, ResultsStayInLiveHandles) {
  Tensor x = tensor({1.0f, 2.0f});
  Tensor kept = exp(x), total = sum(kept + 0 * x);
  total.item();
  EXPECT_TRUE(kept.get()->data);
  // What has been computed forgets where it came from.
  EXPECT_TRUE(kept.get()->operands.empty());
}

TEST(Evaluate, ConstantsNeedNoCompiler) {
  int64_t before = compilations();
  EXPECT_EQ(floats(full({2}, 3)), (std::vector<float>{3, 3}));
  EXPECT_EQ(ones({2}, DType::boolean).toVector<bool>(),
            (std::vector<bool>{true, true}));
  EXPECT_EQ(compilations(), before);
}

TEST(Evaluate, EqualStructureIsCompiledOnce) {
  Tensor a = tensor({1.0f, 2.0f}), b = tensor({5.0f, 7.0f});
  auto f = [](const Tensor &x) { return tanh(x) * 3 - x; };
  floats(f(a));
  int64_t before = compilations();
  floats(f(b));
  EXPECT_EQ(compilations(), before);
}

TEST(Evaluate, HostLoops) {
  Tensor b = tensor({3.0f, 4.0f});
  int trips = 0;
  while (norm(b).item() < 1000) {
    b = b * 2;
    ++trips;
  }
  EXPECT_EQ(trips, 8);
  EXPECT_EQ(floats(b), (std::vector<float>{768, 1024}));
}

TEST(Evaluate, AChainOfHundredThousandOps) {
  Tensor x = zeros({});
  for (int i = 0; i < 100000; ++i)
    x = x + 1;
  EXPECT_EQ(x.item(), 100000);
}

TEST(Evaluate, HandlesAreValues) {
  Tensor x = tensor({1.0f, 2.0f}), y = x;
  x += 1;
  x.set(0, 9);
  EXPECT_EQ(floats(x), (std::vector<float>{9, 3}));
  EXPECT_EQ(floats(y), (std::vector<float>{1, 2}));
}

TEST(Evaluate, TogetherInOneProgram) {
  Tensor x = tensor({4.0f, 9.0f}), a = sqrt(x) * 5, b = sqrt(x) * 7;
  int64_t before = compilations();
  eval({a, b});
  EXPECT_LE(compilations(), before + 1);
  EXPECT_EQ(floats(a), (std::vector<float>{10, 15}));
  EXPECT_EQ(floats(b), (std::vector<float>{14, 21}));
}

TEST(Evaluate, AFaultNamesTheUsersLine) {
  Tensor logits = zeros({2, 3}), labels = tensor({1, 3});
  Tensor loss = softmaxCrossEntropy(logits, labels);
  EXPECT_ERROR(loss.item(), "[item] needs a tensor of one element");
  Tensor total = sum(softmaxCrossEntropy(logits, labels));
  EXPECT_ERROR(total.item(),
               "[softmax_cross_entropy] index at position 1 is outside [0, 3)");
}

TEST(Evaluate, Printing) {
  auto print = [](const Tensor &x) {
    std::ostringstream os;
    os << x;
    return os.str();
  };
  EXPECT_EQ(print(tensor<float>({{1, 2}, {3, 4.5f}})),
            "tensor<2x2xf32> [[1, 2], [3, 4.5]]");
  EXPECT_EQ(print(scalar(7, DType::i64)), "tensor<i64> 7");
  EXPECT_EQ(print(ones({1}) > 0), "tensor<1xi1> [true]");
  EXPECT_EQ(print(zeros({0, 2})), "tensor<0x2xf32> []");
  EXPECT_EQ(print(arange(10)), "tensor<10xi32> [0, 1, 2, …, 7, 8, 9]");
  EXPECT_EQ(print(Tensor()), "empty tensor");
}

TEST(Evaluate, TheDiskCacheGivesTheSameBits) {
  Tensor x = tensor({0.1f, 0.2f, 0.3f});
  auto f = [&] { return floats(sigmoid(x) * 11); };
  std::vector<float> cold = f();
  detail::forgetPrograms();
  detail::SessionCounts before = detail::sessionCounts();
  EXPECT_EQ(f(), cold);
  EXPECT_EQ(detail::sessionCounts().compilations, before.compilations);
  EXPECT_EQ(detail::sessionCounts().diskHits, before.diskHits + 1);
}

TEST(Evaluate, ThreadsComputeAndCompileAtTheSameTime) {
  const Tensor x = tensor({1.0f, 2.0f});
  std::vector<std::vector<float>> results(4);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < results.size(); ++i)
    threads.emplace_back([&, i] {
      // Two different programs, each wanted by two threads.
      Tensor y = i % 2 ? x * x : x + x * 3;
      for (int trip = 0; trip < 20; ++trip)
        y = compile([](const Tensor &y) { return y + 1; })(y);
      results[i] = floats(y);
    });
  for (std::thread &thread : threads)
    thread.join();
  for (size_t i = 0; i < results.size(); ++i)
    EXPECT_EQ(results[i], (i % 2 ? std::vector<float>{21, 24}
                                 : std::vector<float>{24, 28}));
}

} // namespace
