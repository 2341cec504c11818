// How the driver and a card are found, and what is said where they are not.

#include "cuda/Support.h"

#include "cuda/PtxText.h"

namespace dlc::runtime::cuda::test {

using DriverTest = CudaTest;

TEST_F(DriverTest, OpensACard) {
  set("sm=86,driver=12040");
  EXPECT_EQ(card().name(), "cuda:0");
  EXPECT_EQ(card().target(), "cuda:sm_86");
  EXPECT_EQ(card().describe(), "cuda:0 (ptx-sim)");
  EXPECT_EQ(card().api().version(), "12.4");
}

TEST_F(DriverTest, ANewerCardRunsTheNewestTarget) {
  set("sm=120");
  EXPECT_EQ(card().target(), "cuda:sm_90");
}

TEST_F(DriverTest, ACardWithLessSharedMemoryRunsAnOlderTarget) {
  set("sm=120,shared=101376");
  EXPECT_EQ(card().target(), "cuda:sm_89");
}

TEST_F(DriverTest, AnOlderCardIsRefused) {
  set("sm=61");
  EXPECT_EQ(open(),
            "cuda:0 (ptx-sim) has compute capability 6.1, dlc needs 7.5 "
            "or newer");
}

TEST_F(DriverTest, NoGpu) {
  set("init=100");
  EXPECT_EQ(open(), "NVIDIA's driver finds no GPU");
  set("devices=0");
  EXPECT_EQ(open(), "NVIDIA's driver finds no GPU");
}

TEST_F(DriverTest, NoVisibleGpu) {
  set("init=100");
  setenv("CUDA_VISIBLE_DEVICES", "", 1);
  EXPECT_EQ(open(), "no GPU can be used: CUDA_VISIBLE_DEVICES is ''");
  unsetenv("CUDA_VISIBLE_DEVICES");
}

TEST_F(DriverTest, NotPermitted) {
  set("init=800");
  EXPECT_EQ(open(), "this user may not use the GPUs: CUDA_ERROR_NOT_PERMITTED "
                    "(operation not permitted)");
}

TEST_F(DriverTest, StubAndMismatch) {
  set("init=34");
  EXPECT_EQ(open(), "libcuda.so.1 is the toolkit's stub, not NVIDIA's driver");
  set("init=803");
  EXPECT_TRUE(contains(open(), "have different versions"));
}

TEST_F(DriverTest, AnythingElseIsNamed) {
  set("init=999");
  EXPECT_EQ(open(), "NVIDIA's driver cannot be initialised: CUDA_ERROR_UNKNOWN "
                    "(unknown error)");
}

TEST_F(DriverTest, AnErrorWithoutAName) {
  set("init=12345");
  EXPECT_EQ(open(), "NVIDIA's driver cannot be initialised: error 12345");
}

TEST_F(DriverTest, OrdinalsAreChecked) {
  EXPECT_EQ(open(1), "there is no cuda:1: 1 GPU is visible");
  set("devices=2");
  EXPECT_EQ(open(1), "");
  EXPECT_EQ(card().name(), "cuda:1");
}

TEST_F(DriverTest, ExclusiveMode) {
  set("retain=46");
  EXPECT_EQ(open(), "cuda:0 (ptx-sim) is in use by another process and in "
                    "exclusive mode, or may not compute");
}

TEST(FindDevice, KnowsNames) {
  Expected<Device *> cpu = findDevice("cpu");
  ASSERT_TRUE(cpu.ok());
  EXPECT_EQ(*cpu, &hostDevice());
  for (const char *wrong : {"gpu", "cuda:", "cuda:x", "cuda:-1", "cudax", ""})
    EXPECT_EQ(messageOf(findDevice(wrong)),
              "unknown device '" + std::string(wrong) +
                  "': expected cpu, cuda, cuda:N or auto");
}

TEST(PtxText, ReadsWhatErrorsNeed) {
  EXPECT_EQ(ptx::target(kernels), 80);
  EXPECT_EQ(ptx::version(kernels), "7.0");
  EXPECT_EQ(ptx::sourceOf(kernels, "add"), "sum.cpp:12");
  EXPECT_EQ(ptx::sourceOf(kernels, "less"), "");
  EXPECT_EQ(ptx::sourceOf(kernels, "none"), "");
  EXPECT_EQ(ptx::target(""), 0);
  EXPECT_EQ(ptx::version(".version"), "");
}

} // namespace dlc::runtime::cuda::test
