// How an op tells the tangent of its results. Rules/ attaches it.

#ifndef DLC_JVP_INTERFACE
#define DLC_JVP_INTERFACE

include "mlir/IR/OpBase.td"

def JvpInterface : OpInterface<"JvpInterface"> {
  let description = [{
    An op through which a tangent can pass. As for VjpInterface, the rule is
    written with ordinary ops of the dialect.
  }];
  let cppNamespace = "::dlc";
  let methods = [InterfaceMethod<[{
      Sets the tangents of the results, given those of the operands
      (Jacobian-vector product).
    }], "::llvm::LogicalResult", "jvp", (ins "::dlc::Tangents &":$tangents)>];
}

#endif // DLC_JVP_INTERFACE
