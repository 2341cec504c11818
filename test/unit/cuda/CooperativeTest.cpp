// Kernels whose blocks wait for each other.

#include "cuda/Support.h"

namespace dlc::runtime::cuda::test {

namespace {

/// Each block waits for all others and writes how many there are to z[i], i its
/// number, and on from there by their number. It leaves the count as it is.
constexpr std::string_view meet = R"(
.version 7.0
.target sm_80
.address_size 64

.visible .entry meet(.param .u64 z, .param .u64 tile0, .param .u64 tile1,
                     .param .u64 status)
{
	.reg .pred %p<4>;
	.reg .b32 %r<8>;
	.reg .b64 %rd<16>;
	ld.param.u64 %rd1, [z];
	ld.param.u64 %rd2, [tile1];
	ld.param.u64 %rd3, [status];
	mov.u32 %r1, %nctaid.x;
	cvt.u64.u32 %rd4, %r1;
	mov.u32 %r2, %ctaid.x;
	cvt.u64.u32 %rd5, %r2;
	membar.gl;
	atom.global.add.u64 %rd6, [%rd3+8], 1;
$L_wait:
	ld.volatile.global.u64 %rd7, [%rd3+8];
	setp.ge.u64 %p1, %rd7, %rd4;
	@%p1 bra $L_all;
	nanosleep.u32 64;
	bra.uni $L_wait;
$L_all:
	setp.ge.u64 %p2, %rd5, %rd2;
	@%p2 bra $L_done;
	shl.b64 %rd8, %rd5, 2;
	add.s64 %rd8, %rd1, %rd8;
	st.global.u32 [%rd8], %r1;
	add.s64 %rd5, %rd5, %rd4;
	bra.uni $L_all;
$L_done:
	ret;
}
)";

class CooperativeTest : public CudaTest {
protected:
  static constexpr int64_t tiles = 6;

  static Program program() {
    Program program;
    program.device = "cuda";
    program.image = meet;
    program.kernels = {{"meet", 0, 1, 0, {tiles * 4}, /*cooperative=*/true}};
    Function f;
    f.name = "f";
    f.results = {i32({tiles})};
    f.code = {launch(0, {result(0)}, tiles)};
    program.functions = {f};
    return program;
  }

  std::vector<int32_t> run(Execution &f) {
    std::vector<BufferRef> arguments, results;
    EXPECT_EQ(messageOf(f.run(arguments, results)), "");
    return results.empty() ? std::vector<int32_t>() : valuesOf(results[0]);
  }
};

TEST_F(CooperativeTest, AsManyBlocksAsThereIsWorkFor) {
  EXPECT_EQ(run(*load(program())), std::vector<int32_t>(tiles, 6));
  EXPECT_EQ(calls("cuLaunchCooperativeKernel"), 1);
  EXPECT_EQ(calls("cuLaunchKernel"), 0);
}

TEST_F(CooperativeTest, NoMoreThanTheCardHolds) {
  set("multiprocessors=2,resident=2");
  EXPECT_EQ(run(*load(program())), std::vector<int32_t>(tiles, 4));
  EXPECT_EQ(calls("cuLaunchCooperativeKernel"), 1);
}

TEST_F(CooperativeTest, OneBlockNeedsNoPromise) {
  set("cooperative=0");
  EXPECT_EQ(run(*load(program())), std::vector<int32_t>(tiles, 1));
  EXPECT_EQ(calls("cuLaunchCooperativeKernel"), 0);
  EXPECT_EQ(calls("cuLaunchKernel"), 1);
}

TEST_F(CooperativeTest, TheCountStartsAtZeroInEachRun) {
  auto f = load(program());
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(run(*f), std::vector<int32_t>(tiles, 6));
}

TEST_F(CooperativeTest, IsCaptured) {
  Program twice = program();
  Function &function = twice.functions[0];
  function.code.push_back(function.code[0]);
  auto f = load(std::move(twice));
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(run(*f), std::vector<int32_t>(tiles, 6));
  EXPECT_EQ(calls("cuGraphLaunch"), 3);
  // Two by the first walk, two by the capture.
  EXPECT_EQ(calls("cuLaunchCooperativeKernel"), 4);
}

TEST_F(CooperativeTest, WithoutThePromiseTheFirstBlockWaitsForEver) {
  Program plain = program();
  plain.kernels[0].cooperative = false;
  auto f = load(std::move(plain));
  std::vector<BufferRef> arguments, results;
  testing::internal::CaptureStderr();
  Status status = f->run(arguments, results);
  if (CudaDevice::Use use(card()); status.ok())
    status = card().wait();
  EXPECT_NE(testing::internal::GetCapturedStderr().find("deadlock"),
            std::string::npos);
  EXPECT_FALSE(status.ok());
}

} // namespace

} // namespace dlc::runtime::cuda::test
