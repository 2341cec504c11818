// dlc-smith: random graphs, run every way there is.

#include "Check.h"
#include "Child.h"
#include "Generate.h"
#include "Grower.h"
#include "Oracle.h"
#include "Shrink.h"

#include "Pipelines/ParseInput.h"
#include "Pipelines/Registration.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/TargetSelect.h"

#include <chrono>
#include <map>

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;
namespace cl = llvm::cl;

namespace {

/// All options stand in one subcommand: LLVM's own are not accepted.
struct Flags {
  cl::SubCommand command{"run", "Run random graphs"};
  cl::OptionCategory category{"Options"};
  cl::sub in{command};
  cl::cat of{category};

  cl::opt<std::string> path{cl::Positional, cl::Optional, in, of,
                            cl::desc("[CASE.mlir: check this one instead]")};
  cl::opt<uint64_t> seed{"seed",
                         in,
                         of,
                         cl::init(0),
                         cl::value_desc("s"),
                         cl::desc("The first seed")};
  cl::opt<uint64_t> count{"count",
                          in,
                          of,
                          cl::init(100),
                          cl::value_desc("n"),
                          cl::desc("How many graphs")};
  cl::opt<int64_t> maxOps{"max-ops",
                          in,
                          of,
                          cl::init(12),
                          cl::value_desc("n"),
                          cl::desc("Ops of a graph, at most")};
  cl::opt<std::string> out{"out",
                           in,
                           of,
                           cl::init("."),
                           cl::value_desc("folder"),
                           cl::desc("Where failing cases are written")};
  cl::opt<std::string> variant{
      "variant", in, of, cl::value_desc("v"),
      cl::desc("Compile this way too, not one drawn: none, mcpu=CPU, "
               "device=simulator, "
               "without=STAGE/PASS or exchange=STAGE/N")};
  cl::opt<bool> print{"print", in, of,
                      cl::desc("Print the graphs and run nothing")};
  cl::opt<bool> coverage{"coverage", in, of,
                         cl::desc("Print how often each op was drawn")};
  cl::opt<std::string> plant{
      "plant",
      in,
      of,
      cl::Hidden,
      cl::value_desc("op"),
      cl::desc("Negate the results of this op in compiled code")};
  cl::opt<bool> plantCrash{"plant-crash", in, of, cl::Hidden,
                           cl::desc("With --plant: crash instead")};

  Plant planted() const { return {plant, plantCrash}; }
};

/// What a run has seen.
struct Statistics {
  uint64_t graphs = 0, differentiated = 0, ops = 0;
  std::map<std::string, uint64_t> counts;

  void add(StringRef line);
};

struct Found {
  uint64_t seed;
  Failure failure;
};

class Smith {
public:
  explicit Smith(const Flags &flags);

  int printGraphs();
  int runFile();
  int runSeeds();

private:
  /// The graph of a seed, with derivatives where `keepsRequests` says so.
  OwningOpRef<ModuleOp>
  graph(uint64_t seed, llvm::function_ref<bool(ModuleOp)> keepsRequests) {
    OwningOpRef<ModuleOp> module = generate(seed, flags.maxOps, &context);
    if (hasRequests(*module) && !keepsRequests(*module))
      dropRequests(*module);
    return module;
  }
  Variant variantOf(uint64_t seed) const {
    Random random(~seed);
    return flags.variant.empty() ? Variant::draw(random)
                                 : *Variant::parse(flags.variant);
  }
  void runRange(uint64_t seed, uint64_t end, Statistics &statistics,
                SmallVectorImpl<Found> &found);
  int report(const Found &found);
  void printCoverage(const Statistics &statistics) const;

  const Flags &flags;
  MLIRContext context;
};

} // namespace

static int fail(const llvm::Twine &text) {
  llvm::errs() << "dlc-smith: error: " << text << "\n";
  return 1;
}

static DialectRegistry allDialects() {
  DialectRegistry registry;
  registerAll(registry);
  return registry;
}

Smith::Smith(const Flags &flags)
    : flags(flags), context(allDialects(), MLIRContext::Threading::DISABLED) {
  context.printOpOnDiagnostic(false);
  context.loadAllAvailableDialects();
  context.getDiagEngine().registerHandler([](Diagnostic &diagnostic) {
    printDiagnostic(diagnostic, llvm::errs());
  });
}

//===-- Statistics
//---------------------------------------------------------===//

