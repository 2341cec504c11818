#include "Execute.h"

#include "mlir/AsmParser/AsmParser.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <chrono>

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

llvm::Expected<std::shared_ptr<runtime::Execution>>
dlc::tool::load(runtime::Device &device, StringRef bytes, StringRef name) {
  runtime::Expected<runtime::Program> program = runtime::deserialize(bytes);
  if (!program)
    return toError(program);
  if (name.empty() && program->functions.size() != 1) {
    std::string known;
    for (const runtime::Function &function : program->functions)
      known += (known.empty() ? "" : ", ") + function.name;
    return llvm::createStringError("--function is needed; functions: " +
                                   (known.empty() ? "none" : known));
  }
  auto execution = device.load(std::move(*program), name);
  if (!execution)
    return toError(execution);
  return std::move(*execution);
}

Arguments::Arguments(runtime::Device &device, ArrayRef<Tensor> values)
    : device(device) {
  for (const Tensor &value : values)
    images.push_back(value.toBytes());
}

runtime::Status
Arguments::fill(std::vector<runtime::BufferRef> &buffers) const {
  buffers.resize(images.size());
  for (auto [buffer, image] : llvm::zip(buffers, images)) {
    if (buffer)
      continue;
    auto fresh = device.allocate(image.size());
    if (!fresh)
      return fresh.error();
    if (auto status = device.upload(image.data(), **fresh); !status.ok())
      return status.error();
    buffer = std::move(*fresh);
  }
  return {};
}

llvm::Expected<SmallVector<Tensor>>
dlc::tool::execute(runtime::Execution &execution, ArrayRef<Tensor> inputs,
                   int64_t repeat, Timing *timing, MLIRContext *context) {
  using Clock = std::chrono::steady_clock;
  runtime::Device &device = execution.device();
  Arguments given(device, inputs);
  std::vector<runtime::BufferRef> arguments, results;
  for (int64_t run = 0; run < repeat; ++run) {
    if (auto status = given.fill(arguments); !status.ok())
      return llvm::createStringError(status.message());
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
  for (auto [buffer, type] : llvm::zip(results, execution.function().results)) {
    std::string image(static_cast<size_t>(type.bytes()), '\0');
    if (auto status = device.download(*buffer, image.data()); !status.ok())
      return llvm::createStringError(status.message());
    tensors.push_back(Tensor::fromBytes(toMLIR(type, context), image));
  }
  return tensors;
}
