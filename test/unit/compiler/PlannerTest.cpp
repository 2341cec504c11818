// Random functions of kernels and scans, planned, compiled and run, against the
// interpreter: no value may be overwritten too early.
//
// Every tensor has one type, so that anything may lie over anything; integers
// wrap, so that every bit counts. `--gtest_repeat=N` tries N times as many.

#include "Codegen/Codegen.h"
#include "IR/Dlc.h"
#include "Interpreter/Interpreter.h"
#include "Lowering/Passes.h"
#include "cpu/Execution.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include <gtest/gtest.h>

#include <random>

using namespace mlir;

namespace dlc {
namespace {

using interpreter::Tensor;

constexpr int64_t trips = 3;
constexpr const char *value = "tensor<4x4xi32>";
constexpr const char *stack = "tensor<3x4x4xi32>";

/// Writes one function as text.
class Generator {
public:
  explicit Generator(uint64_t seed) : random(seed) {}

  std::string function(const std::string &name);

private:
  using Values = std::vector<std::string>;

  int below(int n) { return random() % n; }
  std::string pick(const Values &values) {
    return values[below(values.size())];
  }
  std::string fresh() { return "%v" + std::to_string(next++); }

  void block(Values &values, Values &stacks, int depth);
  void kernel(Values &values);
  void scan(Values &values, Values &stacks, int depth);
  std::string expression(Values &inner, bool reduces);

  static std::string join(const Values &values) {
    std::string text;
    for (const std::string &each : values)
      text += (text.empty() ? "" : ", ") + each;
    return text;
  }
  static std::string types(int values, int stacks) {
    Values list(values, value);
    list.insert(list.end(), stacks, stack);
    return join(list);
  }

