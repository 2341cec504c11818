// dlc-form-chains: products with a softmax between them become one kernel.
//
//   s = q kᵀ                       [batch…, Q, K]
//   p = e^(scale s - max s)
//   o = (p v) / sum p              [batch…, Q, E]
//
// The scores and the weights are far larger than what is read and written when
// sequences are long, but a block of their rows fits into a cache, or into the
// shared memory of a GPU's block of threads. So a chain walks over blocks of
// rows: it multiplies, turns rows into weights and multiplies again
// (Lowering/ChainEmitter.cpp, Lowering/GpuChain.h). The gradient is one more
// chain, whose products also sum over the rows.
//
// How a chain is found: a product whose left operand is computed, row by row,
// from other products, with an exponential between. Chains that share a product
// are one. What else reads the weights needs all of them: there is no chain
// then. Ops that only read values from outside (masks) are copied into the
// kernel, and so are the transposes of what is read and written.
//
// Why before dlc-form-kernels and not in it: its groups are grown from ops
// whose iteration space is that of the group; a chain has two or three.

#include "Fusion/FreeOps.h"
#include "Fusion/Passes.h"
#include "Fusion/Pointwise.h"
#include "IR/ChainBlock.h"
#include "IR/GpuCard.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

#include <list>

namespace dlc {
#define GEN_PASS_DEF_FORMCHAINS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {

/// Ops between the products at most.
constexpr size_t mostOps = 96;
/// Fewer rows leave lanes idle; a block of more keys fits into no cache.
constexpr int64_t fewestRows = 16, mostKeys = 8192;

using OpSet = llvm::SetVector<Operation *>;

class Chain {
public:
  /// `known` are the sinks of chains found before.
  explicit Chain(const OpSet &known) : known(known) {}

  /// What computes the left operand of `sink`; false if that is no chain.
  bool find(DotGeneralOp sink);
  bool overlaps(const Chain &other) const {
    return llvm::any_of(
        scores, [&](Operation *op) { return other.scores.contains(op); });
  }
  /// Whether another chain took some of its ops.
  bool lostAny(const llvm::DenseSet<Operation *> &taken) const {
    for (const OpSet *part : {&scores, &between, &sinks, &copied})
      if (llvm::any_of(*part,
                       [&](Operation *op) { return taken.contains(op); }))
        return true;
    return false;
  }
  void merge(const Chain &other) {
    scores.insert(other.scores.begin(), other.scores.end());
    between.insert(other.between.begin(), other.between.end());
    copied.insert(other.copied.begin(), other.copied.end());
    sinks.insert(other.sinks.begin(), other.sinks.end());
  }
  /// Adds what follows the products; false if they cannot be one kernel.
  bool complete();
  /// Makes the kernel, unless it is too large for a GPU of compute capability
  /// `sm` (0: a CPU); notes the ops that are no more.
  void outline(int64_t sm, llvm::DenseSet<Operation *> &taken);

private:
  ArrayRef<int64_t> kept() const { return ArrayRef(root).drop_back(); }
  bool isBetween(Operation *op) const;
  OpSet reach(Value weights, const OpSet *dependent,
              const OpSet *following) const;
  bool isMember(Operation *op) const {
    return op && (scores.contains(op) || between.contains(op) ||
                  sinks.contains(op) || after.contains(op));
  }
  SmallVector<Operation *> members() const;
  SmallVector<Operation *> body() const;
  void growAfter();
  bool keepsRowsInside() const;
  bool isConvex();
  SmallVector<OpOperand *> usesOutside(Value v) const;
  bool fillsGpu() const;
  bool isReadHere(OpOperand &operand) const;
  bool readsTransposed(OpOperand &operand) const;

  const OpSet &known;
  SmallVector<int64_t> root; ///< [batch…, Q, K]
  OpSet scores, between, sinks;
  /// Row operations on what the sinks give.
  OpSet after;
  /// Do not depend on a product: the kernel has its own.
  OpSet copied;
  /// Stand between members, but read some.
  OpSet later;
};
} // namespace

//===-- Finding -----------------------------------------------------------===//

/// Repeats rows [batch…, Q] along a last dimension.
static bool spreadsRows(BroadcastInDimOp op) {
  int64_t rank = tensorType(op.getOperand()).getRank();
  return llvm::equal(op.getDimensions(), llvm::seq<int64_t>(0, rank)) &&
         tensorType(op.getResult()).getRank() == rank + 1 &&
         shapeOf(op.getResult()).drop_back() == shapeOf(op.getOperand());
}

