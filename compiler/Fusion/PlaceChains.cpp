// dlc-place-chains: chains read and write parts of arrays where they lie.
//
// Attention's q, k and v are often parts of one product, and their gradients
// parts of the array that is multiplied next. dlc-form-chains finds a chain
// between copies of these parts. Here, when it is known what would be stored,
// the copies go: slices and transposes of an operand move into the chain that
// reads it, and so do the concatenation and the transpose of its results.

#include "Fusion/FreeOps.h"
#include "Fusion/KernelReaders.h"
#include "Fusion/Passes.h"
#include "IR/Chain.h"
#include "IR/Tape.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

namespace dlc {
#define GEN_PASS_DEF_PLACECHAINS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

static Value resultOf(KernelOp map) {
  return map.getBody().front().getTerminator()->getOperand(0);
}

static bool isMapOf(KernelOp kernel, function_ref<bool(Operation &)> isMove) {
  return kernel.getEmitter() == Emitter::map && kernel.getNumResults() == 1 &&
         llvm::all_of(kernel.getBody().front().without_terminator(), isMove);
}

/// The ops of a map, made of `values` for its arguments; gives its result.
static Value cloneBody(OpBuilder &b, KernelOp map, ArrayRef<Value> values) {
  IRMapping mapping;
  mapping.map(map.getBody().front().getArguments(), values);
  for (Operation &op : map.getBody().front().without_terminator())
    b.clone(op, mapping);
  return mapping.lookupOrDefault(resultOf(map));
}

static Value inShape(OpBuilder &b, Value v, Type type) {
  if (v.getType() == type)
    return v;
  return b.create<ReshapeOp>(v.getLoc(), type, v);
}

/// Erases an op, and the reshapes of what it gives, which nothing else reads.
static void eraseWithReshapes(Operation *op) {
  SmallVector<Operation *> reshapes(op->getUsers());
  llvm::for_each(reshapes, eraseWithReshapes);
  op->erase();
}

//===-- Operands ----------------------------------------------------------===//

static BlockArgument argumentOf(OpOperand &use) {
  auto chain = cast<KernelOp>(use.getOwner());
  return chain.getBody().front().getArgument(use.getOperandNumber());
}

/// Whether products alone read a chain's argument, and would read `places`
/// there, too.
static bool readsPlaces(Value v, const ElementPlaces &places) {
  return llvm::all_of(v.getUses(), [&](OpOperand &use) {
    if (auto transpose = dyn_cast<TransposeOp>(use.getOwner())) {
      ElementPlaces turned = places;
      for (auto [d, from] : llvm::enumerate(transpose.getPermutation()))
        turned.strides[d] = places.strides[from];
      return readsPlaces(transpose.getResult(), turned);
    }
    auto dot = dyn_cast<DotGeneralOp>(use.getOwner());
    unsigned number = use.getOperandNumber();
    return dot && isReadable(*sideOf(dot, number), *chainPartOf(dot), number,
                             [&](int64_t d) { return places.strides[d] == 1; });
  });
}

/// The reader computes what the map, which only moves elements, gives.
static void moveInto(OpOperand &use, KernelOp map) {
  auto chain = cast<KernelOp>(use.getOwner());
  Block &body = chain.getBody().front();
  BlockArgument argument = argumentOf(use);
  unsigned number = argument.getArgNumber();
  Value source = map.getInputs().front();
  Type type = map.getBody().front().getArgument(0).getType();
  BlockArgument memory;
  for (auto [input, known] :
       llvm::zip_equal(chain.getInputs(), body.getArguments()))
    if (input == source && known.getType() == type)
      memory = known;
  if (!memory) {
    chain.getInputsMutable().append(source);
    memory = body.addArgument(type, map.getLoc());
  }
  OpBuilder b = OpBuilder::atBlockBegin(&body);
  Value part = cloneBody(b, map, {memory});
  argument.replaceAllUsesWith(inShape(b, part, argument.getType()));
  body.eraseArgument(number);
  chain.getInputsMutable().erase(number);
}

/// Whether all that reads the map's result can read its places instead.
static bool canMove(KernelOp map) {
  Value result = resultOf(map);
  std::optional<SmallVector<OpOperand *>> uses =
      kernelsThatRead(map.getResult(0), Emitter::chain);
  if (!uses || uses->empty() ||
      tensorType(result).getShape().back() < leastViewRow)
    return false;
  return llvm::all_of(*uses, [&](OpOperand *use) {
    BlockArgument argument = argumentOf(*use);
    OpBuilder b(result.getParentBlock()->getTerminator());
    Value operand = inShape(b, result, argument.getType());
    std::optional<ElementPlaces> places = placesOf(operand);
    if (operand != result)
      operand.getDefiningOp()->erase();
    return places && readsPlaces(argument, *places);
  });
}

/// Parts of an array move if that keeps no more alive than copies would: it is
/// the program's, or they are all of it.
static void placeOperands(Block &block) {
  llvm::MapVector<Value, SmallVector<KernelOp>> mapsOf;
  for (auto kernel : block.getOps<KernelOp>())
    if (isMapOf(kernel, llvm::IsaPred<TransposeOp, SliceOp>) &&
        kernel.getInputs().size() == 1 && canMove(kernel))
      mapsOf[withoutReshapes(kernel.getInputs().front())].push_back(kernel);
  for (auto &[source, maps] : mapsOf) {
    int64_t copied = 0;
    for (KernelOp map : maps)
      copied += storageBytes(map.getResult(0));
    if (source.getDefiningOp() && copied < storageBytes(source))
      continue;
    for (KernelOp map : maps) {
      // One at a time: it renumbers the inputs of its chain.
      while (true) {
        SmallVector<OpOperand *> uses =
            *kernelsThatRead(map.getResult(0), Emitter::chain);
        if (uses.empty())
          break;
        moveInto(*uses.front(), map);
      }
      eraseWithReshapes(map);
    }
  }
}

//===-- Results -----------------------------------------------------------===//

/// The chain whose results alone the map joins, each read by nothing else.
static KernelOp joinedChain(KernelOp map) {
  KernelOp chain;
  for (Value input : map.getInputs()) {
    while (auto reshape = input.getDefiningOp<ReshapeOp>()) {
      if (!reshape->hasOneUse())
        return {};
      input = reshape.getOperand();
    }
    auto from = input.getDefiningOp<KernelOp>();
    if (!from || from.getEmitter() != Emitter::chain || !input.hasOneUse() ||
        from->getBlock() != map->getBlock() || (chain && from != chain))
      return {};
    chain = from;
  }
  return chain;
}

static Value yieldedFor(Value input) {
  auto result = cast<OpResult>(withoutReshapes(input));
  auto chain = cast<KernelOp>(result.getOwner());
  return chain.getBody().front().getTerminator()->getOperand(
      result.getResultNumber());
}

/// Whether the chain can write its rows where the map puts them: `joined`
/// stands in its body.
static bool writesRows(Value joined, int64_t rank) {
  return llvm::all_of(partsOf(joined), [&](const YieldedPart &part) {
    Operation *op = part.value.getDefiningOp();
    return op && !isa<ReshapeOp, ConcatenateOp>(op) &&
           tensorType(part.value).getRank() == rank &&
           part.origin.back() == rank - 1 && part.start.back() == 0;
  });
}

/// The chain yields what the map gives; true if it is done.
static bool joinResults(KernelOp map) {
  KernelOp chain = joinedChain(map);
  if (!chain)
    return false;
  Block &body = chain.getBody().front();
  Operation *yield = body.getTerminator();
  OpBuilder b(yield);
  Operation *last = yield->getPrevNode();
  SmallVector<Value> values;
  llvm::SmallDenseSet<unsigned> gone;
  for (auto [input, argument] :
       llvm::zip_equal(map.getInputs(), map.getBody().front().getArguments())) {
    values.push_back(inShape(b, yieldedFor(input), argument.getType()));
    gone.insert(cast<OpResult>(withoutReshapes(input)).getResultNumber());
  }
  Value joined = cloneBody(b, map, values);
  auto dot = *body.getOps<DotGeneralOp>().begin();
  if (!writesRows(joined, tensorType(dot.getResult()).getRank())) {
    while (yield->getPrevNode() != last)
      yield->getPrevNode()->erase();
    return false;
  }

  SmallVector<Value> yielded{joined}, kept;
  SmallVector<Type> types{map.getResult(0).getType()};
  for (OpResult result : chain->getResults())
    if (!gone.contains(result.getResultNumber())) {
      yielded.push_back(yield->getOperand(result.getResultNumber()));
      types.push_back(result.getType());
      kept.push_back(result);
    }
  yield->setOperands(yielded);
  b.setInsertionPoint(chain);
  auto placed =
      b.create<KernelOp>(b.getFusedLoc({chain.getLoc(), map.getLoc()}), types,
                         Emitter::chain, chain.getInputs(), map.getEndsAttr());
  placed.getBody().takeBody(chain.getBody());
  for (auto [old, result] :
       llvm::zip_equal(kept, placed->getResults().drop_front()))
    old.replaceAllUsesWith(result);
  map.getResult(0).replaceAllUsesWith(placed->getResult(0));
  SmallVector<Value> inputs(map.getInputs());
  map.erase();
  for (Value input : inputs)
    while (auto reshape = input.getDefiningOp<ReshapeOp>()) {
      input = reshape.getOperand();
      reshape.erase();
    }
  chain.erase();
  return true;
}

namespace {
struct PlaceChains : dlc::impl::PlaceChainsBase<PlaceChains> {
  using PlaceChainsBase::PlaceChainsBase;

  void runOnOperation() override {
    for (Block *block : blocksOf(getOperation().getBody())) {
      placeOperands(*block);
      auto isMove = llvm::IsaPred<TransposeOp, ConcatenateOp>;
      for (auto kernel : llvm::make_early_inc_range(block->getOps<KernelOp>()))
        if (isMapOf(kernel, isMove))
          joinResults(kernel);
    }
  }
};
} // namespace
