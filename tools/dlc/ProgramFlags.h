// What `run` and `bench` share: which function of which program runs where, on
// what.

#ifndef DLC_TOOLS_DLC_PROGRAMFLAGS_H
#define DLC_TOOLS_DLC_PROGRAMFLAGS_H

#include "Commands.h"
#include "Execute.h"

namespace dlc::tool {

struct ProgramFlags {
  explicit ProgramFlags(Command &command);

  /// Sets the number of threads and, where compiled code will run, finds the
  /// device and what code for it is made for. False after one line about what
  /// is wrong.
  bool prepare(bool runsCompiledCode);

  bool simulates() const { return deviceName == "simulator"; }
  /// Null where nothing compiled runs, and for the simulator.
  runtime::Device *device() const { return found; }

  /// The arguments' values for a signature. With `drawsAll`, those that no flag
  /// gives are drawn also where --random does not say so: integers 0 or 1,
  /// which are labels, indices and pixels in any range.
  llvm::Expected<llvm::SmallVector<Tensor>>
  inputValues(llvm::ArrayRef<mlir::RankedTensorType> types,
              mlir::MLIRContext *context, bool drawsAll = false) const;

  /// The program that the file holds, or that its module becomes. Fails after
  /// errors have been printed.
  mlir::FailureOr<std::string> programOf(llvm::StringRef text,
                                         Session &session) const;

  llvm::cl::opt<std::string> path, function;
  llvm::cl::list<std::string> inputs;
  llvm::cl::opt<uint64_t> random;
  llvm::cl::opt<std::string> deviceName;
  llvm::cl::opt<int> threads;
  TargetFlags target;

private:
  runtime::Device *found = nullptr;
};

/// Of the arguments of a program's function.
llvm::SmallVector<mlir::RankedTensorType>
argumentTypes(const runtime::Function &function, mlir::MLIRContext *context);

} // namespace dlc::tool

#endif // DLC_TOOLS_DLC_PROGRAMFLAGS_H
