#include "dlc/Ops.h"

#include "detail/Session.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <ostream>

namespace dlc {

using namespace detail;

std::string_view str(DType type) {
  static constexpr std::string_view names[] = {
      "f32", "f64", "i32", "i64", "u8", "u32", "boolean", "i8", "bf16", "f16"};
  return names[static_cast<size_t>(type)];
}

bool isFloat(DType type) {
  return type == DType::f32 || type == DType::f64 || type == DType::bf16 ||
         type == DType::f16;
}

//===-- The handle
//---------------------------------------------------------===//

namespace {

Node *arrive(Node *node) {
  if (node) {
    node->references.fetch_add(1, std::memory_order_relaxed);
    node->arrive();
  }
  return node;
}

void depart(Node *node) {
  if (!node)
    return;
  // Drops the handle's reference. If it is the last one, nobody counts.
  Ref last = Ref::adopt(node);
  if (!node->isSole())
    node->depart();
}

} // namespace

Tensor::Tensor(Node *node) : node(arrive(node)) {}
Tensor::Tensor(Node *node, Counted) : node(node) {
  if (node)
    node->arrive();
}
Tensor::Tensor(const Tensor &other) : node(arrive(other.node)) {}

Tensor::Tensor(Tensor &&other) noexcept
    : node(std::exchange(other.node, nullptr)) {
  // The other handle has ceased to name it.
  if (node)
    node->move();
}

Tensor &Tensor::operator=(const Tensor &other) & {
  Node *arriving = arrive(other.node);
  depart(node);
  node = arriving;
  return *this;
}

Tensor &Tensor::operator=(Tensor &&other) & noexcept {
  if (this == &other)
    return *this;
  depart(node);
  node = std::exchange(other.node, nullptr);
  if (node)
    node->move();
  return *this;
}

Tensor::~Tensor() { depart(node); }

//===-- Type and value
//-----------------------------------------------------===//

const Shape &Tensor::shape(Loc where) const {
  return nodeOf(*this, "shape", where)->type.shape;
}
DType Tensor::dtype(Loc where) const {
  return nodeOf(*this, "dtype", where)->type.element;
}
int64_t Tensor::count(Loc where) const {
  return nodeOf(*this, "count", where)->type.count();
}

int64_t Tensor::size(int64_t dim, Loc where) const {
  const Shape &sizes = shape(where);
  int64_t rank = sizes.size(), d = dim < 0 ? dim + rank : dim;
  if (d < 0 || d >= rank)
    fail("size",
         "dimension " + std::to_string(dim) + " is out of range for " +
             describe(*node),
         where);
  return sizes[d];
}

std::string Tensor::device(Loc where) const {
  Ref node = nodeOf(*this, "device", where);
  return (node->place ? *node->place : defaultDevice(where)).name();
}

Tensor Tensor::to(std::string_view name, Loc where) const {
  Ref node = nodeOf(*this, "to", where);
  runtime::Device &target = findDevice("to", name, where);
  if (node->place == &target)
    return *this;
  if (node->variables & ((uint64_t(1) << differentiationDepth()) - 1))
    fail("to",
         "a tensor that is being differentiated stays where it is; move it "
         "before",
         where);
  evaluate({&node, 1}, where);
  for (Recording *r = Recording::current(); r; r = r->outer)
    r->read.push_back(node);
  Ref moved = given(node->type, node->dataOn(target, where), node->where);
  // Also a single number, which elsewhere is at home everywhere.
  moved->place = &target;
  return tensorOf(moved);
}

namespace {

/// Computes a node for the host. Whoever is recording takes note: what the
/// callable did next may depend on the value.
const void *read(const Tensor &tensor, Loc where) {
  Ref node = nodeOf(tensor, "item", where);
  evaluate({&node, 1}, where);
  for (Recording *r = Recording::current(); r; r = r->outer)
    r->read.push_back(node);
  return node->hostData(where);
}

template <typename T> T element(DType type, const void *data, int64_t i) {
  switch (type) {
  case DType::f32:
    return static_cast<T>(static_cast<const float *>(data)[i]);
  case DType::f64:
    return static_cast<T>(static_cast<const double *>(data)[i]);
  case DType::i32:
    return static_cast<T>(static_cast<const int32_t *>(data)[i]);
  case DType::i64:
    return static_cast<T>(static_cast<const int64_t *>(data)[i]);
  case DType::u32:
    return static_cast<T>(static_cast<const uint32_t *>(data)[i]);
  case DType::i8:
    return static_cast<T>(static_cast<const int8_t *>(data)[i]);
  case DType::bf16:
    return static_cast<T>(float(static_cast<const BFloat16 *>(data)[i]));
  case DType::f16:
    return static_cast<T>(float(static_cast<const Float16 *>(data)[i]));
  case DType::u8:
  case DType::boolean:
    break;
  }
  return static_cast<T>(static_cast<const uint8_t *>(data)[i]);
}

/// Truncates and saturates, NaN gives 0, as `convert` does.
int64_t toWhole(double value) {
  constexpr double limit = 9223372036854775808.0;
  if (std::isnan(value))
    return 0;
  if (value >= limit)
    return std::numeric_limits<int64_t>::max();
  if (value < -limit)
    return std::numeric_limits<int64_t>::min();
  return static_cast<int64_t>(value);
}

const void *readOne(const Tensor &tensor, Loc where) {
  Ref node = nodeOf(tensor, "item", where);
  if (node->type.count() != 1)
    fail("item", "needs a tensor of one element, got " + describe(*node),
         where);
  return read(tensor, where);
}

} // namespace

double Tensor::itemReal(Loc where) const {
  const void *data = readOne(*this, where);
  return element<double>(dtype(), data, 0);
}

int64_t Tensor::itemWhole(Loc where) const {
  const void *data = readOne(*this, where);
  return isFloat(dtype()) ? toWhole(element<double>(dtype(), data, 0))
                          : element<int64_t>(dtype(), data, 0);
}

const void *Tensor::bytes(DType type, Loc where) const {
  Ref held = nodeOf(*this, "data", where);
  if (type != held->type.element)
    fail("data",
         "asks for " + std::string(str(type)) + " but the tensor is " +
             describe(*held),
         where);
  return read(*this, where);
}

void eval(const std::vector<Tensor> &tensors, Loc where) {
  std::vector<Ref> nodes;
  for (const Tensor &tensor : tensors)
    nodes.push_back(nodeOf(tensor, "eval", where));
  evaluate(nodes, where);
}

//===-- Printing
//-----------------------------------------------------------===//

namespace {

class Printer {
public:
  Printer(std::ostream &os, const Type &type, const void *data)
      : os(os), type(type), data(data) {}

