// Loading, and what this machine is.

#include "Support.h"

#include "cpu/HostCpu.h"
#include "io/BuildId.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

namespace dlc::runtime::test {
namespace {

Program oneFunction() {
  Program program;
  Function f;
  f.name = "f";
  program.functions = {f};
  return program;
}

/// Output of a shell command.
std::string outputOf(const std::string &command) {
  std::string output;
  FILE *pipe = popen(command.c_str(), "r");
  std::array<char, 4096> part;
  while (size_t size = fread(part.data(), 1, part.size(), pipe))
    output.append(part.data(), size);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return output;
}

TEST(Executable, RunsTheCodeInItsImage) {
  Program program;
  // Adds 1 to 32-bit elements [tile0, tile1) of operand 0; one byte precedes.
  program.image = std::string("\xcc"
                              "\x48\x8b\x07" //       mov rax, [rdi]
                              "\x48\x39\xd6" // next: cmp rsi, rdx
                              "\x7d\x08"     //       jge end
                              "\xff\x04\xb0" //       inc dword [rax+rsi*4]
                              "\x48\xff\xc6" //       inc rsi
                              "\xeb\xf3"     //       jmp next
                              "\xc3",        // end:  ret
                              18);
  program.kernels = {{"increment", 1}};
  Function f;
  f.name = "f";
  f.arguments = {{i32({3}), "x", 0}};
  f.results = {i32({3})};
  f.code = {copy(argument(0), result(0), 12), launch(0, {result(0)}, 3)};
  program.functions = {f};

  std::vector<BufferRef> arguments = {buffer({1, 2, 3})}, results;
  EXPECT_EQ(messageOf(prepare(program)->run(arguments, results)), "");
  EXPECT_EQ(values(results[0]), (std::vector<int32_t>{2, 3, 4}));
}

TEST(Executable, RefusesInvalidPrograms) {
  Program program = oneFunction();
  program.functions[0].arenaBytes = -1;
  EXPECT_TRUE(contains(messageOf(Executable::load(program)), "the arena has"));
}

TEST(Executable, RefusesOtherDevices) {
  Program program = oneFunction();
  program.device = "cuda";
  EXPECT_EQ(messageOf(Executable::load(program)),
            "the program is compiled for cuda; this is the CPU runtime");
}

TEST(Executable, RefusesFeaturesThatTheCpuLacks) {
  Program program = oneFunction();
  program.features = {"sse2", "avx4096", "teleport"};
  EXPECT_EQ(messageOf(Executable::load(program)),
            "the program needs CPU features that this machine (" +
                hostCpu().name +
                ") lacks: avx4096, teleport; compile it for "
                "this machine or for x86-64");
}

TEST(Executable, FindsFunctionsByName) {
  auto executable = *Executable::load(oneFunction());
  EXPECT_EQ(*executable->find("f"), 0);
  EXPECT_EQ(messageOf(executable->find("g")),
            "the program has no function 'g'; it has: f");
}

TEST(HostCpu, AgreesWithTheCompilersRuntime) {
  EXPECT_TRUE(hostCpu().has("sse2"));
  EXPECT_FALSE(hostCpu().has("sse"
                             "17"));
  EXPECT_EQ(hostCpu().has("avx"), bool(__builtin_cpu_supports("avx")));
  EXPECT_EQ(hostCpu().has("avx2"), bool(__builtin_cpu_supports("avx2")));
  EXPECT_EQ(hostCpu().has("fma"), bool(__builtin_cpu_supports("fma")));
  EXPECT_EQ(hostCpu().has("bmi2"), bool(__builtin_cpu_supports("bmi2")));
  EXPECT_EQ(hostCpu().has("avx512f"), bool(__builtin_cpu_supports("avx512f")));
  EXPECT_EQ(hostCpu().has("avx512vl"),
            bool(__builtin_cpu_supports("avx512vl")));
  EXPECT_EQ(hostCpu().has("avx512vnni"),
            bool(__builtin_cpu_supports("avx512vnni")));
}

TEST(HostCpu, ListsEachFeatureOnce) {
  const std::vector<std::string> &features = hostCpu().features;
  EXPECT_TRUE(std::is_sorted(features.begin(), features.end()));
  EXPECT_EQ(std::set<std::string>(features.begin(), features.end()).size(),
            features.size());
  EXPECT_TRUE(hostCpu().str().starts_with(hostCpu().name + ":"));
}

TEST(BuildId, IsWhatReadelfSays) {
  Expected<std::string> id = buildId("/proc/self/exe");
  std::string notes =
      outputOf("readelf -n /proc/" + std::to_string(getpid()) + "/exe 2>&1");
  if (id.ok())
    EXPECT_TRUE(contains(notes, "Build ID: " + *id)) << *id << notes;
  else
    EXPECT_FALSE(contains(notes, "Build ID")) << id.message();
}

TEST(BuildId, RefusesWhatIsNotElf) {
  EXPECT_TRUE(contains(messageOf(buildId("/proc/self/cmdline")),
                       "it is not a 64-bit ELF file"));
  EXPECT_TRUE(contains(messageOf(buildId("/no/such/file")), "No such file"));
}

TEST(Runtime, LinksNeitherLlvmNorMlir) {
  std::string needed =
      outputOf("readelf -d /proc/" + std::to_string(getpid()) + "/exe 2>&1");
  EXPECT_TRUE(contains(needed, "(NEEDED)")) << needed;
  EXPECT_FALSE(contains(needed, "LLVM")) << needed;
  EXPECT_FALSE(contains(needed, "MLIR")) << needed;
}

} // namespace
} // namespace dlc::runtime::test
