// ptx-sim: executes PTX, or a compiled Program for cuda, without a card.

#include "ptx-sim/Arguments.h"
#include "ptx-sim/Parser.h"
#include "ptx-sim/Report.h"
#include "ptx-sim/RunProgram.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace dlc;
using namespace dlc::ptxsim;
namespace cl = llvm::cl;

namespace {

enum class Statistics { none, text, json };

/// All options stand in one subcommand: LLVM's own, of which there are
/// thousands, are not accepted.
struct Flags {
  cl::SubCommand command{"run", "Execute PTX or a Program for cuda"};
  cl::OptionCategory category{"Options"};
  cl::sub in{command};
  cl::cat of{category};

  cl::opt<std::string> path{cl::Positional, cl::Required, in, of,
                            cl::desc("FILE.ptx|F.dlcprog")};
  cl::opt<Statistics> stats{
      "stats",
      in,
      of,
      cl::ValueOptional,
      cl::init(Statistics::none),
      cl::desc("Print counts of each kernel"),
      cl::values(clEnumValN(Statistics::text, "", ""),
                 clEnumValN(Statistics::text, "text", "as text (default)"),
                 clEnumValN(Statistics::json, "json", "as JSON, on stdout"))};
  cl::opt<int64_t> budget{
      "max-instructions", in, of, cl::value_desc("n"),
      cl::desc("Instructions by lanes that a launch may run")};

  // PTX.
  cl::opt<std::string> kernel{"kernel", in, of, cl::value_desc("name"),
                              cl::desc("PTX: the kernel to launch")};
  cl::opt<std::string> grid{"grid",
                            in,
                            of,
                            cl::init("1"),
                            cl::value_desc("x[,y,z]"),
                            cl::desc("PTX: blocks of the grid")};
  cl::opt<std::string> block{"block",
                             in,
                             of,
                             cl::init("32"),
                             cl::value_desc("x[,y,z]"),
                             cl::desc("PTX: threads of a block")};
  cl::opt<int64_t> shared{"shared",
                          in,
                          of,
                          cl::init(0),
                          cl::value_desc("n"),
                          cl::desc("PTX: bytes of dynamic shared memory")};
  cl::list<std::string> arguments{
      "arg", in, of, cl::value_desc("a"),
      cl::desc("PTX: the next parameter: a number, @a.npy, 4xf32=1,2,3,4 or "
               "4xf32 (unwritten); >@o.npy or >- after it says where the "
               "buffer goes")};

  // Programs.
  cl::opt<std::string> function{
      "function", in, of, cl::value_desc("name"),
      cl::desc("Program: the function (default: the only one)")};
  cl::list<std::string> inputs{
      "input", in, of, cl::value_desc("@a.npy|2x3xf32=1,2,3"),
      cl::desc("Program: the next argument; one number fills a tensor")};
  cl::opt<uint64_t> random{
      "random", in, of, cl::value_desc("seed"),
      cl::desc("Program: draw the arguments that no --input gives, as dlc run "
               "does")};
  cl::list<std::string> outputs{
      "output", in, of, cl::value_desc("@o.npy"),
      cl::desc("Program: where the next result goes (default: printed)")};
  cl::list<std::string> expected{
      "expect", in, of, cl::value_desc("@o.npy"),
      cl::desc("Program: what the next result must be")};
  cl::opt<double> ulp{"ulp",
                      in,
                      of,
                      cl::init(0),
                      cl::value_desc("n"),
                      cl::desc("--expect: units in the last place that results "
                               "may differ by")};
  cl::opt<double> rtol{
      "rtol",
      in,
      of,
      cl::init(0),
      cl::value_desc("x"),
      cl::desc("--expect: or, relative to a result's largest element")};
  cl::opt<double> atol{"atol",
                       in,
                       of,
                       cl::init(0),
                       cl::value_desc("x"),
                       cl::desc("--expect: or, absolutely")};
};

} // namespace

static int fail(const llvm::Twine &text) {
  llvm::errs() << "ptx-sim: error: " << text << "\n";
  return 1;
}

static std::unique_ptr<Machine> makeMachine(const Flags &flags,
                                            llvm::StringRef ptx) {
  Expected<std::unique_ptr<Module>> module =
      parsePtx(std::string_view(ptx.data(), ptx.size()));
  if (!module) {
    fail(module.message());
    return nullptr;
  }
  Limits limits;
  if (flags.budget.getNumOccurrences())
    limits.instructions = flags.budget;
  return std::make_unique<Machine>(std::move(*module), limits);
}

