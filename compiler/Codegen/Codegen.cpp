#include "Codegen/Codegen.h"

#include "Codegen/BuildProgram.h"
#include "Codegen/FlatImage.h"
#include "Codegen/LineTable.h"
#include "Codegen/LoopAddresses.h"
#include "Codegen/LowerToLLVM.h"
#include "Codegen/Partition.h"
#include "Codegen/Target.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/NVVM/NVVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/DiagnosticHandler.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Intrinsics.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Transforms/Utils/LoopUtils.h"

#include <deque>

using namespace mlir;
using namespace dlc;

namespace {

/// What LLVM compiles at once: some kernels in a context of their own.
struct Unit {
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> module;
  std::unique_ptr<llvm::TargetMachine> machine;
  llvm::SmallString<0> output;
  std::string error;
};

/// Keeps what LLVM reports; by default it would print and exit.
struct ErrorCollector : llvm::DiagnosticHandler {
  explicit ErrorCollector(std::string &error) : error(error) {}
  bool handleDiagnostics(const llvm::DiagnosticInfo &info) override {
    if (info.getSeverity() == llvm::DS_Error && error.empty()) {
      llvm::raw_string_ostream os(error);
      llvm::DiagnosticPrinterRawOStream printer(os);
      info.print(printer);
    }
    return true;
  }
  std::string &error;
};

} // namespace

/// An error at the kernel with that name, else at the module.
static InFlightDiagnostic errorAt(ModuleOp module, StringRef kernel) {
  Operation *op = kernel.empty() ? nullptr : module.lookupSymbol(kernel);
  return emitError(op ? op->getLoc() : module.getLoc()) << "[codegen] ";
}

//===-- MLIR to LLVM IR ---------------------------------------------------===//

static void setAttributes(llvm::Module &module, bool cuda) {
  for (llvm::Function &function : module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr(llvm::Attribute::NoUnwind);
    // Loops stay loops: a kernel has no memset or memcpy to call.
    function.addFnAttr("no-builtins");
    // LLVM prefers 256 bits on the first AVX-512 CPUs, because 512 slow the
    // clock down a little; kernels written for 16 lanes lose half their speed.
    if (!cuda)
      function.addFnAttr("prefer-vector-width", "512");
  }
}

/// What left the loop over tiles would take registers from all of its body, and
/// save nothing: a block has one tile. What left that over trips would take
/// them from all of its kernels.
static void keepInvariantsInTiles(llvm::Module &module) {
  for (llvm::Function &function : module) {
    if (!function.hasFnAttribute(gpuKernelAttr))
      continue;
    llvm::DominatorTree dominators(function);
    llvm::LoopInfo loops(dominators);
    for (llvm::Loop *loop : loops)
      llvm::addStringMetadataToLoop(loop, "llvm.licm.disable", 1);
  }
}

static FailureOr<Unit> makeUnit(ModuleOp kernels,
                                const TargetOptions &options) {
  Unit unit;
  auto machine = makeTargetMachine(options);
  if (!machine)
    return errorAt(kernels, "") << llvm::toString(machine.takeError());
  unit.machine = std::move(*machine);

  LoweringTarget target;
  target.cuda = options.isCuda();
  target.fma = target.cuda || hasFeature(*unit.machine, "fma");
  target.half = target.cuda || hasFeature(*unit.machine, "f16c");
  target.rounds = target.cuda || hasFeature(*unit.machine, "sse4.1");
  if (failed(lowerToLLVM(kernels, target)))
    return failure();
  // A card's fault then names the user's line; a CPU's code has no use for it.
  if (target.cuda)
    addLineTable(kernels);

  unit.context = std::make_unique<llvm::LLVMContext>();
  unit.module = translateModuleToLLVMIR(kernels, *unit.context, "kernels");
  if (!unit.module)
    return failure();
  unit.module->setDataLayout(unit.machine->createDataLayout());
  unit.module->setTargetTriple(unit.machine->getTargetTriple().str());
  setAttributes(*unit.module, target.cuda);
  keepInvariantsInTiles(*unit.module);
  return unit;
}

