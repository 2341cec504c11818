// The one interface between the frontend and the compiler. Plain C++: the
// frontend includes this header, opens libdlc-compiler.so at the first cache
// miss and asks it for `dlcCompiler`.

#ifndef DLC_COMPILER_PIPELINES_COMPILER_H
#define DLC_COMPILER_PIPELINES_COMPILER_H

#include <cstdint>
#include <string>
#include <string_view>

namespace dlc {

/// Bytes that tapes of loops without maxTrips may take in a run.
inline constexpr int64_t defaultTapeLimit = int64_t(1) << 30;
inline constexpr int64_t noMemoryLimit = INT64_MAX;

struct CompileOptions {
  /// "cpu" or "cuda:sm_80".
  std::string target = "cpu";
  /// An LLVM CPU name ("x86-64-v3"), or empty for this machine.
  std::string cpu;
  /// Allow reassociation, contraction and approximations (off: strict).
  bool fast = false;
  /// On a GPU products of f32 may run on tensor cores, their operands rounded
  /// to tf32 (10 bits of fraction).
  bool tf32 = false;
  int64_t tapeLimit = defaultTapeLimit;
  /// Bytes of the arena; values are computed again where they would take more.
  int64_t memoryLimit = noMemoryLimit;
  /// A folder that receives the module after each stage, or empty.
  std::string dumpDir;
};

struct CompileResult {
  /// A serialised runtime::Program; empty on an error.
  std::string program;
  /// One line a diagnostic, "file:line:col: error: [op] text".
  std::string error;
};

class Compiler {
public:
  virtual ~Compiler() = default;

  /// Compiles a module in MLIR's text form. Thread-safe; never throws.
  virtual CompileResult compile(std::string_view module,
                                const CompileOptions &options) = 0;
};

} // namespace dlc

/// The symbol that libdlc-compiler.so exports.
extern "C" dlc::Compiler *dlcCompiler();

#endif // DLC_COMPILER_PIPELINES_COMPILER_H