/// Faults and statistics; the exit status.
static int report(const Flags &flags, const Machine &machine, int status) {
  if (flags.stats == Statistics::text)
    printStatistics(machine, llvm::outs());
  else if (flags.stats == Statistics::json)
    printJson(machine, llvm::outs());
  llvm::outs().flush();
  printFaults(machine, llvm::errs());
  return machine.faults.empty() ? status : 1;
}

//===-- PTX ---------------------------------------------------------------===//

static bool parseDim3(llvm::StringRef text, Dim3 &size) {
  llvm::SmallVector<llvm::StringRef> words;
  text.split(words, ',');
  int64_t *sizes[] = {&size.x, &size.y, &size.z};
  if (words.size() > 3)
    return false;
  for (auto [word, target] : llvm::zip(words, sizes))
    if (word.getAsInteger(10, *target))
      return false;
  return true;
}

namespace {
/// A buffer among a kernel's parameters.
struct BufferArgument {
  runtime::TensorType type;
  std::shared_ptr<Allocation> allocation;
  /// "", "-" or "@o.npy".
  std::string target;
};
} // namespace

/// Adds a parameter's word; buffers go into `buffers`.
static Status addArgument(llvm::StringRef text, const Variable &parameter,
                          Machine &machine, std::vector<uint64_t> &words,
                          std::vector<BufferArgument> &buffers) {
  auto [value, target] = text.split('>');
  uint64_t number = 0;
  double real = 0;
  bool isBuffer = value.starts_with("@") || value.contains('=');
  if (!isBuffer && isFloat(parameter.type) && !value.getAsDouble(real)) {
    words.push_back(parameter.type == Type::f32
                        ? toBits(static_cast<float>(real))
                        : toBits(real));
    return {};
  }
  int64_t negative = 0;
  if (!isBuffer && !value.getAsInteger(0, negative)) {
    words.push_back(static_cast<uint64_t>(negative));
    return {};
  }
  if (!isBuffer && !value.getAsInteger(0, number)) {
    words.push_back(number);
    return {};
  }
  BufferArgument buffer;
  buffer.target = target.str();
  bool isUnwritten = !isBuffer;
  Expected<runtime::Array> array =
      parseArray(isUnwritten ? value.str() + "=0" : value.str());
  if (!array)
    return array.error();
  buffer.type = array->type;
  buffer.allocation = std::make_shared<Allocation>(
      "buffer " + std::to_string(buffers.size()), array->type.bytes());
  if (!isUnwritten)
    buffer.allocation->fill(array->buffer->data(), array->buffer->bytes());
  words.push_back(
      machine.memory.open("parameter " + std::to_string(words.size()) + " (" +
                              array->type.str() + ")",
                          buffer.allocation, 0, array->type.bytes()));
  buffers.push_back(std::move(buffer));
  return {};
}

static int runPtx(const Flags &flags, llvm::StringRef text) {
  std::unique_ptr<Machine> machine = makeMachine(flags, text);
  if (!machine)
    return 1;
  Launch launch;
  launch.kernel = flags.kernel;
  launch.dynamicShared = flags.shared;
  if (!parseDim3(flags.grid, launch.grid) ||
      !parseDim3(flags.block, launch.block))
    return fail("--grid and --block take X[,Y,Z]");
  const Function *function = machine->module().find(launch.kernel);
  std::vector<uint64_t> words;
  std::vector<BufferArgument> buffers;
  size_t parameters = function ? function->inputs.size() : 0;
  if (function && flags.arguments.size() != parameters)
    return fail("kernel '" + launch.kernel + "' takes " +
                llvm::Twine(parameters) + " parameters, got " +
                llvm::Twine(flags.arguments.size()));
  for (size_t i = 0; i < parameters; ++i)
    if (Status status = addArgument(flags.arguments[i], *function->inputs[i],
                                    *machine, words, buffers);
        !status.ok())
      return fail(status.message());
  if (function)
    launch.parameters = packParameters(*function, words);
  if (Status status = machine->launch(launch); !status.ok())
    return fail(status.message());
  for (const BufferArgument &buffer : buffers)
    machine->statistics[launch.kernel].bufferBytes += buffer.type.bytes();
  int status = 0;
  for (const BufferArgument &buffer : buffers) {
    const void *data = buffer.allocation->bytes.data();
    if (buffer.target == "-") {
      llvm::outs() << buffer.allocation->name << ": "
                   << print(buffer.type, data) << "\n";
    } else if (!buffer.target.empty()) {
      llvm::StringRef path = buffer.target;
      if (!path.consume_front("@"))
        status = fail("a buffer goes to >@FILE.npy or >-, got '>" + path + "'");
      else if (Status written =
                   runtime::writeNpy(path.str(), buffer.type, data);
               !written.ok())
        status = fail(written.message());
    }
  }
  return report(flags, *machine, status);
}