/// Intrinsics that become calls of libm (and on a GPU a fatal error).
static bool isLibraryMath(llvm::Intrinsic::ID id) {
  switch (id) {
  case llvm::Intrinsic::cos:
  case llvm::Intrinsic::exp:
  case llvm::Intrinsic::exp10:
  case llvm::Intrinsic::exp2:
  case llvm::Intrinsic::log:
  case llvm::Intrinsic::log10:
  case llvm::Intrinsic::log2:
  case llvm::Intrinsic::pow:
  case llvm::Intrinsic::powi:
  case llvm::Intrinsic::sin:
  case llvm::Intrinsic::tan:
    return true;
  default:
    return false;
  }
}

/// An error if the unit calls what it does not define.
static LogicalResult checkImports(ModuleOp module, const Unit &unit) {
  for (llvm::Function &function : *unit.module) {
    bool isOurs =
        !function.isDeclaration() ||
        (function.isIntrinsic() && !isLibraryMath(function.getIntrinsicID()));
    if (isOurs || function.use_empty())
      continue;
    auto *user = llvm::dyn_cast<llvm::Instruction>(*function.user_begin());
    return errorAt(module, user ? user->getFunction()->getName() : "")
           << "a kernel may import nothing, but this one calls '"
           << function.getName() << "'";
  }
  return success();
}

static void registerTranslations(MLIRContext *context) {
  DialectRegistry registry;
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  registerNVVMDialectTranslation(registry);
  context->appendDialectRegistry(registry);
}

//===-- LLVM IR to code ---------------------------------------------------===//

/// Kernels are explicit vector code in final loop order, so LLVM need not
/// vectorise, unroll or inline, and what instcombine finds, instruction
/// selection finds again: O2 takes ten times as long and makes code of the same
/// speed. LICM wants rotated loops.
static constexpr const char *hoisting =
    "always-inline,function(sroa,early-cse,loop-mssa(loop-rotate,licm))";
static constexpr const char *cleaning = "function(early-cse,adce,simplifycfg)";

/// Instruction selection folds trees of shuffles in a time that is exponential
/// in their depth (16 x 16 transposes: 12 ms each). Nothing is found beyond two
/// levels, so a fence, which is no instruction, cuts the trees there.
static void cutShuffleTrees(llvm::Module &module) {
  constexpr int maxDepth = 2;
  for (llvm::Function &function : module) {
    llvm::DenseMap<llvm::Value *, int> depths;
    for (llvm::BasicBlock &block : function)
      for (llvm::Instruction &instruction : llvm::make_early_inc_range(block)) {
        auto *shuffle = llvm::dyn_cast<llvm::ShuffleVectorInst>(&instruction);
        if (!shuffle || !shuffle->getType()->isFPOrFPVectorTy())
          continue;
        int depth = 1 + std::max(depths.lookup(shuffle->getOperand(0)),
                                 depths.lookup(shuffle->getOperand(1)));
        bool isInner = llvm::any_of(shuffle->users(), [](llvm::User *user) {
          return llvm::isa<llvm::ShuffleVectorInst>(user);
        });
        if (depth < maxDepth || !isInner) {
          depths[shuffle] = depth;
          continue;
        }
        llvm::IRBuilder<> b(shuffle->getNextNode());
        llvm::Value *fence = b.CreateIntrinsic(
            shuffle->getType(), llvm::Intrinsic::arithmetic_fence, {shuffle});
        shuffle->replaceUsesWithIf(
            fence, [&](llvm::Use &use) { return use.getUser() != fence; });
      }
  }
}

