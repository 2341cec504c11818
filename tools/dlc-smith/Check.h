// Runs a case every way there is, and says what is wrong.

#ifndef DLC_TOOLS_DLC_SMITH_CHECK_H
#define DLC_TOOLS_DLC_SMITH_CHECK_H

#include "Variant.h"
#include "mlir/IR/BuiltinOps.h"

#include <optional>
#include <string>

namespace dlc::smith {

struct Failure {
  /// What it is, the same however small the case becomes: "wrong result",
  /// "compiler" …
  std::string kind;
  std::string text;

  /// What stays as a case becomes smaller: the kind and, where the text is a
  /// diagnostic, its words.
  std::string signature() const;
};

/// A fault put into the compiler's input, but not the interpreter's, to see
/// that it is found.
struct Plant {
  /// The mnemonic of the op whose first result is negated, or "".
  std::string op;
  /// Crash instead.
  bool crashes = false;
};

/// Nothing where the case is fine; "invalid" if it is not one: no derivative
/// exists, or a number is not finite.
///
/// The interpreter's bound holds for compiled code with one thread, and for a
/// variant of it; three threads give the same bits as one.
std::optional<Failure> check(mlir::ModuleOp module, const Variant &variant,
                             const Plant &plant);

} // namespace dlc::smith

#endif // DLC_TOOLS_DLC_SMITH_CHECK_H