/// "drawn 1 add*2 tanh*1": whether there are derivatives, and the ops.
static void describe(ModuleOp module, llvm::raw_ostream &os) {
  std::map<std::string, int> counts;
  module.walk([&](Operation *op) {
    if (!isa<ModuleOp, func::FuncOp>(op) &&
        !op->hasTrait<OpTrait::IsTerminator>())
      ++counts[op->getName().getStringRef().str()];
  });
  std::string text = hasRequests(module) ? "drawn 1" : "drawn 0";
  for (auto &[name, count] : counts)
    text += " " + name + "*" + std::to_string(count);
  os << text + "\n";
}

void Statistics::add(StringRef line) {
  SmallVector<StringRef> words;
  line.split(words, ' ');
  ++graphs;
  differentiated += words[1] == "1";
  for (StringRef word : ArrayRef(words).drop_front(2)) {
    auto [name, number] = word.split('*');
    uint64_t count = 0;
    if (number.getAsInteger(10, count))
      continue;
    ops += count;
    counts[name.str()] += count;
  }
}

void Smith::printCoverage(const Statistics &statistics) const {
  for (auto &[name, count] : statistics.counts)
    llvm::outs() << llvm::format("%8llu  ", (unsigned long long)count) << name
                 << "\n";
  llvm::outs() << "never drawn:";
  bool isAll = true;
  auto note = [&](StringRef name) {
    if (statistics.counts.count(name.str()))
      return;
    llvm::outs() << " " << name;
    isAll = false;
  };
  for (const Rule &rule : rules())
    note(rule.name.contains('.') ? rule.name.str()
                                 : ("dlc." + rule.name).str());
  note("dlc.grad");
  note("dlc.jvp");
  llvm::outs() << (isAll ? " none\n" : "\n");
}

//===-- One case
//-----------------------------------------------------------===//

int Smith::printGraphs() {
  Statistics statistics;
  for (uint64_t i = 0; i < flags.count; ++i) {
    uint64_t seed = flags.seed + i;
    OwningOpRef<ModuleOp> module = graph(seed, isDifferentiable);
    if (!flags.coverage)
      llvm::outs() << "// seed " << seed << "\n" << *module << "\n";
    std::string line;
    llvm::raw_string_ostream stream(line);
    describe(*module, stream);
    statistics.add(StringRef(stream.str()).trim());
  }
  if (flags.coverage)
    printCoverage(statistics);
  return 0;
}

int Smith::runFile() {
  auto text = readInputFile(flags.path);
  if (!text)
    return fail(llvm::toString(text.takeError()));
  auto module = parseModule(*text, flags.path, &context);
  if (!module)
    return 1;
  if (!module->lookupSymbol<func::FuncOp>(mainFunction))
    return fail("'" + flags.path + "' has no function @" + mainFunction);
  Variant variant =
      flags.variant.empty() ? Variant() : *Variant::parse(flags.variant);
  auto failure = check(*module, variant, flags.planted());
  if (!failure) {
    llvm::outs() << "no failure\n";
    return 0;
  }
  return fail(failure->kind + ": " + failure->text);
}

/// The signature of the failure of a case that may crash, or "".
static std::string signatureOf(ModuleOp module, const Variant &variant,
                               const Plant &plant) {
  std::string signature;
  std::string end = runInChild(
      [&](llvm::raw_ostream &os) {
        stayAlive(60);
        if (auto failure = check(module, variant, plant))
          os << failure->signature() + "\n";
      },
      [&](StringRef line) { signature = line.str(); });
  return end.empty() ? signature : "crash: " + end;
}

/// The same as isDifferentiable, which may crash: then the crash is what is
/// looked for.
static bool isDifferentiableInChild(ModuleOp module) {
  bool isKnown = false;
  runInChild(
      [&](llvm::raw_ostream &os) {
        stayAlive(60);
        if (!isDifferentiable(module))
          os << "no\n";
      },
      [&](StringRef) { isKnown = true; });
  return !isKnown;
}

