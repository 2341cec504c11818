// Transforms: a callable in, a callable out.

#ifndef DLC_FRONTEND_TRANSFORMS_H
#define DLC_FRONTEND_TRANSFORMS_H

#include <dlc/Tree.h>

#include <functional>
#include <span>
#include <typeindex>

#pragma GCC visibility push(default)
namespace dlc {

namespace detail {

/// How a transform holds an argument while the callable runs: host numbers
/// become 0-d tensors, modules stay where they are, other trees are copied.
template <typename T>
using Held = std::conditional_t<
    std::is_arithmetic_v<std::decay_t<T>>, Tensor,
    std::conditional_t<std::is_lvalue_reference_v<T> &&
                           IsReferenceTree<std::decay_t<T>>::value,
                       std::remove_const_t<std::remove_reference_t<T>> &,
                       std::decay_t<T>>>;

/// A 0-d tensor that takes the element type of what it meets.
Tensor weakScalar(Scalar value, Loc where);

template <typename T> Held<T> hold(T &&argument, Loc where) {
  if constexpr (std::is_arithmetic_v<std::decay_t<T>>) {
    return weakScalar(argument, where);
  } else {
    static_assert(Tree<std::decay_t<T>>,
                  "an argument of a transformed function is a tree of tensors "
                  "or a number; see dlc/Tree.h");
    if constexpr (std::is_reference_v<Held<T>>)
      return const_cast<Held<T>>(argument);
    else
      return Held<T>(std::forward<T>(argument));
  }
}

} // namespace detail

//===-- compile
//------------------------------------------------------------===//

/// How products of f32 are computed on a GPU: exactly as their type says, or on
/// tensor cores, operands rounded to tf32 (10 bits of fraction). On a CPU they
/// are exact.
enum class Precision { exact, tf32 };

struct CompileConfig {
  /// Everything that a call changes: parameters, running statistics, optimiser
  /// state, generators. The trees must outlive the compiled function.
  std::vector<TreeRef> state = {};
  /// Where it runs: "cpu", "cuda" (the first GPU), "cuda:1", "auto" (the first
  /// GPU if there is one), or empty: the default, which DLC_DEVICE names or
  /// else is the CPU. Arguments and state in host memory are copied there;
  /// results and state stay there.
  std::string device = "";
  /// Allow reassociation, contraction and approximations.
  bool fast = false;
  Precision precision = Precision::exact;
  /// Bytes that the gradients of `whileLoop`s without maxTrips may keep in a
  /// run; one that needs more fails, and changes nothing.
  int64_t tapeLimit = int64_t(1) << 30;
  /// Bytes for the values between operations, beside arguments and results.
  /// Where they would take more, some are computed again instead of kept; less
  /// than that allows is an error, which says how much is needed. Without a
  /// limit, what follows from captured tensors alone is computed when they
  /// change, and kept.
  int64_t memoryLimit = INT64_MAX;
};

namespace detail {

/// What a callable returned while it was recorded.
struct Recorded {
  std::shared_ptr<void> object;
  std::vector<Leaf> leaves;
};

/// The traces of one compiled function.
class Traces {
public:
  /// Of a call, while it lasts.
  struct Arguments {
    std::type_index signature;
    std::span<const TreeRef> trees;
  };
  struct Results {
    std::shared_ptr<const void> object;
    std::vector<Tensor> tensors;
  };
  using Record = std::function<Recorded()>;

  Traces(CompileConfig config, Loc where);
  ~Traces();

