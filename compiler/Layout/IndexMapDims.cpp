#include "Layout/IndexMapDims.h"

using namespace mlir;
using namespace dlc;

bool dlc::isIndexMap(Operation *op) {
  return isa<TransposeOp, SliceOp, PadOp, ReverseOp, ConcatenateOp,
             DynamicSliceOp, GatherOp>(op);
}

SmallVector<std::pair<Value, Dims>>
dlc::operandDims(Operation *op, ArrayRef<int64_t> dims, int64_t &nextOwn) {
  Dims same(dims);
  if (auto transpose = dyn_cast<TransposeOp>(op)) {
    Dims moved(dims.size());
    for (auto [i, d] : llvm::enumerate(transpose.getPermutation()))
      moved[d] = dims[i];
    return {{transpose.getOperand(), moved}};
  }
  if (auto pad = dyn_cast<PadOp>(op))
    return {{pad.getOperand(), same}, {pad.getValue(), {}}};
  if (auto slice = dyn_cast<DynamicSliceOp>(op)) {
    SmallVector<std::pair<Value, Dims>> operands = {{slice.getOperand(), same}};
    for (Value start : slice.getStarts())
      operands.push_back({start, {}});
    return operands;
  }
  if (auto gather = dyn_cast<GatherOp>(op)) {
    size_t rows = tensorType(gather.getIndices()).getRank() - 1;
    Dims indices(dims.take_front(rows)), operand;
    indices.push_back(nextOwn--);
    ArrayRef<int64_t> window = dims.drop_front(rows);
    for (int64_t d = 0; d < tensorType(gather.getOperand()).getRank(); ++d) {
      if (d < int64_t(gather.getBatchDims())) {
        operand.push_back(dims[d]);
      } else if (llvm::is_contained(gather.getIndexDims(), d)) {
        operand.push_back(nextOwn--);
      } else {
        operand.push_back(window.front());
        window = window.drop_front();
      }
    }
    return {{gather.getOperand(), operand}, {gather.getIndices(), indices}};
  }
  SmallVector<std::pair<Value, Dims>> operands;
  for (Value operand : op->getOperands())
    operands.push_back({operand, same});
  return operands;
}

bool dlc::treatsAlike(Operation *op, int64_t i) {
  int64_t next = i + 1;
  auto operand = tensorType(op->getOperand(0)).getShape();
  if (auto slice = dyn_cast<SliceOp>(op))
    return slice.getStrides()[i] == 1 && slice.getStart()[next] == 0 &&
           slice.getLimit()[next] == operand[next] &&
           slice.getStrides()[next] == 1;
  if (auto pad = dyn_cast<PadOp>(op))
    return pad.getInterior()[i] == 0 && pad.getInterior()[next] == 0 &&
           pad.getLow()[next] == 0 && pad.getHigh()[next] == 0;
  if (auto reverse = dyn_cast<ReverseOp>(op))
    return llvm::is_contained(reverse.getDimensions(), i) ==
           llvm::is_contained(reverse.getDimensions(), next);
  if (auto concatenate = dyn_cast<ConcatenateOp>(op))
    return int64_t(concatenate.getDimension()) != next;
  // Else the start would have to be multiplied.
  if (auto slice = dyn_cast<DynamicSliceOp>(op))
    return slice.getSizes()[i] == operand[i] &&
           slice.getSizes()[next] == operand[next];
  return true; // transpose, gather: the operands' dimensions say it
}

void dlc::mergeDims(Operation *op, ArrayRef<int64_t> dims,
                    ArrayRef<int64_t> operand) {
  auto sizes = tensorType(op->getOperand(0)).getShape();
  auto isMerged = [&](size_t i) { return i > 0 && dims[i] == dims[i - 1]; };
  auto firsts = [&](ArrayRef<int64_t> values) {
    Dims result;
    for (auto [i, value] : llvm::enumerate(values))
      if (!isMerged(i))
        result.push_back(value);
    return result;
  };
  // Of merged dimensions all but the first are walked whole.
  auto scaled = [&](ArrayRef<int64_t> values) {
    Dims result;
    for (auto [i, value] : llvm::enumerate(values))
      if (isMerged(i))
        result.back() *= sizes[i];
      else
        result.push_back(value);
    return result;
  };
  /// Where dimension d is among the distinct numbers of `all`.
  auto position = [](ArrayRef<int64_t> all, int64_t d) {
    int64_t place = 0;
    for (int64_t i = 1; i <= d; ++i)
      place += all[i] != all[i - 1];
    return place;
  };
  if (auto transpose = dyn_cast<TransposeOp>(op)) {
    Dims permutation;
    for (auto [i, d] : llvm::enumerate(transpose.getPermutation()))
      if (!isMerged(i))
        permutation.push_back(position(operand, d));
    transpose.setPermutation(permutation);
  } else if (auto slice = dyn_cast<SliceOp>(op)) {
    slice.setStart(scaled(slice.getStart()));
    slice.setLimit(scaled(slice.getLimit()));
    slice.setStrides(firsts(slice.getStrides()));
  } else if (auto pad = dyn_cast<PadOp>(op)) {
    pad.setLow(scaled(pad.getLow()));
    pad.setHigh(scaled(pad.getHigh()));
    pad.setInterior(firsts(pad.getInterior()));
  } else if (auto reverse = dyn_cast<ReverseOp>(op)) {
    Dims turned;
    for (int64_t d : reverse.getDimensions())
      if (!isMerged(d))
        turned.push_back(position(dims, d));
    reverse.setDimensions(turned);
  } else if (auto concatenate = dyn_cast<ConcatenateOp>(op)) {
    concatenate.setDimension(position(dims, concatenate.getDimension()));
  } else if (auto slice = dyn_cast<DynamicSliceOp>(op)) {
    SmallVector<Value> starts;
    for (auto [i, start] : llvm::enumerate(slice.getStarts()))
      if (!isMerged(i))
        starts.push_back(start);
    slice.setSizes(scaled(slice.getSizes()));
    slice.getStartsMutable().assign(starts);
  } else if (auto gather = dyn_cast<GatherOp>(op)) {
    int64_t batch = gather.getBatchDims();
    Dims indexed;
    for (int64_t d : gather.getIndexDims())
      indexed.push_back(position(operand, d));
    gather.setBatchDims(batch == 0 ? 0 : position(dims, batch - 1) + 1);
    gather.setIndexDims(indexed);
  }
}
