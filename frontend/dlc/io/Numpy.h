// NumPy's files: one array (.npy) or several by name (.npz).

#ifndef DLC_FRONTEND_IO_NUMPY_H
#define DLC_FRONTEND_IO_NUMPY_H

#include <dlc/Ops.h>

#include <map>
#include <string>

#pragma GCC visibility push(default)
namespace dlc::io {

/// Reads a .npy file (also gzipped) of f4 f8 i4 i8 u1 u4 or b1. Fortran order,
/// big-endian numbers, objects, and a header that disagrees with the file
/// throw an error that names it.
Tensor loadNpy(const std::string &path, Loc where = Loc::current());
/// Writes a .npy file: readers see the old file or the whole new one.
void saveNpy(const std::string &path, const Tensor &tensor,
             Loc where = Loc::current());

/// Reads the arrays of a .npz file, stored or deflated.
std::map<std::string, Tensor> loadNpz(const std::string &path,
                                      Loc where = Loc::current());
/// Writes arrays as `numpy.savez` does.
void saveNpz(const std::string &path,
             const std::map<std::string, Tensor> &tensors,
             Loc where = Loc::current());

} // namespace dlc::io
#pragma GCC visibility pop

#endif // DLC_FRONTEND_IO_NUMPY_H
