// Arguments and results as a user writes and reads them, and how they compare.

#ifndef DLC_TOOLS_PTXSIM_ARGUMENTS_H
#define DLC_TOOLS_PTXSIM_ARGUMENTS_H

#include "io/Npy.h"
#include "ptx-sim/Module.h"

namespace dlc::ptxsim {

/// "@file.npy" or "2x3xf32=1,2,3,4,5,6"; one value fills the array.
Expected<runtime::Array> parseArray(const std::string &text);

/// The noise that `dlc run --random` draws.
Expected<runtime::Array> randomArray(const runtime::TensorType &type,
                                     uint64_t seed);

/// Element `i`; integers beyond 2^53 lose their last bits.
double numberAt(runtime::ElementType element, const void *data, int64_t i);
/// Sets element `i` to the nearest number that its type has.
void setNumber(runtime::Array &array, int64_t i, double value);

/// "tensor<2xf32> = 1, 2"; of more than 1000 elements the first eight.
std::string print(const runtime::TensorType &type, const void *data);

struct Tolerance {
  double ulp = 0, relative = 0, absolute = 0;
};

/// How two arrays of one type differ: "same bits", or by how much at most.
struct Comparison {
  std::string text;
  bool within = true;
};
/// Relative differences are to the largest finite element of `expected`, as in
/// `dlc run --backend=both`.
Comparison compare(const runtime::TensorType &type, const void *got,
                   const void *expected, const Tolerance &tolerance);

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_ARGUMENTS_H
