#include "Simulate.h"

#include "Execute.h"

#include "ptx-sim/Parser.h"
#include "ptx-sim/RunProgram.h"

#include <cstring>

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;

llvm::Expected<std::unique_ptr<Simulation>> Simulation::load(StringRef bytes,
                                                             StringRef name) {
  runtime::Expected<runtime::Program> program =
      runtime::deserialize(std::string_view(bytes.data(), bytes.size()));
  if (!program)
    return llvm::createStringError(program.message());
  if (program->device != "cuda")
    return llvm::createStringError("the program is compiled for " +
                                   program->device +
                                   "; the simulator runs programs for cuda");
  auto simulation = std::make_unique<Simulation>();
  simulation->program = std::move(*program);
  std::string known;
  const auto &functions = simulation->program.functions;
  for (const runtime::Function &function : functions) {
    if (function.name == name || (name.empty() && functions.size() == 1))
      simulation->source = &function;
    known += (known.empty() ? "" : ", ") + function.name;
  }
  if (!simulation->source)
    return llvm::createStringError(
        (name.empty() ? "--function is needed"
                      : "there is no function '" + name.str() + "'") +
        "; functions: " + (known.empty() ? "none" : known));
  return simulation;
}

llvm::Expected<SmallVector<Tensor>> Simulation::run(ArrayRef<Tensor> inputs,
                                                    MLIRContext *context) {
  auto module = ptxsim::parsePtx(program.image);
  if (!module)
    return llvm::createStringError(module.message());
  ptxsim::Machine machine(std::move(*module));
  std::vector<runtime::BufferRef> arguments;
  for (const Tensor &input : inputs) {
    std::string image = input.toBytes();
    auto buffer = runtime::Buffer::allocate(image.size());
    if (!buffer)
      return llvm::createStringError(buffer.message());
    std::memcpy((*buffer)->data(), image.data(), image.size());
    arguments.push_back(std::move(*buffer));
  }
  auto results = ptxsim::runProgram(program, *source, arguments, machine);
  if (!machine.faults.empty())
    return llvm::createStringError(machine.faults.faults().front().text);
  if (!results)
    return llvm::createStringError(results.message());
  SmallVector<Tensor> tensors;
  for (auto [buffer, type] : llvm::zip(*results, source->results))
    tensors.push_back(Tensor::fromBytes(
        toMLIR(type, context),
        StringRef(buffer->as<char>(), static_cast<size_t>(type.bytes()))));
  return tensors;
}