  Results run(const Arguments &arguments, const Record &record, Loc where);
  std::string text(const Arguments &arguments, const Record &record, Loc where);
  int64_t count() const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

/// True while something is recorded or differentiated: a compiled function
/// that is called then becomes part of it.
bool isRecording();

/// Moves tensors into a tree that has as many, in the order of a visit.
void fill(TreeRef tree, std::span<Tensor> tensors);

} // namespace detail

/// A compiled callable; see `compile`. Copies share their traces.
template <typename F> class Compiled {
public:
  Compiled(F function, CompileConfig config, Loc where)
      : function(std::move(function)),
        traces(std::make_shared<detail::Traces>(std::move(config), where)),
        where(where) {}

  template <typename... Args> auto operator()(Args &&...args) {
    std::tuple<detail::Held<Args>...> held(
        detail::hold<Args>(std::forward<Args>(args), where)...);
    using Result = std::decay_t<decltype(call(held))>;
    if (detail::isRecording())
      return Result(call(held));
    auto trees = treesOf(held);
    detail::Traces::Arguments arguments{typeid(held), trees};
    if constexpr (std::is_void_v<Result>) {
      traces->run(arguments, recorder(held), where);
    } else {
      detail::Traces::Results results =
          traces->run(arguments, recorder(held), where);
      Result tree = *static_cast<const Result *>(results.object.get());
      detail::fill(tree, results.tensors);
      return tree;
    }
  }

  /// The recording of a call in MLIR's text form; runs nothing.
  template <typename... Args> std::string text(Args &&...args) {
    std::tuple<detail::Held<Args>...> held(
        detail::hold<Args>(std::forward<Args>(args), where)...);
    auto trees = treesOf(held);
    return traces->text({typeid(held), trees}, recorder(held), where);
  }

  /// How often the callable has been recorded.
  int64_t traceCount() const { return traces->count(); }

private:
  template <typename Tuple> decltype(auto) call(Tuple &held) {
    return std::apply(
        [&](auto &...arguments) -> decltype(auto) {
          return std::invoke(function, arguments...);
        },
        held);
  }

  template <typename Tuple> static auto treesOf(Tuple &held) {
    return std::apply(
        [](auto &...trees) {
          return std::array<TreeRef, sizeof...(trees)>{TreeRef(trees)...};
        },
        held);
  }

  template <typename Tuple> detail::Traces::Record recorder(Tuple &held) {
    return [this, &held]() -> detail::Recorded {
      using Result = std::decay_t<decltype(call(held))>;
      if constexpr (std::is_void_v<Result>) {
        call(held);
        return {};
      } else {
        static_assert(Tree<Result>, "a compiled function returns a tree of "
                                    "tensors or nothing; see dlc/Tree.h");
        auto result = std::make_shared<Result>(call(held));
        return {result, leaves(*result)};
      }
    };
  }

  F function;
  std::shared_ptr<detail::Traces> traces;
  Loc where;
};

/// Compiles a callable of trees of tensors into one program. It is recorded
/// once for each combination of shapes, element types and modes; then the
/// program runs without it.
///
/// While it is recorded, arguments and state have no values: reading one
/// throws. Arguments that are host numbers become 0-d tensors, so they may
/// change. Tensors that the callable captures are read at each call: when a
/// captured handle has been rebound, the callable is recorded again (what it
/// compiles to is found in the cache). Captured host numbers are frozen.
/// Tensors that it changes must be named in `.state`:
///
///     auto step = compile([&](const Tensor &x, const Tensor &y) { … },
///                         {.state = {model, optimizer, rng}});
///
/// State is updated in place if nobody else holds the old tensor. If a call
/// throws, state is as before.
template <typename F>
Compiled<std::decay_t<F>> compile(F &&function, CompileConfig config = {},
                                  Loc where = Loc::current()) {
  return {std::forward<F>(function), std::move(config), where};
}

//===-- grad
//---------------------------------------------------------------===//

namespace detail {

/// Vector-Jacobian products of a call that is over; see `vjp`.
class Pullback {
public:
  /// The gradients of sum cotangent · output over the float outputs.
  NamedTensors operator()(TreeRef cotangents, Loc where) const;

private:
  friend class Differentiation;
  struct Impl;
  explicit Pullback(std::shared_ptr<Impl> impl) : impl(std::move(impl)) {}
  std::shared_ptr<Impl> impl;
};

/// One call of a differentiated function.
class Differentiation {
public:
  /// Replaces the parameters of a tree by variables.
  Differentiation(TreeRef tree, Loc where);
  /// Puts the tree's own tensors back.
  ~Differentiation();
  Differentiation(const Differentiation &) = delete;
  Differentiation &operator=(const Differentiation &) = delete;