//===-- Programs ----------------------------------------------------------===//

static const runtime::Function *findFunction(const runtime::Program &program,
                                             llvm::StringRef name) {
  if (name.empty() && program.functions.size() == 1)
    return &program.functions.front();
  std::string known;
  for (const runtime::Function &function : program.functions) {
    if (function.name == name)
      return &function;
    known += (known.empty() ? "" : ", ") + function.name;
  }
  fail((name.empty() ? "--function is needed"
                     : "there is no function '" + name.str() + "'") +
       "; functions: " + (known.empty() ? "none" : known));
  return nullptr;
}

static int runProgramFile(const Flags &flags, llvm::StringRef bytes) {
  runtime::Expected<runtime::Program> program =
      runtime::deserialize(std::string_view(bytes.data(), bytes.size()));
  if (!program)
    return fail(program.message());
  if (program->device != "cuda")
    return fail("the program is compiled for " + program->device +
                "; this simulates cuda");
  const runtime::Function *function = ::findFunction(*program, flags.function);
  if (!function)
    return 1;
  std::unique_ptr<Machine> machine = makeMachine(flags, program->image);
  if (!machine)
    return 1;

  std::vector<runtime::BufferRef> arguments;
  for (size_t i = 0; i < function->arguments.size(); ++i) {
    const runtime::TensorType &type = function->arguments[i].type;
    bool isGiven = i < flags.inputs.size();
    if (!isGiven && !flags.random.getNumOccurrences())
      return fail("the function takes " +
                  llvm::Twine(function->arguments.size()) + " inputs, got " +
                  llvm::Twine(flags.inputs.size()));
    Expected<runtime::Array> array = isGiven
                                         ? parseArray(flags.inputs[i])
                                         : randomArray(type, flags.random + i);
    if (!array)
      return fail(array.message());
    if (array->type != type)
      return fail("input " + llvm::Twine(i) + " must be " + type.str() +
                  ", got " + array->type.str());
    arguments.push_back(array->buffer);
  }
  Expected<std::vector<runtime::BufferRef>> results =
      runProgram(*program, *function, arguments, *machine);
  if (!results) {
    fail(results.message());
    return report(flags, *machine, 1);
  }
  int status = 0;
  Tolerance tolerance{flags.ulp, flags.rtol, flags.atol};
  for (size_t i = 0; i < results->size(); ++i) {
    const runtime::TensorType &type = function->results[i];
    const void *data = (*results)[i]->data();
    if (i < flags.expected.size()) {
      Expected<runtime::Array> expected = parseArray(flags.expected[i]);
      if (!expected)
        return fail(expected.message());
      if (expected->type != type)
        return fail("result " + llvm::Twine(i) + " is " + type.str() +
                    ", --expect has " + expected->type.str());
      Comparison comparison =
          compare(type, data, expected->buffer->data(), tolerance);
      llvm::outs() << "result " << i << ": " << type.str() << ": "
                   << comparison.text << "\n";
      if (!comparison.within)
        status = fail("result " + llvm::Twine(i) + " differs too much");
    }
    if (i < flags.outputs.size()) {
      llvm::StringRef path = flags.outputs[i];
      if (!path.consume_front("@"))
        return fail("--output takes @FILE.npy, got '" + path + "'");
      if (Status written = runtime::writeNpy(path.str(), type, data);
          !written.ok())
        return fail(written.message());
    } else if (i >= flags.expected.size() && flags.stats != Statistics::json) {
      llvm::outs() << "result " << i << ": " << print(type, data) << "\n";
    }
  }
  return report(flags, *machine, status);
}

int main(int argc, char **argv) {
  // The only subcommand need not be named.
  std::vector<const char *> words = {argv[0], "run"};
  words.insert(words.end(), argv + 1, argv + argc);
  Flags flags;
  cl::HideUnrelatedOptions(flags.category, flags.command);
  std::string text;
  llvm::raw_string_ostream errors(text);
  if (!cl::ParseCommandLineOptions(static_cast<int>(words.size()), words.data(),
                                   "", &errors)) {
    llvm::errs() << llvm::StringRef(text).ltrim().split('\n').first << "\n";
    return 1;
  }
  auto file = llvm::MemoryBuffer::getFileOrSTDIN(flags.path);
  if (!file)
    return fail("cannot read '" + flags.path +
                "': " + file.getError().message());
  llvm::StringRef bytes = (*file)->getBuffer();
  return runtime::isProgram(std::string_view(bytes.data(), bytes.size()))
             ? runProgramFile(flags, bytes)
             : runPtx(flags, bytes);
}
