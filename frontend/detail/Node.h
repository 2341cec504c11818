// The recorder's graph. A node is an op with one result (or a value given from
// outside); an op with several results is a node that only `project` nodes
// refer to. Nodes are counted references; nothing here recurses over the
// graph, so chains may be arbitrarily long.

#ifndef DLC_FRONTEND_DETAIL_NODE_H
#define DLC_FRONTEND_DETAIL_NODE_H

#include "abi/SmallVector.h"
#include "device/Device.h"

#include <dlc/Tensor.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace dlc::detail {

struct Type {
  DType element = DType::f32;
  Shape shape;

  int64_t count() const;
  int64_t bytes() const;
  /// "tensor<2x3xf32>".
  std::string str() const;
  bool operator==(const Type &) const = default;
};

/// `#dlc<kind value>`.
struct Enum {
  const char *kind, *value;
};
/// `array<i32: …>`.
struct Segments {
  std::vector<size_t> sizes;
};
struct Unit {};
/// A constant's value: one number for every element, or i64 elements.
struct Splat {
  Scalar value;
};
struct Elements {
  std::vector<int64_t> values;
};

struct Attribute {
  const char *name;
  std::variant<int64_t, std::vector<int64_t>, double, std::string, Enum,
               Segments, Unit, Splat, Elements>
      value;
};

class Node;

/// A counted reference.
class Ref {
public:
  Ref() = default;
  Ref(Node *node);
  /// Takes over a reference that is counted already.
  static Ref adopt(Node *node) {
    Ref ref;
    ref.node = node;
    return ref;
  }
  Ref(const Ref &other) : Ref(other.node) {}
  Ref(Ref &&other) noexcept : node(std::exchange(other.node, nullptr)) {}
  Ref &operator=(Ref other) noexcept {
    std::swap(node, other.node);
    return *this;
  }
  ~Ref();

  Node *get() const { return node; }
  Node *operator->() const { return node; }
  Node &operator*() const { return *node; }
  explicit operator bool() const { return node; }
  /// The reference itself, still counted.
  Node *release() && { return std::exchange(node, nullptr); }

private:
  Node *node = nullptr;
};

/// What most ops have room for without an allocation.
using Operands = runtime::SmallVector<Ref, 2>;
using Attributes = runtime::SmallVector<Attribute, 1>;

/// An ordered part of the graph: a function, or a body of a loop or branch.
struct Region {
  /// Values that come from outside, in order.
  std::vector<Ref> arguments;
  /// What is computed, each after its operands.
  std::vector<Ref> ops;
  std::vector<Ref> results;
};

class Node {
public:
  /// Ops that the recorder itself knows.
  enum class Kind : uint8_t {
    given,
    constant,
    projection,
    variable,
    gradient,
    other
  };

  /// The op's name without "dlc.", a literal; empty for a value given from
  /// outside.
  const char *op = "";
  Kind kind = Kind::given;
  Type type;
  Attributes attributes;
  Operands operands;
  /// Of an op with several results: their types, and the projections there are.
  std::vector<Type> types;
  std::vector<Node *> projections;
  /// The number of a projection; the level of a `grad` or `jvp`.
  size_t index = 0;
  std::vector<Region> regions;

  Loc where;
  /// The scopes' names, or null.
  std::shared_ptr<const std::string> path;

  /// The value, once it is known.
  runtime::BufferRef data;
  /// Where the value lies or will be computed; null where that is left to what
  /// it meets: numbers, what follows from constants alone, arguments that are
  /// recorded.
  runtime::Device *place = nullptr;

  /// The recording that it was made in; 0 outside of all.
  uint64_t recording = 0;
  /// Depends on an argument of a recording, so it has no value.
  bool symbolic = false;
  /// Takes the element type of what it meets, as host numbers do.
  bool weak = false;
  /// Is a `grad` or a `jvp`, or follows from one.
  bool derived = false;
  /// Bit n: depends on the variables of the n-th enclosing differentiation.
  uint64_t variables = 0;
  /// How many derivatives without a value need its history, and the nodes whose
  /// history a `grad` needs.
  uint32_t pins = 0;
  std::vector<Ref> pinned;

  std::atomic<uint32_t> references{0};
  /// Whether there is one reference; only its holder can make another.
  bool isSole() const {
    return references.load(std::memory_order_acquire) == 1;
  }

  /// Live `Tensor`s that name this node.
  uint32_t handles() const { return uint32_t(naming); }
  /// How often a `Tensor` has ceased to name this node.
  uint32_t departures() const { return uint32_t(naming >> 32); }
  /// A `Tensor` names it.
  void arrive() { naming.fetch_add(1, std::memory_order_relaxed); }
  /// A `Tensor` has ceased to name it; another one names it in its stead.
  void move() { naming.fetch_add(departure, std::memory_order_relaxed); }
  /// A `Tensor` has ceased to name it.
  void depart() { naming.fetch_add(departure - 1, std::memory_order_relaxed); }