  /// The gradients of a scalar.
  NamedTensors gradients(TreeRef value);
  /// The gradients of any outputs, when they are asked for.
  Pullback pullback(TreeRef value);
  /// Replaces the float tensors of `derivatives`, a copy of `value`, by the
  /// derivatives of value's along a direction, and the others by zeros.
  void pushForward(TreeRef value, TreeRef along, TreeRef derivatives);

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

/// A tree's tensors replaced by gradients, in the order of `parameters`, and
/// zeros for the rest.
void fillGradients(TreeRef tree, const NamedTensors &gradients, Loc where);

} // namespace detail

/// A callable that returns {f(args…), gradient of f with respect to argument
/// number `Argument`}. f returns a float scalar, or a tree whose first tensor
/// is one. The gradient has the argument's own type; for a module it is a list
/// of its parameters' gradients, with names.
template <size_t Argument = 0, typename F>
auto valueAndGrad(F function, Loc where = Loc::current()) {
  return [function = std::move(function),
          where]<typename... Args>(Args &&...args) mutable {
    static_assert(Argument < sizeof...(Args), "no such argument");
    std::tuple<detail::Held<Args>...> held(
        detail::hold<Args>(std::forward<Args>(args), where)...);
    auto &argument = std::get<Argument>(held);
    using Arg = std::decay_t<decltype(argument)>;
    detail::Differentiation differentiation(argument, where);
    auto value = std::apply(
        [&](auto &...arguments) { return std::invoke(function, arguments...); },
        held);
    NamedTensors gradients = differentiation.gradients(value);
    if constexpr (detail::IsReferenceTree<Arg>::value) {
      return std::pair(std::move(value), std::move(gradients));
    } else {
      Arg tree = argument;
      detail::fillGradients(tree, gradients, where);
      return std::pair(std::move(value), std::move(tree));
    }
  };
}

/// `valueAndGrad` without the value.
template <size_t Argument = 0, typename F>
auto grad(F function, Loc where = Loc::current()) {
  return [both = valueAndGrad<Argument>(std::move(function),
                                        where)]<typename... Args>(
             Args &&...args) mutable {
    return both(std::forward<Args>(args)...).second;
  };
}

//===-- vjp, jvp
//-----------------------------------------------------------===//

/// Computes y = f(x) of a tree x (several arguments: a tuple), and a function
/// that takes a cotangent tree of y's type and returns the product with the
/// Jacobian, of x's type (for a module: its parameters' gradients, with names).
/// It may be called several times.
///
///     auto [y, pullback] = vjp([](const Tensor &x) { return x * x; }, x);
///     Tensor dx = pullback(onesLike(y));
template <typename F, typename X>
auto vjp(F function, X &&x, Loc where = Loc::current()) {
  using Held = detail::Held<X>;
  Held held = detail::hold<X>(std::forward<X>(x), where);
  detail::Differentiation differentiation(held, where);
  auto value = std::invoke(function, held);
  using Value = decltype(value);
  detail::Pullback pullback = differentiation.pullback(value);
  using Arg = std::decay_t<Held>;
  if constexpr (detail::IsReferenceTree<Arg>::value) {
    auto back = [pullback](Value cotangent, Loc where = Loc::current()) {
      return pullback(cotangent, where);
    };
    return std::pair(std::move(value), std::move(back));
  } else {
    // The variables are still in it; only its structure is used.
    auto back = [pullback, tree = held](Value cotangent,
                                        Loc where = Loc::current()) {
      Arg gradients = tree;
      detail::fillGradients(gradients, pullback(cotangent, where), where);
      return gradients;
    };
    return std::pair(std::move(value), std::move(back));
  }
}

/// Computes y = f(x) and its derivative along a direction, a tree of x's type:
/// {y, dy}. One pass, whatever the number of outputs.
template <typename F, typename X, typename Direction>
auto jvp(F function, X &&x, Direction direction, Loc where = Loc::current()) {
  using Held = detail::Held<X>;
  Held held = detail::hold<X>(std::forward<X>(x), where);
  detail::Differentiation differentiation(held, where);
  auto value = std::invoke(function, held);
  auto derivatives = value;
  differentiation.pushForward(value, direction, derivatives);
  return std::pair(std::move(value), std::move(derivatives));
}

//===-- scan
//---------------------------------------------------------------===//

struct ScanOptions {
  /// Walk from the last position to the first.
  bool reverse = false;
  /// The number of trips, needed if there is nothing to scan over.
  std::optional<int64_t> length = {};
};

namespace detail {

/// Makes a scan op. `body` records one trip: it finds the carries and slices in
/// the leaves of the two trees, and returns the leaves of the new carries and
/// of the outputs. Afterwards `carry` holds the last carries; the result is the
/// stacked outputs.
std::vector<Tensor>
scan(TreeRef carry, TreeRef slices,
     const std::function<std::pair<std::vector<Leaf>, std::vector<Leaf>>()>
         &body,
     const ScanOptions &options, Loc where);

} // namespace detail

/// Carries values through a loop over the first dimension of the tensors of
/// `sequences`: `body(carry, slices) -> pair(new carry, outputs)`. Returns the
/// last carry and the outputs of all trips, stacked along a new first
/// dimension. Carries keep their shapes and types. The body is recorded once.
template <typename F, typename Carry, typename Sequences>
auto scan(F body, Carry carry, Sequences sequences, ScanOptions options = {},
          Loc where = Loc::current()) {
  using Outputs = std::decay_t<decltype(body(carry, sequences).second)>;
  std::optional<std::pair<Carry, Outputs>> trip;
  std::vector<Tensor> stacks = detail::scan(
      carry, sequences,
      [&] {
        trip.emplace(body(std::as_const(carry), std::as_const(sequences)));
        return std::pair(leaves(trip->first), leaves(trip->second));
      },
      options, where);
  Outputs outputs = std::move(trip->second);
  detail::fill(outputs, stacks);
  return std::pair(std::move(carry), std::move(outputs));
}

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_TRANSFORMS_H
