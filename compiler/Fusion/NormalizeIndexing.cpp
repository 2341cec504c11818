#include "Fusion/NormalizeIndexing.h"

#include "IR/Dlc.h"

using namespace mlir;
using namespace dlc;

namespace {

using Dims = SmallVector<int64_t>;

int64_t product(ArrayRef<int64_t> sizes) {
  int64_t p = 1;
  for (int64_t size : sizes)
    p *= size;
  return p;
}

Value reshape(OpBuilder &b, Location loc, Value v, ArrayRef<int64_t> shape) {
  auto type = tensorType(v);
  if (type.getShape() == shape)
    return v;
  return b.create<ReshapeOp>(loc, type.clone(shape), v);
}

/// first, first + 1, … below end.
Dims count(int64_t first, int64_t end) {
  return llvm::to_vector(llvm::seq<int64_t>(first, end));
}

bool isIdentity(ArrayRef<int64_t> order) {
  return llvm::equal(order, llvm::seq<int64_t>(0, order.size()));
}

Value transpose(OpBuilder &b, Location loc, Value v, ArrayRef<int64_t> order) {
  if (isIdentity(order))
    return v;
  return b.create<TransposeOp>(loc, v, order);
}

/// The order that undoes `order`.
Dims inverse(ArrayRef<int64_t> order) {
  Dims result(order.size());
  for (auto [i, d] : llvm::enumerate(order))
    result[d] = i;
  return result;
}

struct NormalizeScatter : OpRewritePattern<ScatterOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ScatterOp op,
                                PatternRewriter &b) const override {
    auto type = tensorType(op.getOperand());
    ArrayRef<int64_t> shape = type.getShape();
    ArrayRef<int64_t> indices = tensorType(op.getIndices()).getShape();
    int64_t batch = op.getBatchDims(), indexed = op.getIndexDims().size();
    // [batch…, indexed…, window…]
    Dims order = count(0, batch), sizes = {product(shape.take_front(batch))};
    llvm::append_range(order, op.getIndexDims());
    for (int64_t d : op.getIndexDims())
      sizes.push_back(shape[d]);
    int64_t window = 1;
    for (int64_t d = batch; d < type.getRank(); ++d)
      if (!llvm::is_contained(op.getIndexDims(), d)) {
        order.push_back(d);
        window *= shape[d];
      }
    sizes.push_back(window);
    if (batch == 1 && isIdentity(order) && shape == ArrayRef(sizes) &&
        indices.size() == 3)
      return b.notifyMatchFailure(op, "already in normal form");

    Location loc = op.getLoc();
    int64_t rows = product(indices.drop_back().drop_front(batch));
    Value operand = transpose(b, loc, op.getOperand(), order);
    Dims moved(tensorType(operand).getShape());
    operand = reshape(b, loc, operand, sizes);
    Value places = reshape(b, loc, op.getIndices(), {sizes[0], rows, indexed});
    Value updates = reshape(b, loc, op.getUpdates(), {sizes[0], rows, window});
    Value result = b.create<ScatterOp>(loc, op.getMode(), operand, places,
                                       updates, 1, count(1, indexed + 1));
    result = reshape(b, loc, result, moved);
    b.replaceOp(op, transpose(b, loc, result, inverse(order)));
    return success();
  }
};

struct NormalizeUpdate : OpRewritePattern<DynamicUpdateSliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(DynamicUpdateSliceOp op,
                                PatternRewriter &b) const override {
    ArrayRef<int64_t> shape = op.getType().getShape();
    ArrayRef<int64_t> box = tensorType(op.getUpdate()).getShape();
    size_t whole = shape.size();
    while (whole > 0 && shape[whole - 1] == box[whole - 1])
      --whole;
    if (whole + 1 >= shape.size())
      return b.notifyMatchFailure(op, "already in normal form");
    auto collapsed = [&](ArrayRef<int64_t> sizes) {
      Dims result(sizes.take_front(whole));
      result.push_back(product(sizes.drop_front(whole)));
      return result;
    };
    Location loc = op.getLoc();
    Value operand = reshape(b, loc, op.getOperand(), collapsed(shape));
    Value update = reshape(b, loc, op.getUpdate(), collapsed(box));
    // The start of a whole dimension can only be 0.
    Value result = b.create<DynamicUpdateSliceOp>(
        loc, operand, update, op.getStarts().take_front(whole + 1));
    b.replaceOp(op, reshape(b, loc, result, shape));
    return success();
  }
};

struct NormalizeSort : OpRewritePattern<SortOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SortOp op, PatternRewriter &b) const override {
    auto type = tensorType(op.getInputs()[0]);
    int64_t along = op.getDimension(), rank = type.getRank();
    if (rank == 2 && along == 1)
      return b.notifyMatchFailure(op, "already in normal form");
    Dims order;
    for (int64_t d = 0; d < rank; ++d)
      if (d != along)
        order.push_back(d);
    order.push_back(along);
    Location loc = op.getLoc();
    int64_t length = type.getDimSize(along);
    Dims moved;
    for (int64_t d : order)
      moved.push_back(type.getDimSize(d));
    int64_t rows = product(ArrayRef(moved).drop_back());
    SmallVector<Value> inputs, results;
    for (Value input : op.getInputs()) {
      Value last = transpose(b, loc, input, order);
      inputs.push_back(reshape(b, loc, last, {rows, length}));
    }
    auto sorted = b.create<SortOp>(loc, inputs, 1, op.getDescending());
    for (Value result : sorted.getResults()) {
      Value back = reshape(b, loc, result, moved);
      results.push_back(transpose(b, loc, back, inverse(order)));
    }
    b.replaceOp(op, results);
    return success();
  }
};

struct NormalizeCumulative : OpRewritePattern<CumulativeSumOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(CumulativeSumOp op,
                                PatternRewriter &b) const override {
    ArrayRef<int64_t> shape = op.getType().getShape();
    int64_t along = op.getDimension();
    if (shape.size() == 3 && along == 1)
      return b.notifyMatchFailure(op, "already in normal form");
    Location loc = op.getLoc();
    int64_t outer = product(shape.take_front(along));
    int64_t inner = product(shape.drop_front(along + 1));
    Value x = reshape(b, loc, op.getOperand(), {outer, shape[along], inner});
    Value sums = b.create<CumulativeSumOp>(loc, x, 1, op.getReverse(),
                                           op.getExclusive());
    b.replaceOp(op, reshape(b, loc, sums, shape));
    return success();
  }
};

} // namespace

void dlc::populateNormalizeIndexingPatterns(RewritePatternSet &patterns) {
  patterns.add<NormalizeScatter, NormalizeUpdate, NormalizeSort,
               NormalizeCumulative>(patterns.getContext());
}
