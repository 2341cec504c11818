// Writes files so that a reader sees the old one or the whole new one.

#ifndef DLC_RUNTIME_IO_WRITER_H
#define DLC_RUNTIME_IO_WRITER_H

#include "abi/Status.h"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace dlc::runtime {

/// Writes the parts, one after the other, to a temporary file beside `path` and
/// renames it. A `path` that is there and no regular file (/dev/stdout) is
/// written to instead. On an error the old file is unchanged.
Status writeFile(const std::string &path,
                 std::initializer_list<std::string_view> parts);

/// As `writeFile`; in addition the file has reached the disk when this returns,
/// and its name too, so that not even a power cut leaves half of it.
Status writeFileDurably(const std::string &path,
                        std::span<const std::string_view> parts);

} // namespace dlc::runtime

#endif // DLC_RUNTIME_IO_WRITER_H
