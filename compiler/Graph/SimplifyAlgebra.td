// Algebra that is exact for integers (which wrap) and for IEEE floats.

include "mlir/IR/PatternBase.td"
include "DlcOps.td"

def : Pat<(AddOp $x, (NegateOp $y)), (SubtractOp $x, $y)>;
def : Pat<(AddOp (NegateOp $y), $x), (SubtractOp $x, $y)>;
def : Pat<(SubtractOp $x, (NegateOp $y)), (AddOp $x, $y)>;
def : Pat<(MultiplyOp (NegateOp $x), (NegateOp $y)), (MultiplyOp $x, $y)>;
// Negated unsigned integers wrap, and are their own absolute value.
def IsSigned : Constraint<CPred<
    "!getElementTypeOrSelf($0.getType()).isUnsignedInteger()">>;
def : Pat<(AbsOp (NegateOp $x)), (AbsOp $x), [(IsSigned $x)]>;
def : Pat<(SelectOp (NotOp $p), $x, $y), (SelectOp $p, $y, $x)>;
