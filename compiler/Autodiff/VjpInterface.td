// How an op tells the gradient of its operands. Rules/ attaches it.

#ifndef DLC_VJP_INTERFACE
#define DLC_VJP_INTERFACE

include "mlir/IR/OpBase.td"

def VjpInterface : OpInterface<"VjpInterface"> {
  let description = [{
    An op through which a gradient can pass. The rule is written with ordinary
    ops of the dialect, so that what it makes can be differentiated again.
  }];
  let cppNamespace = "::dlc";
  let methods = [InterfaceMethod<[{
      Adds to the gradients of the operands that need one, given those of the
      results (vector-Jacobian product).
    }], "::llvm::LogicalResult", "vjp", (ins "::dlc::Adjoint &":$adjoint)>];
}

#endif // DLC_VJP_INTERFACE
