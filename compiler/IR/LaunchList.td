// The launch list: what `lowering` makes of a function, and what `codegen`
// copies into the Program. The runtime walks it; nothing here is compiled.

#ifndef DLC_LAUNCH_LIST
#define DLC_LAUNCH_LIST

include "DlcBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/SymbolInterfaces.td"

def Dlc_SpaceEnum : Dlc_Enum<"Space", [
  I32EnumAttrCase<"argument", 0>, I32EnumAttrCase<"result", 1>,
  I32EnumAttrCase<"arena", 2>, I32EnumAttrCase<"constant", 3>,
  I32EnumAttrCase<"tape", 4>, I32EnumAttrCase<"prepared", 5>]>;

def Dlc_Address : AttrDef<Dlc_Dialect, "Address"> {
  let mnemonic = "at";
  let summary = "Where an operand of a launch lies.";
  let description = [{
    `index` counts arguments, results, or the tapes with segments of the loops
    around, outermost loop first (0 for arena, constant and prepared); in a tape it
    is the trip's entry that is meant. `offset` is in bytes; `strides[d]` is added once
    per trip of the enclosing loop at depth d, outermost first.

    Example: `#dlc.at<arena, 0, 4096, [128]>`
  }];
  let parameters = (ins EnumParameter<Dlc_SpaceEnum>:$space, "int64_t":$index,
                        "int64_t":$offset, OptionalArrayRefParameter<"int64_t">:$strides);
  let assemblyFormat = "`<` $space `,` $index `,` $offset `,` `[` (`]`) : ($strides^ `]`)? `>`";
}
def Dlc_AddressArray : TypedArrayAttrBase<Dlc_Address, "addresses">;

def Dlc_TapeRoleEnum : Dlc_Enum<"TapeRole", [
  I32EnumAttrCase<"count", 0>, I32EnumAttrCase<"read", 1>,
  I32EnumAttrCase<"append", 2>]>;

def Dlc_TapeUse : AttrDef<Dlc_Dialect, "TapeUse"> {
  let mnemonic = "tape_use";
  let summary = "What a loop does with a tape.";
  let description = [{
    `at` is where the tape's header lies: the number of its entries, an i64, and
    the runtime's name for its segments, another. `count` writes the number of
    trips there: the entries lie where addresses say. `read` and `append` are of
    tapes with segments, whose entries have `bytes`.

    Example: `#dlc.tape_use<append, <arena, 0, 64>, 256>`
  }];
  let parameters = (ins EnumParameter<Dlc_TapeRoleEnum>:$role,
                        "AddressAttr":$at, "int64_t":$bytes);
  let assemblyFormat = "`<` $role `,` $at `,` $bytes `>`";
}
def Dlc_TapeUses : TypedArrayAttrBase<Dlc_TapeUse, "uses of tapes">;

