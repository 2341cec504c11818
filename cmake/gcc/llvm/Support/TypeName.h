// Stands before LLVM's header of the same name when g++ builds us.
//
// MLIR identifies traits, interfaces and passes by the names of their types,
// and Debian's libMLIR was built by clang. g++ spells the argument that
// TypeID::get gives a trait in another way,
//
//   mlir::OpTrait::IsTerminator<Empty> clang
//   mlir::OpTrait::IsTerminator<mlir::TypeID::get<...>()::Empty> g++
//
// so that libMLIR would not see our ops' traits, nor we those of its ops.

#ifndef LLVM_SUPPORT_TYPENAME_H
#define LLVM_SUPPORT_TYPENAME_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace llvm {

/// The type's name as clang spells it, as far as MLIR compares it.
template <typename DesiredTypeName> inline StringRef getTypeName() {
  StringRef function = __PRETTY_FUNCTION__;
  StringRef name = function.split("DesiredTypeName = ").second.drop_back(1);
  auto [trait, argument] = name.split("<mlir::TypeID::get<");
  if (!argument.ends_with("()::Empty>"))
    return name;
  // Never destroyed: MLIR keeps the name until the process ends.
  static const auto &renamed = *new std::string(trait.str() + "<Empty>");
  return renamed;
}

} // namespace llvm

#endif // LLVM_SUPPORT_TYPENAME_H
