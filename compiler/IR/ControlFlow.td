// Loops and branches. Regions see nothing of what stands outside: values come
// in as operands.
#ifndef DLC_CONTROL_FLOW
#define DLC_CONTROL_FLOW

include "DlcBase.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"

def ScanOp : Dlc_Op<"scan", [RecursiveMemoryEffects, IsolatedFromAbove,
    AttrSizedOperandSegments, SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "A counted loop that carries values and stacks its outputs.";
  let description = [{
    The body's arguments are [carries…, slices…, constants…]: slice i of trip t
    is `sequences[i][t]`; it yields [carries…, outputs…]. The results are [last
    carries…, stacks of the outputs…]. With `reverse` trip t reads and writes
    position trips-1-t. Values from outside come in as `constants`.

    Without `trips` it walks tapes, as many trips as they have entries: slice i
    of trip t is entry t of tape i, and the outputs are tapes of as many.

    Example:
    ```
    %last, %sums = dlc.scan 3 init(%zero) over(%xs) with() {
    ^bb0(%acc: tensor<f32>, %x: tensor<f32>):
      %s = dlc.add %acc, %x : tensor<f32>
      dlc.yield %s, %s : tensor<f32>, tensor<f32>
    } : (tensor<f32>, tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>)
    ```
  }];
  let arguments = (ins OptionalAttr<I64Attr>:$trips, Variadic<Dlc_Value>:$inits,
                       Variadic<Dlc_Value>:$sequences,
                       Variadic<Dlc_Value>:$constants, UnitAttr:$reverse);
  let results = (outs Variadic<Dlc_Value>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    ($trips^)? (`reverse` $reverse^)? `init` `(` $inits `)` `over` `(` $sequences `)`
    `with` `(` $constants `)` $body attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    unsigned getNumCarries() { return getInits().size(); }
    unsigned getNumOutputs() { return getNumResults() - getNumCarries(); }
    /// How many trips it may have at most, -1 if nothing says so.
    int64_t getMostTrips();
    bool walksTapes() { return !getTrips(); }
  }];
}
def IfOp : Dlc_Op<"if", [RecursiveMemoryEffects, IsolatedFromAbove,
    SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "One of two computations, chosen at run time.";
  let description = [{
    Both regions take the inputs as arguments and yield the results.

    Example:
    ```
    %y = dlc.if %p(%x) {
    ^bb0(%a: tensor<f32>):
      %n = dlc.negate %a : tensor<f32>
      dlc.yield %n : tensor<f32>
    } else {
    ^bb0(%a: tensor<f32>):
      dlc.yield %a : tensor<f32>
    } : (tensor<i1>, tensor<f32>) -> tensor<f32>
    ```
  }];
  let arguments = (ins Dlc_BoolTensor:$pred, Variadic<Dlc_Value>:$inputs);
  let results = (outs Variadic<Dlc_Value>:$results);
  let regions = (region SizedRegion<1>:$then, SizedRegion<1>:$otherwise);
  let assemblyFormat = [{
    $pred `(` $inputs `)` $then `else` $otherwise attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}
def WhileOp : Dlc_Op<"while", [RecursiveMemoryEffects, IsolatedFromAbove,
    AttrSizedOperandSegments, SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "A loop that runs as long as its condition holds.";
  let description = [{
    Both regions take [carries…, constants…]. `condition` yields a scalar i1,
    `body` [next carries…, entries…]. The results are [last carries…, tapes…],
    each tape with an entry of every trip. A trip beyond `max_trips`, where it is
    given, is a fault; the tapes have room for so many.

    Example:
    ```
    %y = dlc.while init(%x) with(%limit) {
    ^bb0(%a: tensor<f32>, %l: tensor<f32>):
      %p = dlc.compare LT, %a, %l : tensor<f32>
      dlc.yield %p : tensor<i1>
    } do {
    ^bb0(%a: tensor<f32>, %l: tensor<f32>):
      %d = dlc.add %a, %a : tensor<f32>
      dlc.yield %d : tensor<f32>
    } : (tensor<f32>, tensor<f32>) -> tensor<f32>
    ```
  }];
  let arguments = (ins Variadic<Dlc_Value>:$inits,
                       Variadic<Dlc_Value>:$constants,
                       OptionalAttr<I64Attr>:$max_trips);
  let results = (outs Variadic<Dlc_Value>:$results);
  let regions = (region SizedRegion<1>:$condition, SizedRegion<1>:$body);
  let assemblyFormat = [{
    (`max` $max_trips^)? `init` `(` $inits `)` `with` `(` $constants `)`
    $condition `do` $body attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    unsigned getNumCarries() { return getInits().size(); }
    /// As many entries as a tape has room for, -1 for any number.
    int64_t getMostTrips() {
      return getMaxTrips() ? int64_t(*getMaxTrips()) : -1;
    }
  }];
}
def EmptyTapeOp : Dlc_Op<"empty_tape", [Pure]> {
  let summary = "Tapes without entries.";
  let description = [{
    Stands in a branch for what only the other branch tapes.

    Example: `%t = dlc.empty_tape : tensor<!dlc.tape<tensor<4xf32>>>`
  }];
  let results = (outs StaticShapeTensorOf<[Dlc_Tape]>:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}
def YieldOp : Dlc_Op<"yield", [Pure, Terminator, ReturnLike]> {
  let summary = "Ends the body of a loop, a branch or a kernel.";
  let description = "Example: `dlc.yield %x : tensor<f32>`";
  let arguments = (ins Variadic<Dlc_Value>:$operands);
  let assemblyFormat = "($operands^ `:` type($operands))? attr-dict";
  let builders = [OpBuilder<(ins), "build($_builder, $_state, ::mlir::ValueRange());">];
}

#endif // DLC_CONTROL_FLOW