static bool isSimple(Operation *op) {
  return isMovable(op) && (!op->hasTrait<Composite>() || isa<GeluOp>(op));
}

static bool isWideFloat(Value v) {
  Type element = tensorType(v).getElementType();
  return element.isF32() || element.isF64();
}

/// Whether the chain can compute `op` at its rows.
bool Chain::isBetween(Operation *op) const {
  if (op->getNumResults() != 1)
    return false;
  ArrayRef<int64_t> shape = shapeOf(op->getResult(0));
  bool atRoot = shape == ArrayRef(root);
  if (!atRoot && shape != kept())
    return false;
  if (auto reduce = dyn_cast<ReduceOp>(op))
    return shapeOf(reduce.getOperand()) == ArrayRef(root) &&
           reduce.getDimensions() ==
               ArrayRef<int64_t>{static_cast<int64_t>(root.size()) - 1};
  if (auto dot = dyn_cast<DotGeneralOp>(op))
    return atRoot && !known.contains(dot) && sideOf(dot, 0) && sideOf(dot, 1) &&
           isWideFloat(op->getResult(0));
  return isSimple(op) || isSplat(op->getResult(0)) ||
         isa<IotaOp, BroadcastInDimOp>(op);
}

/// The ops that compute `weights` at its own rows. Once it is known which
/// depend on a product, reductions of others stay outside, as does what reads
/// the result of another chain.
OpSet Chain::reach(Value weights, const OpSet *dependent,
                   const OpSet *following) const {
  OpSet found;
  SmallVector<Value> open{weights};
  Block *block = weights.getParentBlock();
  while (!open.empty() && found.size() <= mostOps) {
    Operation *op = open.pop_back_val().getDefiningOp();
    if (!op || op->getBlock() != block || !isBetween(op) ||
        (following && following->contains(op)))
      continue;
    if (isa<ReduceOp>(op) && dependent && !dependent->contains(op))
      continue;
    auto broadcast = dyn_cast<BroadcastInDimOp>(op);
    if (found.insert(op) && !isa<DotGeneralOp>(op) &&
        (!broadcast || spreadsRows(broadcast)))
      llvm::append_range(open, op->getOperands());
  }
  return found;
}

static SmallVector<Operation *> inOrder(const OpSet &ops) {
  auto sorted = llvm::to_vector(ops);
  llvm::sort(sorted,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  return sorted;
}

bool Chain::find(DotGeneralOp sink) {
  Value weights = sink.getLhs();
  ArrayRef<int64_t> shape = shapeOf(weights);
  root.assign(shape.begin(), shape.end());
  std::optional<ProductSide> left = sideOf(sink, 0);
  if (!left || !sideOf(sink, 1) || !leadsWithBatch(*left) ||
      !isWideFloat(sink.getResult()) || root[root.size() - 2] < fewestRows ||
      root.back() < fewestRows || root.back() > mostKeys ||
      llvm::is_contained(root, 0))
    return false;
  OpSet all = reach(weights, nullptr, nullptr), dependent, following;
  auto readsOne = [](Operation *op, const OpSet &ops) {
    return llvm::any_of(op->getOperands(), [&](Value v) {
      return ops.contains(v.getDefiningOp());
    });
  };
  for (Operation *op : inOrder(all))
    if (readsOne(op, known))
      following.insert(op);
    else if (isa<DotGeneralOp>(op) || readsOne(op, dependent))
      dependent.insert(op);
  if (all.size() > mostOps)
    return false;
  for (Operation *op : inOrder(reach(weights, &dependent, &following))) {
    if (!dependent.contains(op))
      copied.insert(op);
    else if (isa<DotGeneralOp>(op))
      scores.insert(op);
    else
      between.insert(op);
  }
  sinks.insert(sink);
  return llvm::any_of(between, llvm::IsaPred<ExponentialOp>);
}

//===-- What belongs to it ------------------------------------------------===//

SmallVector<Operation *> Chain::members() const {
  OpSet all;
  for (const OpSet *part : {&scores, &between, &sinks, &after})
    all.insert(part->begin(), part->end());
  return inOrder(all);
}

SmallVector<Operation *> Chain::body() const {
  OpSet all = copied;
  for (Operation *op : members())
    all.insert(op);
  return inOrder(all);
}

/// The uses of a member's result that the kernel does not hold.
SmallVector<OpOperand *> Chain::usesOutside(Value v) const {
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : v.getUses()) {
    Operation *user = use.getOwner();
    bool isCopy = copied.contains(user) &&
                  llvm::all_of(user->getUsers(), [&](Operation *reader) {
                    return isMember(reader);
                  });
    if (!isMember(user) && !isCopy)
      uses.push_back(&use);
  }
  return uses;
}