static void optimise(Unit &unit, TimingScope &timing) {
  TimingScope time = timing.nest("optimise LLVM IR");
  llvm::LoopAnalysisManager lam;
  llvm::FunctionAnalysisManager fam;
  llvm::CGSCCAnalysisManager cgam;
  llvm::ModuleAnalysisManager mam;
  llvm::TargetLibraryInfoImpl library(unit.machine->getTargetTriple());
  library.disableAllFunctions();
  fam.registerPass([&] { return llvm::TargetLibraryAnalysis(library); });
  llvm::PassBuilder builder(unit.machine.get());
  builder.registerModuleAnalyses(mam);
  builder.registerCGSCCAnalyses(cgam);
  builder.registerFunctionAnalyses(fam);
  builder.registerLoopAnalyses(lam);
  builder.crossRegisterProxies(lam, fam, cgam, mam);

  llvm::ModulePassManager passes;
  llvm::cantFail(builder.parsePassPipeline(passes, hoisting));
  if (!unit.machine->getTargetTriple().isNVPTX())
    passes.addPass(
        llvm::createModuleToFunctionPassAdaptor(HoistAddressesPass()));
  llvm::cantFail(builder.parsePassPipeline(passes, cleaning));
  passes.run(*unit.module, mam);
  cutShuffleTrees(*unit.module);
}

namespace {
/// Where the time of each function's code goes: this pass is the last one, and
/// all of a function's code is generated before the next one's.
class FunctionTimer : public llvm::FunctionPass {
public:
  FunctionTimer(llvm::Module &module, TimingScope &timing)
      : FunctionPass(ID), timing(timing), next(module.begin()),
        end(module.end()) {
    start();
  }
  bool runOnFunction(llvm::Function &) override {
    time.stop();
    start();
    return false;
  }
  void getAnalysisUsage(llvm::AnalysisUsage &usage) const override {
    usage.setPreservesAll();
  }

private:
  void start() {
    while (next != end && next->isDeclaration())
      ++next;
    if (next != end)
      time = timing.nest((next++)->getName());
  }

  static char ID;
  TimingScope &timing, time;
  llvm::Module::iterator next, end;
};
char FunctionTimer::ID = 0;
} // namespace

static void generate(Unit &unit, llvm::CodeGenFileType type,
                     TimingScope &timing) {
  TimingScope time = timing.nest("generate code");
  llvm::raw_svector_ostream os(unit.output);
  llvm::legacy::PassManager passes;
  llvm::TargetLibraryInfoImpl library(unit.machine->getTargetTriple());
  library.disableAllFunctions();
  passes.add(new llvm::TargetLibraryInfoWrapperPass(library));
  if (unit.machine->addPassesToEmitFile(passes, os, nullptr, type,
                                        /*DisableVerify=*/true)) {
    unit.error = "LLVM cannot emit code for this target";
    return;
  }
  if (time)
    passes.add(new FunctionTimer(*unit.module, time));
  passes.run(*unit.module);
}

/// Optimises a unit and, unless only its IR is wanted, generates code.
static void compile(Unit &unit, std::optional<llvm::CodeGenFileType> type,
                    TimingScope &timing) {
  unit.context->setDiagnosticHandler(
      std::make_unique<ErrorCollector>(unit.error));
  optimise(unit, timing);
  if (type)
    generate(unit, *type, timing);
}

/// Compiles the kernels in `count` parts at the same time.
static FailureOr<std::deque<Unit>>
compileKernels(ModuleOp module, const TargetOptions &options,
               std::optional<llvm::CodeGenFileType> type, size_t count = 1) {
  registerTranslations(module.getContext());
  TimingScope timing =
      options.timing ? options.timing->nest("codegen") : TimingScope();
  std::deque<Unit> units;
  // LLVM works on one part while MLIR, whose context is not for several
  // threads, translates the next.
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(count));
  LogicalResult translated = success();
  for (OwningOpRef<ModuleOp> &part : partition(module, count)) {
    TimingScope time = timing.nest("convert to LLVM IR");
    auto unit = makeUnit(*part, options);
    time.stop();
    if (failed(unit) || failed(checkImports(module, *unit))) {
      translated = failure();
      break;
    }
    units.push_back(std::move(*unit));
    pool.async(
        [&timing, &unit = units.back(), type] { compile(unit, type, timing); });
  }
  pool.wait();
  if (failed(translated))
    return failure();
  for (Unit &unit : units)
    if (!unit.error.empty())
      return errorAt(module, "") << unit.error;
  return units;
}

