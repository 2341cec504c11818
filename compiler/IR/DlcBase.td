// The dialect, its element types and the base classes of its ops.
//
// Conventions
//  * Tensors are immutable, ranked and statically shaped; rank 0 is a scalar.
//  * Broadcasting is explicit: elementwise ops take operands of one type.
//  * A *primitive* has a lowering. A *composite* (trait CompositeOp) lives until
//    autodiff has used its rule; the `fusion` stage decomposes it.

#ifndef DLC_BASE
#define DLC_BASE

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Dlc_Dialect : Dialect {
  let name = "dlc";
  let cppNamespace = "::dlc";
  let summary = "Dataflow IR of neural networks: forward, backward and update.";
  let description = [{
    Primitives use StableHLO's names and meaning, composites ONNX's. A module
    carries `dlc.stage`, the last stage that has run; tools resume after it.
  }];
  let hasConstantMaterializer = 1;
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
}

//===-- Element types and tensors ------------------------------------------===//

// bf16 and f16 are stored; arithmetic on them is done in f32 and rounded once.
// Signless integers are signed.
def Dlc_Float : AnyTypeOf<[F32, F64, BF16, F16]>;
def Dlc_Int : AnyTypeOf<[I8, I32, I64, UI8, UI32]>;
def Dlc_Index : AnyTypeOf<[I32, I64]>;
def Dlc_Number : AnyTypeOf<[F32, F64, BF16, F16, I8, I32, I64, UI8, UI32]>;
def Dlc_Bits : AnyTypeOf<[I1, I8, I32, I64, UI8, UI32]>;
def Dlc_Element : AnyTypeOf<[F32, F64, BF16, F16, I8, I32, I64, UI8, UI32, I1]>;

def Dlc_FloatTensor : StaticShapeTensorOf<[Dlc_Float]>;
def Dlc_IntTensor : StaticShapeTensorOf<[Dlc_Int]>;
def Dlc_IndexTensor : StaticShapeTensorOf<[Dlc_Index]>;
def Dlc_NumberTensor : StaticShapeTensorOf<[Dlc_Number]>;
def Dlc_BitsTensor : StaticShapeTensorOf<[Dlc_Bits]>;
def Dlc_BoolTensor : StaticShapeTensorOf<[I1]>;
def Dlc_Tensor : StaticShapeTensorOf<[Dlc_Element]>;
// What a loop keeps of its trips, where nothing says how many there will be.
def Dlc_Tape : TypeDef<Dlc_Dialect, "Tape"> {
  let mnemonic = "tape";
  let summary = "An entry for each trip of a loop.";
  let description = [{
    An element type, so that an outer loop can stack the tapes of an inner one.
    A tape of at most `capacity` entries lies where its tensor lies, planned like
    any value. One without (-1) grows in segments outside the arena.

    Example: `tensor<!dlc.tape<tensor<4xf32>, 9>>`
  }];
  let parameters = (ins "::mlir::RankedTensorType":$entry,
                        DefaultValuedParameter<"int64_t", "-1">:$capacity);
  let assemblyFormat = "`<` $entry (`,` $capacity^)? `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    bool isBounded() const { return getCapacity() >= 0; }
  }];
}
/// What control flow passes on without looking at it.
def Dlc_Value : StaticShapeTensorOf<[Dlc_Element, Dlc_Tape]>;

def Dlc_StateTensor : Type<
    CPred<"isStateTensor($_self)">, "random state, tensor<2xi64>", "::mlir::RankedTensorType">;

//===-- Enumerations -------------------------------------------------------===//

// An attribute of one of these prints the space before it, so that a format
// which begins with one says `` first.
class Dlc_Enum<string name, list<I32EnumAttrCase> cases>
    : I32EnumAttr<name, "", cases> {
  let cppNamespace = "::dlc";
  let genSpecializedAttr = 0;
}

def Dlc_ReductionEnum : Dlc_Enum<"Reduction", [
  I32EnumAttrCase<"add", 0>, I32EnumAttrCase<"mul", 1>,
  I32EnumAttrCase<"max", 2>, I32EnumAttrCase<"min", 3>,
  I32EnumAttrCase<"all", 4, "and">, I32EnumAttrCase<"any", 5, "or">]>;
def Dlc_Reduction : EnumAttr<Dlc_Dialect, Dlc_ReductionEnum, "reduction">;

def Dlc_DirectionEnum : Dlc_Enum<"Direction", [
  I32EnumAttrCase<"EQ", 0>, I32EnumAttrCase<"NE", 1>,
  I32EnumAttrCase<"LT", 2>, I32EnumAttrCase<"LE", 3>,
  I32EnumAttrCase<"GT", 4>, I32EnumAttrCase<"GE", 5>]>;
def Dlc_Direction : EnumAttr<Dlc_Dialect, Dlc_DirectionEnum, "direction">;

def Dlc_ScatterModeEnum : Dlc_Enum<"ScatterMode", [
  I32EnumAttrCase<"add", 0>, I32EnumAttrCase<"replace", 1>]>;
def Dlc_ScatterMode : EnumAttr<Dlc_Dialect, Dlc_ScatterModeEnum, "scatter_mode">;

def Dlc_EmitterEnum : Dlc_Enum<"Emitter", [
  I32EnumAttrCase<"map", 0>, I32EnumAttrCase<"row", 1>,
  I32EnumAttrCase<"column", 2>, I32EnumAttrCase<"contraction", 3>,
  I32EnumAttrCase<"window", 4>, I32EnumAttrCase<"scatter", 5>,
  I32EnumAttrCase<"sort", 6>, I32EnumAttrCase<"cumulative", 7>,
  I32EnumAttrCase<"chain", 8>]>;
def Dlc_Emitter : EnumAttr<Dlc_Dialect, Dlc_EmitterEnum, "emitter">;

//===-- Traits and base classes --------------------------------------------===//

class Dlc_Trait<string name> : NativeOpTrait<name> {
  let cppNamespace = "::dlc";
}
// result[i] depends on operand[i] alone; all shapes are equal.
def Pointwise : Dlc_Trait<"Pointwise">;
// Moves elements without computing: an index map, never a reason for a kernel.
def IndexMap : Dlc_Trait<"IndexMap">;
// Decomposed in `fusion`, after autodiff has used its rule.
def Composite : Dlc_Trait<"Composite">;

class Dlc_Op<string mnemonic, list<Trait> traits = []>
    : Op<Dlc_Dialect, mnemonic, traits>;

class Dlc_Unary<string mnemonic, Type tensor, list<Trait> traits = []>
    : Dlc_Op<mnemonic, !listconcat(traits,
             [Pure, Pointwise, SameOperandsAndResultType])> {
  let arguments = (ins tensor:$operand);
  let results = (outs tensor:$result);
  let assemblyFormat = "$operand attr-dict `:` type($result)";
}

class Dlc_Binary<string mnemonic, Type tensor, list<Trait> traits = []>
    : Dlc_Op<mnemonic, !listconcat(traits,
             [Pure, Pointwise, SameOperandsAndResultType])> {
  let arguments = (ins tensor:$lhs, tensor:$rhs);
  let results = (outs tensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($result)";
}

// An op whose result types follow from operands and attributes.
def Inferred : DeclareOpInterfaceMethods<InferTypeOpInterface>;

#endif // DLC_BASE