/// Reductions of what stands between, and row operations on results, such as
/// the division by a row's sum.
void Chain::growAfter() {
  llvm::DenseSet<Value> whole, rows, results;
  for (const OpSet *part : {&scores, &between})
    for (Operation *op : *part) {
      Value v = op->getResult(0);
      (shapeOf(v) == ArrayRef(root) ? whole : rows).insert(v);
    }
  for (Operation *op : sinks)
    if (ProductSide left = *sideOf(cast<DotGeneralOp>(op), 0);
        left.contracted > left.free)
      results.insert(op->getResult(0));
  /// Repeats a row's number, or one for all.
  auto isAnywhere = [&](Value v) {
    Operation *op = v.getDefiningOp();
    auto broadcast = dyn_cast_or_null<BroadcastInDimOp>(op);
    return op && (isSplat(v) || (broadcast && spreadsRows(broadcast) &&
                                 rows.contains(broadcast.getOperand())));
  };
  SmallVector<Operation *> first = members();
  for (Operation *op = first.front(); op; op = op->getNextNode()) {
    auto reduce = dyn_cast<ReduceOp>(op);
    if (isMember(op) || copied.contains(op) || after.size() >= mostOps ||
        !(isSimple(op) || (reduce && isBetween(op))))
      continue;
    // All its operands are of one kind.
    auto areAll = [&](const llvm::DenseSet<Value> &kind) {
      auto isOne = [&](Value v) { return kind.contains(v); };
      return llvm::any_of(op->getOperands(), isOne) &&
             llvm::all_of(op->getOperands(),
                          [&](Value v) { return isOne(v) || isAnywhere(v); });
    };
    Value result = op->getResult(0);
    if (areAll(rows)) {
      rows.insert(result);
      after.insert(op);
    } else if (areAll(results) && !reduce) {
      results.insert(result);
      after.insert(op);
    } else if (areAll(whole)) {
      (reduce ? rows : whole).insert(result);
      between.insert(op);
    } else {
      continue;
    }
    for (Value v : op->getOperands())
      if (isAnywhere(v))
        copied.insert(v.getDefiningOp());
  }
}

/// Nothing else reads a whole row between the products.
bool Chain::keepsRowsInside() const {
  for (const OpSet *part : {&scores, &between})
    for (Operation *op : *part) {
      Value v = op->getResult(0);
      if (shapeOf(v) != ArrayRef(root))
        continue;
      for (OpOperand &use : v.getUses()) {
        Operation *user = use.getOwner();
        bool isLeft = sinks.contains(user) && use.getOperandNumber() == 0;
        if (!between.contains(user) && !isLeft)
          return false;
      }
    }
  return true;
}

/// What a region's ops read counts too.
static bool readsAny(Operation *op, function_ref<bool(Operation *)> isOne) {
  return op
      ->walk([&](Operation *inner) {
        for (Value v : inner->getOperands())
          if (Operation *producer = v.getDefiningOp();
              producer && isOne(producer))
            return WalkResult::interrupt();
        return WalkResult::advance();
      })
      .wasInterrupted();
}

/// No path leaves the chain and comes back. Finds `later` too.
bool Chain::isConvex() {
  SmallVector<Operation *> all = members();
  auto isTainted = [&](Operation *op) {
    return isMember(op) || later.contains(op);
  };
  for (Operation *op = all.front(); op != all.back(); op = op->getNextNode())
    if (!isMember(op) && readsAny(op, isTainted))
      later.insert(op);
  for (Operation *op : body())
    for (Value v : op->getOperands())
      if (Operation *producer = v.getDefiningOp();
          producer && later.contains(producer) && !copied.contains(producer))
        return false;
  return true;
}

/// Whether blocks of 16 rows give a GPU enough to do beside the products' own
/// tiles of 64 x 64: few long rows are better computed one product after
/// another.
bool Chain::fillsGpu() const {
  constexpr int64_t rowsOfBlock = 16, tile = 64;
  int64_t batches = 1;
  for (int64_t size : ArrayRef(root).drop_back(2))
    batches *= size;
  int64_t rows = root[root.size() - 2];
  int64_t blocks = batches * llvm::divideCeil(rows, rowsOfBlock);
  int64_t tiles = batches * llvm::divideCeil(rows, tile) *
                  llvm::divideCeil(root.back(), tile);
  return 4 * blocks >= std::min(processors, tiles);
}

