#include "Execute.h"

#include "mlir/AsmParser/AsmParser.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <chrono>
#include <cstring>

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;

template <typename T>
static llvm::Error toError(const runtime::Expected<T> &failed) {
  return llvm::createStringError(failed.message());
}

RankedTensorType dlc::tool::toMLIR(const runtime::TensorType &type,
                                   MLIRContext *context) {
  // Both print alike.
  return cast<RankedTensorType>(parseType(type.str(), context));
}

runtime::TensorType dlc::tool::toRuntime(RankedTensorType type) {
  std::string element;
  llvm::raw_string_ostream(element) << type.getElementType();
  return {*runtime::parseElementType(element), type.getShape().vec()};
}

llvm::Expected<std::unique_ptr<runtime::Execution>>
dlc::tool::load(StringRef bytes, StringRef name) {
  runtime::Expected<runtime::Program> program = runtime::deserialize(bytes);
  if (!program)
    return toError(program);
  auto executable = runtime::Executable::load(std::move(*program));
  if (!executable)
    return toError(executable);
  const auto &functions = (*executable)->program().functions;
  if (name.empty() && functions.size() != 1) {
    std::string known;
    for (const runtime::Function &function : functions)
      known += (known.empty() ? "" : ", ") + function.name;
    return llvm::createStringError("--function is needed; functions: " +
                                   (known.empty() ? "none" : known));
  }
  int64_t index = 0;
  if (!name.empty()) {
    runtime::Expected<int64_t> found = (*executable)->find(name);
    if (!found)
      return toError(found);
    index = *found;
  }
  return std::make_unique<runtime::Execution>(std::move(*executable), index);
}

llvm::Expected<SmallVector<Tensor>>
dlc::tool::execute(runtime::Execution &execution, ArrayRef<Tensor> inputs,
                   int64_t repeat, Timing *timing, MLIRContext *context) {
  using Clock = std::chrono::steady_clock;
  SmallVector<std::string> images;
  for (const Tensor &input : inputs)
    images.push_back(input.toBytes());
  std::vector<runtime::BufferRef> results;
  for (int64_t run = 0; run < repeat; ++run) {
    std::vector<runtime::BufferRef> arguments;
    for (const std::string &image : images) {
      auto buffer = runtime::Buffer::allocate(image.size());
      if (!buffer)
        return toError(buffer);
      std::memcpy((*buffer)->data(), image.data(), image.size());
      arguments.push_back(std::move(*buffer));
    }
    auto start = Clock::now();
    runtime::Status status =
        execution.run(arguments, results, timing ? &timing->profile : nullptr);
    if (!status.ok())
      return llvm::createStringError(status.message());
    if (timing)
      timing->seconds.push_back(
          std::chrono::duration<double>(Clock::now() - start).count());
  }
  SmallVector<Tensor> tensors;
  for (auto [buffer, type] : llvm::zip(results, execution.function().results))
    tensors.push_back(Tensor::fromBytes(
        toMLIR(type, context),
        StringRef(buffer->as<char>(), static_cast<size_t>(type.bytes()))));
  return tensors;
}
