// PTX text ⇒ Module.

#ifndef DLC_TOOLS_PTXSIM_PARSER_H
#define DLC_TOOLS_PTXSIM_PARSER_H

#include "ptx-sim/Module.h"

#include <string_view>

namespace dlc::ptxsim {

/// Reads what LLVM's NVPTX prints. Fails, naming the line, for anything else;
/// an instruction that the simulator does not know is an error here, also
/// where it would never run.
Expected<std::unique_ptr<Module>> parsePtx(std::string_view text);

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_PARSER_H
