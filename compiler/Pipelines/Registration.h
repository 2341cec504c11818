// Registration of dialects, interface models and passes: one function, so that
// the tools, the tests and the compiler library agree.

#ifndef DLC_COMPILER_PIPELINES_REGISTRATION_H
#define DLC_COMPILER_PIPELINES_REGISTRATION_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace dlc {

/// Adds every dialect that a module of ours may hold at some stage, and the
/// interfaces that the stages attach to our ops.
void registerDialects(mlir::DialectRegistry &registry);

/// `registerDialects`, and every pass and named pipeline, for the tools.
void registerAll(mlir::DialectRegistry &registry);

} // namespace dlc

#endif // DLC_COMPILER_PIPELINES_REGISTRATION_H
