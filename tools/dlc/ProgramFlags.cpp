#include "ProgramFlags.h"

#include "Values.h"

#include "Pipelines/ParseInput.h"
#include "cpu/ThreadPool.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;
namespace cl = llvm::cl;

ProgramFlags::ProgramFlags(Command &command)
    : path(cl::Positional, cl::Required, command.in, command.of,
           cl::desc("M.mlir|F.dlcprog")),
      function("function", command.in, command.of, cl::value_desc("name"),
               cl::desc("The function (default: the only one)")),
      inputs("input", command.in, command.of,
             cl::value_desc("@a.npy|2x3xf32=1,2,3"),
             cl::desc("The next argument's value; one number fills a tensor")),
      random("random", command.in, command.of, cl::value_desc("seed"),
             cl::desc("Draw the arguments that no --input gives")),
      deviceName("device", command.in, command.of, cl::init("cpu"),
                 cl::value_desc("cpu|cuda|cuda:N|auto|simulator"),
                 cl::desc("Where compiled code runs: this machine's CPU "
                          "(default), a GPU, the first GPU if there is one, a "
                          "simulated GPU")),
      threads("threads", command.in, command.of, cl::init(0),
              cl::value_desc("n"), cl::desc("CPU threads to use")),
      target(command) {}

bool ProgramFlags::prepare(bool runsCompiledCode) {
  if (!simulates() && runsCompiledCode) {
    runtime::Expected<runtime::Device *> result =
        runtime::findDevice(deviceName.getValue());
    if (!result) {
      fail(result.message());
      return false;
    }
    found = *result;
  }
  if (!target.target.getNumOccurrences()) {
    if (simulates())
      target.target = "cuda:sm_80";
    else if (found)
      target.target = found->target();
  }
  if (!target.check())
    return false;
  if (threads.getNumOccurrences())
    if (runtime::Status status = runtime::setThreadCount(threads);
        !status.ok()) {
      fail(status.message());
      return false;
    }
  return true;
}

llvm::Expected<SmallVector<Tensor>>
ProgramFlags::inputValues(ArrayRef<RankedTensorType> types,
                          MLIRContext *context, bool drawsAll) const {
  auto error = [](const llvm::Twine &text) {
    return llvm::createStringError(text.str());
  };
  SmallVector<Tensor> values;
  for (const std::string &text : inputs) {
    auto value = parseValue(text, context);
    if (!value)
      return value.takeError();
    values.push_back(std::move(*value));
  }
  if (drawsAll || random.getNumOccurrences())
    while (values.size() < types.size())
      values.push_back(randomValue(types[values.size()], random + values.size(),
                                   /*smallIntegers=*/drawsAll));
  if (values.size() != types.size())
    return error("the function takes " + llvm::Twine(types.size()) +
                 " inputs, got " + llvm::Twine(values.size()));
  for (auto [i, value] : llvm::enumerate(values))
    if (value.type != types[i]) {
      std::string text;
      llvm::raw_string_ostream(text)
          << "input " << i << " must be " << types[i] << ", got " << value.type;
      return error(text);
    }
  return values;
}

FailureOr<std::string> ProgramFlags::programOf(StringRef text,
                                               Session &session) const {
  if (runtime::isProgram(text))
    return text.str();
  auto module = parseModule(text, path, session.context());
  if (!module ||
      failed(runPipeline(*module, Stage::lowering, target.pipeline())))
    return failure();
  return emitProgram(*module, target.codegen());
}

SmallVector<RankedTensorType>
dlc::tool::argumentTypes(const runtime::Function &function,
                         MLIRContext *context) {
  SmallVector<RankedTensorType> types;
  for (const runtime::Argument &argument : function.arguments)
    types.push_back(toMLIR(argument.type, context));
  return types;
}
