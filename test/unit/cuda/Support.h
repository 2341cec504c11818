// What the CUDA tests share: a driver that simulates, programs made by hand.

#ifndef DLC_TEST_UNIT_CUDA_SUPPORT_H
#define DLC_TEST_UNIT_CUDA_SUPPORT_H

#include "cuda/CudaDevice.h"
#include "device/Execution.h"
#include "runtime/Support.h"

namespace dlc::runtime::cuda::test {

using namespace dlc::runtime::test;

/// test/fake-libcuda.
struct FakeDriver {
  static FakeDriver &get();
  int64_t (*calls)(const char *name) = nullptr;
  void (*reset)() = nullptr;
};

/// Each test has a card of its own, "cuda:0", as `settings` make it.
class CudaTest : public testing::Test {
protected:
  CudaTest() { FakeDriver::get().reset(); }
  ~CudaTest() override { unsetenv("DLC_FAKE_CUDA"); }

  static void set(const char *settings) {
    setenv("DLC_FAKE_CUDA", settings, 1);
  }
  static int64_t calls(const char *name) {
    return FakeDriver::get().calls(name);
  }

  /// What opening driver and card says; "" where that goes well.
  std::string open(int ordinal = 0) {
    Expected<Driver> opened = Driver::open();
    if (!opened)
      return opened.message();
    driver = *opened;
    auto found = CudaDevice::open(driver, ordinal);
    if (!found)
      return found.message();
    device = std::move(*found);
    return "";
  }
  CudaDevice &card() {
    if (!device) {
      EXPECT_EQ(open(), "");
    }
    return *device;
  }

  BufferRef onCard(const std::vector<int32_t> &values) {
    Expected<BufferRef> moved = moveTo(card(), buffer(values));
    EXPECT_TRUE(moved.ok()) << moved.message();
    return *moved;
  }
  static std::vector<int32_t> valuesOf(const BufferRef &buffer) {
    Expected<BufferRef> host = moveTo(hostDevice(), buffer);
    EXPECT_TRUE(host.ok()) << host.message();
    return host ? values(*host) : std::vector<int32_t>();
  }

  std::shared_ptr<Execution> load(Program program) {
    auto execution = card().load(std::move(program), "");
    EXPECT_TRUE(execution.ok()) << execution.message();
    return *execution;
  }

private:
  Driver driver;
  std::unique_ptr<CudaDevice> device;
};

/// Kernel 0, "add": z[i] = x[i] + y[i], a block an element; a negative x[i] is
/// a fault of check 0. Kernel 1, "less": p[0] = x[0] < y[0].
inline constexpr std::string_view kernels = R"(
.version 7.0
.target sm_80
.address_size 64

.visible .entry add(.param .u64 x, .param .u64 y, .param .u64 z,
                    .param .u64 tile0, .param .u64 tile1, .param .u64 fault)
{
	.reg .pred %p<2>;
	.reg .b32 %r<8>;
	.reg .b64 %rd<16>;
	.loc	1 12 3
	ld.param.u64 %rd1, [x];
	ld.param.u64 %rd2, [y];
	ld.param.u64 %rd3, [z];
	ld.param.u64 %rd4, [fault];
	mov.u32 %r1, %ctaid.x;
	mul.wide.u32 %rd5, %r1, 4;
	add.s64 %rd6, %rd1, %rd5;
	add.s64 %rd7, %rd2, %rd5;
	add.s64 %rd8, %rd3, %rd5;
	ld.global.u32 %r2, [%rd6];
	ld.global.u32 %r3, [%rd7];
	add.s32 %r4, %r2, %r3;
	st.global.u32 [%rd8], %r4;
	setp.ge.s32 %p1, %r2, 0;
	@%p1 bra $L_done;
	cvt.u64.u32 %rd9, %r1;
	atom.global.min.u64 %rd10, [%rd4], %rd9;
$L_done:
	ret;
}

.visible .entry less(.param .u64 x, .param .u64 y, .param .u64 p,
                     .param .u64 tile0, .param .u64 tile1, .param .u64 fault)
{
	.reg .pred %p<2>;
	.reg .b32 %r<8>;
	.reg .b16 %rs<2>;
	.reg .b64 %rd<16>;
	ld.param.u64 %rd1, [x];
	ld.param.u64 %rd2, [y];
	ld.param.u64 %rd3, [p];
	ld.global.u32 %r1, [%rd1];
	ld.global.u32 %r2, [%rd2];
	setp.lt.s32 %p1, %r1, %r2;
	selp.u16 %rs1, 1, 0, %p1;
	st.global.u8 [%rd3], %rs1;
	ret;
}
	.file	1 "sum.cpp"
)";

/// A program of one function "f" over these kernels, with as many elements.
inline Program makeProgram(int64_t count) {
  Program program;
  program.device = "cuda";
  program.image = kernels;
  int64_t bytes = count * 4;
  program.kernels = {{"add", 0, 1, 0, {bytes, bytes, bytes}},
                     {"less", 0, 1, 0, {4, 4, 1}}};
  Function f;
  f.name = "f";
  program.functions = {f};
  return program;
}

/// f(x, y) = x + y, over x if it is donated.
inline Program sum(int64_t count, bool donates = false) {
  Program program = makeProgram(count);
  Function &f = program.functions[0];
  f.arguments = {{i32({count}), "x", donates ? 0 : -1}, {i32({count}), "y"}};
  f.results = {i32({count})};
  f.code = {launch(0, {argument(0), argument(1), result(0)}, count)};
  return program;
}

/// f(x, y) = x + y by way of the arena, where a negative x is an error.
inline Program checkedSum(int64_t count) {
  Program program = sum(count, /*donates=*/true);
  program.checks = {{"sum", "sum.cpp:12:3", 100}};
  Function &f = program.functions[0];
  f.arenaBytes = count * 4;
  f.code = {launch(0, {argument(0), argument(1), arena()}, count), check(),
            copy(arena(), result(0), count * 4)};
  return program;
}

} // namespace dlc::runtime::cuda::test

#endif // DLC_TEST_UNIT_CUDA_SUPPORT_H
