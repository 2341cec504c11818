#include "IR/Invariant.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace dlc;

bool dlc::isInvariant(Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument)
    return false;
  auto function =
      dyn_cast<FunctionOpInterface>(argument.getOwner()->getParentOp());
  return function && function.getArgAttrOfType<UnitAttr>(
                         argument.getArgNumber(), "dlc.invariant");
}
