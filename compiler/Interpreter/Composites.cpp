// Rules of the composites: their formulas in f64, rounded once.

#include "Interpreter/CompositeRules.h"

using namespace dlc;
using namespace dlc::interpreter;

void dlc::interpreter::addCompositeRules(RuleTable &table) {
  addPointwiseComposites(table);
  addSoftmaxComposites(table);
  addStatisticComposites(table);
  addDrawComposites(table);
  addNormalizationComposites(table);
  addLayerComposites(table);
}
