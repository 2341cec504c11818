// dlc: compiles, runs and explains modules of the `dlc` dialect.

#include "Commands.h"

#include "Pipelines/ParseInput.h"
#include "Pipelines/Registration.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/ErrorHandling.h"

#include <unistd.h>

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;
namespace cl = llvm::cl;

static constexpr llvm::StringLiteral usage =
    R"(usage: dlc COMMAND [OPTIONS], or dlc --version

  compile   compile a module up to a stage and print what comes out
  run       run a function of a module or of a compiled program
  bench     time such a function, beside the machine's limits
  explain   print a row a kernel, then the memory plan
  opt       run passes, as mlir-opt does
  examples  list the lessons, or run one

dlc COMMAND --help lists the options of a command.
)";

int dlc::tool::fail(const llvm::Twine &text) {
  llvm::errs() << "dlc: error: " << text << "\n";
  return 1;
}

int dlc::tool::fail(llvm::Error error) {
  return fail(llvm::toString(std::move(error)));
}

bool Command::parse(int argc, char **argv) {
  cl::HideUnrelatedOptions(category, subCommand);
  cl::SetVersionPrinter(
      [](llvm::raw_ostream &os) { os << producer() << "\n"; });
  std::string text;
  llvm::raw_string_ostream errors(text);
  if (cl::ParseCommandLineOptions(argc, argv, "", &errors)) {
    // LLVM's own options are found too, in the top-level command.
    for (auto &[name, option] :
         cl::getRegisteredOptions(cl::SubCommand::getTopLevel()))
      if (option->getNumOccurrences()) {
        fail("Unknown command line argument '--" + name + "'");
        return false;
      }
    return true;
  }
  // "dlc: Unknown command line argument ...". What follows are suggestions.
  llvm::errs() << StringRef(text).ltrim().split('\n').first << "\n";
  return false;
}

TargetFlags::TargetFlags(Command &command)
    : target("target", command.in, command.of, cl::init("cpu"),
             cl::value_desc("cpu|cuda:sm_NN"), cl::desc("The device")),
      cpu("mcpu", command.in, command.of, cl::value_desc("name"),
          cl::desc("The CPU (default: this one)")),
      fast("fast", command.in, command.of,
           cl::desc("Let multiplications and additions contract")),
      precision("precision", command.in, command.of, cl::init(Precision::exact),
                cl::desc("cuda: how products of f32 are computed"),
                cl::values(clEnumValN(Precision::exact, "exact",
                                      "as the type says (default)"),
                           clEnumValN(Precision::tf32, "tf32",
                                      "on tensor cores, operands rounded to 10 "
                                      "bits of fraction"))),
      tapeLimit("tape-limit", command.in, command.of,
                cl::init(defaultTapeLimit), cl::value_desc("bytes"),
                cl::desc("What tapes of loops without max_trips may take")),
      memoryLimit("memory-limit", command.in, command.of,
                  cl::init(noMemoryLimit), cl::value_desc("bytes"),
                  cl::desc("What values between kernels may take: where it is "
                           "too little, some are computed again")),
      verify("verify-contracts", command.in, command.of,
             cl::desc("Check each stage's contract after it")) {}

bool TargetFlags::check() const {
  if (tapeLimit < 0) {
    fail("--tape-limit must not be negative, got " + Twine(tapeLimit));
    return false;
  }
  if (memoryLimit < 0) {
    fail("--memory-limit must not be negative, got " + Twine(memoryLimit));
    return false;
  }
  StringRef arch = target;
  unsigned number;
  if (arch == "cpu" ||
      (arch.consume_front("cuda:sm_") && !arch.getAsInteger(10, number)))
    return true;
  fail("unknown target '" + target + "'; it is cpu or cuda:sm_NN");
  return false;
}

TargetOptions TargetFlags::codegen() const {
  TargetOptions options;
  options.target = target;
  if (cpu != "host")
    options.cpu = cpu;
  options.fast = fast;
  options.timing = timing;
  return options;
}

PipelineOptions TargetFlags::pipeline() const {
  PipelineOptions options;
  options.target = target;
  options.cpu = codegen().cpu;
  options.tapeLimit = tapeLimit;
  options.memoryLimit = memoryLimit;
  options.tf32 = precision == Precision::tf32;
  options.verifyContracts = verify;
  options.timing = timing;
  return options;
}

static DialectRegistry allDialects() {
  DialectRegistry registry;
  registerAll(registry);
  return registry;
}

Session::Session()
    : mlirContext(allDialects(), MLIRContext::Threading::DISABLED) {
  mlirContext.printOpOnDiagnostic(false);
  mlirContext.getDiagEngine().registerHandler([](Diagnostic &diagnostic) {
    printDiagnostic(diagnostic, llvm::errs());
  });
}

OwningOpRef<ModuleOp> Session::parseFile(StringRef path) {
  auto text = readInputFile(path);
  if (!text) {
    fail(text.takeError());
    return {};
  }
  return parseModule(*text, path, context());
}

/// What LLVM cannot go on after. The input is the reproducer.
static void fatalError(void *, const char *reason, bool) {
  llvm::errs() << "dlc: fatal error in LLVM: " << reason << "\n";
  _exit(70);
}

int main(int argc, char **argv) {
  llvm::install_fatal_error_handler(fatalError);
  StringRef command = argc > 1 ? argv[1] : "";
  if (command == "compile")
    return runCompile(argc, argv);
  if (command == "run")
    return runRun(argc, argv);
  if (command == "bench")
    return runBench(argc, argv);
  if (command == "explain")
    return runExplain(argc, argv);
  if (command == "opt") {
    DialectRegistry registry = allDialects();
    return asMainReturnCode(
        MlirOptMain(argc - 1, argv + 1, "dlc's optimizer driver\n", registry));
  }
  if (command == "examples")
    return runExamples(argc, argv);
  if (command == "--version") {
    llvm::outs() << producer() << "\n";
    return 0;
  }
  if (command == "--help" || command == "-h" || command == "help") {
    llvm::outs() << usage;
    return 0;
  }
  if (command.empty())
    return fail("no command; see dlc --help");
  return fail("unknown command '" + command + "'; see dlc --help");
}
