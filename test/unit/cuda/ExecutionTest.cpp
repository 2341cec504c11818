// Launch lists on a card.

#include "cuda/Support.h"

#include <atomic>
#include <thread>

namespace dlc::runtime::cuda::test {

class CudaExecutionTest : public CudaTest {
protected:
  using Values = std::vector<int32_t>;

  /// f(x, y), on fresh buffers.
  Values run(Execution &f, const Values &x, const Values &y) {
    std::vector<BufferRef> arguments = {onCard(x), onCard(y)}, results;
    EXPECT_EQ(messageOf(f.run(arguments, results)), "");
    return results.empty() ? Values() : valuesOf(results[0]);
  }
};

TEST_F(CudaExecutionTest, Runs) {
  EXPECT_EQ(run(*load(sum(3)), {1, 2, 3}, {10, 20, 30}), (Values{11, 22, 33}));
}

TEST_F(CudaExecutionTest, SizesMayBeZero) {
  EXPECT_EQ(run(*load(sum(0)), {}, {}), Values());
}

TEST_F(CudaExecutionTest, NothingWaitsWithoutNeed) {
  auto f = load(sum(1));
  std::vector<BufferRef> arguments = {onCard({1}), onCard({2})}, results;
  int64_t before = calls("cuStreamSynchronize") + calls("cuEventSynchronize");
  ASSERT_EQ(messageOf(f->run(arguments, results)), "");
  EXPECT_EQ(calls("cuStreamSynchronize") + calls("cuEventSynchronize"), before);
  EXPECT_EQ(&results[0]->device(), &card());
  EXPECT_EQ(valuesOf(results[0]), Values{3});
}

TEST_F(CudaExecutionTest, DonatesASoleReference) {
  auto f = load(sum(2, /*donates=*/true));
  std::vector<BufferRef> arguments = {onCard({1, 2}), onCard({1, 1})}, results;
  std::byte *address = arguments[0]->address();
  for (int step = 0; step < 5; ++step) {
    ASSERT_EQ(messageOf(f->run(arguments, results)), "");
    EXPECT_EQ(arguments[0], nullptr);
    EXPECT_EQ(results[0]->address(), address);
    arguments[0] = std::move(results[0]);
  }
  EXPECT_EQ(valuesOf(arguments[0]), (Values{6, 7}));
}

TEST_F(CudaExecutionTest, AnotherReferenceKeepsItsBits) {
  auto f = load(sum(2, /*donates=*/true));
  BufferRef held = onCard({1, 2});
  std::vector<BufferRef> arguments = {held, onCard({1, 1})}, results;
  ASSERT_EQ(messageOf(f->run(arguments, results)), "");
  EXPECT_EQ(valuesOf(held), (Values{1, 2}));
  EXPECT_EQ(valuesOf(results[0]), (Values{2, 3}));
}

TEST_F(CudaExecutionTest, Constants) {
  Program program = sum(2);
  int32_t numbers[2] = {100, 200};
  program.constants.assign(reinterpret_cast<char *>(numbers), sizeof numbers);
  program.functions[0].code = {
      launch(0, {argument(0), constant(), result(0)}, 2)};
  EXPECT_EQ(run(*load(program), {1, 2}, {0, 0}), (Values{101, 202}));
}

/// y[i] = x[0] + … + x[i].
Program runningSum(bool reverse) {
  constexpr int64_t count = 6;
  Program program = makeProgram(count);
  program.kernels[0].operandBytes = {4, 4, 4};
  Function &f = program.functions[0];
  f.arguments = {{i32({count}), "x"}, {i32({1}), "start"}};
  f.results = {i32({count})};
  f.arenaBytes = 4;
  f.code = {copy(argument(1), arena(), 4),
            loop(count,
                 {launch(0, {argument(0, 0, {4}), arena(), arena()}),
                  copy(arena(), result(0, 0, {4}), 4)},
                 reverse)};
  return program;
}

TEST_F(CudaExecutionTest, LoopsAddressBlocks) {
  EXPECT_EQ(run(*load(runningSum(false)), {1, 2, 3, 4, 5, 6}, {0}),
            (Values{1, 3, 6, 10, 15, 21}));
  EXPECT_EQ(run(*load(runningSum(true)), {1, 2, 3, 4, 5, 6}, {0}),
            (Values{21, 20, 18, 15, 11, 6}));
}

/// while (r < y) r += x, from r = x on.
Program countUp(int64_t most) {
  Program program = makeProgram(1);
  Function &f = program.functions[0];
  f.arguments = {{i32({1}), "x"}, {i32({1}), "y"}};
  f.results = {i32({1})};
  f.arenaBytes = 1;
  Instruction repeat;
  repeat.kind = Instruction::Kind::repeat;
  repeat.operands = {arena()};
  repeat.trips = most;
  repeat.text = "a.cpp:3:1";
  repeat.condition = {launch(1, {result(0), argument(1), arena()})};
  repeat.body = {launch(0, {result(0), argument(0), result(0)})};
  f.code = {copy(argument(0), result(0), 4), repeat};
  return program;
}

TEST_F(CudaExecutionTest, LoopsAskTheirCondition) {
  EXPECT_EQ(run(*load(countUp(-1)), {3}, {10}), Values{12});
  EXPECT_EQ(run(*load(countUp(-1)), {30}, {10}), Values{30});
}

TEST_F(CudaExecutionTest, LoopsHaveALimit) {
  auto f = load(countUp(2));
  std::vector<BufferRef> arguments = {onCard({1}), onCard({100})}, results;
  EXPECT_EQ(messageOf(f->run(arguments, results)),
            "[while] more than 2 trips (a.cpp:3:1)");
}

TEST_F(CudaExecutionTest, Branches) {
  Program program = sum(1);
  Function &f = program.functions[0];
  f.arenaBytes = 1;
  Instruction branch;
  branch.kind = Instruction::Kind::branch;
  branch.operands = {arena()};
  branch.body = {copy(argument(0), result(0), 4)};
  branch.otherwise = {copy(argument(1), result(0), 4)};
  f.code = {launch(1, {argument(0), argument(1), arena()}), branch};
  auto execution = load(program);
  EXPECT_EQ(run(*execution, {1}, {2}), Values{1});
  EXPECT_EQ(run(*execution, {3}, {2}), Values{2});
}

TEST_F(CudaExecutionTest, Shows) {
  Program program = sum(2);
  Function &f = program.functions[0];
  Instruction show;
  show.kind = Instruction::Kind::show;
  show.operands = {result(0)};
  show.type = i32({2});
  show.text = "z";
  f.code.push_back(show);
  testing::internal::CaptureStdout();
  run(*load(program), {1, 2}, {3, 4});
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            "z: tensor<2xi32> [4, 6]\n");
}

