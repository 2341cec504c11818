#include "ptx-sim/Module.h"

namespace dlc::ptxsim {

std::string_view name(Space space) {
  static constexpr std::string_view names[] = {"generic",  "global", "shared",
                                               "constant", "local",  "param"};
  return names[static_cast<size_t>(space)];
}

std::string_view name(Class type) {
  static constexpr std::string_view names[] = {
      "integer", "logic",    "float",   "half",   "special", "convert",
      "move",    "tensor",   "global",  "shared", "local",   "parameter",
      "atomic",  "exchange", "barrier", "control"};
  return names[static_cast<size_t>(type)];
}

const Function *Module::find(std::string_view name) const {
  for (const auto &function : functions)
    if (function->name == name)
      return function.get();
  return nullptr;
}

std::string Module::describe(const Position &position) const {
  std::string line = "PTX line " + std::to_string(position.line);
  if (position.file <= 0 || position.file >= static_cast<int>(files.size()) ||
      position.sourceLine == 0)
    return line;
  return files[position.file] + ":" + std::to_string(position.sourceLine) +
         " (" + line + ")";
}

} // namespace dlc::ptxsim
