// The dialect's ops, by family.

#ifndef DLC_OPS
#define DLC_OPS

include "DlcBase.td"
include "Elementwise.td"
include "IndexMaps.td"
include "Reductions.td"
include "Indexing.td"
include "ControlFlow.td"
include "Requests.td"
include "Composites.td"
include "Layers.td"
include "LaunchList.td"

//===-- Sources ------------------------------------------------------------===//

def ConstantOp : Dlc_Op<"constant", [Pure, ConstantLike, AllTypesMatch<["value", "result"]>]> {
  let summary = "A tensor known at compile time.";
  let description = "Example: `%c = dlc.constant dense<0.0> : tensor<4xf32>`";
  let arguments = (ins ElementsAttr:$value);
  let results = (outs Dlc_Tensor:$result);
  let assemblyFormat = "$value attr-dict";
  let hasFolder = 1;
}
def IotaOp : Dlc_Op<"iota", [Pure]> {
  let summary = "Counts 0, 1, 2 … along one dimension.";
  let description = "Example: `%i = dlc.iota dim 1 : tensor<2x3xi32>`";
  let arguments = (ins I64Attr:$dimension);
  let results = (outs Dlc_NumberTensor:$result);
  let assemblyFormat = "`dim` $dimension attr-dict `:` type($result)";
  let hasVerifier = 1;
}

//===-- Random numbers -----------------------------------------------------===//

def RngBitGeneratorOp : Dlc_Op<"rng_bit_generator", [Pure]> {
  let summary = "Philox-4x32-10 random bits from a key and a counter.";
  let description = [{
    The state is [key, counter], both read as 64-bit unsigned. Element e of the
    result is word e mod 4 of block counter + e div 4, so it depends neither on
    fusion nor on order. A draw of n words takes ceil(n / 4) blocks: whoever
    draws adds that to the counter.
    Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11.

    Example: `%bits = dlc.rng_bit_generator %state : tensor<2xi64> to tensor<4xui32>`
  }];
  let arguments = (ins Dlc_StateTensor:$state);
  let results = (outs StaticShapeTensorOf<[UI32]>:$bits);
  let assemblyFormat = "$state attr-dict `:` type($state) `to` type($bits)";
}

//===-- Kernels ------------------------------------------------------------===//

def KernelOp : Dlc_Op<"kernel", [RecursiveMemoryEffects, IsolatedFromAbove,
    SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "Ops that become one kernel, made by `fusion`.";
  let description = [{
    The emitter that generates its code is named first. Operand i and body
    argument i, result j and yielded value j have equal element types and
    counts, but perhaps different shapes: a reshape at a kernel's border is
    free. `ends` tells why the kernel ends where it does (`dlc explain`).

    Example:
    ```
    %y = dlc.kernel map(%x) ends "result" {
    ^bb0(%a: tensor<4xf32>):
      %b = dlc.negate %a : tensor<4xf32>
      dlc.yield %b : tensor<4xf32>
    } : (tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Dlc_Emitter:$emitter, Variadic<Dlc_Tensor>:$inputs,
                       OptionalAttr<StrAttr>:$ends);
  let results = (outs Variadic<Dlc_Tensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `` $emitter `(` $inputs `)` (`ends` $ends^)? $body attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

#endif // DLC_OPS