TEST_F(CudaExecutionTest, ProfilesByKernel) {
  auto f = load(runningSum(false));
  Profile profile;
  std::vector<BufferRef> arguments = {onCard({1, 2, 3, 4, 5, 6}), onCard({0})};
  std::vector<BufferRef> results;
  for (int i = 0; i < 2; ++i)
    ASSERT_EQ(messageOf(f->run(arguments, results, &profile)), "");
  ASSERT_EQ(profile.size(), 3u);
  EXPECT_EQ(profile[0].name, "add");
  EXPECT_EQ(profile[0].launches, 12);
  EXPECT_GT(profile[0].seconds, 0);
  EXPECT_EQ(profile[2].name, "copy");
  EXPECT_EQ(profile[2].launches, 14);
}

//===-- Graphs ------------------------------------------------------------===//

/// Two launches: worth a graph.
Program twice(int64_t count) {
  Program program = checkedSum(count);
  Function &f = program.functions[0];
  f.arenaBytes = count * 4;
  f.code = {launch(0, {argument(0), argument(1), arena()}, count),
            launch(0, {arena(), argument(1), arena()}, count), check(),
            copy(arena(), result(0), count * 4)};
  return program;
}

TEST_F(CudaExecutionTest, TheSecondRunIsCaptured) {
  auto f = load(twice(1));
  std::vector<BufferRef> arguments = {onCard({0}), onCard({1})}, results;
  for (int step = 0; step < 6; ++step) {
    ASSERT_EQ(messageOf(f->run(arguments, results)), "");
    arguments[0] = std::move(results[0]);
  }
  EXPECT_EQ(valuesOf(arguments[0]), Values{12});
  EXPECT_EQ(calls("cuGraphInstantiateWithFlags"), 1);
  EXPECT_EQ(calls("cuGraphLaunch"), 5);
  // Two by the first walk, two by the capture.
  EXPECT_EQ(calls("cuLaunchKernel"), 4);
}

TEST_F(CudaExecutionTest, AFaultInAGraphIsFound) {
  auto f = load(twice(1));
  std::vector<BufferRef> x = {onCard({-4}), onCard({1})}, results;
  for (int step = 0; step < 3; ++step)
    EXPECT_TRUE(contains(messageOf(f->run(x, results)), "[sum] index"));
  EXPECT_EQ(calls("cuGraphLaunch"), 2);
}

TEST_F(CudaExecutionTest, OtherAddressesAreAnotherGraph) {
  auto f = load(twice(1));
  BufferRef y = onCard({1});
  std::vector<BufferRef> inputs = {onCard({1}), onCard({10})};
  for (int step = 0; step < 6; ++step) {
    BufferRef &x = inputs[step % 2];
    int32_t before = valuesOf(x)[0];
    std::vector<BufferRef> arguments = {std::move(x), y}, results;
    ASSERT_EQ(messageOf(f->run(arguments, results)), "");
    x = std::move(results[0]);
    EXPECT_EQ(valuesOf(x), Values{before + 2});
  }
  EXPECT_EQ(calls("cuGraphInstantiateWithFlags"), 2);
}

