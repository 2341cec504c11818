// Walks the registered ops: whoever adds one has to say what it computes and
// what its gradient is. The rest of an op's duties is checked by
// test/IR/every-op.test.

#include "Autodiff/Gradients.h"
#include "IR/Dlc.h"
#include "Interpreter/Interpreter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

#include "gtest/gtest.h"

using namespace mlir;
using namespace dlc;

namespace {

/// A request to autodiff, and the launch list, which the runtime walks.
bool isNeverEvaluated(StringRef name) {
  static constexpr StringRef names[] = {
      "dlc.grad", "dlc.jvp",   "dlc.program", "dlc.launch", "dlc.copy",
      "dlc.show", "dlc.check", "dlc.loop",    "dlc.branch", "dlc.repeat"};
  return llvm::is_contained(names, name);
}

template <typename F> void forEachOp(F f) {
  DialectRegistry registry;
  registry.insert<DlcDialect, func::FuncDialect>();
  registerGradientRules(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  for (RegisteredOperationName name : context.getRegisteredOperations())
    if (isa<DlcDialect>(name.getDialect()))
      f(name);
}

TEST(OpTables, EveryOpCanBeInterpreted) {
  forEachOp([](OperationName name) {
    EXPECT_NE(interpreter::hasRule(name.getStringRef()),
              isNeverEvaluated(name.getStringRef()))
        << name.getStringRef().str();
  });
}

TEST(OpTables, EveryOpDeclaresItsGradient) {
  forEachOp([](OperationName name) {
    EXPECT_TRUE(gradientDeclaration(name).has_value())
        << name.getStringRef().str();
  });
}

} // namespace
