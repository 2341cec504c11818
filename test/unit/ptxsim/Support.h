// A kernel in a few lines: its body, its buffers, what it leaves in them.

#ifndef DLC_TEST_UNIT_PTXSIM_SUPPORT_H
#define DLC_TEST_UNIT_PTXSIM_SUPPORT_H

#include "ptx-sim/Machine.h"
#include "ptx-sim/Parser.h"

#include <gtest/gtest.h>

#include <cstring>

namespace dlc::ptxsim::test {

/// Registers of every kind, then `body`. Parameters: four pointers in %rd0 to
/// %rd3; %r0 is the thread's number in its block.
inline std::string kernel(const std::string &body,
                          const std::string &before = "") {
  return R"(
.version 7.8
.target sm_80
.address_size 64
)" + before +
         R"(
.visible .entry k(.param .u64 k_param_0, .param .u64 k_param_1,
                  .param .u64 k_param_2, .param .u64 k_param_3)
{
  .reg .pred %p<10>;
  .reg .b16 %rs<20>;
  .reg .b32 %r<40>;
  .reg .f32 %f<40>;
  .reg .b64 %rd<40>;
  .reg .f64 %fd<20>;
  ld.param.u64 %rd0, [k_param_0];
  ld.param.u64 %rd1, [k_param_1];
  ld.param.u64 %rd2, [k_param_2];
  ld.param.u64 %rd3, [k_param_3];
  mov.u32 %r0, %tid.x;
)" + body +
         "\n  ret;\n}\n";
}

/// A machine with up to four buffers as its kernel's parameters.
class Simulation {
public:
  explicit Simulation(const std::string &text, Limits limits = {}) {
    Expected<std::unique_ptr<Module>> module = parsePtx(text);
    if (!module) {
      ADD_FAILURE() << module.message();
      return;
    }
    machine = std::make_unique<Machine>(std::move(*module), limits);
  }

  /// Adds a buffer; unwritten if `values` is null.
  template <typename T> Simulation &buffer(const T *values, size_t count) {
    auto bytes = static_cast<int64_t>(count * sizeof(T));
    auto allocation = std::make_shared<Allocation>("buffer", bytes);
    if (values)
      allocation->fill(values, bytes);
    words.push_back(machine->memory.open(
        "buffer " + std::to_string(words.size()), allocation, 0, bytes));
    buffers.push_back(std::move(allocation));
    return *this;
  }
  template <typename T> Simulation &in(const std::vector<T> &values) {
    return buffer(values.data(), values.size());
  }
  template <typename T> Simulation &out(size_t count) {
    return buffer<T>(nullptr, count);
  }

  /// Runs and expects that it starts.
  Simulation &go(int64_t threads = 1, int64_t blocks = 1, int64_t shared = 0) {
    if (!machine)
      return *this;
    Launch launch;
    launch.kernel = "k";
    launch.grid.x = blocks;
    launch.block.x = threads;
    launch.dynamicShared = shared;
    std::vector<uint64_t> all = words;
    all.resize(4);
    launch.parameters = packParameters(*machine->module().find("k"), all);
    Status status = machine->launch(launch);
    EXPECT_TRUE(status.ok()) << status.message();
    return *this;
  }

  template <typename T> std::vector<T> get(size_t which) const {
    const Allocation &allocation = *buffers[which];
    std::vector<T> values(allocation.bytes.size() / sizeof(T));
    std::memcpy(values.data(), allocation.bytes.data(),
                values.size() * sizeof(T));
    return values;
  }

  const std::vector<Fault> &faults() const { return machine->faults.faults(); }
  const KernelStatistics &counts() const { return machine->statistics["k"]; }
  /// The text of all faults.
  std::string complaints() const {
    std::string text;
    for (const Fault &fault : faults())
      text += fault.text + "\n";
    return text;
  }

  std::unique_ptr<Machine> machine;
  std::vector<std::shared_ptr<Allocation>> buffers;
  std::vector<uint64_t> words;
};

/// Whether exactly one fault was found: of that kind, at the line whose text
/// holds `instruction`.
inline void expectFault(const Simulation &run, const std::string &text,
                        FaultKind kind, const std::string &instruction) {
  ASSERT_EQ(run.faults().size(), 1u) << run.complaints();
  const Fault &fault = run.faults().front();
  EXPECT_EQ(fault.kind, kind) << fault.text;
  size_t at = text.find(instruction);
  ASSERT_NE(at, std::string::npos);
  auto line = 1 + std::count(text.begin(), text.begin() + at, '\n');
  EXPECT_EQ(fault.position.line, line) << fault.text;
  EXPECT_NE(fault.text.find("PTX line " + std::to_string(line)),
            std::string::npos)
      << fault.text;
}

} // namespace dlc::ptxsim::test

#endif // DLC_TEST_UNIT_PTXSIM_SUPPORT_H
