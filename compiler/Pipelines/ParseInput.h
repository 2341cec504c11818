// Reading a user's module. MLIR's parser trusts its input; this guards it.

#ifndef DLC_COMPILER_PIPELINES_PARSEINPUT_H
#define DLC_COMPILER_PIPELINES_PARSEINPUT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace dlc {

/// Parses and verifies the module in `text`; `name` stands in locations. Before
/// the parser sees it, bytecode, oversized text and deep nesting (the parser
/// recurses) are refused; afterwards, tensors whose elements cannot be
/// addressed. Errors are diagnostics at their place.
mlir::OwningOpRef<mlir::ModuleOp> parseModule(llvm::StringRef text,
                                              llvm::StringRef name,
                                              mlir::MLIRContext *context);

/// The whole file; "-" is standard input. Refuses what is no regular file.
llvm::Expected<std::string> readInputFile(llvm::StringRef path);

/// Prints "file:line:col: error: text", and a line for each note; the file is
/// left out where none is known.
void printDiagnostic(const mlir::Diagnostic &diagnostic, llvm::raw_ostream &os);

} // namespace dlc

#endif // DLC_COMPILER_PIPELINES_PARSEINPUT_H
