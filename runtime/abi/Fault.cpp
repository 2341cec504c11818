#include "abi/Program.h"

namespace dlc::runtime {

Status faultStatus(const Program &program, uint64_t fault) {
  if (fault == noFault)
    return {};
  uint64_t id = fault >> faultPositionBits;
  std::string position =
      std::to_string(fault & ((uint64_t(1) << faultPositionBits) - 1));
  const std::vector<Check> &checks = program.checks;
  if (id >= checks.size())
    return Error{"a kernel reports the unknown fault " + std::to_string(id) +
                 " at position " + position};
  const Check &check = checks[id];
  std::string text = "[" + check.op + "] ";
  if (check.limit == Check::zeroDivisor)
    text += "the divisor at position " + position + " is zero";
  else if (check.limit == Check::notFinite)
    text += "the element at position " + position + " is not finite";
  else
    text += "index at position " + position + " is outside [0, " +
            std::to_string(check.limit) + ")";
  if (!check.location.empty())
    text += " (" + check.location + ")";
  return Error{text};
}

} // namespace dlc::runtime