  std::minstd_rand random;
  std::string text;
  int next = 0;
};

/// One op inside a kernel.
std::string Generator::expression(Values &inner, bool reduces) {
  std::string result = fresh(), of = std::string(" : ") + value + "\n";
  switch (reduces ? 4 : below(4)) {
  case 0:
    text += result + " = dlc.subtract " + pick(inner) + ", " + pick(inner) + of;
    break;
  case 1:
    text += result + " = dlc.multiply " + pick(inner) + ", " + pick(inner) + of;
    break;
  case 2:
    text += result + " = dlc.negate " + pick(inner) + of;
    break;
  case 3:
    text += result + " = dlc.transpose " + pick(inner) +
            " perm [1, 0] : " + value + " to " + value + "\n";
    break;
  case 4:
    std::string sum = fresh();
    text += sum + " = dlc.reduce add " + pick(inner) + " dims [1] : " + value +
            " to tensor<4xi32>\n" + result + " = dlc.broadcast_in_dim " + sum +
            " dims [0] : tensor<4xi32> to " + value + "\n";
    break;
  }
  return result;
}

void Generator::kernel(Values &values) {
  Values inputs, inner, outputs;
  for (int i = 0, n = 1 + below(3); i < n; ++i) {
    inputs.push_back(pick(values));
    inner.push_back(fresh());
  }
  for (int i = 0, n = 1 + below(2); i < n; ++i)
    outputs.push_back(fresh());
  bool isRow = below(3) == 0;
  text += join(outputs) + " = dlc.kernel " + (isRow ? "row(" : "map(") +
          join(inputs) + ") {\n^bb0(";
  for (size_t i = 0; i < inner.size(); ++i)
    text += (i ? ", " : "") + inner[i] + ": " + value;
  text += "):\n";
  for (int i = 0, n = 1 + below(3); i < n; ++i)
    inner.push_back(expression(inner, isRow && i == n - 1));
  Values yields;
  for (size_t i = 0; i < outputs.size(); ++i)
    yields.push_back(i ? pick(inner) : inner.back());
  text += "dlc.yield " + join(yields) + " : " + types(yields.size(), 0) +
          "\n} : (" + types(inputs.size(), 0) + ") -> (" +
          types(outputs.size(), 0) + ")\n";
  values.insert(values.end(), outputs.begin(), outputs.end());
}

void Generator::scan(Values &values, Values &stacks, int depth) {
  Values inits, sequences, constants, inner, innerStacks, results;
  for (int i = 0, n = below(3); i < n; ++i)
    inits.push_back(pick(values));
  for (int i = 0, n = below(3); i < n; ++i)
    sequences.push_back(pick(stacks));
  for (int i = 0, n = below(2); i < n; ++i)
    constants.push_back(pick(values));
  std::string constantStack = pick(stacks), innerStack = fresh();
  size_t outputs = 1 + below(2);
  for (size_t i = 0; i < inits.size() + outputs; ++i)
    results.push_back(fresh());
  text += join(results) + " = dlc.scan " + std::to_string(trips) +
          (below(2) ? " reverse" : "") + " init(" + join(inits) + ") over(" +
          join(sequences) + ") with(" + join(constants) +
          (constants.empty() ? "" : ", ") + constantStack + ") {\n^bb0(";
  for (size_t i = 0; i < inits.size() + sequences.size() + constants.size();
       ++i) {
    inner.push_back(fresh());
    text += inner.back() + ": " + value + ", ";
  }
  text += innerStack + ": " + stack + "):\n";
  innerStacks.push_back(innerStack);
  if (inner.empty()) {
    inner.push_back(fresh());
    text += inner.back() + " = dlc.constant dense<7> : " + value + "\n";
  }
  block(inner, innerStacks, depth + 1);
  Values yields;
  for (size_t i = 0; i < results.size(); ++i)
    yields.push_back(pick(inner));
  text += "dlc.yield " + join(yields) + " : " + types(yields.size(), 0) +
          "\n} : (" + types(inits.size(), sequences.size()) +
          (inits.size() + sequences.size() ? ", " : "") +
          (constants.empty() ? "" : types(constants.size(), 0) + ", ") + stack +
          ") -> (" + types(inits.size(), outputs) + ")\n";
  values.insert(values.end(), results.begin(), results.begin() + inits.size());
  stacks.insert(stacks.end(), results.begin() + inits.size(), results.end());
}

void Generator::block(Values &values, Values &stacks, int depth) {
  for (int i = 0, n = 1 + below(depth ? 3 : 6); i < n; ++i)
    if (depth < 2 && below(3) == 0)
      scan(values, stacks, depth);
    else
      kernel(values);
}

std::string Generator::function(const std::string &name) {
  Values values, stacks;
  int valueResults = 1 + below(3), stackResults = below(2);
  std::vector<bool> taken(valueResults + stackResults);
  std::string arguments;
  auto argument = [&](Values &list, const char *type, int first, int count) {
    list.push_back(fresh());
    arguments += (arguments.empty() ? "" : ", ") + list.back() + ": " + type;
    if (!count || below(2))
      return;
    int result = first + below(count);
    if (!taken[result])
      arguments += " {dlc.donate = " + std::to_string(result) + " : i64}";
    taken[result] = true;
  };
  for (int i = 0; i < 3; ++i)
    argument(values, value, 0, valueResults);
  for (int i = 0; i < 2; ++i)
    argument(stacks, stack, valueResults, stackResults);

  text.clear();
  block(values, stacks, 0);
  Values results;
  for (int i = 0; i < valueResults; ++i)
    results.push_back(pick(values));
  for (int i = 0; i < stackResults; ++i)
    results.push_back(pick(stacks));
  std::string resultTypes = types(valueResults, stackResults);
  return "func.func @" + name + "(" + arguments + ") -> (" + resultTypes +
         ") {\n" + text + "return " + join(results) + " : " + resultTypes +
         "\n}\n";
}

runtime::BufferRef bufferOf(const Tensor &tensor) {
  std::string bytes = tensor.toBytes();
  auto buffer = runtime::Buffer::allocate(bytes.size());
  std::copy(bytes.begin(), bytes.end(), (*buffer)->as<char>());
  return *buffer;
}

std::string bytesOf(const runtime::BufferRef &buffer) {
  return std::string(buffer->as<char>(), buffer->bytes());
}

std::vector<Tensor> argumentsOf(func::FuncOp function) {
  std::vector<Tensor> arguments;
  int64_t next = 1;
  for (Type type : function.getArgumentTypes()) {
    Tensor &tensor = arguments.emplace_back(cast<RankedTensorType>(type));
    for (int64_t &element : tensor.ints)
      element = interpreter::wrap(tensor.element(), next++ * 2654435761);
  }
  return arguments;
}

void compareModule(const std::string &text) {
  MLIRContext context;
  context.loadDialect<DlcDialect, func::FuncDialect>();
  auto module = parseSourceString<ModuleOp>(text, &context);
  ASSERT_TRUE(module) << text;
  OwningOpRef<ModuleOp> reference = module->clone();
  PassManager passes(&context);
  passes.addPass(createLowerKernels());
  passes.addPass(createPlanMemory());
  ASSERT_TRUE(succeeded(passes.run(*module))) << text;
  FailureOr<std::string> bytes = emitProgram(*module, {});
  ASSERT_TRUE(succeeded(bytes)) << text;
  auto program = runtime::deserialize(*bytes);
  ASSERT_TRUE(program.ok()) << program.message();
  auto executable = runtime::Executable::load(std::move(*program));
  ASSERT_TRUE(executable.ok()) << executable.message();

  for (auto function : reference->getOps<func::FuncOp>()) {
    std::vector<Tensor> inputs = argumentsOf(function);
    auto expected = interpreter::interpret(function, inputs);
    ASSERT_TRUE(succeeded(expected));
    auto index = (*executable)->find(function.getSymName().str());
    runtime::CpuExecution execution(*executable, *index);
    // Once with donated buffers, once with buffers that others hold.
    for (bool shared : {false, true}) {
      std::vector<runtime::BufferRef> arguments, kept, results;
      for (const Tensor &input : inputs)
        arguments.push_back(bufferOf(input));
      if (shared)
        kept = arguments;
      runtime::Status status = execution.run(arguments, results);
      ASSERT_TRUE(status.ok()) << status.message();
      for (size_t i = 0; i < results.size(); ++i)
        ASSERT_EQ(bytesOf(results[i]), (*expected)[i].toBytes())
            << "result " << i << (shared ? " (shared)" : " (donated)")
            << " of @" << function.getSymName().str() << " in\n"
            << text;
      for (size_t i = 0; i < kept.size(); ++i)
        ASSERT_EQ(bytesOf(kept[i]), inputs[i].toBytes());
    }
  }
}

TEST(Planner, AgreesWithTheInterpreter) {
  static uint64_t seed = 1;
  for (int i = 0; i < 4 && !HasFatalFailure(); ++i) {
    std::string text;
    for (int f = 0; f < 8; ++f)
      text += Generator(seed++ * 7919).function("f" + std::to_string(f));
    compareModule(text);
  }
}

} // namespace
} // namespace dlc
