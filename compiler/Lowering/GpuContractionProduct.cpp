// What a dot_general and a convolution are as products of two matrices.

#include "Lowering/GpuContractionProduct.h"

#include "IR/Prologue.h"
#include "Lowering/Elementwise.h"
#include "Lowering/GpuContractionMemory.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;

/// A result of so few tiles of 64 x 64 leaves most of a card idle, so a long
/// sum is split among blocks. Follows from the shape alone.
static constexpr int64_t fewTiles = 54, mostParts = 128;

int64_t dlc::partOf(int64_t batch, int64_t rows, int64_t columns, int64_t depth,
                    bool isFree) {
  int64_t tiles =
      batch * llvm::divideCeil(rows, 64) * llvm::divideCeil(columns, 64);
  if (tiles == 0 || tiles > fewTiles || depth < 4 * contractionBlock)
    return 0;
  int64_t blocks = llvm::divideCeil(depth, contractionBlock);
  if (!isFree)
    return blocks <= mostParts ? contractionBlock : 0;
  int64_t parts = std::min(blocks, 2 * fewTiles / tiles);
  return llvm::divideCeil(blocks, parts) * contractionBlock;
}

int64_t dlc::partOf(DotGeneralOp dot) {
  auto result = tensorType(dot.getResult());
  int64_t batches = dot.getLhsBatch().size();
  if (result.getRank() != batches + 2 || batches > 1 ||
      dot.getLhsContract().size() != 1)
    return 0;
  return partOf(batches ? result.getDimSize(0) : 1, result.getDimSize(batches),
                result.getDimSize(batches + 1),
                tensorType(dot.getLhs()).getDimSize(dot.getLhsContract()[0]),
                /*isFree=*/false);
}

int64_t dlc::scratchOfProducts(KernelOp kernel) {
  auto words = [](Value result, int64_t depth, int64_t part) {
    auto type = tensorType(result);
    int64_t bytes = type.getElementType().isF64() ? 8 : 4;
    int64_t sums = llvm::divideCeil(depth, part) * type.getNumElements();
    return llvm::divideCeil(sums * bytes, 8);
  };
  for (Operation &op : kernel.getBody().front())
    if (auto dot = dyn_cast<DotGeneralOp>(op)) {
      int64_t depth =
          tensorType(dot.getLhs()).getDimSize(dot.getLhsContract()[0]);
      if (int64_t part = partOf(dot))
        return words(dot.getResult(), depth, part);
    } else if (auto conv = dyn_cast<ConvolutionOp>(op)) {
      ArrayRef<int64_t> taps =
          tensorType(conv.getFilters()).getShape().drop_back();
      if (int64_t part = partOf(conv))
        return words(conv.getResult(), computeProduct(taps), part);
    }
  return 0;
}

Value Walk::positionOf(KernelFunction &k, Value linear) const {
  GpuMemory m(k);
  SmallVector<std::pair<Value, int64_t>> terms;
  for (auto [coordinate, stride] :
       llvm::zip_equal(k.delinearize(linear, sizes), strides))
    terms.emplace_back(coordinate, stride);
  return m.sum(terms);
}

void dlc::setWalks(KernelFunction &k, GpuOperand &operand, Walk rows,
                   Walk depth) {
  operand.rowPart = [&k, rows](Value row) {
    return SmallVector<Value>{rows.positionOf(k, row)};
  };
  operand.positionOf = [&k, depth](ValueRange rowPart, Value at, Value &) {
    Value along = depth.positionOf(k, at);
    return GpuMemory(k).plus(rowPart[0], along);
  };
}

/// An array of the body's, or part of one.
static void setView(KernelFunction &k, const OperandView &view, bool isLast,
                    GpuOperand &m) {
  m.memory = k.input(view.memory.getArgNumber());
  int64_t ofRows = isLast ? view.stride : 1, ofDepth = isLast ? 1 : view.stride;
  m.alongDepth = ofDepth <= ofRows;
  auto [size, stride] =
      m.alongDepth ? std::pair(m.depth, ofDepth) : std::pair(m.rows, ofRows);
  auto [lines, apart] =
      m.alongDepth ? std::pair(m.rows, ofRows) : std::pair(m.depth, ofDepth);
  int64_t bits = view.alignment(m.unit) | size | (lines == 1 ? 0 : apart);
  m.unit = stride == 1 ? bits & -bits : 1;
  Walk rows, depth, batch;
  rows.append(m.rows, ofRows);
  depth.append(m.depth, ofDepth);
  setWalks(k, m, rows, depth);
  batch.sizes = view.batchShape;
  batch.strides = view.batchStrides;
  if (view.offset != 0 || !batch.sizes.empty())
    m.batchPart = [&k, batch, offset = view.offset](Value index) {
      return GpuMemory(k).sum({{batch.positionOf(k, index), 1}}, offset);
    };
}

