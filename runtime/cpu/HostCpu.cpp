#include "cpu/HostCpu.h"

#include <algorithm>
#include <cstdint>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace dlc::runtime {

namespace {

#if defined(__x86_64__)

enum Register { eax, ebx, ecx, edx };

/// Which registers the operating system must save for a feature to be usable.
enum class State { none, avx, avx512, amx };

struct Feature {
  const char *name;
  uint32_t leaf, subleaf;
  Register reg;
  unsigned bit;
  State state = State::none;
};

constexpr uint32_t ext = 0x80000000;

/// LLVM 19's names (llvm/lib/TargetParser/Host.cpp), without what only an
/// operating system uses and without tuning flags.
constexpr Feature features[] = {
    {"cx8", 1, 0, edx, 8},
    {"cmov", 1, 0, edx, 15},
    {"mmx", 1, 0, edx, 23},
    {"fxsr", 1, 0, edx, 24},
    {"sse", 1, 0, edx, 25},
    {"sse2", 1, 0, edx, 26},
    {"sse3", 1, 0, ecx, 0},
    {"pclmul", 1, 0, ecx, 1},
    {"ssse3", 1, 0, ecx, 9},
    {"fma", 1, 0, ecx, 12, State::avx},
    {"cx16", 1, 0, ecx, 13},
    {"sse4.1", 1, 0, ecx, 19},
    {"sse4.2", 1, 0, ecx, 20},
    {"crc32", 1, 0, ecx, 20},
    {"movbe", 1, 0, ecx, 22},
    {"popcnt", 1, 0, ecx, 23},
    {"aes", 1, 0, ecx, 25},
    {"xsave", 1, 0, ecx, 26, State::avx},
    {"avx", 1, 0, ecx, 28, State::avx},
    {"f16c", 1, 0, ecx, 29, State::avx},
    {"rdrnd", 1, 0, ecx, 30},
    {"fsgsbase", 7, 0, ebx, 0},
    {"bmi", 7, 0, ebx, 3},
    {"avx2", 7, 0, ebx, 5, State::avx},
    {"bmi2", 7, 0, ebx, 8},
    {"rtm", 7, 0, ebx, 11},
    {"avx512f", 7, 0, ebx, 16, State::avx512},
    {"evex512", 7, 0, ebx, 16, State::avx512},
    {"avx512dq", 7, 0, ebx, 17, State::avx512},
    {"rdseed", 7, 0, ebx, 18},
    {"adx", 7, 0, ebx, 19},
    {"avx512ifma", 7, 0, ebx, 21, State::avx512},
    {"clflushopt", 7, 0, ebx, 23},
    {"clwb", 7, 0, ebx, 24},
    {"avx512cd", 7, 0, ebx, 28, State::avx512},
    {"sha", 7, 0, ebx, 29},
    {"avx512bw", 7, 0, ebx, 30, State::avx512},
    {"avx512vl", 7, 0, ebx, 31, State::avx512},
    {"avx512vbmi", 7, 0, ecx, 1, State::avx512},
    {"pku", 7, 0, ecx, 4},
    {"waitpkg", 7, 0, ecx, 5},
    {"avx512vbmi2", 7, 0, ecx, 6, State::avx512},
    {"gfni", 7, 0, ecx, 8},
    {"vaes", 7, 0, ecx, 9, State::avx},
    {"vpclmulqdq", 7, 0, ecx, 10, State::avx},
    {"avx512vnni", 7, 0, ecx, 11, State::avx512},
    {"avx512bitalg", 7, 0, ecx, 12, State::avx512},
    {"avx512vpopcntdq", 7, 0, ecx, 14, State::avx512},
    {"rdpid", 7, 0, ecx, 22},
    {"cldemote", 7, 0, ecx, 25},
    {"movdiri", 7, 0, ecx, 27},
    {"movdir64b", 7, 0, ecx, 28},
    {"avx512vp2intersect", 7, 0, edx, 8, State::avx512},
    {"serialize", 7, 0, edx, 14},
    {"tsxldtrk", 7, 0, edx, 16},
    {"amx-bf16", 7, 0, edx, 22, State::amx},
    {"avx512fp16", 7, 0, edx, 23, State::avx512},
    {"amx-tile", 7, 0, edx, 24, State::amx},
    {"amx-int8", 7, 0, edx, 25, State::amx},
    {"sha512", 7, 1, eax, 0, State::avx},
    {"sm3", 7, 1, eax, 1, State::avx},
    {"sm4", 7, 1, eax, 2, State::avx},
    {"raoint", 7, 1, eax, 3},
    {"avxvnni", 7, 1, eax, 4, State::avx},
    {"avx512bf16", 7, 1, eax, 5, State::avx512},
    {"cmpccxadd", 7, 1, eax, 7},
    {"amx-fp16", 7, 1, eax, 21, State::amx},
    {"avxifma", 7, 1, eax, 23, State::avx},
    {"avxvnniint8", 7, 1, edx, 4, State::avx},
    {"avxneconvert", 7, 1, edx, 5, State::avx},
    {"amx-complex", 7, 1, edx, 8, State::amx},
    {"avxvnniint16", 7, 1, edx, 10, State::avx},
    {"prefetchi", 7, 1, edx, 14},
    {"xsaveopt", 0xd, 1, eax, 0, State::avx},
    {"xsavec", 0xd, 1, eax, 1, State::avx},
    {"xsaves", 0xd, 1, eax, 3, State::avx},
    {"sahf", ext + 1, 0, ecx, 0},
    {"lzcnt", ext + 1, 0, ecx, 5},
    {"sse4a", ext + 1, 0, ecx, 6},
    {"prfchw", ext + 1, 0, ecx, 8},
    {"xop", ext + 1, 0, ecx, 11, State::avx},
    {"fma4", ext + 1, 0, ecx, 16, State::avx},
    {"tbm", ext + 1, 0, ecx, 21},
    {"mwaitx", ext + 1, 0, ecx, 29},
    {"64bit", ext + 1, 0, edx, 29},
    {"clzero", ext + 8, 0, ebx, 0},
    {"rdpru", ext + 8, 0, ebx, 4},
    {"wbnoinvd", ext + 8, 0, ebx, 9},
};

struct Registers {
  uint32_t value[4] = {};
};

/// Zeros where the CPU does not know the leaf.
Registers cpuid(uint32_t leaf, uint32_t subleaf) {
  Registers r;
  if (!__get_cpuid_count(leaf, subleaf, &r.value[eax], &r.value[ebx],
                         &r.value[ecx], &r.value[edx]))
    return {};
  return r;
}

/// The register sets that the operating system saves (XCR0); 0 without XSAVE.
uint32_t savedState() {
  constexpr uint32_t osxsave = 1u << 27;
  if (!(cpuid(1, 0).value[ecx] & osxsave))
    return 0;
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

bool isSaved(State state, uint32_t saved) {
  constexpr uint32_t avx = 0x6, avx512 = avx | 0xe0, amx = 0x60000;
  uint32_t needed = state == State::avx      ? avx
                    : state == State::avx512 ? avx512
                    : state == State::amx    ? amx
                                             : 0;
  return (saved & needed) == needed;
}

std::string vendorFamilyModel() {
  Registers vendor = cpuid(0, 0);
  std::string name;
  for (Register reg : {ebx, edx, ecx})
    for (int shift = 0; shift < 32; shift += 8)
      name += static_cast<char>(vendor.value[reg] >> shift);
  uint32_t signature = cpuid(1, 0).value[eax];
  uint32_t family = (signature >> 8) & 0xf, model = (signature >> 4) & 0xf;
  if (family == 6 || family == 0xf)
    model += ((signature >> 16) & 0xf) << 4;
  if (family == 0xf)
    family += (signature >> 20) & 0xff;
  return name + "-" + std::to_string(family) + "-" + std::to_string(model);
}

HostCpu askCpu() {
  HostCpu cpu;
  cpu.name = vendorFamilyModel();
  uint32_t saved = savedState();
  // The table is grouped by leaf: under a hypervisor each cpuid is a trap.
  uint32_t leaf = 0, subleaf = 0;
  Registers registers;
  for (const Feature &feature : features) {
    if (feature.leaf != leaf || feature.subleaf != subleaf)
      registers = cpuid(leaf = feature.leaf, subleaf = feature.subleaf);
    bool isThere = (registers.value[feature.reg] >> feature.bit) & 1;
    if (isThere && isSaved(feature.state, saved))
      cpu.features.push_back(feature.name);
  }
  std::sort(cpu.features.begin(), cpu.features.end());
  return cpu;
}

#else

HostCpu askCpu() { return {"generic", {}}; }

#endif

} // namespace

bool HostCpu::has(std::string_view feature) const {
  return std::binary_search(features.begin(), features.end(), feature);
}

std::string HostCpu::str() const {
  std::string text = name + ":" + std::to_string(cacheBytes >> 10) + "K";
  char separator = ':';
  for (const std::string &feature : features) {
    text += separator + feature;
    separator = ',';
  }
  return text;
}

const HostCpu &hostCpu() {
  static const HostCpu cpu = askCpu();
  return cpu;
}

} // namespace dlc::runtime
