// Looking up, placing and sorting. An index outside is an error when it runs;
// one that the host knows may be negative and is checked at once.

#ifndef DLC_FRONTEND_OPS_INDEXING_H
#define DLC_FRONTEND_OPS_INDEXING_H

#include <dlc/Tensor.h>

#pragma GCC visibility push(default)
namespace dlc {

/// NumPy's take: the axis is replaced by the indices' dimensions.
Tensor take(const Tensor &x, const Tensor &indices, int64_t axis = 0,
            Loc where = Loc::current());
Tensor take(const Tensor &x, const std::vector<int64_t> &indices,
            int64_t axis = 0, Loc where = Loc::current());
/// For each place the element of its line along the axis that the index names:
/// indices have x's rank, and its sizes but along the axis.
Tensor takeAlong(const Tensor &x, const Tensor &indices, int64_t axis = -1,
                 Loc where = Loc::current());
/// x with the updates added where `take` would have taken them from; an element
/// named twice receives both.
Tensor scatterAdd(const Tensor &x, const Tensor &indices, const Tensor &updates,
                  int64_t axis = 0, Loc where = Loc::current());
/// The same with the elements replaced; of several updates the last counts.
Tensor scatterSet(const Tensor &x, const Tensor &indices, const Tensor &updates,
                  int64_t axis = 0, Loc where = Loc::current());

/// ONNX's GatherND with any indexed dimensions: indices are [batch…, rows…, n]
/// for the n `dimensions` (increasing, after the `batch` shared ones), the
/// result [batch…, rows…, the other dimensions…].
Tensor gather(const Tensor &x, const Tensor &indices,
              const std::vector<int64_t> &dimensions, int64_t batch = 0,
              Loc where = Loc::current());
/// The adjoint: updates of gather's shape, added to x or put there.
Tensor scatter(const Tensor &x, const Tensor &indices, const Tensor &updates,
               const std::vector<int64_t> &dimensions, int64_t batch = 0,
               bool add = true, Loc where = Loc::current());

/// The box of `sizes` whose first element the scalar indices name.
Tensor dynamicSlice(const Tensor &x, const std::vector<Tensor> &starts,
                    const Shape &sizes, Loc where = Loc::current());
/// x with such a box replaced.
Tensor dynamicUpdateSlice(const Tensor &x, const Tensor &update,
                          const std::vector<Tensor> &starts,
                          Loc where = Loc::current());

/// table[index] for each index: [entries, features…] and [n…] to
/// [n…, features…].
Tensor embedding(const Tensor &table, const Tensor &indices,
                 Loc where = Loc::current());
/// [batch…] indices to [batch…, classes]; an index out of range gives zeros.
Tensor oneHot(const Tensor &indices, int64_t classes, DType type = DType::f32,
              Loc where = Loc::current());

/// Ascending, or descending; stable both ways. NaN counts as the largest.
Tensor sort(const Tensor &x, int64_t axis = -1, bool descending = false,
            Loc where = Loc::current());
/// The places, i32, from which sorting takes the elements.
Tensor argsort(const Tensor &x, int64_t axis = -1, bool descending = false,
               Loc where = Loc::current());
/// Tensors of one shape in the order of the first.
std::vector<Tensor> sortTogether(const std::vector<Tensor> &tensors,
                                 int64_t axis = -1, bool descending = false,
                                 Loc where = Loc::current());
/// The k largest elements along an axis, largest first, and their places, i32.
std::pair<Tensor, Tensor> topk(const Tensor &x, int64_t k, int64_t axis = -1,
                               Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPS_INDEXING_H
