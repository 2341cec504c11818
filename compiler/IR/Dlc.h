// The `dlc` dialect: its types, traits and ops.

#ifndef DLC_COMPILER_IR_DLC_H
#define DLC_COMPILER_IR_DLC_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace dlc {

/// result[i] depends on operand[i] alone; all shapes are equal.
template <typename Op>
struct Pointwise : mlir::OpTrait::TraitBase<Op, Pointwise> {};

/// Moves elements without computing.
template <typename Op>
struct IndexMap : mlir::OpTrait::TraitBase<Op, IndexMap> {};

/// Decomposed in `fusion`, after autodiff has used its rule.
template <typename Op>
struct Composite : mlir::OpTrait::TraitBase<Op, Composite> {};

/// tensor<2xi64>, [key, counter].
bool isStateTensor(mlir::Type type);

/// Every tensor of the dialect.
inline mlir::RankedTensorType tensorType(mlir::Value value) {
  return mlir::cast<mlir::RankedTensorType>(value.getType());
}

} // namespace dlc

#include "IR/DlcEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "IR/DlcAttrs.h.inc"

#include "IR/DlcDialect.h.inc"

#define GET_TYPEDEF_CLASSES
#include "IR/DlcTypes.h.inc"

#define GET_OP_CLASSES
#include "IR/DlcOps.h.inc"

namespace dlc {

/// A constant with `value` in every element (rounded to the element type).
mlir::Value splat(mlir::OpBuilder &b, mlir::Location loc,
                  mlir::RankedTensorType type, double value);

/// "file:line:column" of the user's call, or "".
std::string userPlace(mlir::Location loc);

/// The identity of a reduction over `element`: 0, 1, lowest, highest, true,
/// false.
mlir::TypedAttr reductionIdentity(Reduction kind, mlir::Type element);

} // namespace dlc

#endif // DLC_COMPILER_IR_DLC_H
