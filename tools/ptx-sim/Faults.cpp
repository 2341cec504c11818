#include "ptx-sim/Faults.h"

namespace dlc::ptxsim {

std::string_view name(FaultKind kind) {
  static constexpr std::string_view names[] = {"out of bounds",
                                               "misaligned",
                                               "unwritten memory",
                                               "copy in flight",
                                               "race",
                                               "divergent barrier",
                                               "deadlock",
                                               "inactive lane",
                                               "trap",
                                               "budget",
                                               "impossible launch"};
  return names[static_cast<size_t>(kind)];
}

void FaultList::add(Fault fault) {
  ++count;
  if (seen.emplace(fault.kind, fault.kernel, fault.position).second)
    list.push_back(std::move(fault));
}

} // namespace dlc::ptxsim
