#include "detail/Node.h"

#include "IR/Shapes.h"
#include "detail/Session.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <unordered_set>

namespace dlc::detail {

namespace {

int64_t elementBytes(DType type) {
  switch (type) {
  case DType::f64:
  case DType::i64:
    return 8;
  case DType::u8:
  case DType::i8:
  case DType::boolean:
    return 1;
  case DType::bf16:
  case DType::f16:
    return 2;
  default:
    return 4;
  }
}

thread_local Recording *currentRecording = nullptr;
std::atomic<uint64_t> recordingCount{0};

/// What `make` and others need to know of an op again and again.
Node::Kind kindOf(const char *op) {
  auto is = [&](const char *name) { return isNamed(op, name); };
  if (is("constant"))
    return Node::Kind::constant;
  if (is("project"))
    return Node::Kind::projection;
  if (is("variable"))
    return Node::Kind::variable;
  if (is("grad") || is("jvp"))
    return Node::Kind::gradient;
  return Node::Kind::other;
}

} // namespace

void bury(Node *node) {
  // A node that dies while another one does waits in a list, so that a long
  // chain of nodes does not become a deep chain of calls.
  thread_local runtime::SmallVector<Node *, 8> *dying = nullptr;
  if (dying) {
    dying->push_back(node);
    return;
  }
  runtime::SmallVector<Node *, 8> list{node};
  dying = &list;
  for (size_t i = 0; i < list.size(); ++i)
    delete list[i];
  dying = nullptr;
}

int64_t Type::count() const { return shapes::elementCount(shape); }
int64_t Type::bytes() const { return count() * elementBytes(element); }

std::string Type::str() const {
  std::string text = "tensor<";
  for (int64_t size : shape)
    text += std::to_string(size) + "x";
  switch (element) {
  case DType::u8:
    text += "ui8";
    break;
  case DType::u32:
    text += "ui32";
    break;
  case DType::boolean:
    text += "i1";
    break;
  default:
    text += dlc::str(element);
  }
  return text + ">";
}

Node::~Node() {
  if (isProjection())
    operands[0]->projections[index] = nullptr;
  for (const Ref &node : pinned)
    if (--node->pins == 0)
      node->forget();
}

runtime::BufferRef Node::dataOn(runtime::Device &device, Loc where) {
  if (&data->device() == &device)
    return data;
  // Threads may share tensors.
  static std::mutex mutex;
  std::lock_guard lock(mutex);
  if (!copy || &copy->device() != &device)
    copy = moveTo(device, data, where);
  return copy;
}

void Node::dropData() {
  data.reset();
  copy.reset();
}

void Node::forget() {
  uint64_t active = (uint64_t(1) << differentiationDepth()) - 1;
  if (!data || isGiven() || pins || (variables & active))
    return;
  if (isProjection())
    operands[0]->projections[index] = nullptr;
  op = "";
  kind = Kind::given;
  derived = false;
  variables = 0;
  operands.clear();
  attributes.clear();
  regions.clear();
}

void Node::pinHistory() {
  uint64_t level = uint64_t(1) << index;
  std::unordered_set<const Node *> seen;
  std::vector<Node *> stack;
  auto enter = [&](const Ref &node) {
    if (!(node->variables & level) || !seen.insert(node.get()).second)
      return;
    ++node->pins;
    pinned.push_back(node);
    stack.push_back(node.get());
  };
  for (const Ref &operand : operands)
    enter(operand);
  while (!stack.empty()) {
    Node *node = stack.back();
    stack.pop_back();
    for (const Ref &operand : node->operands)
      enter(operand);
  }
}

Recording::Recording() : outer(currentRecording), number(++recordingCount) {
  currentRecording = this;
}

Recording::~Recording() { currentRecording = outer; }

Recording *Recording::current() { return currentRecording; }

Ref Recording::argument(Type type, bool weak, Loc where) {
  Ref node = new Node;
  node->type = std::move(type);
  node->where = where;
  node->weak = weak;
  node->recording = number;
  node->symbolic = true;
  nodes.push_back(node);
  return node;
}

void Recording::checkNothingEscaped(const char *what,
                                    const char *advice) const {
  for (const Ref &node : nodes)
    if (node->handles())
      throw Error("[" + std::string(what) + "] a value recorded here (" +
                      node->type.str() +
                      ") was written to a tensor that outlives the call; " +
                      advice,
                  node->where);
}

int &differentiationDepth() {
  thread_local int depth = 0;
  return depth;
}

namespace {

/// Where an op of these operands is computed. What is recorded is computed
/// where it will be run.
runtime::Device *placeOf(const char *op, const Operands &operands, Loc where) {
  const Node *first = nullptr;
  for (const Ref &operand : operands) {
    if (!operand->place)
      continue;
    if (!first)
      first = operand.get();
    else if (operand->place != first->place && !currentRecording)
      fail(op,
           "operands lie on two devices: " + describe(*first) + ", on " +
               first->place->name() + ", and " + describe(*operand) + ", on " +
               operand->place->name() + "; move one with .to()",
           where);
  }
  return first ? first->place : nullptr;
}

} // namespace

Ref make(const char *op, Type type, Operands operands, Attributes attributes,
         Loc where) {
  Ref node = new Node;
  node->op = op;
  node->kind = kindOf(op);
  node->derived = node->isGradient();
  node->type = std::move(type);
  node->where = Scope::resolve(where);
  if (std::string path = Scope::path(); !path.empty())
    node->path = std::make_shared<const std::string>(std::move(path));
  node->weak = !operands.empty();
  for (const Ref &operand : operands) {
    node->symbolic |= operand->symbolic;
    node->weak &= operand->weak;
    node->derived |= operand->derived;
    node->variables |= operand->variables;
  }
  node->place = placeOf(op, operands, where);
  node->operands = std::move(operands);
  node->attributes = std::move(attributes);
  if (currentRecording) {
    node->recording = currentRecording->number;
    currentRecording->nodes.push_back(node);
  }
  return node;
}

Ref project(const Ref &node, size_t index) {
  Ref result = make("project", node->types[index], {node}, {}, node->where);
  result->index = index;
  node->projections.resize(node->types.size());
  node->projections[index] = result.get();
  return result;
}

Ref given(Type type, runtime::BufferRef data, Loc where) {
  Ref node = new Node;
  node->type = std::move(type);
  // One number of the host may meet anything.
  if (data && !(node->type.shape.empty() && data->isOnHost()))
    node->place = &data->device();
  node->data = std::move(data);
  node->where = Scope::resolve(where);
  if (currentRecording) {
    node->recording = currentRecording->number;
    currentRecording->nodes.push_back(node);
  }
  return node;
}

Ref givenByHost(Type type, runtime::BufferRef data, Loc where) {
  if (!type.shape.empty())
    data = moveTo(defaultDevice(where), data, where);
  return given(std::move(type), std::move(data), where);
}

Ref splat(Type type, Scalar value, Loc where) {
  return make("constant", std::move(type), {}, {{"value", Splat{value}}},
              where);
}

std::string describe(const Node &node) {
  return node.type.str() + " made at " + dlc::str(node.where);
}

Tensor tensorOf(Ref node) {
  return Tensor(std::move(node).release(), Tensor::Counted());
}

Ref nodeOf(const Tensor &tensor, const char *op, Loc where) {
  if (!tensor.defined())
    fail(op, "an operand is an empty tensor", where);
  return tensor.get();
}

void fail(const char *op, const std::string &text, Loc where) {
  throw Error("[" + std::string(op) + "] " + text, Scope::resolve(where));
}

namespace {

template <typename T> void fillAs(const Type &type, Scalar value, void *data) {
  T number =
      value.isReal ? static_cast<T>(value.real) : static_cast<T>(value.whole);
  std::fill_n(static_cast<T *>(data), type.count(), number);
}

} // namespace

void fillSplat(const Type &type, Scalar value, void *data) {
  switch (type.element) {
  case DType::f32:
    return fillAs<float>(type, value, data);
  case DType::f64:
    return fillAs<double>(type, value, data);
  case DType::i32:
    return fillAs<int32_t>(type, value, data);
  case DType::i64:
    return fillAs<int64_t>(type, value, data);
  case DType::u8:
    return fillAs<uint8_t>(type, value, data);
  case DType::u32:
    return fillAs<uint32_t>(type, value, data);
  case DType::boolean:
    return fillAs<bool>(type, value, data);
  case DType::i8:
    return fillAs<int8_t>(type, value, data);
  case DType::bf16:
    return fillAs<BFloat16>(type, value, data);
  case DType::f16:
    return fillAs<Float16>(type, value, data);
  }
}

runtime::BufferRef allocate(int64_t bytes, Loc where) {
  runtime::Expected<runtime::BufferRef> buffer =
      runtime::Buffer::allocate(bytes);
  if (!buffer)
    throw Error(buffer.message(), where);
  return *buffer;
}

void failOnPlace(const char *op, const Node &node,
                 const runtime::Device &device, Loc where) {
  fail(op,
       describe(node) + " lies on " + node.place->name() +
           ", but is needed on " + device.name() + "; move it with .to(\"" +
           device.name() + "\")",
       where);
}

runtime::BufferRef moveTo(runtime::Device &device,
                          const runtime::BufferRef &buffer, Loc where) {
  if (&buffer->device() == &device)
    return buffer;
  runtime::Expected<runtime::BufferRef> moved = runtime::moveTo(device, buffer);
  if (!moved)
    fail("to", moved.message(), where);
  return *moved;
}

} // namespace dlc::detail