  bool isGiven() const { return kind == Kind::given; }
  bool isConstant() const { return kind == Kind::constant; }
  bool isProjection() const { return kind == Kind::projection; }
  bool isVariable() const { return kind == Kind::variable; }
  /// A `grad` or a `jvp`.
  bool isGradient() const { return kind == Kind::gradient; }

  ~Node();

  /// The value, which is known, on a device; a copy is made once. Throws where
  /// the device fails.
  runtime::BufferRef dataOn(runtime::Device &device, Loc where);
  /// The value in host memory. Valid as long as the node.
  const void *hostData(Loc where) {
    return dataOn(runtime::hostDevice(), where)->data();
  }
  /// Gives the value away.
  void dropData();

  /// Forgets how the value was computed, unless a derivative may yet be taken
  /// through it.
  void forget();
  /// For a `grad`: keeps the history of what lies between outputs and
  /// variables.
  void pinHistory();

private:
  /// The value on another device.
  runtime::BufferRef copy;
  /// Handles in the lower half, departures in the upper one.
  std::atomic<uint64_t> naming{0};
  static constexpr uint64_t departure = uint64_t(1) << 32;
};

/// Whether an op has this name; most differ in their first letter.
inline bool isNamed(const char *op, const char *name) {
  return *op == *name && !std::strcmp(op, name);
}

/// Deletes a node to which there is no reference, and what dies with it.
void bury(Node *node);

inline Ref::Ref(Node *node) : node(node) {
  if (node)
    node->references.fetch_add(1, std::memory_order_relaxed);
}

inline Ref::~Ref() {
  if (node && (node->isSole() ||
               node->references.fetch_sub(1, std::memory_order_acq_rel) == 1))
    bury(node);
}

/// Ops that are being recorded, by a trace or in the body of a scan.
class Recording {
public:
  Recording();
  ~Recording();
  Recording(const Recording &) = delete;
  Recording &operator=(const Recording &) = delete;

  /// A new argument, a symbol. `where` tells where its values come from.
  Ref argument(Type type, bool weak, Loc where);
  /// True for what this recording computes.
  bool owns(const Node &node) const {
    return node.recording == number && !(node.isGiven() && !node.symbolic);
  }
  /// Throws if a handle outside still names something recorded: the callable
  /// has written a tensor that outlives it.
  void checkNothingEscaped(const char *what, const char *advice) const;

  /// The recordings of this thread, innermost first.
  static Recording *current();
  Recording *outer;

  const uint64_t number;
  /// All nodes made in it, in order.
  std::vector<Ref> nodes;
  /// Concrete tensors whose values the callable has read.
  std::vector<Ref> read;
  /// Settings that it has read, and their values.
  std::vector<std::pair<std::shared_ptr<const int64_t>, int64_t>> modes;
};

/// Nesting of differentiations on this thread.
int &differentiationDepth();

/// Makes a node of an op. `where` is resolved by the scopes.
Ref make(const char *op, Type type, Operands operands, Attributes attributes,
         Loc where);
/// Result `index` of an op with several.
Ref project(const Ref &node, size_t index);
/// A value that is known.
Ref given(Type type, runtime::BufferRef data, Loc where);
/// A value that the user gives, on the default device; one number stays what it
/// is.
Ref givenByHost(Type type, runtime::BufferRef data, Loc where);
/// A constant with one number in every element.
Ref splat(Type type, Scalar value, Loc where);

/// "tensor<2x3xf32> made at file:line:column".
std::string describe(const Node &node);

/// The node of a tensor; throws "[op] … is an empty tensor".
Ref nodeOf(const Tensor &tensor, const char *op, Loc where);
Tensor tensorOf(Ref node);

/// Throws the error at the user's line.
[[noreturn]] void fail(const char *op, const std::string &text, Loc where);

/// Writes a number into every element of `data`.
void fillSplat(const Type &type, Scalar value, void *data);

/// Host memory; throws where it is short.
runtime::BufferRef allocate(int64_t bytes, Loc where);

/// Throws that a value lies on a device where `device` is needed.
[[noreturn]] void failOnPlace(const char *op, const Node &node,
                              const runtime::Device &device, Loc where);
/// The buffer, or a copy, on a device; throws where the device fails.
runtime::BufferRef moveTo(runtime::Device &device,
                          const runtime::BufferRef &buffer, Loc where);

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_NODE_H
