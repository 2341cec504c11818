// Branches and loops that are decided when a program runs, and computations
// with a say in how they are differentiated. Bodies are recorded once; they may
// use tensors from outside, but change none.

#ifndef DLC_FRONTEND_CONTROLFLOW_H
#define DLC_FRONTEND_CONTROLFLOW_H

#include <dlc/Transforms.h>

#pragma GCC visibility push(default)
namespace dlc {

namespace detail {

/// Records a body and returns the leaves of its results.
using Run = std::function<std::vector<Leaf>()>;

std::vector<Tensor> cond(const Operand &predicate, const Run &then,
                         const Run &otherwise);
/// Afterwards `carry` holds the last carries.
void whileLoop(TreeRef carry, const Run &condition, const Run &body,
               std::optional<int64_t> maxTrips, Loc where);
std::vector<Tensor> checkpoint(const Run &run, Loc where);

/// The two halves of a `customVjp`. `forward` sees the arguments' leaves as
/// symbols and returns the leaves of results and residuals; `backward` is shown
/// the residuals' and the cotangents' places.
struct CustomRule {
  std::function<std::pair<std::vector<Leaf>, std::vector<Leaf>>()> forward;
  /// Called after `forward`: the trees that `backward` reads.
  std::function<std::pair<std::vector<Leaf>, std::vector<Leaf>>()> places;
  Run backward;
};
std::vector<Tensor> customVjp(TreeRef arguments, const CustomRule &rule,
                              Loc where);

} // namespace detail

/// then(args…) where the predicate, a boolean scalar, is true when it runs,
/// else otherwise(args…). Both return trees of one type, whose tensors agree in
/// shape and element type. One of the two is computed.
template <typename Then, typename Otherwise, typename... Args>
auto cond(const Operand &predicate, Then then, Otherwise otherwise,
          const Args &...args) {
  using Result = std::decay_t<std::invoke_result_t<Then &, const Args &...>>;
  static_assert(
      std::is_same_v<
          Result,
          std::decay_t<std::invoke_result_t<Otherwise &, const Args &...>>>,
      "both branches return the same type");
  std::optional<Result> result, other;
  std::vector<Tensor> tensors = detail::cond(
      predicate,
      [&] {
        result.emplace(std::invoke(then, args...));
        return leaves(*result);
      },
      [&] {
        other.emplace(std::invoke(otherwise, args...));
        return leaves(*other);
      });
  detail::fill(*result, tensors);
  return std::move(*result);
}

struct WhileOptions {
  /// More trips are an error when it runs. A loop of known most trips can be
  /// differentiated without taping in pieces.
  std::optional<int64_t> maxTrips = {};
};

/// carry = body(carry) as long as condition(carry), a boolean scalar, is true
/// when it runs. Carries keep their shapes and types.
template <typename Condition, typename Body, typename Carry>
Carry whileLoop(Condition condition, Body body, Carry carry,
                WhileOptions options = {}, Loc where = Loc::current()) {
  std::optional<Tensor> goesOn;
  std::optional<Carry> next;
  detail::whileLoop(
      carry,
      [&] {
        goesOn.emplace(std::invoke(condition, std::as_const(carry)));
        return leaves(*goesOn);
      },
      [&] {
        next.emplace(std::invoke(body, std::as_const(carry)));
        return leaves(*next);
      },
      options.maxTrips, where);
  return carry;
}

/// The callable, whose gradient keeps its arguments alone and computes the rest
/// again.
template <typename F> auto checkpoint(F function, Loc where = Loc::current()) {
  return [function = std::move(function),
          where]<typename... Args>(const Args &...args) mutable {
    using Result = std::decay_t<std::invoke_result_t<F &, const Args &...>>;
    std::optional<Result> result;
    std::vector<Tensor> tensors = detail::checkpoint(
        [&] {
          result.emplace(std::invoke(function, args...));
          return leaves(*result);
        },
        where);
    detail::fill(*result, tensors);
    return std::move(*result);
  };
}

/// A callable with a gradient rule of its own: forward(args…) returns
/// pair(result, residuals), backward(residuals, cotangents of the result)
/// returns a tree of a cotangent for each float tensor of the arguments, in
/// their order. What the two capture receives no gradient.
///
///     auto clipped = customVjp(
///         [](const Tensor &x) { return std::pair(x * 1, x); },
///         [](const Tensor &, const Tensor &g) { return clip(g, -1, 1); });
template <typename Forward, typename Backward>
auto customVjp(Forward forward, Backward backward, Loc where = Loc::current()) {
  return [forward = std::move(forward), backward = std::move(backward),
          where]<typename... Args>(const Args &...args) mutable {
    using Pair = std::decay_t<std::invoke_result_t<Forward &, const Args &...>>;
    using Residuals = std::decay_t<typename Pair::second_type>;
    using Cotangents =
        std::decay_t<std::invoke_result_t<Backward &, const Residuals &,
                                          const typename Pair::first_type &>>;
    std::tuple<Args...> held(args...);
    std::optional<Pair> made;
    std::optional<Cotangents> cotangents;
    detail::CustomRule rule;
    auto both = [&] {
      return std::pair(leaves(made->first), leaves(made->second));
    };
    rule.forward = [&] {
      made.emplace(std::apply(
          [&](const auto &...symbols) {
            return std::invoke(forward, symbols...);
          },
          held));
      return both();
    };
    rule.places = both;
    rule.backward = [&] {
      cotangents.emplace(std::invoke(backward, std::as_const(made->second),
                                     std::as_const(made->first)));
      return leaves(*cotangents);
    };
    std::vector<Tensor> tensors = detail::customVjp(held, rule, where);
    auto result = std::move(made->first);
    detail::fill(result, tensors);
    return result;
  };
}

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_CONTROLFLOW_H