/// Computed element by element. Neighbours stand along the last dimension.
static void setPrologue(Value value, bool isLast, GpuOperand &m) {
  m.prologue = value;
  m.alongDepth = isLast;
  int64_t bits = m.unit | tensorType(value).getShape().back();
  m.unit = bits & -bits;
  m.rowPart = [](Value row) { return SmallVector<Value>{row}; };
  llvm::SmallPtrSet<Value, 4> seen;
  SmallVector<Value> open = {value};
  m.arrays = 0;
  while (!open.empty()) {
    Value next = open.pop_back_val();
    if (!seen.insert(next).second)
      continue;
    Operation *op = next.getDefiningOp();
    if (!op) {
      ++m.arrays;
      continue;
    }
    llvm::append_range(open, op->getOperands());
    if (op->hasTrait<Pointwise>())
      m.instructions += elementCost(op);
  }
}

static std::optional<GpuOperand> operandOf(KernelFunction &k, Value value,
                                           int64_t batches, int64_t contract) {
  RankedTensorType type = tensorType(value);
  bool isLast = contract == type.getRank() - 1;
  GpuOperand m;
  m.element = type.getElementType();
  m.rows = type.getDimSize(2 * batches + 1 - contract);
  m.depth = type.getDimSize(contract);
  m.unit = GpuMemory::widestBytes / (m.element.getIntOrFloatBitWidth() / 8);
  if (std::optional<OperandView> view = viewOf(value))
    setView(k, *view, isLast, m);
  else if (isPrologue(value))
    setPrologue(value, isLast, m);
  else
    return std::nullopt;
  return m;
}

static std::optional<GpuProduct> productOf(KernelFunction &k,
                                           DotGeneralOp dot) {
  auto lhs = tensorType(dot.getLhs()), rhs = tensorType(dot.getRhs());
  int64_t batches = dot.getLhsBatch().size();
  // The form of CollapseDims: at most one batch dimension, the first.
  bool isMatrices = batches <= 1 && lhs.getRank() == batches + 2 &&
                    rhs.getRank() == batches + 2 &&
                    dot.getLhsContract().size() == 1;
  if (batches == 1)
    isMatrices &= dot.getLhsBatch()[0] == 0 && dot.getRhsBatch()[0] == 0;
  if (!isMatrices || isEmpty(dot.getLhs()) || isEmpty(dot.getRhs()))
    return std::nullopt;
  std::optional<GpuOperand> left = operandOf(k, dot.getLhs(), batches,
                                             dot.getLhsContract()[0]),
                            right = operandOf(k, dot.getRhs(), batches,
                                              dot.getRhsContract()[0]);
  if (!left || !right)
    return std::nullopt;
  GpuProduct p;
  p.result = dot.getResult();
  p.a = *left;
  p.b = *right;
  for (auto [value, operand] :
       {std::pair(dot.getLhs(), &p.a), std::pair(dot.getRhs(), &p.b)})
    p.needsTiles |= !operand->prologue && !isa<BlockArgument>(value);
  p.batch = batches ? lhs.getDimSize(0) : 1;
  p.rows = p.a.rows;
  p.columns = p.b.rows;
  p.depth = p.a.depth;
  p.blockDepth = contractionBlock;
  p.inParts = partOf(dot) != 0;
  p.indexOf = [batches](Value batch, Value row, Value column) {
    SmallVector<Value> index = {row, column};
    if (batches)
      index.insert(index.begin(), batch);
    return index;
  };
  return p;
}

std::optional<GpuProduct> dlc::productOf(KernelFunction &k) {
  for (Operation &op : k.body()) {
    if (auto dot = dyn_cast<DotGeneralOp>(op))
      return ::productOf(k, dot);
    if (auto conv = dyn_cast<ConvolutionOp>(op))
      return dlc::productOf(k, conv);
  }
  return std::nullopt;
}
