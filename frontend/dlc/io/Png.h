// Images as PNG.

#ifndef DLC_FRONTEND_IO_PNG_H
#define DLC_FRONTEND_IO_PNG_H

#include <dlc/Ops.h>

#include <string>

#pragma GCC visibility push(default)
namespace dlc::io {

/// Reads a PNG file of any kind as u8 [height, width, channels], with 1 channel
/// (grey) or 3 (RGB). Transparency is laid over black.
Tensor loadPng(const std::string &path, int64_t channels = 3,
               Loc where = Loc::current());

/// Writes u8 [height, width] or [height, width, 1 or 3].
void savePng(const std::string &path, const Tensor &image,
             Loc where = Loc::current());
/// The bytes of such a file.
std::string encodePng(const Tensor &image, Loc where = Loc::current());

} // namespace dlc::io
#pragma GCC visibility pop

#endif // DLC_FRONTEND_IO_PNG_H