//===-- The interface -----------------------------------------------------===//

FailureOr<std::string> dlc::emitLLVM(ModuleOp module,
                                     const TargetOptions &options) {
  auto units = compileKernels(module, options, std::nullopt);
  if (failed(units))
    return failure();
  std::string text;
  llvm::raw_string_ostream os(text);
  units->front().module->print(os, nullptr);
  return text;
}

static FailureOr<std::string> emitFile(ModuleOp module,
                                       const TargetOptions &options,
                                       llvm::CodeGenFileType type) {
  auto units = compileKernels(module, options, type);
  if (failed(units))
    return failure();
  return std::string(units->front().output);
}

FailureOr<std::string> dlc::emitAssembly(ModuleOp module,
                                         const TargetOptions &options) {
  return emitFile(module, options, llvm::CodeGenFileType::AssemblyFile);
}

FailureOr<std::string> dlc::emitObject(ModuleOp module,
                                       const TargetOptions &options) {
  if (options.isCuda())
    return errorAt(module, "") << "an object needs a cpu target; "
                               << options.target << " gives PTX";
  return emitFile(module, options, llvm::CodeGenFileType::ObjectFile);
}

FailureOr<std::string> dlc::emitPTX(ModuleOp module,
                                    const TargetOptions &options) {
  if (!options.isCuda())
    return errorAt(module, "")
           << "PTX needs a cuda target, got " << options.target;
  return emitFile(module, options, llvm::CodeGenFileType::AssemblyFile);
}

/// Compiles for the CPU and sets the kernels' entries.
static LogicalResult emitImage(ModuleOp module, const TargetOptions &options,
                               runtime::Program &program) {
  // Depends on the kernels alone, so that the image does too.
  size_t parts = std::clamp<size_t>(program.kernels.size() / 2, 1, 8);
  auto units =
      compileKernels(module, options, llvm::CodeGenFileType::ObjectFile, parts);
  if (failed(units))
    return failure();
  SmallVector<llvm::MemoryBufferRef> objects;
  for (Unit &unit : *units)
    objects.push_back(llvm::MemoryBufferRef(unit.output, "kernels"));
  llvm::Expected<FlatImage> image = makeFlatImage(objects);
  if (!image) {
    llvm::Error rest = llvm::handleErrors(
        image.takeError(), [&](const UndefinedSymbol &error) {
          errorAt(module, error.user) << error.message();
        });
    if (rest)
      errorAt(module, "") << llvm::toString(std::move(rest));
    return failure();
  }
  program.image = std::move(image->bytes);
  program.features = isaFeatures(*units->front().machine);
  for (runtime::Kernel &kernel : program.kernels) {
    auto entry = image->entries.find(kernel.name);
    if (entry == image->entries.end())
      return errorAt(module, kernel.name) << "the kernel has no code";
    kernel.entry = entry->second;
  }
  return success();
}

FailureOr<std::string> dlc::emitProgram(ModuleOp module,
                                        const TargetOptions &options) {
  FailureOr<runtime::Program> program = buildProgram(module);
  if (failed(program))
    return failure();
  program->producer = producer();
  if (options.isCuda()) {
    program->device = "cuda";
    auto ptx = emitPTX(module, options);
    if (failed(ptx))
      return failure();
    for (const runtime::Kernel &kernel : program->kernels)
      if (kernel.threads == 0)
        return errorAt(module, kernel.name)
               << "a GPU kernel needs 'dlc.block' and 'dlc.touches'";
    program->image = std::move(*ptx);
  } else if (failed(emitImage(module, options, *program))) {
    return failure();
  }
  return runtime::serialize(*program);
}
