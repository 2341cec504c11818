#include "Oracle.h"

#include "Draw.h"
#include "Generate.h"

#include "Pipelines/Pipelines.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/Support/Format.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;
using interpreter::Tensor;

static func::FuncOp mainOf(ModuleOp module) {
  return module.lookupSymbol<func::FuncOp>(mainFunction);
}

std::optional<SmallVector<Tensor>> dlc::smith::drawInputs(ModuleOp module) {
  func::FuncOp function = mainOf(module);
  SmallVector<Tensor> inputs;
  for (unsigned i = 0; i < function.getNumArguments(); ++i) {
    auto text = function.getArgAttrOfType<StringAttr>(i, drawAttr);
    auto type = dyn_cast<RankedTensorType>(function.getArgumentTypes()[i]);
    std::optional<Draw> draw;
    if (text && type)
      draw = Draw::parse(text.getValue());
    if (!draw)
      return std::nullopt;
    inputs.push_back(draw->tensor(type));
  }
  return inputs;
}

/// Takes the derivatives and nothing else: what rewrites the graph before is
/// what is tested.
static LogicalResult takeDerivatives(ModuleOp module) {
  if (!hasRequests(module))
    return success();
  PassManager pm(module.getContext(), ModuleOp::getOperationName());
  if (failed(parsePassPipeline("dlc-inline-calls,dlc-differentiate", pm)))
    return failure();
  return pm.run(module);
}

namespace {
/// Keeps diagnostics for itself.
class Diagnostics {
public:
  explicit Diagnostics(MLIRContext *context)
      : handler(context, [this](Diagnostic &diagnostic) {
          if (text.empty())
            text = diagnostic.str();
          return success();
        }) {}
  std::string text;

private:
  ScopedDiagnosticHandler handler;
};
} // namespace

static bool areFinite(ArrayRef<Tensor> tensors) {
  return llvm::all_of(tensors, [](const Tensor &tensor) {
    return llvm::all_of(tensor.floats,
                        [](double x) { return std::isfinite(x); });
  });
}

std::unique_ptr<Oracle> Oracle::make(ModuleOp module, std::string &error) {
  Diagnostics diagnostics(module.getContext());
  auto oracle = std::make_unique<Oracle>();
  auto inputs = drawInputs(module);
  if (!inputs) {
    error = "an argument has no dlc.draw";
    return nullptr;
  }
  oracle->arguments = std::move(*inputs);
  oracle->plain = module.clone();
  oracle->isDerivative = hasRequests(module);
  if (failed(takeDerivatives(*oracle->plain))) {
    error = "[autodiff] " + diagnostics.text;
    return nullptr;
  }
  auto results =
      interpreter::interpret(mainOf(*oracle->plain), oracle->arguments);
  if (failed(results)) {
    error = diagnostics.text;
    return nullptr;
  }
  if (!areFinite(*results))
    return nullptr;
  oracle->expected = std::move(*results);
  return oracle;
}

bool dlc::smith::isDifferentiable(ModuleOp module) {
  std::string error;
  if (Oracle::make(module, error))
    return true;
  StringRef text = error;
  bool isKnown = text.empty() || text.contains("rule, but a") ||
                 text.contains("needs max_trips");
  return !isKnown;
}

std::string Oracle::compare(ArrayRef<Tensor> results) {
  if (!bound) {
    SmallVector<func::FuncOp> forms = {mainOf(*plain)};
    Diagnostics quiet(plain->getContext());
    fused = plain->clone();
    if (succeeded(runPipeline(*fused, Stage::fusion)))
      forms.push_back(mainOf(*fused));
    // In which order gradients that meet are added follows from the form that
    // the graph has when they are taken.
    bound.emplace(forms, arguments, expected,
                  isDerivative ? interpreter::Sums::anyOrder
                               : interpreter::Sums::asWritten);
  }
  auto outlier = bound->check(results);
  if (!outlier)
    return "";
  const Tensor &reference = expected[outlier->result];
  std::string type;
  llvm::raw_string_ostream(type) << reference.type;
  std::string text;
  llvm::raw_string_ostream(text)
      << "result " << outlier->result << " (" << type << ") at element "
      << outlier->position << ": "
      << llvm::format("%.9g, the interpreter %.9g, bound %.3g", outlier->got,
                      outlier->expected, outlier->bound);
  return text;
}
