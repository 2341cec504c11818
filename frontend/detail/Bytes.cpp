#include "detail/Bytes.h"

namespace dlc::detail {

std::string_view bytesOf(const Tensor &tensor, Loc where) {
  eval({tensor}, where);
  Ref node = nodeOf(tensor, "data", where);
  return {static_cast<const char *>(node->hostData(where)),
          size_t(node->type.bytes())};
}

static_assert(int(DType::f64) == int(runtime::ElementType::f64) &&
                  int(DType::boolean) == int(runtime::ElementType::i1),
              "the frontend and the runtime list the same types in one order");

runtime::TensorType typeOf(const Tensor &tensor) {
  return {static_cast<runtime::ElementType>(tensor.dtype()), tensor.shape()};
}

Tensor tensorOf(const runtime::TensorType &type, runtime::BufferRef data,
                Loc where) {
  Type ours{static_cast<DType>(type.element), type.shape};
  return tensorOf(givenByHost(std::move(ours), std::move(data), where));
}

void fail(const char *op, const runtime::Error &error, Loc where) {
  fail(op, error.message, where);
}

} // namespace dlc::detail