/// More sets of addresses than are remembered.
TEST_F(CudaExecutionTest, OldGraphsGo) {
  auto f = load(twice(1));
  std::vector<BufferRef> ys;
  for (int32_t i = 0; i < 20; ++i)
    ys.push_back(onCard({i}));
  for (int round = 0; round < 2; ++round)
    for (int32_t i = 0; i < 20; ++i)
      for (int again = 0; again < 2; ++again) {
        std::vector<BufferRef> arguments = {onCard({0}), ys[i]}, results;
        ASSERT_EQ(messageOf(f->run(arguments, results)), "");
        EXPECT_EQ(valuesOf(results[0]), Values{2 * i});
      }
  EXPECT_EQ(calls("cuGraphExecDestroy"),
            calls("cuGraphInstantiateWithFlags") - 8);
}

//===-- Setups ------------------------------------------------------------===//

/// f(x, w) = x + 2 * w + 2 * w, where 2 * w is prepared.
Program withSetup() {
  Program program = sum(2);
  Function &f = program.functions[0];
  f.arenaBytes = 8;
  f.preparedBytes = 8;
  f.setup = {launch(0, {argument(1), argument(1), prepared()}, 2)};
  f.code = {launch(0, {argument(0), prepared(), arena()}, 2),
            launch(0, {arena(), prepared(), result(0)}, 2)};
  return program;
}

TEST_F(CudaExecutionTest, ASetupRunsOnceAndItsCodeIsAGraph) {
  auto f = load(withSetup());
  std::vector<BufferRef> arguments = {onCard({5, 6}), onCard({1, 10})}, results;
  for (int step = 0; step < 4; ++step) {
    results.clear();
    ASSERT_EQ(messageOf(f->run(arguments, results)), "");
    EXPECT_EQ(valuesOf(results[0]), (Values{9, 46}));
  }
  // One by the setup, two by the first walk, two by the capture.
  EXPECT_EQ(calls("cuLaunchKernel"), 5);
  EXPECT_EQ(calls("cuGraphInstantiateWithFlags"), 1);
}

/// The graph has the address of what is prepared in it.
TEST_F(CudaExecutionTest, AGraphIsOfOnePreparation) {
  auto f = load(withSetup()), g = load(sum(2, /*donates=*/true));
  std::vector<BufferRef> other = {onCard({7, 7})};
  std::vector<BufferRef> w = {onCard({1, 1}), onCard({1, 2})}, results;
  for (int32_t step = 1; step < 6; ++step) {
    for (int again = 0; again < 3; ++again) {
      EXPECT_EQ(run(*f, {0, 0}, {step, step}), Values(2, 4 * step));
      std::vector<BufferRef> arguments = {onCard({0, 0}), w[0]};
      ASSERT_EQ(messageOf(f->run(arguments, results)), "");
      EXPECT_EQ(valuesOf(results[0]), (Values{4 * step, 8 * step - 4}));
      arguments[1] = other[0];
      ASSERT_EQ(messageOf(f->run(arguments, results)), "");
      EXPECT_EQ(valuesOf(results[0]), (Values{28, 28}));
    }
    // w[0] += w[1], in place.
    std::byte *address = w[0]->address();
    ASSERT_EQ(messageOf(g->run(w, results)), "");
    w[0] = std::move(results[0]);
    EXPECT_EQ(w[0]->address(), address);
  }
}

TEST_F(CudaExecutionTest, AFaultInASetupPreparesNothing) {
  Program program = withSetup();
  program.checks = {{"sum", "sum.cpp:12:3", 100}};
  auto f = load(program);
  BufferRef good = onCard({1, 1}), bad = onCard({-1, 1});
  for (const BufferRef &w : {bad, good, bad, good}) {
    std::vector<BufferRef> arguments = {onCard({1, 1}), w}, results;
    std::string message = messageOf(f->run(arguments, results));
    if (w == bad)
      EXPECT_TRUE(contains(message, "[sum] index")) << message;
    else
      EXPECT_EQ(valuesOf(results[0]), Values(2, 5)) << message;
  }
}

TEST_F(CudaExecutionTest, ThreadsShareAnExecution) {
  auto f = load(twice(64));
  std::atomic<int> wrong = 0;
  auto user = [&](int32_t start) {
    for (int32_t i = 0; i < 20; ++i)
      if (run(*f, Values(64, start + i), Values(64, 1)) !=
          Values(64, start + i + 2))
        ++wrong;
  };
  std::thread other(user, 1000);
  user(0);
  other.join();
  EXPECT_EQ(wrong, 0);
}

} // namespace dlc::runtime::cuda::test
