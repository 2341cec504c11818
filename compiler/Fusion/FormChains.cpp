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

#include "Fusion/Chain.h"
#include "Fusion/FreeOps.h"
#include "Fusion/Passes.h"
#include "Fusion/Pointwise.h"
#include "IR/ChainBlock.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

#include <list>

namespace dlc {
#define GEN_PASS_DEF_FORMCHAINS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

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
