// Ops that move elements: shapes, joins, orders.

#ifndef DLC_FRONTEND_OPS_SHAPE_H
#define DLC_FRONTEND_OPS_SHAPE_H

#include <dlc/Tensor.h>

#pragma GCC visibility push(default)
namespace dlc {

/// One size may be -1: it follows from the others.
Tensor reshape(const Tensor &x, const Shape &shape, Loc where = Loc::current());
/// Reverses the dimensions, or permutes them.
Tensor transpose(const Tensor &x, Loc where = Loc::current());
Tensor transpose(const Tensor &x, const std::vector<int64_t> &permutation,
                 Loc where = Loc::current());
Tensor broadcastTo(const Tensor &x, const Shape &shape,
                   Loc where = Loc::current());
/// Joins dimensions first..last into one.
Tensor flatten(const Tensor &x, int64_t first = 0, int64_t last = -1,
               Loc where = Loc::current());
/// A new dimension of size 1 at `axis`.
Tensor expandDims(const Tensor &x, int64_t axis, Loc where = Loc::current());
/// Removes a dimension of size 1.
Tensor squeeze(const Tensor &x, int64_t axis, Loc where = Loc::current());
/// Pads with a value: `low[i]` elements before and `high[i]` after dimension i.
Tensor pad(const Tensor &x, const std::vector<int64_t> &low,
           const std::vector<int64_t> &high, Scalar value = 0,
           Loc where = Loc::current());
/// The same, with elements between neighbours: `interior[i]` of them. Negative
/// low and high cut off.
Tensor pad(const Tensor &x, const std::vector<int64_t> &low,
           const std::vector<int64_t> &high,
           const std::vector<int64_t> &interior, Scalar value = 0,
           Loc where = Loc::current());
Tensor swapAxes(const Tensor &x, int64_t first, int64_t second,
                Loc where = Loc::current());
/// The axis `from` becomes the axis `to`; the others keep their order.
Tensor moveAxis(const Tensor &x, int64_t from, int64_t to,
                Loc where = Loc::current());

/// Joins tensors along an axis; their other sizes agree.
Tensor concatenate(const std::vector<Tensor> &tensors, int64_t axis = 0,
                   Loc where = Loc::current());
/// Joins tensors of one shape along a new axis.
Tensor stack(const std::vector<Tensor> &tensors, int64_t axis = 0,
             Loc where = Loc::current());
/// So many equal parts along an axis, whose size they divide.
std::vector<Tensor> split(const Tensor &x, int64_t parts, int64_t axis = 0,
                          Loc where = Loc::current());
/// Parts of the given sizes, which add up to the axis's.
std::vector<Tensor> split(const Tensor &x, const std::vector<int64_t> &sizes,
                          int64_t axis = 0, Loc where = Loc::current());
/// The tensor `counts[i]` times along dimension i.
Tensor tile(const Tensor &x, const std::vector<int64_t> &counts,
            Loc where = Loc::current());

/// The elements in the opposite order along axes; without any: along all.
Tensor flip(const Tensor &x, const std::vector<int64_t> &axes = {},
            Loc where = Loc::current());
/// Moves the elements by `shift` positions along an axis; what leaves at the
/// end comes back at the start.
Tensor roll(const Tensor &x, int64_t shift, int64_t axis,
            Loc where = Loc::current());
/// The matrices' elements on and below the `diagonal`-th diagonal (0 is the
/// main one, 1 the one above), 0 elsewhere.
Tensor tril(const Tensor &x, int64_t diagonal = 0, Loc where = Loc::current());
/// On and above.
Tensor triu(const Tensor &x, int64_t diagonal = 0, Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPS_SHAPE_H
