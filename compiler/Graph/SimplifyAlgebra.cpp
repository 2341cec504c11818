// dlc-simplify-algebra: see Passes.td. One-line algebra stands in
// SimplifyAlgebra.td; here is what needs to look at shapes, constants or loops.

#include "Graph/Passes.h"
#include "IR/Term.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;
using namespace dlc;

namespace dlc {
#define GEN_PASS_DEF_SIMPLIFYALGEBRA
#include "Graph/Passes.h.inc"
} // namespace dlc

namespace {
#include "Graph/SimplifyAlgebra.cpp.inc"
} // namespace

//===-- Index maps -------------------------------------------------------===//

static LogicalResult collapseBroadcasts(BroadcastInDimOp op,
                                        PatternRewriter &rewriter) {
  auto inner = op.getOperand().getDefiningOp<BroadcastInDimOp>();
  if (!inner)
    return rewriter.notifyMatchFailure(op, "operand is no broadcast");
  auto dims = llvm::map_to_vector(
      inner.getDimensions(), [&](int64_t d) { return op.getDimensions()[d]; });
  rewriter.replaceOpWithNewOp<BroadcastInDimOp>(op, op.getType(),
                                                inner.getOperand(), dims);
  return success();
}

/// A reshape that only puts dimensions of size 1 in is no step of its own.
static LogicalResult broadcastThroughReshape(BroadcastInDimOp op,
                                             PatternRewriter &rewriter) {
  auto inner = op.getOperand().getDefiningOp<ReshapeOp>();
  if (!inner)
    return rewriter.notifyMatchFailure(op, "operand is no reshape");
  ArrayRef<int64_t> from = tensorType(inner.getOperand()).getShape();
  SmallVector<int64_t> sizes, dims;
  for (auto [d, size] : llvm::enumerate(tensorType(inner).getShape()))
    if (size != 1) {
      sizes.push_back(size);
      dims.push_back(op.getDimensions()[d]);
    }
  if (from != ArrayRef<int64_t>(sizes))
    return rewriter.notifyMatchFailure(op, "the reshape moves elements");
  rewriter.replaceOpWithNewOp<BroadcastInDimOp>(op, op.getType(),
                                                inner.getOperand(), dims);
  return success();
}

//===-- Contractions -----------------------------------------------------===//

/// The dimension numbers of an operand, in terms of what its transpose reads.
static bool lookThrough(TransposeOp transpose, SmallVectorImpl<int64_t> &batch,
                        SmallVectorImpl<int64_t> &contract) {
  ArrayRef<int64_t> permutation = transpose.getPermutation();
  SmallVector<int64_t> free;
  for (auto [i, d] : llvm::enumerate(permutation))
    if (!llvm::is_contained(batch, i) && !llvm::is_contained(contract, i))
      free.push_back(d);
  if (!llvm::is_sorted(free))
    return false;
  for (auto *dims : {&batch, &contract})
    for (int64_t &d : *dims)
      d = permutation[d];
  return true;
}

static LogicalResult foldTransposedOperands(DotGeneralOp op,
                                            PatternRewriter &rewriter) {
  Value lhs = op.getLhs(), rhs = op.getRhs();
  SmallVector<int64_t> lhsBatch(op.getLhsBatch()), rhsBatch(op.getRhsBatch()),
      lhsContract(op.getLhsContract()), rhsContract(op.getRhsContract());
  bool changed = false;
  auto fold = [&](Value &operand, SmallVectorImpl<int64_t> &batch,
                  SmallVectorImpl<int64_t> &contract) {
    auto transpose = operand.getDefiningOp<TransposeOp>();
    if (!transpose || !lookThrough(transpose, batch, contract))
      return;
    operand = transpose.getOperand();
    changed = true;
  };
  fold(lhs, lhsBatch, lhsContract);
  fold(rhs, rhsBatch, rhsContract);
  if (!changed)
    return rewriter.notifyMatchFailure(op,
                                       "no operand is a foldable transpose");
  rewriter.replaceOpWithNewOp<DotGeneralOp>(op, lhs, rhs, lhsBatch, rhsBatch,
                                            lhsContract, rhsContract);
  return success();
}

