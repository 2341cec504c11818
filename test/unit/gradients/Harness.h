// Parses, transforms and interprets one function, @f.

#ifndef DLC_TEST_UNIT_GRADIENTS_HARNESS_H
#define DLC_TEST_UNIT_GRADIENTS_HARNESS_H

#include "Autodiff/Gradients.h"
#include "Autodiff/Passes.h"
#include "Fusion/Passes.h"
#include "Graph/Passes.h"
#include "Interpreter/Interpreter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include "gtest/gtest.h"

namespace dlc {

class Harness : public testing::Test {
protected:
  using Tensor = interpreter::Tensor;
  using Mode = interpreter::Mode;

  Harness() {
    mlir::DialectRegistry registry;
    registry.insert<DlcDialect, mlir::func::FuncDialect>();
    registerGradientRules(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  void parse(llvm::StringRef text) {
    module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    ASSERT_TRUE(module && function()) << text.str();
  }
  mlir::func::FuncOp function() {
    return module->lookupSymbol<mlir::func::FuncOp>("f");
  }

  void run(std::unique_ptr<mlir::Pass> pass) {
    mlir::PassManager pm(&context);
    pm.addPass(std::move(pass));
    ASSERT_TRUE(succeeded(pm.run(*module)));
  }

  /// Makes f(x…) -> (y…) into f(x…, cotangents of y…) -> (gradients of x…).
  void differentiate() {
    using namespace mlir;
    func::FuncOp f = function();
    Block &body = f.getBody().front();
    OpBuilder b(&body, body.begin());
    Location loc = f.getLoc();
    SmallVector<Value> wrt, outputs, cotangents;
    for (BlockArgument argument : f.getArguments())
      if (isa<FloatType>(getElementTypeOrSelf(argument.getType()))) {
        auto variable = b.create<VariableOp>(loc, argument);
        argument.replaceAllUsesExcept(variable, variable);
        wrt.push_back(variable);
      }
    Operation *end = body.getTerminator();
    for (Value output : end->getOperands()) {
      f.insertArgument(f.getNumArguments(), output.getType(), {}, loc);
      outputs.push_back(output);
      cotangents.push_back(f.getArguments().back());
    }
    b.setInsertionPoint(end);
    auto grad = b.create<GradOp>(loc, ValueRange(wrt).getTypes(), outputs,
                                 cotangents, wrt);
    end->setOperands(grad.getResults());
    f.setFunctionType(
        b.getFunctionType(f.getArgumentTypes(), grad.getResultTypes()));
    ASSERT_TRUE(succeeded(verify(f)));
    run(createDifferentiate());
  }

  /// Makes f(x…) -> (y…) into f(x…, tangents of the float x…) -> (tangents of
  /// y…).
  void differentiateForwards() {
    using namespace mlir;
    func::FuncOp f = function();
    Block &body = f.getBody().front();
    OpBuilder b(&body, body.begin());
    Location loc = f.getLoc();
    SmallVector<Value> wrt, tangents;
    unsigned arguments = f.getNumArguments();
    for (unsigned i = 0; i < arguments; ++i) {
      BlockArgument argument = f.getArgument(i);
      if (!isa<FloatType>(getElementTypeOrSelf(argument.getType())))
        continue;
      auto variable = b.create<VariableOp>(loc, argument);
      argument.replaceAllUsesExcept(variable, variable);
      wrt.push_back(variable);
      f.insertArgument(f.getNumArguments(), argument.getType(), {}, loc);
      tangents.push_back(f.getArguments().back());
    }
    Operation *end = body.getTerminator();
    b.setInsertionPoint(end);
    auto jvp = b.create<JvpOp>(loc, end->getOperandTypes(), end->getOperands(),
                               wrt, tangents);
    end->setOperands(jvp.getResults());
    f.setFunctionType(
        b.getFunctionType(f.getArgumentTypes(), jvp.getResultTypes()));
    ASSERT_TRUE(succeeded(verify(f)));
    run(createDifferentiate());
  }

  std::vector<Tensor> evaluate(llvm::ArrayRef<Tensor> inputs,
                               Mode mode = Mode::exact) {
    auto results = interpreter::interpret(function(), inputs, mode);
    if (failed(results)) {
      ADD_FAILURE() << "the interpreter refused";
      return {};
    }
    return {results->begin(), results->end()};
  }

  /// An argument of f.
  Tensor input(unsigned argument, std::vector<double> values) {
    Tensor t(llvm::cast<mlir::RankedTensorType>(
        function().getArgumentTypes()[argument]));
    EXPECT_EQ(size_t(t.size()), values.size());
    for (auto [i, value] : llvm::enumerate(values))
      if (t.isFloat())
        t.floats[i] = value;
      else
        t.ints[i] = static_cast<int64_t>(value);
    return t;
  }

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

} // namespace dlc

#endif // DLC_TEST_UNIT_GRADIENTS_HARNESS_H
