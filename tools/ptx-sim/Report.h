// Faults and statistics as text and as JSON.

#ifndef DLC_TOOLS_PTXSIM_REPORT_H
#define DLC_TOOLS_PTXSIM_REPORT_H

#include "ptx-sim/Machine.h"
#include "llvm/Support/raw_ostream.h"

namespace dlc::ptxsim {

/// One line a fault, then how often faults occurred in all.
void printFaults(const Machine &machine, llvm::raw_ostream &os);

void printStatistics(const Machine &machine, llvm::raw_ostream &os);
void printJson(const Machine &machine, llvm::raw_ostream &os);

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_REPORT_H
