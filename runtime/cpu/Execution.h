// Runs one function of an Executable on this machine's CPU.

#ifndef DLC_RUNTIME_CPU_EXECUTION_H
#define DLC_RUNTIME_CPU_EXECUTION_H

#include "cpu/Executable.h"
#include "device/Execution.h"

#include <memory>

namespace dlc::runtime {

class CpuExecution : public Execution {
public:
  /// `function` indexes executable->program().functions.
  CpuExecution(std::shared_ptr<const Executable> executable, int64_t function);

private:
  Status walk(const std::vector<Instruction> &code, const Operands &operands,
              Profile *profile) override;
  std::byte *constants() const override { return executable->constants(); }

  std::shared_ptr<const Executable> executable;
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_CPU_EXECUTION_H
