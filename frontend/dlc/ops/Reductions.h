// Ops that combine the elements along axes.

#ifndef DLC_FRONTEND_OPS_REDUCTIONS_H
#define DLC_FRONTEND_OPS_REDUCTIONS_H

#include <dlc/Tensor.h>

#pragma GCC visibility push(default)
namespace dlc {

/// Which dimensions a reduction removes, and whether they stay with size 1.
/// Without axes: all of them.
struct Axes {
  Axes() = default;
  Axes(int axis) : axes{axis}, all(false) {}
  Axes(int64_t axis) : axes{axis}, all(false) {}
  Axes(std::initializer_list<int64_t> axes) : axes(axes), all(false) {}
  Axes(std::vector<int64_t> axes) : axes(std::move(axes)), all(false) {}

  std::vector<int64_t> axes;
  bool all = true;
};
inline constexpr bool keepDims = true;

/// Booleans are counted, as i32.
Tensor sum(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
           Loc where = Loc::current());
/// Integers and booleans give f32.
Tensor mean(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
            Loc where = Loc::current());
Tensor prod(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
            Loc where = Loc::current());
Tensor max(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
           Loc where = Loc::current());
Tensor min(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
           Loc where = Loc::current());
Tensor all(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
           Loc where = Loc::current());
Tensor any(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
           Loc where = Loc::current());
/// (sum |x|^order)^(1/order), by default the Euclidean norm, scaled so that it
/// neither overflows nor underflows where the result does not. Order inf is
/// the largest |x|, order 0 counts what is not 0. Of a zero vector the gradient
/// is 0.
Tensor norm(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
            double order = 2, Loc where = Loc::current());
/// sum (x - mean)² / (n - correction): the population's variance, or with
/// correction 1 the unbiased estimate.
Tensor variance(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
                int64_t correction = 0, Loc where = Loc::current());
/// The square root of the variance.
Tensor stddev(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
              int64_t correction = 0, Loc where = Loc::current());
/// The position of the first largest element, as i32; of the first NaN if there
/// is one. Throws on an empty axis.
Tensor argmax(const Tensor &x, int64_t axis, bool keepDims = false,
              Loc where = Loc::current());
Tensor argmin(const Tensor &x, int64_t axis, bool keepDims = false,
              Loc where = Loc::current());
/// Sums of the first 1, 2, 3 … elements along an axis; `reverse`: of the last;
/// `exclusive`: without the element itself.
Tensor cumsum(const Tensor &x, int64_t axis, bool reverse = false,
              bool exclusive = false, Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPS_REDUCTIONS_H
