#include "Codegen/Target.h"

#include "Codegen/Bf16Dots.h"
#include "abi/HostCache.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"

#include <mutex>

using namespace dlc;

// Only X86 and NVPTX: initialising all of LLVM's targets costs milliseconds.
static void initialiseTargets() {
  static std::once_flag once;
  std::call_once(once, [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
    LLVMInitializeNVPTXTargetInfo();
    LLVMInitializeNVPTXTarget();
    LLVMInitializeNVPTXTargetMC();
    LLVMInitializeNVPTXAsmPrinter();
  });
}

/// Extensions that LLVM may select instructions from for code like ours. Code
/// compiled with one of these needs a CPU that has it.
static constexpr const char *isaNames[] = {
    "sse3",       "ssse3",       "sse4.1",       "sse4.2",
    "popcnt",     "avx",         "avx2",         "fma",
    "f16c",       "bmi",         "bmi2",         "lzcnt",
    "movbe",      "avx512f",     "avx512cd",     "avx512bw",
    "avx512dq",   "avx512vl",    "avx512vnni",   "avx512ifma",
    "avx512vbmi", "avx512vbmi2", "avx512bitalg", "avx512vpopcntdq",
    "avx512bf16", "avx512fp16",  "avxvnni",      "gfni",
    "vaes",       "vpclmulqdq"};

bool dlc::hasFeature(const llvm::TargetMachine &machine,
                     llvm::StringRef feature) {
  return machine.getMCSubtargetInfo()->checkFeatures(("+" + feature).str());
}

std::vector<std::string> dlc::isaFeatures(const llvm::TargetMachine &machine) {
  std::vector<std::string> features;
  for (const char *name : isaNames)
    if (hasFeature(machine, name))
      features.push_back(name);
  return features;
}

static llvm::TargetOptions floatOptions(bool fast) {
  llvm::TargetOptions options;
  options.AllowFPOpFusion =
      fast ? llvm::FPOpFusion::Fast : llvm::FPOpFusion::Standard;
  return options;
}

static llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
makeMachine(llvm::StringRef triple, llvm::StringRef cpu,
            llvm::StringRef features, bool fast) {
  std::string error;
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(triple.str(), error);
  if (!target)
    return llvm::createStringError(error);
  // LLVM prints to stderr and goes on with a baseline if it does not know the
  // CPU: ask first.
  std::unique_ptr<llvm::MCSubtargetInfo> known(
      target->createMCSubtargetInfo(triple, "", ""));
  if (!cpu.empty() && !known->isCPUStringValid(cpu))
    return llvm::createStringError("unknown CPU '" + cpu + "'");
  std::unique_ptr<llvm::TargetMachine> machine(target->createTargetMachine(
      triple, cpu, features, floatOptions(fast), llvm::Reloc::PIC_,
      llvm::CodeModel::Small, llvm::CodeGenOptLevel::Aggressive));
  return machine;
}

/// "cuda:sm_80" ⇒ 80; 0 if there is no such target.
static unsigned smOf(llvm::StringRef target) {
  unsigned sm = 0;
  if (!target.consume_front("cuda:sm_") || target.getAsInteger(10, sm))
    return 0;
  static constexpr unsigned known[] = {75, 80, 86, 87, 89, 90};
  return llvm::is_contained(known, sm) ? sm : 0;
}

unsigned dlc::computeCapability(const TargetOptions &options) {
  return smOf(options.target);
}

llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
dlc::makeTargetMachine(const TargetOptions &options) {
  initialiseTargets();
  if (options.isCuda()) {
    unsigned sm = smOf(options.target);
    if (!sm)
      return llvm::createStringError(
          "unknown target '" + options.target +
          "': expected cuda:sm_75, sm_80, sm_86, sm_87, sm_89 or sm_90");
    // The oldest PTX version that knows the chip: old drivers load it too.
    const char *ptx = sm >= 89   ? "+ptx78"
                      : sm >= 87 ? "+ptx74"
                      : sm >= 86 ? "+ptx71"
                                 : "+ptx70";
    return makeMachine("nvptx64-nvidia-cuda", "sm_" + std::to_string(sm), ptx,
                       options.fast);
  }
  if (options.target != "cpu")
    return llvm::createStringError("unknown target '" + options.target +
                                   "': expected cpu or cuda:sm_NN");
  if (!options.cpu.empty())
    return makeMachine("x86_64-unknown-linux-gnu", options.cpu, "",
                       options.fast);
  // A virtual machine may hide features that the CPU's name implies.
  std::string features;
  for (const auto &feature : llvm::sys::getHostCPUFeatures())
    features += (features.empty() ? "" : ",") +
                std::string(feature.second ? "+" : "-") + feature.first().str();
  return makeMachine("x86_64-unknown-linux-gnu", llvm::sys::getHostCPUName(),
                     features, options.fast);
}

/// CPUs whose `vdpbf16ps` does more in a cycle than multiply-adds of f32 do.
/// Those of Golden Cove and its kin (sapphirerapids, emeraldrapids, …) have it,
/// but at a quarter of their rate.
static constexpr llvm::StringRef fastBf16Dots[] = {"cooperlake", "znver5"};

VectorFile dlc::vectorFile(const TargetOptions &options) {
  auto machine = makeTargetMachine(options);
  if (!machine) {
    llvm::consumeError(machine.takeError());
    return {};
  }
  VectorFile file;
  if (options.isCuda())
    return file;
  if (!hasFeature(**machine, "avx512f"))
    return {hasFeature(**machine, "avx") ? 32 : 16, 16};
  bool isHost = options.cpu.empty();
  file.bf16Dots =
      hasFeature(**machine, "avx512bf16") &&
      llvm::is_contained(fastBf16Dots, (*machine)->getTargetCPU()) &&
      (!isHost || dotsRoundAsMultiplyAdds());
  return file;
}

int64_t dlc::cacheBytes(const TargetOptions &options) {
  bool isHost = !options.isCuda() && options.cpu.empty();
  return isHost ? runtime::hostCacheBytes() : runtime::usualCacheBytes;
}