/// Shrinks a failure and writes it; 1 where that is not possible.
int Smith::report(const Found &found) {
  Variant variant = variantOf(found.seed);
  Plant plant = flags.planted();
  OwningOpRef<ModuleOp> module = graph(found.seed, isDifferentiableInChild);
  const Failure &failure = found.failure;
  bool isCrash = StringRef(failure.kind).starts_with("crash");
  std::string signature = isCrash ? failure.kind : failure.signature();
  // What fails without a variant is easier to read.
  if (signatureOf(*module, Variant(), plant) == signature)
    variant = Variant();
  OwningOpRef<ModuleOp> small = shrink(*module, [&](ModuleOp candidate) {
    return signatureOf(candidate, variant, plant) == signature;
  });
  SmallString<128> path(flags.out);
  std::string file = "smith-" + std::to_string(found.seed) + ".mlir";
  llvm::sys::path::append(path, file);
  std::error_code code;
  llvm::raw_fd_ostream os(path, code);
  if (code)
    return fail("cannot write '" + path + "': " + code.message());
  std::string command = "dlc-smith " + path.str().str();
  if (variant.kind != Variant::none)
    command += " --variant=" + variant.str();
  if (!plant.op.empty())
    command += " --plant=" + plant.op;
  if (plant.crashes)
    command += " --plant-crash";
  os << "// " << failure.kind << ": " << failure.text << "\n"
     << "// seed " << found.seed << ", before it was shrunk\n"
     << "// " << command << "\n"
     << *small << "\n";
  int64_t ops = countOps(*small);
  llvm::outs() << "shrunk seed " << found.seed << " to " << ops
               << (ops == 1 ? " op: " : " ops: ") << command << "\n";
  llvm::outs().flush();
  return 0;
}

//===-- Seeds
//--------------------------------------------------------------===//

void Smith::runRange(uint64_t seed, uint64_t end, Statistics &statistics,
                     SmallVectorImpl<Found> &found) {
  auto note = [&](uint64_t at, StringRef kind, StringRef text) {
    found.push_back({at, {kind.str(), text.str()}});
    llvm::outs() << "seed " << at << ": " << kind << ": " << text << "\n";
    llvm::outs().flush();
  };
  while (seed < end) {
    uint64_t at = seed;
    std::string how = runInChild(
        [&](llvm::raw_ostream &os) {
          for (uint64_t each = seed; each < end; ++each) {
            stayAlive(60);
            os << "seed " + std::to_string(each) + "\n";
            OwningOpRef<ModuleOp> module = graph(each, isDifferentiable);
            describe(*module, os);
            if (auto failure = check(*module, variantOf(each), flags.planted()))
              os << "failed " + failure->kind + "\t" + failure->text + "\n";
          }
        },
        [&](StringRef line) {
          if (line.consume_front("seed ")) {
            line.getAsInteger(10, at);
          } else if (line.starts_with("drawn")) {
            statistics.add(line);
          } else if (line.consume_front("failed ")) {
            auto [kind, text] = line.split('\t');
            note(at, kind, text);
          }
        });
    if (how.empty())
      return;
    note(at, "crash: " + how, variantOf(at).str());
    seed = at + 1;
  }
}

int Smith::runSeeds() {
  auto start = std::chrono::steady_clock::now();
  Statistics statistics;
  SmallVector<Found> found;
  runRange(flags.seed, flags.seed + flags.count, statistics, found);
  double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  for (const Found &each : found)
    if (int status = report(each))
      return status;
  if (flags.coverage)
    printCoverage(statistics);
  llvm::outs() << "seeds " << flags.seed << " to "
               << flags.seed + flags.count - 1 << ": " << statistics.graphs
               << " graphs, " << statistics.differentiated
               << " with derivatives, " << statistics.ops << " ops of "
               << statistics.counts.size() << " kinds, " << found.size()
               << " failures, " << llvm::format("%.1f s\n", seconds);
  return !found.empty();
}

int main(int argc, char **argv) {
  std::vector<const char *> words = {argv[0], "run"};
  words.insert(words.end(), argv + 1, argv + argc);
  Flags flags;
  cl::HideUnrelatedOptions(flags.category, flags.command);
  std::string text;
  llvm::raw_string_ostream errors(text);
  if (!cl::ParseCommandLineOptions(static_cast<int>(words.size()), words.data(),
                                   "", &errors)) {
    llvm::errs() << StringRef(text).ltrim().split('\n').first << "\n";
    return 1;
  }
  for (auto &[name, option] :
       cl::getRegisteredOptions(cl::SubCommand::getTopLevel()))
    if (option->getNumOccurrences())
      return fail("Unknown command line argument '--" + name + "'");
  if (flags.count < 1)
    return fail("--count must be at least 1");
  if (flags.maxOps < 1)
    return fail("--max-ops must be at least 1, got " +
                llvm::Twine(flags.maxOps));
  if (!flags.variant.empty() && !Variant::parse(flags.variant))
    return fail(
        "unknown variant '" + flags.variant +
        "'; it is none, mcpu=CPU, device=simulator, without=STAGE/PASS or "
        "exchange=STAGE/N");
  if (!llvm::sys::fs::is_directory(flags.out))
    return fail("'" + flags.out + "' is no folder");
  Smith smith(flags);
  if (!flags.path.empty())
    return smith.runFile();
  return flags.print ? smith.printGraphs() : smith.runSeeds();
}
