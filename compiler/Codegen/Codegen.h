// The codegen stage: a module after `lowering` (kernels over memrefs and
// `dlc.program`s) becomes LLVM IR, assembly, an object, PTX or a Program.
//
// Plain functions: nothing here changes the module it is given. Problems are
// diagnostics at the op they concern, and a failure.

#ifndef DLC_COMPILER_CODEGEN_CODEGEN_H
#define DLC_COMPILER_CODEGEN_CODEGEN_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Support/Timing.h"

#include <string>

namespace dlc {

/// What code is made for.
struct TargetOptions {
  /// "cpu", or "cuda:sm_75" … "cuda:sm_90".
  std::string target = "cpu";
  /// An LLVM CPU name ("x86-64-v3"), or empty for this machine. CPU only.
  std::string cpu;
  /// Let LLVM contract multiplications and additions (off: strict).
  bool fast = false;
  /// Where the time of codegen's steps and of each kernel is noted, if
  /// anywhere.
  mlir::TimingScope *timing = nullptr;

  bool isCuda() const { return target.compare(0, 4, "cuda") == 0; }
};

/// Optimised LLVM IR as text.
mlir::FailureOr<std::string> emitLLVM(mlir::ModuleOp module,
                                      const TargetOptions &options);

/// Vector registers: the bytes of one, and how many there are.
struct VectorFile {
  int64_t bytes = 64;
  int64_t registers = 32;
  /// There is an instruction that adds pairs of products of bf16 to f32, and it
  /// is faster than two multiply-adds.
  bool bf16Dots = false;
};

/// Those of the target's CPU; of one with AVX-512 if there is no such target.
VectorFile vectorFile(const TargetOptions &options);

/// Bytes of the second level of a core's cache: this machine's, or 1 MB if code
/// is made for another one.
int64_t cacheBytes(const TargetOptions &options);

/// The compute capability of a cuda target, 80 for sm_80; 0 of another.
unsigned computeCapability(const TargetOptions &options);

/// Assembly; PTX for a cuda target.
mlir::FailureOr<std::string> emitAssembly(mlir::ModuleOp module,
                                          const TargetOptions &options);

/// A relocatable ELF object that exports one symbol a kernel. CPU only.
mlir::FailureOr<std::string> emitObject(mlir::ModuleOp module,
                                        const TargetOptions &options);

/// PTX text with one entry a kernel; needs a cuda target.
mlir::FailureOr<std::string> emitPTX(mlir::ModuleOp module,
                                     const TargetOptions &options);

/// A serialised runtime::Program: machine code (or PTX), constants and the
/// launch list of every function.
mlir::FailureOr<std::string> emitProgram(mlir::ModuleOp module,
                                         const TargetOptions &options);

/// "dlc 0.1.0 (LLVM 19.1.7, build 1f2e…)": names the compiler that is running,
/// with the build id of the library or program that holds this function.
std::string producer();

} // namespace dlc

#endif // DLC_COMPILER_CODEGEN_CODEGEN_H