/// The transpose of a product is the product of the exchanged operands.
static LogicalResult exchangeTransposedProduct(TransposeOp op,
                                               PatternRewriter &rewriter) {
  auto dot = op.getOperand().getDefiningOp<DotGeneralOp>();
  if (!dot || !dot->hasOneUse())
    return rewriter.notifyMatchFailure(op, "operand is no product of its own");
  int64_t batches = dot.getLhsBatch().size(), rank = tensorType(op).getRank();
  int64_t rows = tensorType(dot.getLhs()).getRank() - batches -
                 int64_t(dot.getLhsContract().size());
  SmallVector<int64_t> exchanged;
  llvm::append_range(exchanged, llvm::seq<int64_t>(0, batches));
  llvm::append_range(exchanged, llvm::seq<int64_t>(batches + rows, rank));
  llvm::append_range(exchanged, llvm::seq<int64_t>(batches, batches + rows));
  if (op.getPermutation() != ArrayRef<int64_t>(exchanged))
    return rewriter.notifyMatchFailure(op,
                                       "not an exchange of rows and columns");
  rewriter.replaceOpWithNewOp<DotGeneralOp>(
      op, dot.getRhs(), dot.getLhs(), dot.getRhsBatch(), dot.getLhsBatch(),
      dot.getRhsContract(), dot.getLhsContract());
  return success();
}

//===-- Constants --------------------------------------------------------===//

static std::optional<APFloat> splatOf(Value value) {
  SplatElementsAttr splat;
  if (!matchPattern(value, m_Constant(&splat)) ||
      !isa<FloatType>(splat.getElementType()))
    return std::nullopt;
  return splat.getSplatValue<APFloat>();
}

static APFloat calculate(AddOp, APFloat x, const APFloat &y) { return x + y; }
static APFloat calculate(SubtractOp, APFloat x, const APFloat &y) {
  return x - y;
}
static APFloat calculate(MultiplyOp, APFloat x, const APFloat &y) {
  return x * y;
}
static APFloat calculate(DivideOp, APFloat x, const APFloat &y) {
  return x / y;
}

/// Arithmetic on constants, rounded as at run time.
template <typename Op>
static LogicalResult foldConstants(Op op, PatternRewriter &rewriter) {
  auto x = splatOf(op.getLhs()), y = splatOf(op.getRhs());
  if (!x || !y)
    return rewriter.notifyMatchFailure(op, "not all operands are constant");
  auto result = DenseElementsAttr::get(op.getType(), calculate(op, *x, *y));
  rewriter.replaceOpWithNewOp<ConstantOp>(op, result);
  return success();
}

static LogicalResult foldNegatedConstant(NegateOp op,
                                         PatternRewriter &rewriter) {
  auto x = splatOf(op.getOperand());
  if (!x)
    return rewriter.notifyMatchFailure(op, "operand is not constant");
  rewriter.replaceOpWithNewOp<ConstantOp>(
      op, DenseElementsAttr::get(op.getType(), neg(*x)));
  return success();
}

/// Dividing by a power of two is multiplying by its inverse, which is exact.
static LogicalResult divideByPowerOfTwo(DivideOp op,
                                        PatternRewriter &rewriter) {
  auto y = splatOf(op.getRhs());
  APFloat inverse(0.0);
  if (!y || !y->getExactInverse(&inverse))
    return rewriter.notifyMatchFailure(op, "divisor is no power of two");
  Value factor = rewriter.create<ConstantOp>(
      op.getLoc(), DenseElementsAttr::get(op.getType(), inverse));
  rewriter.replaceOpWithNewOp<MultiplyOp>(op, op.getLhs(), factor);
  return success();
}

static LogicalResult multiplyByMinusOne(MultiplyOp op,
                                        PatternRewriter &rewriter) {
  auto y = splatOf(op.getRhs());
  if (!y || !y->isExactlyValue(-1.0))
    return rewriter.notifyMatchFailure(op, "factor is not -1");
  rewriter.replaceOpWithNewOp<NegateOp>(op, op.getLhs());
  return success();
}

