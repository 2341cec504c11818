#include "IR/Dlc.h"

#include "IR/Shapes.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc;

#include "IR/DlcEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "IR/DlcAttrs.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "IR/DlcTypes.cpp.inc"

#include "IR/DlcDialect.cpp.inc"

bool dlc::isStateTensor(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.getElementType().isSignlessInteger(64) &&
         tensor.getShape() == ArrayRef<int64_t>{2};
}

#define GET_OP_CLASSES
#include "IR/DlcOps.cpp.inc"

void DlcDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "IR/DlcAttrs.cpp.inc"
      >();
  addTypes<
#define GET_TYPEDEF_LIST
#include "IR/DlcTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "IR/DlcOps.cpp.inc"
      >();
}

Operation *DlcDialect::materializeConstant(OpBuilder &b, Attribute value,
                                           Type type, Location loc) {
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!elements || elements.getType() != type)
    return nullptr;
  return b.create<ConstantOp>(loc, type, elements);
}

static TypedAttr scalarAttr(Type element, double value) {
  if (isa<FloatType>(element))
    return FloatAttr::get(element, value);
  return IntegerAttr::get(element, APInt(element.getIntOrFloatBitWidth(),
                                         static_cast<int64_t>(value), true));
}

Value dlc::splat(OpBuilder &b, Location loc, RankedTensorType type,
                 double value) {
  auto attr = DenseElementsAttr::get(
      type, Attribute(scalarAttr(type.getElementType(), value)));
  return b.create<ConstantOp>(loc, type, attr);
}

TypedAttr dlc::reductionIdentity(Reduction kind, Type element) {
  if (kind == Reduction::add || kind == Reduction::any)
    return scalarAttr(element, 0);
  if (kind == Reduction::mul || kind == Reduction::all)
    return element.isInteger(1) ? TypedAttr(IntegerAttr::get(element, 1))
                                : scalarAttr(element, 1);
  bool lowest = kind == Reduction::max;
  if (auto type = dyn_cast<FloatType>(element))
    return FloatAttr::get(type,
                          APFloat::getInf(type.getFloatSemantics(), lowest));
  unsigned width = element.getIntOrFloatBitWidth();
  APInt value =
      element.isUnsignedInteger()
          ? (lowest ? APInt::getZero(width) : APInt::getMaxValue(width))
          : (lowest ? APInt::getSignedMinValue(width)
                    : APInt::getSignedMaxValue(width));
  return IntegerAttr::get(element, value);
}

std::string dlc::userPlace(Location loc) {
  std::string text;
  loc->walk([&](Location part) {
    auto file = dyn_cast<FileLineColLoc>(part);
    if (!file)
      return WalkResult::advance();
    text = (file.getFilename().getValue() + ":" + Twine(file.getLine()) + ":" +
            Twine(file.getColumn()))
               .str();
    return WalkResult::interrupt();
  });
  return text;
}