def ProgramOp : Dlc_Op<"program", [Symbol, IsolatedFromAbove, SingleBlock, NoTerminator]> {
  let summary = "A function's launch list and memory plan.";
  let description = [{
    `function_type` is the signature in tensors, `arg_attrs` the arguments'
    attributes (`dlc.name`, `dlc.donate`, `dlc.invariant`). `arena` counts the
    bytes of the one block that holds every intermediate value, `tapes` the most
    that segments of tapes may take beside it, if there are any.

    What follows from invariant arguments alone is computed by `setup`, into
    `prepared` bytes that outlive a run. A run whose arguments are those of an
    earlier one, and as they were then, skips the setup.

    Example: see `dlc compile --emit=lowering`.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttr:$function_type,
                       OptionalAttr<DictArrayAttr>:$arg_attrs, I64Attr:$arena,
                       OptionalAttr<I64Attr>:$tapes,
                       OptionalAttr<I64Attr>:$prepared);
  let regions = (region AnyRegion:$setup, SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name $function_type `arena` $arena (`tapes` $tapes^)?
    (`prepared` $prepared^)? attr-dict-with-keyword (`setup` $setup^ `body`)?
    $body
  }];
  let hasVerifier = 1;
}
def LaunchOp : Dlc_Op<"launch"> {
  let summary = "Runs tiles [0, tiles) of a kernel on slots.";
  let description = [{
    The runtime may split the tiles among threads in any way. `work` estimates
    the launch's cost in bytes moved plus flops, for that decision. A launch that
    is `joined` may run at the same time as the one before it, and as all that
    that one is joined to.

    Example: `dlc.launch @k0 [#dlc.at<argument, 0, 0, []>] tiles 4 work 1024`
  }];
  let arguments = (ins FlatSymbolRefAttr:$kernel, Dlc_AddressArray:$slots,
                       I64Attr:$tiles, I64Attr:$work, UnitAttr:$joined);
  let builders = [OpBuilder<
    (ins "mlir::FlatSymbolRefAttr":$kernel, "mlir::ArrayAttr":$slots,
         "mlir::IntegerAttr":$tiles, "mlir::IntegerAttr":$work), [{
      build($_builder, $_state, kernel, slots, tiles, work, nullptr);
    }]>];
  let assemblyFormat = "$kernel $slots (`joined` $joined^)? `tiles` $tiles `work` $work attr-dict";
}
def CopyOp : Dlc_Op<"copy"> {
  let summary = "Copies bytes between two places that do not overlap.";
  let description = "Example: `dlc.copy <arena, 0, 0, []> to <arena, 0, 64, []> bytes 64`";
  let arguments = (ins Dlc_Address:$source, Dlc_Address:$target, I64Attr:$bytes);
  let assemblyFormat = "$source `to` $target `bytes` $bytes attr-dict";
}
def ShowOp : Dlc_Op<"show"> {
  let summary = "Prints the tensor that lies at a place, for `dlc.print`.";
  let description = [{
    Example: `dlc.show "logits" <arena, 0, 0, []> : tensor<4xf32>`
  }];
  let arguments = (ins StrAttr:$text, Dlc_Address:$source, TypeAttr:$type,
                       UnitAttr:$summary);
  let assemblyFormat = "$text $source (`summary` $summary^)? attr-dict `:` $type";
}
def CheckOp : Dlc_Op<"check"> {
  let summary = "Ends the run with an error if a kernel has found a fault.";
  let description = [{
    Stands after the last check and before the first write to a donated buffer.

    Example: `dlc.check`
  }];
  let assemblyFormat = "attr-dict";
}
def LoopOp : Dlc_Op<"loop", [SingleBlock, NoTerminator]> {
  let summary = "Walks its body `trips` times.";
  let description = [{
    With `reverse` the counter that addresses see runs from trips-1 to 0. With
    `count` the number of trips is an i64 in memory, which is at most `trips`, if
    that is not -1. With `scoped` the tapes that a trip makes end with the trip.
    `place` is the user's line, for errors.

    Example:
    ```
    dlc.loop 3 reverse {
      dlc.copy <argument, 0, 0, [64]> to <arena, 0, 0, []> bytes 64
    }
    ```
  }];
  let arguments = (ins I64Attr:$trips, OptionalAttr<Dlc_Address>:$count,
                       UnitAttr:$reverse, OptionalAttr<Dlc_TapeUses>:$tapes,
                       UnitAttr:$scoped, OptionalAttr<StrAttr>:$place);
  let regions = (region SizedRegion<1>:$body);
  let builders = [OpBuilder<(ins "int64_t":$trips, "bool":$reverse), [{
    build($_builder, $_state, $_builder.getI64IntegerAttr(trips), nullptr,
          reverse ? $_builder.getUnitAttr() : nullptr, nullptr, nullptr, nullptr);
  }]>];
  let assemblyFormat = [{
    $trips (`count` $count^)? (`reverse` $reverse^)? (`tapes` $tapes^)?
    (`scoped` $scoped^)? ($place^)? attr-dict-with-keyword $body
  }];
}
// A list that a condition chooses may be empty; then its region is, too.
def BranchOp : Dlc_Op<"branch", [SingleBlock, NoTerminator]> {
  let summary = "Walks one of two lists, as the i1 at a place says.";
  let description = [{
    Example:
    ```
    dlc.branch <arena, 0, 0, []> {
      dlc.copy <argument, 0, 0, []> to <arena, 0, 64, []> bytes 64
    } else {
    }
    ```
  }];
  let arguments = (ins Dlc_Address:$predicate);
  let regions = (region AnyRegion:$then, AnyRegion:$otherwise);
  let assemblyFormat =
      "$predicate attr-dict-with-keyword $then `else` $otherwise";
}
def RepeatOp : Dlc_Op<"repeat", [SingleBlock, NoTerminator]> {
  let summary = "Walks `condition`, then `body` while the i1 at a place is true.";
  let description = [{
    A trip beyond `max_trips` ends the run with an error, which names `place`,
    the user's line; so does a fault that a kernel has found. The body is a loop
    whose counter addresses see, as in `loop`; the condition is not.

    Example:
    ```
    dlc.repeat <arena, 0, 0, []> max 10 "model.cpp:3:1" {
      dlc.launch @k0 [#dlc.at<arena, 0, 0, []>] tiles 1 work 1
    } do {
      dlc.launch @k1 [#dlc.at<arena, 0, 64, []>] tiles 1 work 1
    }
    ```
  }];
  let arguments = (ins Dlc_Address:$predicate, OptionalAttr<I64Attr>:$max_trips,
                       OptionalAttr<Dlc_TapeUses>:$tapes, UnitAttr:$scoped,
                       StrAttr:$place);
  let regions = (region AnyRegion:$condition, AnyRegion:$body);
  let assemblyFormat = [{
    $predicate (`max` $max_trips^)? (`tapes` $tapes^)? (`scoped` $scoped^)?
    $place attr-dict-with-keyword
    $condition `do` $body
  }];
}

#endif // DLC_LAUNCH_LIST
