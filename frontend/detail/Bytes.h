// Tensors as bytes, for files.

#ifndef DLC_FRONTEND_DETAIL_BYTES_H
#define DLC_FRONTEND_DETAIL_BYTES_H

#include "abi/Program.h"
#include "detail/Node.h"

#include <dlc/Ops.h>

namespace dlc::detail {

/// The elements, row-major. Valid as long as the tensor lives.
std::string_view bytesOf(const Tensor &tensor, Loc where);

/// The runtime's name for a tensor's type.
runtime::TensorType typeOf(const Tensor &tensor);

/// A tensor over a buffer of that type.
Tensor tensorOf(const runtime::TensorType &type, runtime::BufferRef data,
                Loc where);

/// Throws what the runtime says, as "[op] text".
[[noreturn]] void fail(const char *op, const runtime::Error &error, Loc where);
inline void check(const char *op, const runtime::Status &status, Loc where) {
  if (!status.ok())
    fail(op, status.error(), where);
}
template <typename T>
T check(const char *op, runtime::Expected<T> value, Loc where) {
  if (!value)
    fail(op, value.error(), where);
  return std::move(*value);
}

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_BYTES_H
