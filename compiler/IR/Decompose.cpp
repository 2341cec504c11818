#include "IR/Decompose.h"

#include "IR/Decompositions/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::decompositions;

static const Table &rules() {
  static const Table table = [] {
    Table table;
    addActivations(table);
    addSoftmax(table);
    addStatistics(table);
    addEinsum(table);
    addDraws(table);
    addQuantization(table);
    addLosses(table);
    addNormalizations(table);
    addLayers(table);
    addAttention(table);
    return table;
  }();
  return table;
}

RankedTensorType decompositions::widened(RankedTensorType type) {
  Type element = type.getElementType();
  if (element.isBF16() || element.isF16())
    return type.clone(Float32Type::get(type.getContext()));
  return type;
}

FailureOr<SmallVector<Value>> dlc::decompose(Operation *op, OpBuilder &b) {
  auto found = rules().find(op->getName().getStringRef());
  if (found == rules().end())
    return failure();
  const Rule &rule = found->second;
  TermBuilder builder(op->getLoc(), b);
  SmallVector<Term> operands;
  for (Value operand : op->getOperands()) {
    Term term(builder, operand);
    if (rule.precision == Precision::widened)
      term = convert(term, widened(term.type()).getElementType());
    operands.push_back(term);
  }
  SmallVector<Value> results;
  for (auto [term, result] :
       llvm::zip_equal(rule.write(op, operands), op->getResults()))
    results.push_back(convert(term, tensorType(result).getElementType()));
  return results;
}