/// Truth values that became ones and zeros are compared with 0 or 1.
static LogicalResult compareConverted(CompareOp op, PatternRewriter &rewriter) {
  auto convert = op.getLhs().getDefiningOp<ConvertOp>();
  auto constant = splatOf(op.getRhs());
  bool equal = op.getDirection() == Direction::EQ;
  if (!convert || convert.getOperand().getType() != op.getType() || !constant ||
      !(constant->isZero() || constant->isExactlyValue(1.0)) ||
      !(equal || op.getDirection() == Direction::NE))
    return rewriter.notifyMatchFailure(op, "no truth value against 0 or 1");
  if (equal == constant->isZero())
    rewriter.replaceOpWithNewOp<NotOp>(op, convert.getOperand());
  else
    rewriter.replaceOp(op, convert.getOperand());
  return success();
}

//===-- Loops ------------------------------------------------------------===//

/// The values of a scan's body that a read result depends on, through any
/// number of trips. `varies` tells the carries that are not what they were.
static DenseSet<Value> liveValues(ScanOp op, ArrayRef<bool> varies) {
  Block &body = op.getBody().front();
  Operation *yield = body.getTerminator();
  DenseSet<Value> live;
  SmallVector<Value> work;
  auto visit = [&](Value value) {
    if (live.insert(value).second)
      work.push_back(value);
  };
  for (auto [i, result] : llvm::enumerate(op.getResults()))
    if (!result.use_empty() && (i >= varies.size() || varies[i]))
      visit(yield->getOperand(i));
  while (!work.empty()) {
    Value value = work.pop_back_val();
    if (Operation *producer = value.getDefiningOp())
      llvm::for_each(producer->getOperands(), visit);
    else if (unsigned i = cast<BlockArgument>(value).getArgNumber();
             i < varies.size() && varies[i])
      visit(yield->getOperand(i));
  }
  return live;
}

/// Drops what no read result depends on. A carry that never changes becomes a
/// constant.
static LogicalResult dropDeadParts(ScanOp op, PatternRewriter &rewriter) {
  Block &body = op.getBody().front();
  Operation *yield = body.getTerminator();
  unsigned carries = op.getNumCarries();
  unsigned firstConstant = carries + op.getSequences().size();
  SmallVector<bool> varies;
  for (unsigned i = 0; i < carries; ++i)
    varies.push_back(yield->getOperand(i) != body.getArgument(i));
  DenseSet<Value> live = liveValues(op, varies);

  // The operands that stay, as carries, sequences and constants; the results.
  SmallVector<unsigned> inits, sequences, constants, results;
  for (unsigned i = 0; i < op.getNumOperands(); ++i) {
    bool isCarry = i < carries && varies[i];
    if (!live.contains(body.getArgument(i)) &&
        !(isCarry && !op.getResult(i).use_empty()))
      continue;
    bool isSequence = i >= carries && i < firstConstant;
    (isCarry ? inits : isSequence ? sequences : constants).push_back(i);
  }
  // A tape that nobody reads still says how many trips there are.
  if (op.walksTapes() && sequences.empty())
    sequences.push_back(carries);
  results = inits;
  for (unsigned i = carries; i < op.getNumResults(); ++i)
    if (!op.getResult(i).use_empty())
      results.push_back(i);
  if (inits.size() == carries && results.size() == op.getNumResults() &&
      sequences.size() + constants.size() + carries == op.getNumOperands())
    return rewriter.notifyMatchFailure(op, "everything is needed");

  SmallVector<Operation *> dead;
  for (Operation &inner : llvm::reverse(body.without_terminator())) {
    if (llvm::any_of(inner.getResults(),
                     [&](Value v) { return live.contains(v); }))
      continue;
    if (!isMemoryEffectFree(&inner))
      return rewriter.notifyMatchFailure(op, "a dead op has effects");
    dead.push_back(&inner);
  }

  auto select = [](auto range, ArrayRef<unsigned> indices) {
    return llvm::map_to_vector(indices,
                               [&](unsigned i) -> Value { return range[i]; });
  };
  auto read = select(op.getResults(), results);
  auto scan = rewriter.create<ScanOp>(
      op.getLoc(),
      llvm::map_to_vector(read, [](Value v) { return v.getType(); }),
      op.getTripsAttr(), select(op.getOperands(), inits),
      select(op.getOperands(), sequences), select(op.getOperands(), constants),
      op.getReverseAttr());
  for (auto [old, by] : llvm::zip_equal(read, scan.getResults()))
    rewriter.replaceAllUsesWith(old, by);
  for (unsigned i = 0; i < carries; ++i)
    if (!varies[i])
      rewriter.replaceAllUsesWith(op.getResult(i), op.getInits()[i]);

  rewriter.modifyOpInPlace(yield, [&] {
    yield->setOperands(select(yield->getOperands(), results));
  });
  for (Operation *inner : dead)
    rewriter.eraseOp(inner);
  unsigned count = body.getNumArguments();
  for (ArrayRef<unsigned> part : {inits, sequences, constants})
    for (unsigned i : part) {
      BlockArgument old = body.getArgument(i);
      rewriter.replaceAllUsesWith(
          old, body.addArgument(old.getType(), old.getLoc()));
    }
  body.eraseArguments(0, count);
  rewriter.inlineRegionBefore(op.getBody(), scan.getBody(),
                              scan.getBody().end());
  rewriter.eraseOp(op);
  return success();
}