  void print(size_t dim = 0) {
    if (dim == type.shape.size()) {
      number(position++);
      return;
    }
    constexpr int64_t shown = 8, edge = 3;
    int64_t size = type.shape[dim], stride = 1;
    for (size_t d = dim + 1; d < type.shape.size(); ++d)
      stride *= type.shape[d];
    os << '[';
    for (int64_t i = 0; i < size; ++i) {
      if (i)
        os << ", ";
      if (size > shown && i == edge) {
        os << "…, ";
        position += stride * (size - 2 * edge);
        i = size - edge;
      }
      print(dim + 1);
    }
    os << ']';
  }

private:
  void number(int64_t i) {
    if (type.element == DType::boolean)
      os << (element<int>(type.element, data, i) ? "true" : "false");
    else if (isFloat(type.element))
      os << element<double>(type.element, data, i);
    else
      os << element<int64_t>(type.element, data, i);
  }

  std::ostream &os;
  const Type &type;
  const void *data;
  int64_t position = 0;
};

} // namespace

std::ostream &operator<<(std::ostream &os, const Printed &printed) {
  if (!printed.tensor.defined())
    return os << "empty tensor";
  const void *data = read(printed.tensor, printed.where);
  const Type &type = printed.tensor.get()->type;
  os << type.str() << ' ';
  Printer(os, type, data).print();
  return os;
}

} // namespace dlc
