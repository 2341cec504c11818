// Trees of tensors: what transforms take and return.
//
// A tree is a Tensor; a vector, array, tuple, pair or optional of trees; a
// map from names to trees; a pointer to a tree; or a type that shows its parts:
//
//     struct Mlp {
//       Tensor w, b;
//       Tensor mean;
//       dlc::Mode training = true;
//       void visit(dlc::Visitor &v) {
//         v("w", w);
//         v("b", b);
//         v.buffer("mean", mean);       // state without a gradient
//         v.mode("training", training); // compiled once for each value
//       }
//     };

#ifndef DLC_FRONTEND_TREE_H
#define DLC_FRONTEND_TREE_H

#include <dlc/Tensor.h>

#include <array>
#include <concepts>
#include <map>
#include <memory>
#include <string>
#include <tuple>

#pragma GCC visibility push(default)
namespace dlc {

class Visitor;

/// A host setting that changes what is computed, e.g. training or evaluation.
/// A compiled function that reads it is recorded for each of its values.
class Mode {
public:
  Mode(int64_t value) : value(std::make_shared<int64_t>(value)) {}
  Mode(const Mode &other) : Mode(*other.value) {}
  Mode &operator=(const Mode &other) {
    *value = *other.value;
    return *this;
  }

  operator int64_t() const;

private:
  std::shared_ptr<int64_t> value;
};

namespace detail {
template <typename T> struct IsTree : std::false_type {};
} // namespace detail

template <typename T>
concept HasVisit =
    requires(std::remove_const_t<T> &t, Visitor &v) { t.visit(v); };

/// A tree of tensors; see the head of this file.
template <typename T>
concept Tree = HasVisit<T> || detail::IsTree<std::remove_cv_t<T>>::value;

/// Walks over the tensors of a tree in a fixed order.
class Visitor {
public:
  virtual ~Visitor() = default;

  /// Visits a part under a name.
  template <typename T> void operator()(std::string_view name, T &part);

  /// Visits a part whose tensors are state without a gradient (running
  /// statistics, counters).
  template <typename T> void buffer(std::string_view name, T &part) {
    bool outer = std::exchange(inBuffer, true);
    (*this)(name, part);
    inBuffer = outer;
  }

  /// Shows a setting that changes what is computed, e.g. training or
  /// evaluation: a compiled function is traced once for each value.
  virtual void mode([[maybe_unused]] std::string_view name,
                    [[maybe_unused]] int64_t value) {}

protected:
  virtual void leaf(Tensor &tensor) = 0;

  /// The names on the way to the current part, "layers.0.weight".
  std::string path() const;
  bool isBuffer() const { return inBuffer; }

private:
  /// The name of a part, and of what it is a part of.
  struct Name {
    std::string_view text;
    const Name *outer;
  };
  template <typename Part> void within(std::string_view text, Part part) {
    Name name{text, innermost};
    innermost = &name;
    part();
    innermost = name.outer;
  }
  template <typename Range> void each(Range &range) {
    size_t i = 0;
    for (auto &part : range)
      (*this)(std::to_string(i++), part);
  }

