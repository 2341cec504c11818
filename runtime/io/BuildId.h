// The id that the linker gave to a library.

#ifndef DLC_RUNTIME_IO_BUILDID_H
#define DLC_RUNTIME_IO_BUILDID_H

#include "abi/Status.h"

#include <string>

namespace dlc::runtime {

/// The GNU build id of a 64-bit ELF file, in hexadecimal. It changes with the
/// code, so it is a part of every cache key.
Expected<std::string> buildId(const std::string &path);

} // namespace dlc::runtime

#endif // DLC_RUNTIME_IO_BUILDID_H