/// Drops tapes that nobody reads.
static LogicalResult dropDeadTapes(WhileOp op, PatternRewriter &rewriter) {
  unsigned carries = op.getNumCarries();
  Operation *yield = op.getBody().front().getTerminator();
  SmallVector<Value> read, yielded;
  for (auto [i, result] : llvm::enumerate(op.getResults()))
    if (i < carries || !result.use_empty()) {
      read.push_back(result);
      yielded.push_back(yield->getOperand(i));
    }
  if (read.size() == op.getNumResults())
    return rewriter.notifyMatchFailure(op, "every tape is read");
  auto loop = rewriter.create<WhileOp>(
      op.getLoc(),
      llvm::map_to_vector(read, [](Value v) { return v.getType(); }),
      op.getInits(), op.getConstants(), op.getMaxTripsAttr());
  rewriter.modifyOpInPlace(yield, [&] { yield->setOperands(yielded); });
  rewriter.inlineRegionBefore(op.getCondition(), loop.getCondition(),
                              loop.getCondition().end());
  rewriter.inlineRegionBefore(op.getBody(), loop.getBody(),
                              loop.getBody().end());
  for (auto [old, by] : llvm::zip_equal(read, loop.getResults()))
    rewriter.replaceAllUsesWith(old, by);
  rewriter.eraseOp(op);
  return success();
}

//===-- The pass ---------------------------------------------------------===//

namespace {
struct SimplifyAlgebra : dlc::impl::SimplifyAlgebraBase<SimplifyAlgebra> {
  void runOnOperation() override {
    // Patterns fire along chains of any length.
    GreedyRewriteConfig config;
    config.maxIterations = GreedyRewriteConfig::kNoLimit;
    RewritePatternSet patterns(&getContext());
    populateWithGenerated(patterns);
    patterns.add(collapseBroadcasts);
    patterns.add(broadcastThroughReshape);
    patterns.add(foldTransposedOperands);
    patterns.add(exchangeTransposedProduct);
    patterns.add(foldConstants<AddOp>);
    patterns.add(foldConstants<SubtractOp>);
    patterns.add(foldConstants<MultiplyOp>);
    patterns.add(foldConstants<DivideOp>);
    patterns.add(foldNegatedConstant);
    patterns.add(divideByPowerOfTwo);
    patterns.add(multiplyByMinusOne);
    patterns.add(compareConverted);
    patterns.add(dropDeadParts);
    patterns.add(dropDeadTapes);
    if (failed(applyPatternsAndFoldGreedily(getOperation(), std::move(patterns),
                                            config)))
      signalPassFailure();
  }
};
} // namespace