  const Name *innermost = nullptr;
  bool inBuffer = false;
};

namespace detail {

template <> struct IsTree<Tensor> : std::true_type {};
template <typename T>
struct IsTree<std::vector<T>> : std::bool_constant<Tree<T>> {};
template <typename T, size_t N>
struct IsTree<std::array<T, N>> : std::bool_constant<Tree<T>> {};
template <typename... T>
struct IsTree<std::tuple<T...>> : std::bool_constant<(Tree<T> && ...)> {};
template <typename A, typename B>
struct IsTree<std::pair<A, B>> : std::bool_constant<Tree<A> && Tree<B>> {};
template <typename T>
struct IsTree<std::optional<T>> : std::bool_constant<Tree<T>> {};
template <typename T>
struct IsTree<std::map<std::string, T>> : std::bool_constant<Tree<T>> {};
template <typename T> struct IsTree<T *> : std::bool_constant<Tree<T>> {};
template <typename T>
struct IsTree<std::shared_ptr<T>> : std::bool_constant<Tree<T>> {};
template <typename T>
struct IsTree<std::unique_ptr<T>> : std::bool_constant<Tree<T>> {};

template <typename T> struct IsTuple : std::false_type {};
template <typename... T> struct IsTuple<std::tuple<T...>> : std::true_type {};
template <typename A, typename B>
struct IsTuple<std::pair<A, B>> : std::true_type {};

/// A tree whose tensors lie elsewhere, so that a copy shares them: a pointer,
/// or an object of a polymorphic class (a module).
template <typename T>
struct IsReferenceTree : std::bool_constant<std::is_polymorphic_v<T>> {};
template <typename T> struct IsReferenceTree<T *> : std::true_type {};
template <typename T>
struct IsReferenceTree<std::shared_ptr<T>> : std::true_type {};
template <typename T>
struct IsReferenceTree<std::unique_ptr<T>> : std::true_type {};
template <typename T>
struct IsReferenceTree<std::vector<T>> : IsReferenceTree<T> {};
template <typename T, size_t N>
struct IsReferenceTree<std::array<T, N>> : IsReferenceTree<T> {};
template <typename T>
struct IsReferenceTree<std::map<std::string, T>> : IsReferenceTree<T> {};
template <typename... T>
struct IsReferenceTree<std::tuple<T...>>
    : std::bool_constant<(IsReferenceTree<T>::value || ...)> {};
template <typename A, typename B>
struct IsReferenceTree<std::pair<A, B>>
    : std::bool_constant<IsReferenceTree<A>::value ||
                         IsReferenceTree<B>::value> {};

} // namespace detail

template <typename T> void Visitor::operator()(std::string_view name, T &part) {
  using U = std::remove_cv_t<T>;
  static_assert(Tree<U>, "not a tree of tensors; see dlc/Tree.h");
  if constexpr (std::is_pointer_v<U> ||
                requires { typename U::element_type; }) {
    if (part)
      (*this)(name, *part);
  } else {
    within(name, [&] {
      if constexpr (std::is_same_v<U, Tensor>) {
        leaf(const_cast<Tensor &>(part));
      } else if constexpr (HasVisit<U>) {
        const_cast<U &>(part).visit(*this);
      } else if constexpr (detail::IsTuple<U>::value) {
        std::apply(
            [&](auto &...parts) {
              size_t i = 0;
              ((*this)(std::to_string(i++), parts), ...);
            },
            part);
      } else if constexpr (requires { part.has_value(); }) {
        if (part)
          (*this)("value", *part);
      } else if constexpr (requires { typename U::mapped_type; }) {
        for (auto &[key, value] : part)
          (*this)(key, value);
      } else {
        each(part);
      }
    });
  }
}

/// Tensors with names, in the order of a visit: the gradients of a module.
class NamedTensors {
public:
  void add(std::string name, Tensor tensor) {
    items.emplace_back(std::move(name), std::move(tensor));
  }
  size_t size() const { return items.size(); }
  auto begin() { return items.begin(); }
  auto begin() const { return items.begin(); }
  auto end() { return items.end(); }
  auto end() const { return items.end(); }
  /// The tensor of that name. Throws if there is none.
  const Tensor &operator[](std::string_view name) const;

  void visit(Visitor &v) {
    for (auto &[name, tensor] : items)
      v(name, tensor);
  }

private:
  std::vector<std::pair<std::string, Tensor>> items;
};

/// A tensor of a tree, by address.
struct Leaf {
  Tensor *tensor;
  std::string name;
  bool isBuffer;
  /// A float tensor that is not a buffer.
  bool isParameter() const;
};

/// A reference to a tree of any type; the tree must outlive it.
class TreeRef {
public:
  template <Tree T>
    requires(!std::same_as<std::remove_cv_t<T>, TreeRef>) // not of its copy
  TreeRef(T &tree)
      : object(const_cast<std::remove_const_t<T> *>(&tree)),
        walk([](void *object, Visitor &v) {
          auto &tree = *static_cast<std::remove_const_t<T> *>(object);
          if constexpr (HasVisit<T>)
            tree.visit(v);
          else
            v("", tree);
        }) {}
  void visit(Visitor &v) const { walk(object, v); }

private:
  void *object;
  void (*walk)(void *, Visitor &);
};

/// The tensors of a tree in the order of a visit.
std::vector<Leaf> leaves(TreeRef tree);
/// The parameters alone (float tensors that are not buffers).
std::vector<Leaf> parameters(TreeRef tree);

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_TREE_H
