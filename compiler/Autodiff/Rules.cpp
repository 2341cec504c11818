// What is declared about the gradient of each op: a rule of its own
// (Rules/*.cpp, a few lines an op), its decomposition, or none because no
// gradient passes through it. A test walks the registered ops and fails on one
// that stands nowhere.

#include "Autodiff/Rules/Rules.h"
#include "Autodiff/Gradients.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::rules;

//===-- Helpers of the tables
//----------------------------------------------===//

Term rules::scalar(Term x, double value) {
  RankedTensorType type = x.type().clone(ArrayRef<int64_t>{});
  return x.make<ConstantOp>(DenseElementsAttr::get(
      type, Attribute(FloatAttr::get(type.getElementType(), value))));
}

Term rules::widened(Term x) {
  Type element = x.type().getElementType();
  if (element.isBF16() || element.isF16())
    return convert(x, Float32Type::get(element.getContext()));
  return x;
}

/// The op with another value for one of its operands.
static Operation *withOperands(Operation *op, Tangents &t,
                               ArrayRef<unsigned> replaced) {
  SmallVector<Value> tangents;
  for (unsigned i : replaced)
    tangents.push_back(t.t(i));
  Operation *moved = t.b.clone(*op);
  for (auto [i, tangent] : llvm::zip_equal(replaced, tangents))
    moved->setOperand(i, tangent);
  return moved;
}

void rules::linearJvp(Operation *op, Tangents &t) {
  SmallVector<unsigned> operands;
  for (auto [i, operand] : llvm::enumerate(op->getOperands()))
    if (isDifferentiable(operand))
      operands.push_back(i);
  Operation *moved = withOperands(op, t, operands);
  for (auto [i, result] : llvm::enumerate(op->getResults()))
    if (isDifferentiable(result))
      t.set(i, moved->getResult(i));
}

void rules::bilinearJvp(Operation *op, Tangents &t) {
  Value sum;
  for (unsigned i : {0, 1}) {
    if (!t.has(i))
      continue;
    Value part = withOperands(op, t, i)->getResult(0);
    sum = sum ? Value(t.b.create<AddOp>(sum, part)) : part;
  }
  t.set(0, sum);
}

void dlc::registerGradientRules(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *c, DlcDialect *) {
    attachElementwise(c);
    attachIndexMaps(c);
    attachReductions(c);
    attachWindows(c);
    attachConvolution(c);
    attachIndexing(c);
    attachActivations(c);
    attachLosses(c);
    attachLayers(c);
    attachControlFlow(c);
  });
}

//===-- Tables: ops without a rule
//-----------------------------------------===//

template <typename... Ops> static bool isOneOf(OperationName name) {
  return ((name.getTypeID() == TypeID::get<Ops>()) || ...);
}

std::optional<Gradient> dlc::gradientDeclaration(OperationName name) {
  if (name.hasInterface<VjpInterface>())
    return Gradient::rule;
  if (isOneOf<StopGradientOp, SignOp, FloorOp, CeilOp, RoundNearestEvenOp>(
          name))
    return Gradient::zero;
  bool integersOrBooleans =
      isOneOf<NotOp, AndOp, OrOp, XorOp, ShiftLeftOp, ShiftRightLogicalOp,
              CompareOp, IsFiniteOp, BitcastConvertOp, CheckIndexOp, OneHotOp,
              ArgmaxOp, ArgminOp, CategoricalOp, BernoulliOp, UniformQuantizeOp,
              MagnitudeMaskOp>(name);
  bool sources = isOneOf<ConstantOp, EmptyTapeOp, IotaOp, RngBitGeneratorOp,
                         UniformOp, NormalOp, PermutationOp>(name);
  bool otherStages =
      isOneOf<YieldOp, GradOp, JvpOp, KernelOp, ProgramOp, LaunchOp, CopyOp,
              ShowOp, CheckOp, LoopOp, BranchOp, RepeatOp>(name);
  if (integersOrBooleans || sources || otherStages)
    return Gradient::none;
  if (name.hasTrait<Composite>())
    return Gradient::decomposition;
  return std::nullopt;
}
