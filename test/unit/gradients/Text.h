// Functions to differentiate, as text.

#ifndef DLC_TEST_UNIT_GRADIENTS_TEXT_H
#define DLC_TEST_UNIT_GRADIENTS_TEXT_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"

#include <string>

namespace dlc {

inline std::string tensor(llvm::StringRef shape,
                          llvm::StringRef element = "f64") {
  return ("tensor<" + shape + (shape.empty() ? "" : "x") + element + ">").str();
}

/// f(arguments) = the last of `lines`, which is %r of type `result`.
inline std::string function(llvm::StringRef arguments, llvm::StringRef lines,
                            llvm::StringRef result) {
  return ("func.func @f(" + arguments + ") -> " + result + " {\n" + lines +
          "\nreturn %r : " + result + "\n}\n")
      .str();
}

/// A function of %x, or %x and %y (unless y is "none"), of f64.
inline std::string line(llvm::StringRef x, llvm::StringRef y,
                        llvm::StringRef line, llvm::StringRef result) {
  std::string arguments = "%x: " + tensor(x);
  if (y != "none")
    arguments += ", %y: " + tensor(y);
  return function(arguments, line, tensor(result));
}

} // namespace dlc

#endif // DLC_TEST_UNIT_GRADIENTS_TEXT_H
