// What the runtime reads out of a program's PTX by itself, mostly for errors.

#ifndef DLC_RUNTIME_CUDA_PTXTEXT_H
#define DLC_RUNTIME_CUDA_PTXTEXT_H

#include <string>
#include <string_view>

namespace dlc::runtime::cuda::ptx {

/// ".target sm_80" ⇒ 80; 0 where it says nothing of the kind.
int target(std::string_view text);

/// ".version 7.8" ⇒ "7.8".
std::string version(std::string_view text);

/// The user's place of a kernel's first instruction that has one, "mlp.cpp:12";
/// empty if there is none.
std::string sourceOf(std::string_view text, std::string_view kernel);

} // namespace dlc::runtime::cuda::ptx

#endif // DLC_RUNTIME_CUDA_PTXTEXT_H
