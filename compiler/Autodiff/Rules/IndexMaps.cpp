// Gradients of index maps: each element goes back where it came from.

#include "Autodiff/Rules/Rules.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::rules;

/// Sums over what was repeated.
static Term broadcastDx(BroadcastInDimOp op, Term g) {
  ArrayRef<int64_t> operand = tensorType(op.getOperand()).getShape();
  SmallVector<int64_t> repeated;
  for (int64_t d = 0; d < g.rank(); ++d) {
    auto *from = llvm::find(op.getDimensions(), d);
    if (from == op.getDimensions().end() ||
        operand[from - op.getDimensions().begin()] != g.shape()[d])
      repeated.push_back(d);
  }
  return reshape(sum(g, repeated), operand);
}

static Term sliceDx(SliceOp op, Term g) {
  SmallVector<int64_t> high, interior;
  for (auto [size, start, stride, n] :
       llvm::zip(tensorType(op.getOperand()).getShape(), op.getStart(),
                 op.getStrides(), g.shape())) {
    high.push_back(size - start - (n == 0 ? 0 : (n - 1) * stride + 1));
    interior.push_back(stride - 1);
  }
  return g.make<PadOp>(g, scalar(g, 0), op.getStart(), high, interior);
}

/// What negative padding cut off comes back as zeros, what positive padding
/// added is cut off.
static Term padDx(PadOp op, Term g, ArrayRef<int64_t> shape) {
  SmallVector<int64_t> low, high, start, limit, stride;
  SmallVector<int64_t> none(shape.size(), 0);
  for (auto [l, h, gap, n] :
       llvm::zip(op.getLow(), op.getHigh(), op.getInterior(), shape)) {
    low.push_back(std::max<int64_t>(-l, 0));
    high.push_back(std::max<int64_t>(-h, 0));
    start.push_back(std::max<int64_t>(l, 0));
    limit.push_back(start.back() + (n == 0 ? 0 : (n - 1) * (gap + 1) + 1));
    stride.push_back(gap + 1);
  }
  if (low != none || high != none)
    g = g.make<PadOp>(g, scalar(g, 0), low, high, none);
  return g.make<SliceOp>(g, start, limit, stride);
}

/// The elements that the padding filled are those where ones pad zeros.
static Term padValueDx(PadOp op, Term g, Term x) {
  Term filled = x.make<PadOp>(x.like(0), scalar(x, 1), op.getLow(),
                              op.getHigh(), op.getInterior());
  Term own = select(filled == filled.like(1), g, g.like(0));
  return sum(own, llvm::to_vector(llvm::seq(g.rank())));
}

static void concatenateVjp(ConcatenateOp op, Adjoint &a) {
  Term g = a.g();
  int64_t dim = op.getDimension(), offset = 0;
  for (auto [i, input] : llvm::enumerate(op.getInputs())) {
    SmallVector<int64_t> start(g.rank(), 0), strides(g.rank(), 1),
        limit(tensorType(input).getShape());
    start[dim] = offset;
    offset = limit[dim] += offset;
    if (a.needs(i))
      a.add(i, g.make<SliceOp>(g, start, limit, strides));
  }
}

static void dynamicUpdateSliceVjp(DynamicUpdateSliceOp op, Adjoint &a) {
  Term g = a.g(), update = a.term(op.getUpdate());
  if (a.needs(0))
    a.add(0, g.make<DynamicUpdateSliceOp>(g.type(), g, update.like(0),
                                          op.getStarts()));
  if (a.needs(1))
    a.add(1, g.make<DynamicSliceOp>(g, op.getStarts(), update.shape()));
}

void rules::attachIndexMaps(MLIRContext *c) {
  linear<BroadcastInDimOp>(c, [](BroadcastInDimOp op, Adjoint &a) {
    a.add(0, broadcastDx(op, a.g()));
  });
  linear<ReshapeOp>(c, [](ReshapeOp op, Adjoint &a) {
    a.add(0, reshape(a.g(), tensorType(op.getOperand()).getShape()));
  });
  linear<TransposeOp>(c, [](TransposeOp op, Adjoint &a) {
    a.add(0, transpose(a.g(), invertPermutationVector(op.getPermutation())));
  });
  linear<SliceOp>(c,
                  [](SliceOp op, Adjoint &a) { a.add(0, sliceDx(op, a.g())); });
  linear<PadOp>(c, [](PadOp op, Adjoint &a) {
    Term x = a.term(op.getOperand());
    if (a.needs(0))
      a.add(0, padDx(op, a.g(), x.shape()));
    if (a.needs(1))
      a.add(1, padValueDx(op, a.g(), x));
  });
  linear<ReverseOp>(c, [](ReverseOp op, Adjoint &a) {
    a.add(0, a.g().make<ReverseOp>(a.g(), op.getDimensions()));
  });
  linear<ConcatenateOp>(
      c, [](ConcatenateOp op, Adjoint &a) { concatenateVjp(op, a); });
  linear<DynamicSliceOp>(c, [](DynamicSliceOp op, Adjoint &a) {
    Term x = a.term(op.getOperand());
    a.add(0, x.make<DynamicUpdateSliceOp>(x.type(), x.like(0), a.g(),
                                          op.getStarts()));
  });
  linear<DynamicUpdateSliceOp>(c, [](DynamicUpdateSliceOp op, Adjoint &a) {
    dynamicUpdateSliceVjp(op, a);
  });
}
