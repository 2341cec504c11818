// Rules of reductions, contractions and random bits.

#include "Interpreter/Rules.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

template <typename T> static T combine(Reduction kind, T x, T y) {
  switch (kind) {
  case Reduction::add:
    return x + y;
  case Reduction::mul:
    return x * y;
  case Reduction::max:
    // NaN is kept, and taken.
    return x != x || x > y ? x : y;
  case Reduction::min:
    return x != x || x < y ? x : y;
  case Reduction::all:
  case Reduction::any:
    break;
  }
  llvm_unreachable("a reduction of numbers");
}

double dlc::interpreter::combineNumbers(Reduction kind, double x, double y) {
  return combine(kind, x, y);
}

int64_t dlc::interpreter::combineInts(Reduction kind, int64_t x, int64_t y) {
  switch (kind) {
  case Reduction::add:
    return static_cast<uint64_t>(x) + static_cast<uint64_t>(y);
  case Reduction::mul:
    return static_cast<uint64_t>(x) * static_cast<uint64_t>(y);
  case Reduction::all:
    return x & y;
  case Reduction::any:
    return x | y;
  default:
    return combine(kind, x, y);
  }
}

static LogicalResult reduce(ReduceOp op, Frame &frame) {
  const Tensor &x = *frame.in[0];
  Tensor &result = frame.out[0];
  Reduction kind = op.getKind();

  TypedAttr identity = reductionIdentity(kind, x.element());
  for (int64_t i = 0; i < result.size(); ++i)
    if (auto value = dyn_cast<FloatAttr>(identity))
      result.floats[i] = value.getValueAsDouble();
    else
      result.set(i,
                 static_cast<int64_t>(
                     cast<IntegerAttr>(identity).getValue().getZExtValue()),
                 frame.mode);

  // The strides of the result, with 0 along what disappears.
  SmallVector<int64_t> kept = rowMajorStrides(result.shape());
  SmallVector<int64_t> strides(x.shape().size(), 0);
  size_t next = 0;
  for (size_t d = 0; d < strides.size(); ++d)
    if (!llvm::is_contained(op.getDimensions(), static_cast<int64_t>(d)))
      strides[d] = kept[next++];
  walk(x.shape(), strides, 0, [&](int64_t i, int64_t target) {
    if (x.isFloat())
      result.floats[target] = combine(kind, result.floats[target], x.floats[i]);
    else
      result.set(target, combineInts(kind, result.ints[target], x.ints[i]),
                 frame.mode);
  });
  for (int64_t i = 0; i < result.size() && x.isFloat(); ++i)
    result.set(i, result.floats[i], frame.mode);
  return success();
}

/// The elements of `x` with its dimensions in the order batch, free, contract.
static std::vector<double> arrange(const Tensor &x, ArrayRef<int64_t> batch,
                                   ArrayRef<int64_t> contract) {
  SmallVector<int64_t> order(batch);
  for (int64_t d = 0; d < static_cast<int64_t>(x.shape().size()); ++d)
    if (!llvm::is_contained(batch, d) && !llvm::is_contained(contract, d))
      order.push_back(d);
  llvm::append_range(order, contract);
  SmallVector<int64_t> from = rowMajorStrides(x.shape()), shape, strides;
  for (int64_t d : order) {
    shape.push_back(x.shape()[d]);
    strides.push_back(from[d]);
  }
  std::vector<double> result(x.size());
  walk(shape, strides, 0,
       [&](int64_t i, int64_t offset) { result[i] = x.floats[offset]; });
  return result;
}

static LogicalResult dotGeneral(DotGeneralOp op, Frame &frame) {
  const Tensor &lhs = *frame.in[0], &rhs = *frame.in[1];
  int64_t batches = 1, depth = 1;
  for (int64_t d : op.getLhsBatch())
    batches *= lhs.shape()[d];
  for (int64_t d : op.getLhsContract())
    depth *= lhs.shape()[d];
  if (frame.out[0].size() == 0 || depth == 0)
    return success();
  std::vector<double> a = arrange(lhs, op.getLhsBatch(), op.getLhsContract());
  std::vector<double> b = arrange(rhs, op.getRhsBatch(), op.getRhsContract());
  int64_t rows = a.size() / (batches * depth);
  int64_t columns = b.size() / (batches * depth);
  int64_t next = 0;
  for (int64_t batch = 0; batch < batches; ++batch)
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t column = 0; column < columns; ++column) {
        const double *x = &a[(batch * rows + row) * depth];
        const double *y = &b[(batch * columns + column) * depth];
        double sum = 0;
        for (int64_t k = 0; k < depth; ++k)
          sum += x[k] * y[k];
        frame.out[0].set(next++, sum, frame.mode);
      }
  return success();
}

std::array<uint32_t, 4>
dlc::interpreter::philox(std::array<uint32_t, 4> counter,
                         std::array<uint32_t, 2> key) {
  auto [c0, c1, c2, c3] = counter;
  auto [k0, k1] = key;
  for (int round = 0; round < 10; ++round) {
    uint64_t p0 = uint64_t(0xD2511F53) * c0, p1 = uint64_t(0xCD9E8D57) * c2;
    c0 = static_cast<uint32_t>(p1 >> 32) ^ c1 ^ k0;
    c1 = static_cast<uint32_t>(p1);
    c2 = static_cast<uint32_t>(p0 >> 32) ^ c3 ^ k1;
    c3 = static_cast<uint32_t>(p0);
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  return {c0, c1, c2, c3};
}

uint32_t dlc::interpreter::randomWord(const Tensor &state, int64_t i) {
  uint64_t key = state.ints[0];
  uint64_t counter = static_cast<uint64_t>(state.ints[1]) + i / 4;
  return philox(
      {static_cast<uint32_t>(counter), static_cast<uint32_t>(counter >> 32), 0,
       0},
      {static_cast<uint32_t>(key), static_cast<uint32_t>(key >> 32)})[i % 4];
}

static LogicalResult rngBitGenerator(RngBitGeneratorOp, Frame &frame) {
  for (int64_t i = 0; i < frame.out[0].size(); ++i)
    frame.out[0].ints[i] = randomWord(*frame.in[0], i);
  return success();
}

void dlc::interpreter::addReductionRules(RuleTable &table) {
  addRule(table, reduce);
  addRule(table, dotGeneral);
  addRule(table, rngBitGenerator);
}
