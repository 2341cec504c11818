// NumPy's array files (.npy, versions 1 to 3; also gzipped), little-endian and
// in C order.

#ifndef DLC_RUNTIME_IO_NPY_H
#define DLC_RUNTIME_IO_NPY_H

#include "abi/Program.h"
#include "device/Buffer.h"
#include "io/Reader.h"

#include <string>

namespace dlc::runtime {

struct Array {
  TensorType type;
  BufferRef buffer;
};

/// f2 f4 f8 i1 i4 i8 u1 u4 b1, and V2 for bf16. Fails for anything else, for
/// Fortran order, and where header and data disagree.
Expected<Array> readNpy(const std::string &path);
Expected<Array> readNpy(Reader reader);

/// What stands before the data of a .npy file.
std::string npyHeader(const TensorType &type);

Status writeNpy(const std::string &path, const TensorType &type,
                const void *data);

} // namespace dlc::runtime

#endif // DLC_RUNTIME_IO_NPY_H
