// What a simulation finds wrong.

#ifndef DLC_TOOLS_PTXSIM_FAULTS_H
#define DLC_TOOLS_PTXSIM_FAULTS_H

#include "ptx-sim/Module.h"

#include <set>

namespace dlc::ptxsim {

enum class FaultKind : uint8_t {
  outOfBounds,
  misaligned,
  unwritten,
  inFlight,
  race,
  divergentBarrier,
  deadlock,
  inactiveLane,
  trap,
  budget,
  badLaunch
};
std::string_view name(FaultKind kind);

struct Fault {
  FaultKind kind;
  std::string kernel;
  Position position;
  /// "kernel row_3, mlp.cpp:12 (PTX line 34): out of bounds: …".
  std::string text;
};

/// Keeps the first fault of each kind at each instruction, and counts all.
class FaultList {
public:
  void add(Fault fault);
  const std::vector<Fault> &faults() const { return list; }
  int64_t total() const { return count; }
  bool empty() const { return list.empty(); }

private:
  std::vector<Fault> list;
  std::set<std::tuple<FaultKind, std::string, Position>> seen;
  int64_t count = 0;
};

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_FAULTS_H
