// Programs that a card cannot run, and kernels that fail.

#include "cuda/Support.h"

namespace dlc::runtime::cuda::test {

class ErrorTest : public CudaTest {
protected:
  std::string loadError(Program program) {
    return messageOf(card().load(std::move(program), ""));
  }
};

TEST_F(ErrorTest, AProgramForTheCpu) {
  Program program;
  program.functions = {Function{}};
  EXPECT_EQ(loadError(program),
            "the program is compiled for cpu, not for cuda:0");
}

TEST_F(ErrorTest, AProgramForTheCardOnTheCpu) {
  EXPECT_EQ(messageOf(hostDevice().load(sum(1), "")),
            "the program is compiled for cuda; this is the CPU runtime");
}

TEST_F(ErrorTest, AProgramForANewerCard) {
  set("sm=75");
  EXPECT_EQ(loadError(sum(1)), "the program is compiled for sm_80, cuda:0 "
                               "(ptx-sim) needs --target=cuda:sm_75");
}

TEST_F(ErrorTest, ADriverThatIsTooOld) {
  set("driver=10020,ptx=6.5");
  EXPECT_EQ(
      loadError(sum(1)),
      "NVIDIA's driver (for CUDA 10.2) is too old for PTX 7.0, which cuda:0 "
      "(ptx-sim) needs");
}

TEST_F(ErrorTest, WhatTheDriverSaysOfThePtx) {
  Program program = sum(1);
  size_t at = program.image.find("selp.u16");
  program.image.replace(at, 8, "silly.u1");
  std::string error = loadError(program);
  EXPECT_TRUE(contains(error, "cuModuleLoadDataEx: CUDA_ERROR_INVALID_PTX"))
      << error;
  EXPECT_TRUE(contains(error, "silly")) << error;
}

TEST_F(ErrorTest, AKernelThatIsNotThere) {
  Program program = sum(1);
  program.kernels[1].name = "more";
  EXPECT_TRUE(contains(loadError(program), "cuModuleGetFunction 'more'"));
}

TEST_F(ErrorTest, TooMuchSharedMemory) {
  Program program = sum(1);
  program.kernels[0].sharedBytes = 200 << 10;
  EXPECT_EQ(loadError(program),
            "kernel 'add' (sum.cpp:12) needs 204800 bytes of shared memory, a "
            "block of cuda:0 (ptx-sim) has 166912");
  program.kernels[0].sharedBytes = 100 << 10;
  EXPECT_EQ(loadError(program), "");
}

TEST_F(ErrorTest, ArgumentsMustLieOnTheCard) {
  auto f = load(sum(1));
  std::vector<BufferRef> arguments = {onCard({1}), buffer({1})}, results;
  EXPECT_EQ(messageOf(f->run(arguments, results)),
            "[f] argument 1 ('y', tensor<1xi32>) lies on cpu, but the program "
            "runs on cuda:0");
}

TEST_F(ErrorTest, AFaultChangesNothing) {
  auto f = load(checkedSum(4));
  std::vector<BufferRef> x = {onCard({3, 2, -1, -5}), onCard({1, 1, 1, 1})};
  std::vector<BufferRef> results;
  EXPECT_EQ(messageOf(f->run(x, results)),
            "[sum] index at position 2 is outside [0, 100) (sum.cpp:12:3)");
  EXPECT_TRUE(results.empty());
  EXPECT_EQ(valuesOf(x[0]), (std::vector<int32_t>{3, 2, -1, -5}));
  // The next run knows nothing of it.
  x[0] = onCard({1, 2, 3, 4});
  EXPECT_EQ(messageOf(f->run(x, results)), "");
  EXPECT_EQ(valuesOf(results[0]), (std::vector<int32_t>{2, 3, 4, 5}));
}

TEST_F(ErrorTest, AnIllegalAccessNamesItsKernel) {
  auto f = load(sum(1));
  std::vector<BufferRef> arguments = {onCard({1}), onCard({1})}, results;
  set("illegal=add");
  ASSERT_EQ(messageOf(f->run(arguments, results)), "");
  EXPECT_EQ(messageOf(moveTo(hostDevice(), results[0])),
            "cuda:0 (ptx-sim): CUDA_ERROR_ILLEGAL_ADDRESS (an illegal memory "
            "access was encountered) in kernel 'add' (sum.cpp:12)");
  // All else that is asked of the card is refused; the CPU goes on.
  EXPECT_EQ(messageOf(f->run(arguments, results)),
            "cuda:0 (ptx-sim) is lost to this process since an earlier error: "
            "CUDA_ERROR_ILLEGAL_ADDRESS (an illegal memory access was "
            "encountered)");
  EXPECT_EQ(messageOf(Buffer::allocate(4)), "");
}

TEST_F(ErrorTest, OneOfSeveralKernels) {
  Program program = sum(1);
  Function &f = program.functions[0];
  f.arenaBytes = 1;
  f.code.push_back(launch(1, {argument(0), argument(1), arena()}));
  auto execution = load(program);
  std::vector<BufferRef> arguments = {onCard({1}), onCard({1})}, results;
  set("illegal=less");
  ASSERT_EQ(messageOf(execution->run(arguments, results)), "");
  std::string error = messageOf(moveTo(hostDevice(), results[0]));
  EXPECT_TRUE(contains(error,
                       "in one of 2 kernels: 'add' (sum.cpp:12), 'less'; "
                       "DLC_CUDA_WAIT=1"))
      << error;
}

TEST_F(ErrorTest, WaitingNamesTheOne) {
  Program program = sum(1);
  Function &f = program.functions[0];
  f.arenaBytes = 1;
  f.code.push_back(launch(1, {argument(0), argument(1), arena()}));
  auto execution = load(program);
  std::vector<BufferRef> arguments = {onCard({1}), onCard({1})}, results;
  set("illegal=less");
  setenv("DLC_CUDA_WAIT", "1", 1);
  std::string error = messageOf(execution->run(arguments, results));
  unsetenv("DLC_CUDA_WAIT");
  EXPECT_TRUE(contains(error, "in kernel 'less'")) << error;
  EXPECT_TRUE(results.empty());
}

} // namespace dlc::runtime::cuda::test
