// Brings contractions and reductions into the few forms that emitters know.
//
//   dot_general: lhs [B?, M, K] or [B?, K, M], rhs [B?, K, N] or [B?, N, K]
//   reduce:      trailing dimensions (rows), or other neighbouring ones
//   (columns)
//
// Reshapes are aliases, so collapsing neighbouring axes costs nothing; a
// transpose is made only where an operand's axes are interleaved.

#include "Fusion/NormalizeIndexing.h"
#include "Fusion/Passes.h"
#include "IR/Dlc.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace dlc {
#define GEN_PASS_DEF_NORMALIZEAXES
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {

int64_t product(ArrayRef<int64_t> sizes) {
  int64_t p = 1;
  for (int64_t s : sizes)
    p *= s;
  return p;
}

Value reshape(OpBuilder &b, Location loc, Value v, ArrayRef<int64_t> shape) {
  auto type = tensorType(v);
  if (type.getShape() == shape)
    return v;
  return b.create<ReshapeOp>(loc, type.clone(shape), v);
}

/// One operand of a contraction, as [B?, free, contract] or swapped.
struct Side {
  Value value;
  bool contractFirst;
};

bool isIdentity(ArrayRef<int64_t> order) {
  return llvm::equal(order, llvm::seq<int64_t>(0, order.size()));
}

Side normalizeSide(OpBuilder &b, Location loc, Value v, ArrayRef<int64_t> batch,
                   ArrayRef<int64_t> contract, SmallVectorImpl<int64_t> &free) {
  auto type = tensorType(v);
  SmallVector<int64_t> freeDims;
  for (int64_t d = 0; d < type.getRank(); ++d)
    if (!llvm::is_contained(batch, d) && !llvm::is_contained(contract, d)) {
      freeDims.push_back(d);
      free.push_back(type.getDimSize(d));
    }
  auto sizes = [&](ArrayRef<int64_t> dims) {
    SmallVector<int64_t> result;
    for (int64_t d : dims)
      result.push_back(type.getDimSize(d));
    return result;
  };
  auto order = [&](ArrayRef<int64_t> second, ArrayRef<int64_t> third) {
    SmallVector<int64_t> dims(batch);
    dims.append(second.begin(), second.end());
    dims.append(third.begin(), third.end());
    return dims;
  };
  bool contractFirst = !isIdentity(order(freeDims, contract)) &&
                       isIdentity(order(contract, freeDims));
  SmallVector<int64_t> permutation =
      contractFirst ? order(contract, freeDims) : order(freeDims, contract);
  if (!isIdentity(permutation))
    v = b.create<TransposeOp>(loc, v, permutation);
  SmallVector<int64_t> shape;
  if (!batch.empty())
    shape.push_back(product(sizes(batch)));
  int64_t m = product(sizes(freeDims)), k = product(sizes(contract));
  shape.push_back(contractFirst ? k : m);
  shape.push_back(contractFirst ? m : k);
  return {reshape(b, loc, v, shape), contractFirst};
}

struct NormalizeDot : OpRewritePattern<DotGeneralOp> {
  using OpRewritePattern::OpRewritePattern;

  static bool isNormal(DotGeneralOp op) {
    int64_t batch = op.getLhsBatch().size();
    auto leading = [&](ArrayRef<int64_t> dims) {
      return batch == 0 || dims[0] == 0;
    };
    return batch <= 1 && leading(op.getLhsBatch()) &&
           leading(op.getRhsBatch()) && op.getLhsContract().size() == 1 &&
           tensorType(op.getLhs()).getRank() == batch + 2 &&
           tensorType(op.getRhs()).getRank() == batch + 2;
  }

  LogicalResult matchAndRewrite(DotGeneralOp op,
                                PatternRewriter &b) const override {
    if (isNormal(op))
      return b.notifyMatchFailure(op, "already in normal form");
    if (isa<KernelOp>(op->getParentOp()))
      return b.notifyMatchFailure(op, "a chain has a form of its own");
    Location loc = op.getLoc();
    SmallVector<int64_t> m, n;
    Side lhs = normalizeSide(b, loc, op.getLhs(), op.getLhsBatch(),
                             op.getLhsContract(), m);
    Side rhs = normalizeSide(b, loc, op.getRhs(), op.getRhsBatch(),
                             op.getRhsContract(), n);
    SmallVector<int64_t> batch;
    if (!op.getLhsBatch().empty())
      batch.push_back(0);
    int64_t first = batch.size();
    Value dot = b.create<DotGeneralOp>(
        loc, lhs.value, rhs.value, batch, batch,
        ArrayRef<int64_t>{lhs.contractFirst ? first : first + 1},
        ArrayRef<int64_t>{rhs.contractFirst ? first : first + 1});
    b.replaceOp(op, reshape(b, loc, dot, op.getType().getShape()));
    return success();
  }
};

struct NormalizeReduce : OpRewritePattern<ReduceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReduceOp op,
                                PatternRewriter &b) const override {
    auto type = tensorType(op.getOperand());
    ArrayRef<int64_t> shape = type.getShape();
    SmallVector<int64_t> dims(op.getDimensions());
    llvm::sort(dims);
    if (dims.empty())
      return b.notifyMatchFailure(op, "reduces nothing");
    // The last run of neighbouring dimensions.
    size_t start = dims.size() - 1;
    while (start > 0 && dims[start - 1] + 1 == dims[start])
      --start;
    int64_t first = dims[start], last = dims.back();
    bool trailing = last == type.getRank() - 1;
    if (start == 0 && (trailing || product(shape.drop_front(last + 1)) != 1))
      return b.notifyMatchFailure(op, "already in normal form");

    // [before…, run, after…]; without an `after` worth the name it is a row.
    SmallVector<int64_t> collapsed(shape.take_front(first));
    collapsed.push_back(product(shape.slice(first, last - first + 1)));
    ArrayRef<int64_t> after = shape.drop_front(last + 1);
    if (product(after) != 1)
      collapsed.append(after.begin(), after.end());
    Location loc = op.getLoc();
    Value run = reshape(b, loc, op.getOperand(), collapsed);
    Value reduced =
        b.create<ReduceOp>(loc, op.getKind(), run, ArrayRef<int64_t>{first});
    SmallVector<int64_t> rest(shape.take_front(first));
    rest.append(after.begin(), after.end());
    reduced = reshape(b, loc, reduced, rest);
    if (start > 0)
      reduced = b.create<ReduceOp>(loc, op.getKind(), reduced,
                                   ArrayRef(dims).take_front(start));
    b.replaceOp(op, reduced);
    return success();
  }
};

struct NormalizeAxes : dlc::impl::NormalizeAxesBase<NormalizeAxes> {
  using NormalizeAxesBase::NormalizeAxesBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<NormalizeDot, NormalizeReduce>(&getContext());
    populateNormalizeIndexingPatterns(patterns);
    if (failed(
            applyPatternsAndFoldGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