/// An operand, and what it is a transpose of.
static Value sourceOf(Value v) {
  while (auto barrier = v.getDefiningOp<OptimizationBarrierOp>())
    v = barrier.getOperand(cast<OpResult>(v).getResultNumber());
  return v;
}

static TransposeOp transposeOf(Value v) {
  return sourceOf(v).getDefiningOp<TransposeOp>();
}

/// What a product with this operand does, once it is in a chain.
static ChainPart partOf(OpOperand &operand, const OpSet &sinks) {
  Operation *op = operand.getOwner();
  if (!sinks.contains(op))
    return ChainPart::scores;
  ProductSide left = *sideOf(cast<DotGeneralOp>(op), 0);
  return left.contracted > left.free ? ChainPart::weighs : ChainPart::adds;
}

/// Whether a chain can read an operand from outside as it lies there, or as
/// what it is a transpose of lies.
bool Chain::isReadHere(OpOperand &operand) const {
  unsigned number = operand.getOperandNumber();
  return isReadable(*sideOf(cast<DotGeneralOp>(operand.getOwner()), number),
                    partOf(operand, sinks), number,
                    [](int64_t d) { return d; });
}
bool Chain::readsTransposed(OpOperand &operand) const {
  TransposeOp transpose = transposeOf(operand.get());
  unsigned number = operand.getOperandNumber();
  return transpose &&
         isReadable(*sideOf(cast<DotGeneralOp>(operand.getOwner()), number),
                    partOf(operand, sinks), number,
                    [&](int64_t d) { return transpose.getPermutation()[d]; });
}

bool Chain::complete() {
  growAfter();
  if (!keepsRowsInside() || !isConvex())
    return false;
  Type element = tensorType(sinks.front()->getResult(0)).getElementType();
  auto isHeld = [&](Value v) {
    return isMember(v.getDefiningOp()) || copied.contains(v.getDefiningOp());
  };
  for (const OpSet *part : {&scores, &sinks})
    for (Operation *op : *part) {
      auto dot = cast<DotGeneralOp>(op);
      if (isHeld(dot.getRhs()) || (part == &scores && isHeld(dot.getLhs())) ||
          tensorType(op->getResult(0)).getElementType() != element)
        return false;
    }
  for (const OpSet *part : {&scores, &sinks})
    for (Operation *op : *part)
      for (OpOperand &operand : op->getOpOperands())
        if (!isHeld(operand.get()) && !isReadHere(operand) &&
            !readsTransposed(operand))
          return false;
  // Random bits and the like would be stored for it, row by row.
  for (Operation *op : body())
    for (Value v : op->getOperands())
      if (isa_and_nonnull<RngBitGeneratorOp>(v.getDefiningOp()))
        return false;
  return true;
}

//===-- The kernel --------------------------------------------------------===//

namespace {
/// The arguments of a kernel under construction.
class Arguments {
public:
  Arguments(OpBuilder &b, Block *body, IRMapping &map)
      : b(b), body(body), map(map) {}

  /// A value from outside, as the body's ops read it.
  void read(Value v, bool throughTranspose) {
    if (map.contains(v))
      return;
    TransposeOp transpose = throughTranspose ? transposeOf(v) : TransposeOp();
    Value source = sourceOf(transpose ? transpose.getOperand() : v);
    auto [it, isNew] = known.insert({source, Value()});
    if (isNew)
      it->second = body->addArgument(source.getType(), source.getLoc());
    Value inside = it->second;
    if (transpose)
      inside = b.create<TransposeOp>(transpose.getLoc(), inside,
                                     transpose.getPermutation());
    map.map(v, inside);
  }
  SmallVector<Value> inputs() const {
    return llvm::to_vector(llvm::make_first_range(known));
  }

private:
  OpBuilder &b;
  Block *body;
  IRMapping &map;
  llvm::MapVector<Value, Value> known;
};
} // namespace

/// The order in which most readers want a result: that of a transpose whose
/// vectors stay vectors, if one reads it.
static SmallVector<int64_t> wantedOrder(ArrayRef<OpOperand *> uses) {
  for (OpOperand *use : uses)
    if (auto transpose = dyn_cast<TransposeOp>(use->getOwner())) {
      SmallVector<int64_t> order(transpose.getPermutation());
      if (order.back() + 1 == static_cast<int64_t>(order.size()))
        return order;
    }
  return {};
}

