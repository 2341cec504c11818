// Products of tensors.

#ifndef DLC_FRONTEND_OPS_LINEARALGEBRA_H
#define DLC_FRONTEND_OPS_LINEARALGEBRA_H

#include <dlc/Tensor.h>

#include <string>

#pragma GCC visibility push(default)
namespace dlc {

/// NumPy's matmul: vectors, matrices, and batches of matrices that broadcast.
/// f32, f64, bf16 and f16; 16-bit products are summed in f32.
Tensor matmul(const Tensor &x, const Tensor &y, Loc where = Loc::current());
/// The product of every element of a vector with every one of another:
/// [n] and [m] to [n, m].
Tensor outer(const Tensor &x, const Tensor &y, Loc where = Loc::current());

struct Contraction {
  /// The dimensions that both share, pairwise.
  std::vector<int64_t> xBatch = {}, yBatch = {};
  /// The dimensions that are multiplied and summed, pairwise.
  std::vector<int64_t> xContract = {}, yContract = {};
};
/// The general contraction: [batch…, free of x…, free of y…].
Tensor dotGeneral(const Tensor &x, const Tensor &y,
                  const Contraction &dimensions, Loc where = Loc::current());

/// NumPy's einsum: "bij,bjk->bik", "...ij,jk->...ik". Without an arrow the
/// output is the ellipsis and then the letters that occur once, in alphabetical
/// order. Dimensions under ellipses are broadcast. Blanks are ignored.
Tensor einsum(const std::string &equation, const std::vector<Tensor> &operands,
              Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPS_LINEARALGEBRA_H