void Chain::outline(int64_t sm, llvm::DenseSet<Operation *> &taken) {
  SmallVector<Operation *> all = members(), ops = body();
  struct Output {
    Value value;
    SmallVector<OpOperand *> uses;
    SmallVector<int64_t> order;
  };
  SmallVector<Output> outputs;
  for (Operation *op : all) {
    Output output{op->getResult(0), usesOutside(op->getResult(0)), {}};
    if (output.uses.empty())
      continue;
    if (shapeOf(output.value) != kept())
      output.order = wantedOrder(output.uses);
    outputs.push_back(output);
  }

  SmallVector<Location> locs;
  SmallVector<Type> types;
  for (Operation *op : all)
    locs.push_back(op->getLoc());
  for (const Output &output : outputs) {
    auto type = tensorType(output.value);
    types.push_back(output.order.empty() ? type
                                         : type.clone(applyPermutation(
                                               type.getShape(), output.order)));
  }
  OpBuilder b(all.back()->getBlock(), std::next(all.back()->getIterator()));
  Location loc = b.getFusedLoc(locs);
  auto kernel = b.create<KernelOp>(
      loc, types, Emitter::chain, ValueRange(),
      b.getStringAttr("holds products and what is between them"));
  Block *inside = b.createBlock(&kernel.getBody());
  IRMapping map;
  Arguments arguments(b, inside, map);
  llvm::SmallPtrSet<Operation *, 32> held(ops.begin(), ops.end());
  for (Operation *op : ops)
    for (OpOperand &operand : op->getOpOperands()) {
      Value v = operand.get();
      if (held.contains(v.getDefiningOp()))
        continue;
      bool product = scores.contains(op) || sinks.contains(op);
      arguments.read(v, product && readsTransposed(operand));
    }
  for (Operation *op : ops)
    b.clone(*op, map);
  SmallVector<Value> yields;
  for (const Output &output : outputs) {
    Value v = map.lookup(output.value);
    if (!output.order.empty())
      v = b.create<TransposeOp>(loc, v, output.order);
    yields.push_back(v);
  }
  b.create<YieldOp>(loc, yields);
  if (sm && !(fillsGpu() && fitsGpu(*inside, sm))) {
    kernel.erase();
    return;
  }
  kernel.getInputsMutable().assign(arguments.inputs());

  b.setInsertionPointAfter(kernel);
  Operation *place = kernel;
  SmallVector<std::pair<Operation *, Value>> unused;
  for (auto [output, result] : llvm::zip(outputs, kernel.getResults())) {
    Value original = result;
    if (!output.order.empty()) {
      auto back = b.create<TransposeOp>(loc, result,
                                        invertPermutationVector(output.order));
      original = back;
      place = back;
    }
    for (OpOperand *use : output.uses) {
      auto transpose = dyn_cast<TransposeOp>(use->getOwner());
      if (transpose && !output.order.empty() &&
          transpose.getPermutation() == ArrayRef(output.order))
        unused.push_back({transpose, result});
      else
        use->set(original);
    }
  }
  for (auto [transpose, result] : unused) {
    transpose->getResult(0).replaceAllUsesWith(result);
    later.remove(transpose);
    transpose->erase();
  }
  for (Operation *op : inOrder(later)) {
    op->moveAfter(place);
    place = op;
  }
  for (Operation *op : llvm::reverse(ops))
    if (op->use_empty()) {
      taken.insert(op);
      op->erase();
    }
}

static void formChains(Block &block, int64_t sm) {
  std::list<Chain> chains;
  OpSet sinks;
  for (auto dot : block.getOps<DotGeneralOp>()) {
    Chain chain(sinks);
    if (!chain.find(dot))
      continue;
    sinks.insert(dot);
    // Into the first that shares a product, with all others that do.
    for (auto it = chains.begin(); it != chains.end();)
      if (it->overlaps(chain)) {
        chain.merge(*it);
        it = chains.erase(it);
      } else {
        ++it;
      }
    chains.push_back(std::move(chain));
  }
  llvm::DenseSet<Operation *> taken;
  for (Chain &chain : chains)
    if (!chain.lostAny(taken) && chain.complete())
      chain.outline(sm, taken);
}

namespace {
struct FormChains : dlc::impl::FormChainsBase<FormChains> {
  using FormChainsBase::FormChainsBase;

  void runOnOperation() override {
    for (Block *block : blocksOf(getOperation().getBody()))
      formChains(*block, sm);
  }
};
} // namespace
